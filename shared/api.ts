/**
 * The HTTP API's shapes, checked at both ends. Routes (all JSON, all with the session cookie unless said):
 *   POST /api/session {name, password} → 204 + cookie · DELETE /api/session → 204 · GET /api/session → Me
 *   POST /api/setup {token, name, password, agencyName, agencyMark} → 204 + cookie (first administrator, one-time token)
 *   PUT /api/agencies/<uuid> AgencyInput · PUT /api/people/<uuid> PersonInput → 204 (administrators)
 *   GET /api/directory → Directory · GET /api/cases → CaseSummary[] · GET /api/cases/<uuid> → CaseDetail
 *     every GET answers with an ETag, and 304 to its If-None-Match: asking again for what has not changed is cheap
 *   GET /api/cases/<uuid>/activity?before=<cursor> → ActivityPage, following each document's audience
 *   POST /api/commands Command → CommandResult (200 done, 409 refused)
 *   PUT /api/cases/<uuid> · PUT /api/documents/<uuid>: createCase and registerDocument with the id in the path
 *   POST /api/held/<documentId> HeldInput → 204
 *   GET /api/held/<documentId> → HeldList · GET /api/held/<documentId>/<heldId> → Held (shared/held.ts): all of the document's
 *     for who acts as its host, everybody's own for themselves, also after they have left
 *   errors: {error: {code, message, fields?}}
 */
import { z } from 'zod';
import { heldCountsSchema } from './held.ts';
import { uuidSchema } from './ids.ts';
import { knownOf } from './known-of.ts';
import { AUDIENCES, DOCUMENT_STATES, ROLES } from './permissions.ts';
import { CASE_CATEGORIES, DOCUMENT_KINDS } from './vocabulary.ts';

export const errorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), fields: z.record(z.string(), z.string()).optional() }),
});
export type ApiError = z.infer<typeof errorSchema>;

export const signInSchema = z.strictObject({ name: z.string().min(1).max(80), password: z.string().min(1).max(200) });
export type SignIn = z.infer<typeof signInSchema>;

const personName = z.string().trim().min(1).max(80);
const agencyName = z.string().trim().min(1).max(120);
/** The one or few characters that stand for the organisation in official numbers, such as 云城. */
const agencyMark = z.string().trim().min(1).max(12);
const password = z.string().min(10).max(200);

export const setupSchema = z.strictObject({
  token: z.string().min(16).max(100),
  name: personName,
  password,
  agencyName,
  agencyMark,
});
export type Setup = z.infer<typeof setupSchema>;

export const agencyInputSchema = z.strictObject({ name: agencyName, shortName: agencyName, mark: agencyMark });
export type AgencyInput = z.infer<typeof agencyInputSchema>;

/** `password` may be left out when changing a person who exists. */
export const personInputSchema = z.strictObject({
  name: personName,
  password: password.optional(),
  agencyIds: z.array(uuidSchema).min(1).max(20),
  isAdministrator: z.boolean(),
});
export type PersonInput = z.infer<typeof personInputSchema>;

const agencySchema = z.object({
  agencyId: uuidSchema,
  name: z.string(),
  shortName: z.string(),
  mark: z.string(),
});
export type Agency = z.infer<typeof agencySchema>;

const personSchema = z.object({
  personId: uuidSchema,
  name: z.string(),
  agencyIds: z.array(uuidSchema),
  isAdministrator: z.boolean(),
});
export type Person = z.infer<typeof personSchema>;

/** Who is signed in, and the store this server speaks for. */
export const meSchema = z.object({ person: personSchema, agencies: z.array(agencySchema), generation: z.string() });
export type Me = z.infer<typeof meSchema>;

export const directorySchema = z.object({ agencies: z.array(agencySchema), people: z.array(personSchema) });
export type Directory = z.infer<typeof directorySchema>;

const memberSchema = z.object({
  personId: uuidSchema,
  name: z.string(),
  agencyId: uuidSchema,
  agencyName: z.string(),
  role: knownOf(ROLES),
});
export type Member = z.infer<typeof memberSchema>;

