/**
 * Held edits: what a replica could not deliver and handed in, and what became of it. A list without the edits, one edit on
 * demand, and the settlement that whoever acts as host gives each. The edit itself is never deleted here: settling it says
 * what became of its words, it does not throw them away.
 */
import { z } from 'zod';
import { uuidSchema } from './ids.ts';
import { knownOf } from './known-of.ts';
import { ROOM_KINDS } from './rooms.ts';
import { REFUSAL_REASONS } from './wire/messages.ts';

/** Why an edit was not taken: as the relay said when it refused it, or why it closed the door before it could be judged. */
const HELD_REASONS = [...REFUSAL_REASONS, 'no-access', 'too-big'] as const;
export type HeldReason = (typeof HELD_REASONS)[number] | 'unknown';

/** The reason as this version knows it. */
export function heldReason(said: string): HeldReason {
  return HELD_REASONS.find((known) => known === said) ?? 'unknown';
}

/** Longest reason given for not taking an edit, in characters. */
export const MAX_SETTLEMENT_REASON = 300;

/**
 * The words stand in the document now, or beside it as a comment; what it does was done in the document by hand; or nothing came
 * of it, for the reason given.
 */
const HELD_OUTCOMES = ['addedToText', 'addedAsComment', 'doneByHand', 'discarded'] as const;

/** What whoever acts as host says became of a held edit; part of a command. */
export const settlementSchema = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('addedToText') }),
  z.strictObject({ outcome: z.literal('addedAsComment') }),
  z.strictObject({ outcome: z.literal('doneByHand') }),
  z.strictObject({
    outcome: z.literal('discarded'),
    /** For the author to read. */
    reason: z.string().trim().min(1).max(MAX_SETTLEMENT_REASON),
  }),
]);
export type Settlement = z.infer<typeof settlementSchema>;

/** Edits a replica could not deliver, handed in for the host to read: a Yjs update in base64. */
export const heldInputSchema = z.strictObject({
  heldId: uuidSchema,
  room: z.enum(ROOM_KINDS),
  reason: z.string().max(60),
  update: z.base64().max(24_000_000),
});
export type HeldInput = z.infer<typeof heldInputSchema>;

/** A held edit as a list tells of it: without what is in it. */
const heldSummarySchema = z.object({
  heldId: uuidSchema,
  room: knownOf(ROOM_KINDS),
  reason: z.string(),
  authorId: uuidSchema,
  authorName: z.string(),
  receivedAtMs: z.number(),
  /** Of the update. */
  bytes: z.number().int().nonnegative(),
  /** Null while it waits. */
  settled: z
    .object({
      outcome: knownOf(HELD_OUTCOMES),
      reason: z.string().nullable(),
      byId: uuidSchema,
      byName: z.string(),
      atMs: z.number(),
    })
    .nullable(),
});
export type HeldSummary = z.infer<typeof heldSummarySchema>;

export const heldListSchema = z.object({
  /** What waits before what is settled, the newest first. */
  items: heldSummarySchema.array(),
  /** How many there are in all: more than the items when the list was cut. */
  total: z.number().int().nonnegative(),
});
export type HeldList = z.infer<typeof heldListSchema>;

/** Somebody who deleted, after a held edit was handed in, what it deletes as well, and in how many places. */
const deletedSinceSchema = z.object({ name: z.string(), places: z.number().int().positive() });
export type DeletedSince = z.infer<typeof deletedSinceSchema>;

/** One held edit with its update, in base64. An older server, and one that is asked from outside, says nothing of what came since. */
export const heldSchema = heldSummarySchema.extend({
  update: z.string(),
  deletedSince: deletedSinceSchema.array().default([]),
});
export type Held = z.infer<typeof heldSchema>;

/** How many held edits of a document concern a person: a row of the catalogue says so, and says nothing when none do. */
export const heldCountsSchema = z.object({
  /** That wait for this person, who acts as host, to settle them. */
  toSettle: z.number().int().nonnegative(),
  /** Of the person's own, that wait for somebody. */
  ownWaiting: z.number().int().nonnegative(),
  /** Of the person's own, of which they can read what became. */
  ownSettled: z.number().int().nonnegative(),
});
export type HeldCounts = z.infer<typeof heldCountsSchema>;
