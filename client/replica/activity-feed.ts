/**
 * What happened in a case, as this device knows it: the newest page is fetched when somebody looks and whenever the case has
 * changed meanwhile, and kept for when there is no network; older pages on asking, for as long as the page is open. What a
 * case says of itself goes from the device with the case.
 */
import type { z } from 'zod';
import { type ActivityItem, type ActivityPage, activityPageSchema } from '../../shared/api.ts';
import type { ApiClient } from './api-client.ts';
import type { CatalogueSnapshot } from './catalogue-overlay.ts';
import type { ActivityFeed, CaseActivity, Observable } from './contract.ts';
import type { LocalStore } from './local-store.ts';
import { observableOf, type Source } from './observable.ts';

const FIRST = 'activity';
const storedSchema: z.ZodType<ActivityPage> = activityPageSchema;

export interface OpenActivityFeed extends ActivityFeed {
  close(): void;
}

export interface ActivityFeedParts {
  readonly store: Pick<LocalStore, 'readRecord' | 'writeRecord' | 'deleteRecord'>;
  readonly api: Pick<ApiClient, 'activity'>;
  readonly snapshot: Observable<CatalogueSnapshot>;
  readonly mayFetch: () => boolean;
}

interface Watched {
  readonly source: Source<CaseActivity | null>;
  readonly observable: Observable<CaseActivity | null>;
  listeners: number;
  /** The case as it was when it was last asked for. */
  askedAt: string | undefined;
}

export function openActivityFeed({ store, api, snapshot, mayFetch }: ActivityFeedParts): OpenActivityFeed {
  const watched = new Map<string, Watched>();

  async function load(caseId: string, { source }: Watched): Promise<void> {
    const read = await store.readRecord([FIRST, caseId], storedSchema);
    if (read.ok && read.value !== null && source.get() === null) source.set({ ...read.value, isFresh: false });
    await fetchNewest(caseId);
  }

  async function fetchNewest(caseId: string): Promise<void> {
    const entry = watched.get(caseId);
    if (entry === undefined || !mayFetch()) return;
    entry.askedAt = markOf(caseId);
    const answer = await api.activity(caseId, null);
    if (answer.kind === 'refused') {
      // Gone, or no longer the person's to see.
      entry.source.set(null);
      await store.deleteRecord([FIRST, caseId]);
      return;
    }
    if (answer.kind !== 'ok') return;
    entry.source.set({ ...joined(answer.value, entry.source.get()), isFresh: true });
    // A copy of what the server has: when it cannot be kept, the page still shows it.
    await store.writeRecord([FIRST, caseId], answer.value);
  }

  const markOf = (caseId: string) => snapshot.get().details[caseId]?.changeMark;

  const endSnapshot = snapshot.subscribe(() => {
    for (const [caseId, { listeners, askedAt }] of watched) {
      if (listeners > 0 && markOf(caseId) !== askedAt) void fetchNewest(caseId);
    }
  });

  return {
    of: (caseId) => {
      const known = watched.get(caseId);
      if (known !== undefined) return known.observable;
      const source = observableOf<CaseActivity | null>(null);
      const entry: Watched = {
        source,
        listeners: 0,
        askedAt: undefined,
        observable: {
          get: source.get,
          subscribe: (onChange) => {
            const end = source.subscribe(onChange);
            // Asked for while React renders, it has no effect: it is fetched when its first listener comes.
            if (++entry.listeners === 1) void load(caseId, entry);
            return () => {
              entry.listeners--;
              end();
            };
          },
        },
      };
      watched.set(caseId, entry);
      return entry.observable;
    },
    refresh: fetchNewest,
    more: async (caseId) => {
      const source = watched.get(caseId)?.source;
      const shown = source?.get() ?? null;
      if (source === undefined || shown?.before == null || !mayFetch()) return false;
      const answer = await api.activity(caseId, shown.before);
      if (answer.kind !== 'ok') return false;
      const now = source.get();
      // Looked at anew meanwhile: the next asking goes on from there.
      if (now === null || now.before !== shown.before) return true;
      source.set({ ...now, items: [...now.items, ...answer.value.items], before: answer.value.before });
      return true;
    },
    close: endSnapshot,
  };
}

/** The newest page with what was shown of older ones behind it; the page alone when something may lie between them. */
function joined(page: ActivityPage, shown: CaseActivity | null): Pick<CaseActivity, 'items' | 'before'> {
  const last = page.items.at(-1);
  if (shown === null || last === undefined || page.before === null) return page;
  const isOlder = (item: ActivityItem) =>
    item.atMs < last.atMs || (item.atMs === last.atMs && item.activityId < last.activityId);
  const older = shown.items.filter(isOlder);
  const hasNoGap = shown.items.some((item) => !isOlder(item));
  if (older.length === 0 || !hasNoGap) return page;
  return { items: [...page.items, ...older], before: shown.before };
}
