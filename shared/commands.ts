/**
 * Commands: what changes a case but is not document content. Made on the device with a uuid, kept in its outbox,
 * replayed over HTTP in order, idempotent by that uuid, and answered done or refused with a reason the person sees.
 */
import { z } from 'zod';
import { settlementSchema } from './held.ts';
import { uuidSchema } from './ids.ts';
import { AUDIENCES, ROLES } from './permissions.ts';
import { CASE_CATEGORIES, MADE_KINDS } from './vocabulary.ts';

/** Titles use aliases of parties, never names. */
export const titleSchema = z.string().trim().min(1).max(200);

const base = { commandId: uuidSchema };
/** Optimistic lock: when given, the command is refused with `stale` unless the case or document is at this version. */
const expectedVersion = z.number().int().nonnegative().optional();

export const commandSchema = z.discriminatedUnion('type', [
  z.strictObject({
    ...base,
    type: z.literal('createCase'),
    caseId: uuidSchema,
    title: titleSchema,
    category: z.enum(CASE_CATEGORIES),
    /** The agency the creator acts for; it leads the case and the creator is its host. */
    agencyId: uuidSchema,
  }),
  z.strictObject({
    ...base,
    type: z.literal('registerDocument'),
    documentId: uuidSchema,
    caseId: uuidSchema,
    kind: z.enum(MADE_KINDS),
    title: titleSchema,
    audience: z.enum(AUDIENCES),
    /** Only with audience `agency`: whose document it is; must be the creator's acting agency. */
    audienceAgencyId: uuidSchema.optional(),
  }),
  z.strictObject({
    ...base,
    type: z.literal('inviteMember'),
    caseId: uuidSchema,
    personId: uuidSchema,
    agencyId: uuidSchema,
    role: z.enum(ROLES),
    expectedVersion,
  }),
  z.strictObject({
    ...base,
    type: z.literal('changeRole'),
    caseId: uuidSchema,
    personId: uuidSchema,
    role: z.enum(ROLES),
    expectedVersion,
  }),
  z.strictObject({
    ...base,
    type: z.literal('removeMember'),
    caseId: uuidSchema,
    personId: uuidSchema,
    expectedVersion,
  }),
  z.strictObject({ ...base, type: z.literal('freezeDocument'), documentId: uuidSchema, expectedVersion }),
  z.strictObject({ ...base, type: z.literal('unfreezeDocument'), documentId: uuidSchema, expectedVersion }),
  /** What became of a held edit (shared/held.ts), once for each. */
  z.strictObject({
    ...base,
    type: z.literal('settleHeld'),
    documentId: uuidSchema,
    heldId: uuidSchema,
    settlement: settlementSchema,
    expectedVersion,
  }),
  /** Official number of a case or a document: exactly one of the two. */
  z.strictObject({
    ...base,
    type: z.literal('giveNumber'),
    target: z.discriminatedUnion('of', [
      z.strictObject({ of: z.literal('case'), caseId: uuidSchema }),
      z.strictObject({ of: z.literal('document'), documentId: uuidSchema }),
    ]),
  }),
]);
export type Command = z.infer<typeof commandSchema>;
export type CommandType = Command['type'];

/** The document a command brings into being: a case's own record has the case's id. Null for every other command. */
export function documentMadeBy(command: Command): string | null {
  if (command.type === 'registerDocument') return command.documentId;
  return command.type === 'createCase' ? command.caseId : null;
}

/** Why a command was refused; the client has a sentence for each. */
const COMMAND_REFUSALS = [
  'not-allowed',
  'unknown-case',
  'unknown-document',
  'unknown-person',
  'unknown-held',
  'not-in-agency',
  'already-exists',
  'already-member',
  'not-member',
  'last-host',
  'already-numbered',
  'already-settled',
  'no-number-series',
  'wrong-state',
  'stale',
  'id-taken',
] as const;
export type CommandRefusal = (typeof COMMAND_REFUSALS)[number];

/** As another version may say it: `unknown` is a reason that came after this version. It is a refusal all the same. */
export const saidRefusalSchema = z
  .string()
  .transform((said): CommandRefusal | 'unknown' => COMMAND_REFUSALS.find((each) => each === said) ?? 'unknown');
export type SaidRefusal = z.infer<typeof saidRefusalSchema>;

/**
 * Answer to a command, the same however often it is sent. `number` only for `giveNumber`. What else a newer relay says
 * is passed over: an answer that could not be read would be asked for again for ever.
 */
export const commandResultSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('done'), version: z.number().int(), number: z.string().optional() }),
  z.object({ outcome: z.literal('refused'), reason: saidRefusalSchema }),
]);
export type CommandResult = z.infer<typeof commandResultSchema>;
