/**
 * Which cases this device keeps, and which documents are whole here: two small sets of durable facts of the person's store,
 * laid over the catalogue. It decides what is due to be fetched and what may go; fetching is background-sync.ts. A copy's
 * mark is the relay's change mark that it has surely reached, so what has not changed is never fetched again.
 */
import { z } from 'zod';
import { type CaseDetail, type CaseSummary, type DocumentSummary, openableDocuments } from '../../shared/api.ts';
import { documentMadeBy } from '../../shared/commands.ts';
import type { CatalogueSnapshot } from './catalogue-overlay.ts';
import type { Keeping, KeptCase, LettingGo, Observable, OutboxEntry } from './contract.ts';
import type { Clock } from './environment.ts';
import type { LocalStore } from './local-store.ts';
import { observableOf } from './observable.ts';
import { copyKey } from './room-log.ts';

const choiceSchema = z.object({ caseId: z.string(), isKept: z.boolean() });
const keepsNewSchema = z.object({ isOn: z.boolean() });
const copySchema = z.object({
  documentId: z.string(),
  /** The relay's store that `mark` speaks of. */
  generation: z.string(),
  /** The change mark this copy has reached; null where nobody asked for it: whole, but perhaps behind. */
  mark: z.number().nullable(),
  syncedAtMs: z.number(),
});
type Copy = z.infer<typeof copySchema>;

const CHOICE = 'keep';
const [COPIES] = copyKey('');
const KEEPS_NEW = ['keep-new'] as const;

/** A document to be fetched, and the change mark it will have reached then; null where the relay told none. */
export interface DueDocument {
  readonly documentId: string;
  readonly mark: number | null;
}

export interface OpenKeeping extends Omit<Keeping, 'progress'> {
  /** Reads what the store has (at start, and when another tab changed it). */
  load(): Promise<void>;
  /** The store was lost: the choices are put into it again; the copies are gone with it. */
  rewrite(): Promise<void>;
  /** Documents of kept cases that are not whole here or behind the server's word; of others, copies that an earlier store of the relay had. */
  due(): DueDocument[];
  /** The change mark the server last told of a document; null for none. */
  markOf(documentId: string): number | null;
  /** Removes copies that are not wanted any more and hold nothing that only this device has. */
  tidy(): Promise<void>;
  /** Everything the relay had is in the device store now; `mark` as far as it was asked for. */
  noteCopy(documentId: string, mark: number | null): Promise<void>;
  close(): void;
}

export interface KeepingParts {
  readonly store: LocalStore;
  readonly clock: Clock;
  readonly snapshot: Observable<CatalogueSnapshot>;
  readonly outbox: Observable<readonly OutboxEntry[]>;
  /** The relay's store that the catalogue speaks of. */
  readonly generation: () => string;
  /** Removes one document's copies: `stays` while it is open somewhere or holds what only this device has. */
  readonly letGo: (documentId: string) => Promise<'gone' | 'stays'>;
  /** Something became due. */
  readonly onDue: () => void;
  /** Tells the other tabs. */
  readonly onChange: () => void;
}

