/**
 * The shape of a fictional case for demonstrations: agencies, people, one case and its documents, each line with who wrote
 * it. Pure data, its dates as anchored.ts reads them; sync-server/demo turns it into commands and Yjs updates under each
 * author's own identity.
 */
import type { AgencyInput } from '../api.ts';
import type { TaskEvent } from '../events/task-events.ts';
import type { FieldValue } from '../fields/register.ts';
import type { Role } from '../permissions.ts';
import type { BlockKind } from '../prose/block-attrs.ts';
import type { InitialInline } from '../prose/write-initial-prose.ts';
import type { RecordRoot } from '../rooms.ts';
import type { CaseCategory, DocumentKind, Language } from '../vocabulary.ts';

export interface DemoAgency extends AgencyInput {
  readonly agencyId: string;
}

/** A person and the place they have in the case: `agencyId` acts, `role` is null for who has an account but is not on the joint team. */
export interface DemoPerson {
  readonly personId: string;
  readonly name: string;
  readonly agencyId: string;
  readonly role: Role | null;
  readonly isAdministrator: boolean;
}

/** A paragraph and who wrote it. */
export interface DemoBlock {
  /** What others point to it by; its place when left out. */
  readonly blockId?: string;
  readonly by: string;
  readonly kind: BlockKind;
  readonly content: string | readonly InitialInline[];
  /** Words that stood there until its author replaced them after a review. */
  readonly was?: { readonly first: string; readonly later: string };
}

/** Header fields that one person filled in. Long text goes to `longTexts`. */
export interface DemoFields {
  readonly by: string;
  readonly values: Readonly<Record<string, FieldValue>>;
  readonly longTexts?: Readonly<Record<string, string>>;
}

/** A row of one of the kind's other tables: who came to a meeting, what was due, what was decided, a party. */
export interface DemoRow extends DemoFields {
  readonly recordId: string;
}

/** A row of a plan's task table, and what was said about it since: at local time `YYYY-MM-DDTHH:mm`, the event without its task. */
export interface DemoTask extends DemoFields {
  readonly taskId: string;
  readonly work: readonly {
    readonly at: string;
    readonly by: string;
    readonly event: TaskEventOf<TaskEvent>;
  }[];
}
type TaskEventOf<T> = T extends TaskEvent ? Omit<T, 'taskId'> : never;

/** A comment under its author's identity, what was answered, and who settled it. Local times. */
export interface DemoComment {
  readonly at: string;
  readonly by: string;
  /** Words of the prose as they stood then, a field of a record, or the document as a whole. */
  readonly on: 'document' | { readonly words: string } | { readonly recordId: string; readonly field: string };
  readonly text: string;
  readonly mentions?: readonly string[];
  readonly isBlocking: boolean;
  readonly replies: readonly {
    readonly at: string;
    readonly by: string;
    readonly text: string;
    readonly mentions?: readonly string[];
  }[];
  readonly resolved: { readonly at: string; readonly by: string } | null;
}

/** A document of the case; the case's own record is one too: kind `caseRecord`, its documentId the caseId, parties in `rows`. */
export interface DemoDocument {
  readonly documentId: string;
  readonly kind: DocumentKind;
  readonly title: string;
  /** Who registers and first writes it, and when (local time). */
  readonly by: string;
  readonly at: string;
  readonly header: readonly DemoFields[];
  readonly prose: readonly DemoBlock[];
  readonly rows?: Readonly<Partial<Record<RecordRoot, readonly DemoRow[]>>>;
  readonly tasks: readonly DemoTask[];
  readonly comments?: readonly DemoComment[];
  /** Asks for an official number after it is written. */
  readonly isNumbered: boolean;
}

export interface DemoCase {
  readonly caseId: string;
  /** By alias, without a date. */
  readonly title: string;
  readonly language: Language;
  readonly category: CaseCategory;
  /** Creates the case and is its host. */
  readonly host: string;
  readonly agencies: readonly DemoAgency[];
  readonly people: readonly DemoPerson[];
  readonly documents: readonly DemoDocument[];
}
