/**
 * What blocks of the journal said of their entries up to store version 12, as JSON. Such a journal is found where an older relay
 * was killed; the next start folds it, and nothing writes this form any more (journal-entries.ts has today's). Pure.
 */
import { z } from 'zod';
import { ROLES } from '../../shared/permissions.ts';
import { type Origin, originSchema } from './journal-origin.ts';

const clientIdSchema = z.int().nonnegative();

const factsSchema = z.strictObject({
  /** When the first came; what is said of each counts from then, in milliseconds. */
  atMs: z.number(),
  /** How many origins the blocks before have said, which this one counts on from; none in those of store version 10. */
  known: z.int().nonnegative().default(0),
  /** Those that none of them has. */
  origins: z.array(originSchema),
  /** Each: which origin, its number, when, how many bytes, and the clientIDs that are new with it. */
  entries: z.array(
    z.tuple([z.int().nonnegative(), z.int().positive(), z.number(), z.int().nonnegative()], clientIdSchema),
  ),
});

export type OlderFacts = z.output<typeof factsSchema>;

/** As it was said before store version 10: everything of each entry. */
const listSchema = z.array(
  z.tuple([
    z.string(),
    z.int().positive(),
    z.string(),
    z.string(),
    z.string().nullable(),
    z.enum(ROLES).nullable(),
    z.string().nullable(),
    z.number(),
    z.array(clientIdSchema).readonly(),
    z.int().nonnegative(),
  ]),
);

/** @throws when it is none of these forms, though the block checks */
export function readOlderFacts(text: string): OlderFacts {
  const said: unknown = JSON.parse(text);
  return Array.isArray(said) ? listToFacts(listSchema.parse(said)) : factsSchema.parse(said);
}

function listToFacts(list: z.output<typeof listSchema>): OlderFacts {
  return {
    atMs: 0,
    known: 0,
    origins: list.map(
      ([room, , author, carrier, agencyId, role, connection]): Origin => [
        room,
        author,
        carrier,
        agencyId,
        role,
        connection,
      ],
    ),
    entries: list.map(([, seq, , , , , , atMs, newClientIds, bytes], at) => [at, seq, atMs, bytes, ...newClientIds]),
  };
}
