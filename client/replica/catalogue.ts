/**
 * Cases, documents and people as this device knows them: fetched when the server answers, kept in the device store for when
 * it does not, and the person's own waiting commands laid over. What the server no longer lists is gone at the next fetch.
 */
import { z } from 'zod';
import {
  type CaseDetail,
  type CaseSummary,
  caseDetailSchema,
  caseSummarySchema,
  type Directory,
  directorySchema,
  type Me,
  saysUnknown,
} from '../../shared/api.ts';
import type { Command } from '../../shared/commands.ts';
import type { ApiClient } from './api-client.ts';
import { type CatalogueSnapshot, layCommandsOver, layTitlesOver, type NotedTitle } from './catalogue-overlay.ts';
import type { Catalogue, Observable, OutboxEntry } from './contract.ts';
import type { Clock } from './environment.ts';
import type { LocalStore } from './local-store.ts';
import { isIdentical, observableOf, type Source } from './observable.ts';

const storedSchema = z.object({
  cases: caseSummarySchema.array(),
  details: z.record(z.string(), caseDetailSchema),
  directory: directorySchema,
  fetchedAtMs: z.number().nullable(),
});
type StoredCatalogue = z.infer<typeof storedSchema>;

const NOTHING: StoredCatalogue = {
  cases: [],
  details: {},
  directory: { agencies: [], people: [] },
  fetchedAtMs: null,
};
const KEY = ['catalogue'] as const;

export interface OpenCatalogue extends Catalogue {
  /** All of it as shown: the list, and the details of every case the server has told of. */
  readonly snapshot: Observable<CatalogueSnapshot>;
  /** Reads what the store has. */
  load(): Promise<void>;
  /** Puts what is known into the store again, which has lost it. */
  rewrite(): Promise<void>;
  /** A command is done: what it changed is true now, also before the next fetch. */
  absorb(command: Command): Promise<void>;
  close(): void;
}

export interface CatalogueParts {
  readonly me: () => Me;
  readonly store: LocalStore;
  readonly api: Pick<ApiClient, 'cases' | 'caseDetail' | 'directory'>;
  readonly clock: Clock;
  readonly outbox: Observable<readonly OutboxEntry[]>;
  readonly mayFetch: () => boolean;
  readonly onSignedOut: () => void;
}