export function openKeeping(parts: KeepingParts): OpenKeeping {
  const { store, clock } = parts;
  const cases = observableOf<Readonly<Record<string, KeptCase>>>({});
  const keepsNew = observableOf(false);
  let choices: ReadonlyMap<string, boolean> = new Map();
  let copies: ReadonlyMap<string, Copy> = new Map();

  const isKept = (caseId: string) => choices.get(caseId) ?? keepsNew.get();
  const detailsNow = () => Object.values(parts.snapshot.get().details);

  function publish() {
    const { cases: rows, details } = parts.snapshot.get();
    const made = new Set(parts.outbox.get().flatMap(({ command }) => documentMadeBy(command) ?? []));
    cases.set(
      Object.fromEntries(rows.map((row) => [row.caseId, keptCase(row, details[row.caseId], isKept(row.caseId), made)])),
    );
  }

  function keptCase(
    row: CaseSummary,
    detail: CaseDetail | undefined,
    isCaseKept: boolean,
    made: ReadonlySet<string>,
  ): KeptCase {
    const all = detail === undefined ? [] : openableDocuments(detail);
    const isHere = ({ documentId }: DocumentSummary) => made.has(documentId) || copies.has(documentId);
    const isComplete = detail !== undefined && all.every(isHere);
    const times = all.flatMap(({ documentId }) => copies.get(documentId)?.syncedAtMs ?? []);
    const isLate = (document: DocumentSummary) => !made.has(document.documentId) && isBehind(document);
    // The case's own record is nobody's idea of a document and not counted as one; where it is missing, that is said.
    const counted = detail?.documents ?? [];
    const isRecordMissing = detail?.record !== undefined && !isHere(detail.record);
    return {
      caseId: row.caseId,
      isKept: isCaseKept,
      documents: detail === undefined ? row.documentCount : counted.length,
      here: counted.filter(isHere).length,
      behind: counted.filter((document) => isHere(document) && isLate(document)).length + (isRecordMissing ? 1 : 0),
      syncedAtMs: isComplete && times.length > 0 ? Math.min(...times) : null,
    };
  }

  function isBehind({ documentId, changeMark }: DocumentSummary): boolean {
    const copy = copies.get(documentId);
    if (copy === undefined) return true;
    // An older relay tells no marks: then only what is missing is fetched.
    return changeMark !== undefined && (copy.generation !== parts.generation() || copy.mark !== changeMark);
  }

  /** Last compared with a store of the relay that is no more: it may hold what the one of now lacks, also before it goes. */
  function isOfAnotherStore({ documentId }: DocumentSummary): boolean {
    const copy = copies.get(documentId);
    return copy !== undefined && copy.generation !== parts.generation();
  }

  async function choose(caseId: string, isCaseKept: boolean) {
    const written = await store.writeRecord([CHOICE, caseId], { caseId, isKept: isCaseKept });
    if (!written.ok) throw new Error(written.reason);
    choices = new Map(choices).set(caseId, isCaseKept);
    publish();
    parts.onChange();
  }

  async function letCaseGo(detail: CaseDetail | undefined): Promise<LettingGo> {
    let removed = 0;
    let staying = 0;
    for (const { documentId } of detail === undefined ? [] : openableDocuments(detail)) {
      // Chosen otherwise meanwhile: what is left stays.
      if (detail !== undefined && isKept(detail.caseId)) break;
      const had = copies.has(documentId);
      if ((await parts.letGo(documentId)) === 'stays') staying++;
      else if (had && documentId !== detail?.record?.documentId) removed++;
    }
    await load();
    parts.onChange();
    return { removed, staying };
  }

  async function load() {
    const [choiceRead, keepsNewRead, copyRead] = await Promise.all([
      store.readRecords(CHOICE, choiceSchema),
      store.readRecord(KEEPS_NEW, keepsNewSchema),
      store.readRecords(COPIES, copySchema),
    ]);
    if (choiceRead.ok) choices = new Map(choiceRead.value.map((each) => [each.caseId, each.isKept]));
    if (keepsNewRead.ok) keepsNew.set(keepsNewRead.value?.isOn ?? false);
    if (copyRead.ok) copies = new Map(copyRead.value.map((each) => [each.documentId, each]));
    publish();
  }

  const ends = [parts.snapshot.subscribe(publish), parts.outbox.subscribe(publish)];

  return {
    cases,
    keepsNew,
    load,
    rewrite: async () => {
      copies = new Map();
      for (const [caseId, isCaseKept] of choices) {
        await store.writeRecord([CHOICE, caseId], { caseId, isKept: isCaseKept });
      }
      await store.writeRecord(KEEPS_NEW, { isOn: keepsNew.get() });
      publish();
    },
    due: () =>
      detailsNow()
        .flatMap((detail) =>
          openableDocuments(detail).filter(
            (document) => isBehind(document) && (isKept(detail.caseId) || isOfAnotherStore(document)),
          ),
        )
        .map(({ documentId, changeMark }) => ({ documentId, mark: changeMark ?? null })),
    markOf: (documentId) =>
      detailsNow()
        .flatMap(openableDocuments)
        .find((each) => each.documentId === documentId)?.changeMark ?? null,
    tidy: async () => {
      for (const detail of detailsNow()) {
        const isUnwanted = choices.get(detail.caseId) === false;
        if (isUnwanted && openableDocuments(detail).some(({ documentId }) => copies.has(documentId)))
          await letCaseGo(detail);
      }
    },
    noteCopy: async (documentId, mark) => {
      // A mark that is known already is not given up for none: the copy only ever gets newer.
      const before = copies.get(documentId);
      const generation = parts.generation();
      const known = before?.generation === generation ? before.mark : null;
      const copy: Copy = { documentId, generation, mark: mark ?? known, syncedAtMs: clock.nowMs() };
      const written = await store.writeRecord(copyKey(documentId), copy);
      // Not noted: it is fetched once more, which costs a moment.
      if (!written.ok) return;
      copies = new Map(copies).set(documentId, copy);
      publish();
      parts.onChange();
    },
    noteOpened: (caseId) => {
      if (choices.has(caseId)) return;
      choose(caseId, true).then(parts.onDue, () => {
        // The store says so itself wherever somebody writes; opening a case is no moment to stop at it.
      });
    },
    setKept: async (caseId, isCaseKept) => {
      await choose(caseId, isCaseKept);
      if (isCaseKept) {
        parts.onDue();
        return { removed: 0, staying: 0 };
      }
      return letCaseGo(parts.snapshot.get().details[caseId]);
    },
    setKeepsNew: async (isOn) => {
      // Cases that are kept by this setting stay so when it ends: only new ones are not fetched any more.
      if (!isOn) {
        for (const { caseId } of parts.snapshot.get().cases) {
          if (!choices.has(caseId) && keepsNew.get()) await choose(caseId, true);
        }
      }
      const written = await store.writeRecord(KEEPS_NEW, { isOn });
      if (!written.ok) throw new Error(written.reason);
      keepsNew.set(isOn);
      publish();
      parts.onChange();
      if (isOn) parts.onDue();
    },
    close: () => {
      for (const end of ends) end();
    },
  };
}