/** A document's header as the catalogue shows it; `title` is a projection of the body. */
const documentSummarySchema = z.object({
  documentId: uuidSchema,
  caseId: uuidSchema,
  kind: knownOf(DOCUMENT_KINDS),
  title: z.string(),
  audience: knownOf(AUDIENCES),
  audienceAgencyId: uuidSchema.nullable(),
  state: knownOf(DOCUMENT_STATES),
  number: z.string().nullable(),
  version: z.number().int(),
  createdBy: uuidSchema,
  /** Milliseconds since 1970, the relay's clock: the last durable change of the body. */
  changedAtMs: z.number(),
  /**
   * Grows with every durable change of any of the four rooms: whoever has synced up to this mark of the same store
   * (generation) has nothing to fetch. Left out for what the relay has never spoken of.
   */
  changeMark: z.number().int().nonnegative().optional(),
  /** Who last wrote in the body, to within a minute; null for nobody. */
  changedBy: uuidSchema.nullish(),
  /** Edits of it that were not taken and concern this person; left out when there are none. */
  held: heldCountsSchema.optional(),
});
export type DocumentSummary = z.infer<typeof documentSummarySchema>;

export const caseSummarySchema = z.object({
  caseId: uuidSchema,
  title: z.string(),
  category: knownOf(CASE_CATEGORIES),
  number: z.string().nullable(),
  leadAgencyId: uuidSchema,
  leadAgencyName: z.string(),
  myRole: knownOf(ROLES),
  myAgencyId: uuidSchema,
  memberCount: z.number().int(),
  documentCount: z.number().int(),
  version: z.number().int(),
  changedAtMs: z.number(),
  /** The same as before as long as nothing has changed in what `GET /api/cases/<uuid>` would answer this person. */
  changeMark: z.string().max(100).optional(),
});
export type CaseSummary = z.infer<typeof caseSummarySchema>;

export const caseDetailSchema = caseSummarySchema.extend({
  members: z.array(memberSchema),
  /** Only the documents whose audience the person is in. */
  documents: z.array(documentSummarySchema),
  /** The case's own document (shared/kinds/case-record.ts); left out by a relay that knew none. */
  record: documentSummarySchema.optional(),
});
export type CaseDetail = z.infer<typeof caseDetailSchema>;

/** Whether a newer relay has said something in it that this version has no word for: the next version will have one. */
export function saysUnknown({ members, documents, record, ...summary }: CaseDetail): boolean {
  return [summary, ...members, ...openableDocuments({ documents, ...(record && { record }) })].some((row) =>
    Object.values(row).includes('unknown'),
  );
}

/** Everything of a case that the person may open and work on offline: its documents and its own record. */
export function openableDocuments({ documents, record }: Pick<CaseDetail, 'documents' | 'record'>): DocumentSummary[] {
  return record === undefined ? [...documents] : [...documents, record];
}

const activityItemSchema = z.object({
  activityId: z.number().int(),
  /** Of what goes on through a day the last time; milliseconds since 1970. */
  atMs: z.number(),
  /** One of shared/activity.ts, or of a newer version. */
  what: z.string(),
  /** How often, of what is counted (comments, task events). */
  times: z.number().int(),
  personId: uuidSchema,
  personName: z.string(),
  /** The agency they acted for. */
  agencyName: z.string().nullable(),
  /** Null for what is about the case itself and its members. */
  document: z.object({ documentId: uuidSchema, kind: z.string(), title: z.string() }).nullable(),
  /** Who was invited, removed or given another role. */
  subjectName: z.string().nullable(),
  role: knownOf(ROLES).nullable(),
  number: z.string().nullable(),
});
export type ActivityItem = z.infer<typeof activityItemSchema>;

/** Newest first. */
export const activityPageSchema = z.object({
  items: activityItemSchema.array(),
  /** For the next, older page; null when this is the last. */
  before: z.string().nullable(),
});
export type ActivityPage = z.infer<typeof activityPageSchema>;

/** Where a page of activity begins: as the page before said. */
export const activityCursorSchema = z.string().regex(/^\d{1,15}\.\d{1,15}$/);