export function createCatalogue(parts: CatalogueParts): OpenCatalogue {
  const { store, api, clock } = parts;
  let base = NOTHING;
  const cases = observableOf<readonly CaseSummary[]>([]);
  const directory = observableOf<Directory>(NOTHING.directory);
  const fetchedAtMs = observableOf<number | null>(null);
  /** What pages have asked for, by case id. */
  const details = new Map<string, { source: Source<CaseDetail | null>; observable: Observable<CaseDetail | null> }>();
  const notedTitles = new Map<string, NotedTitle>();
  /** Cases as shown: the server's word with the waiting commands and noted titles laid over. */
  const shown = observableOf<CatalogueSnapshot>(NOTHING, isIdentical);

  function overlay(snapshot: CatalogueSnapshot, commands: readonly Command[]): CatalogueSnapshot {
    return layCommandsOver(snapshot, commands, {
      me: parts.me(),
      directory: base.directory,
      nowMs: base.fetchedAtMs ?? clock.nowMs(),
    });
  }

  /** The server's word, with the waiting commands laid over. */
  function said(): CatalogueSnapshot {
    const waiting = parts.outbox.get().filter(({ state }) => state === 'waiting');
    return overlay(
      base,
      waiting.map(({ command }) => command),
    );
  }

  function publish() {
    shown.set(layTitlesOver(said(), notedTitles));
    cases.set(shown.get().cases);
    directory.set(base.directory);
    fetchedAtMs.set(base.fetchedAtMs);
    for (const [caseId, { source }] of details) source.set(shown.get().details[caseId] ?? null);
  }

  async function keep(next: StoredCatalogue) {
    base = next;
    publish();
    // A copy of what the server has: when it cannot be kept, the page still shows it.
    await store.writeRecord(KEY, next);
  }

  async function fetchDetail(caseId: string) {
    if (!parts.mayFetch()) return;
    const answer = await api.caseDetail(caseId);
    if (answer.kind === 'signedOut') parts.onSignedOut();
    if (answer.kind === 'ok') await keep({ ...base, details: { ...base.details, [caseId]: answer.value } });
    // Gone, or no longer ours to see.
    if (answer.kind === 'refused' && base.details[caseId] !== undefined) {
      const { [caseId]: _gone, ...rest } = base.details;
      await keep({ ...base, cases: base.cases.filter((row) => row.caseId !== caseId), details: rest });
    }
  }

  let refreshing: Promise<void> | null = null;
  let isStale = false;

  /** One at a time; asked for meanwhile, it runs once more. */
  async function refresh(): Promise<void> {
    isStale = true;
    refreshing ??= (async () => {
      try {
        while (isStale) {
          isStale = false;
          await fetchAll();
        }
      } finally {
        refreshing = null;
      }
    })();
    await refreshing;
  }

  async function fetchAll() {
    if (!parts.mayFetch()) return;
    const [casesAnswer, directoryAnswer] = await Promise.all([api.cases(), api.directory()]);
    if (casesAnswer.kind === 'signedOut' || directoryAnswer.kind === 'signedOut') parts.onSignedOut();
    if (casesAnswer.kind !== 'ok' || directoryAnswer.kind !== 'ok') return;
    const listed = new Set(casesAnswer.value.map(({ caseId }) => caseId));
    await keep({
      cases: casesAnswer.value,
      details: Object.fromEntries(Object.entries(base.details).filter(([caseId]) => listed.has(caseId))),
      directory: directoryAnswer.value,
      fetchedAtMs: clock.nowMs(),
    });
    // Everything the person may open offline later; one after the other, and only what has changed.
    for (const { caseId, changeMark } of casesAnswer.value) {
      const known = base.details[caseId];
      const isSame = known !== undefined && changeMark !== undefined && known.changeMark === changeMark;
      // What was kept as unknown by an older version of this program is asked for again.
      if (!isSame || saysUnknown(known)) await fetchDetail(caseId);
    }
  }

  const endOutbox = parts.outbox.subscribe(publish);

  return {
    snapshot: shown,
    cases,
    directory,
    fetchedAtMs,
    caseDetail: (caseId) => {
      const known = details.get(caseId);
      if (known !== undefined) return known.observable;
      const source = observableOf<CaseDetail | null>(shown.get().details[caseId] ?? null);
      const observable = fetchedWhenWatched(source, () => void fetchDetail(caseId));
      details.set(caseId, { source, observable });
      return observable;
    },
    refresh,
    noteTitle: (documentId, title) => {
      const insteadOf = titleSaid(said(), documentId);
      if (insteadOf === null || (notedTitles.get(documentId)?.title ?? insteadOf) === title) return;
      notedTitles.set(documentId, { title, insteadOf });
      publish();
    },
    load: async () => {
      const read = await store.readRecord(KEY, storedSchema);
      if (read.ok && read.value !== null) base = read.value;
      publish();
    },
    rewrite: () => keep(base),
    absorb: async (command) => {
      await keep({ ...base, ...mutable(overlay(base, [command])) });
    },
    close: () => endOutbox(),
  };
}

/** What the server calls a document, or a case; null when it has not told of it. */
function titleSaid({ cases, details }: CatalogueSnapshot, documentId: string): string | null {
  const found =
    cases.find(({ caseId }) => caseId === documentId) ??
    Object.values(details)
      .flatMap(({ documents }) => documents)
      .find((each) => each.documentId === documentId);
  return found?.title ?? null;
}

function mutable(snapshot: CatalogueSnapshot): Pick<StoredCatalogue, 'cases' | 'details'> {
  return { cases: [...snapshot.cases], details: { ...snapshot.details } };
}

/** Asked for while React renders, a value must have no effect: it is fetched when its first listener comes. */
function fetchedWhenWatched<T>(source: Observable<T>, fetch: () => void): Observable<T> {
  let listeners = 0;
  return {
    get: source.get,
    subscribe: (onChange) => {
      const end = source.subscribe(onChange);
      if (++listeners === 1) fetch();
      return () => {
        listeners--;
        end();
      };
    },
  };
}
