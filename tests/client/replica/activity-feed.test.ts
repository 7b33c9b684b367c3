/** What happened, as a device has it: kept for offline, joined without a gap, gone with the right to see it. */
import { describe, expect, it } from 'vitest';
import { openActivityFeed } from '../../../client/replica/activity-feed.ts';
import type { Answer } from '../../../client/replica/api-client.ts';
import type { CatalogueSnapshot } from '../../../client/replica/catalogue-overlay.ts';
import { observableOf } from '../../../client/replica/observable.ts';
import type { ActivityItem, ActivityPage } from '../../../shared/api.ts';

const CASE = 'case';
const item = (n: number): ActivityItem => ({
  activityId: n,
  atMs: n,
  what: 'wrote',
  times: 1,
  personId: '00000000-0000-4000-8000-000000000001',
  personName: '甲',
  agencyName: null,
  document: null,
  subjectName: null,
  role: null,
  number: null,
});
/** Items `from` down to `to`. */
const page = (from: number, to: number): ActivityPage => ({
  items: Array.from({ length: from - to + 1 }, (_, n) => item(from - n)),
  before: to === 1 ? null : `${to}.${to}`,
});

function stage(kept: ActivityPage | null = null) {
  const store = { kept: kept as unknown };
  const answers: Answer<ActivityPage>[] = [];
  const asked: (string | null)[] = [];
  let isOnline = true;
  const snapshot = observableOf<CatalogueSnapshot>({ cases: [], details: {} });
  const feed = openActivityFeed({
    snapshot,
    mayFetch: () => isOnline,
    api: {
      activity: async (_caseId, before) => {
        asked.push(before);
        return answers.shift() ?? { kind: 'unreachable' };
      },
    },
    store: {
      readRecord: async (_key, schema) => ({ ok: true, value: store.kept === null ? null : schema.parse(store.kept) }),
      writeRecord: async (_key, value) => {
        store.kept = value;
        return { ok: true, value: null };
      },
      deleteRecord: async () => {
        store.kept = null;
        return { ok: true, value: null };
      },
    },
  });
  const numbers = () =>
    feed
      .of(CASE)
      .get()
      ?.items.map(({ activityId }) => activityId) ?? null;
  const watch = async () => {
    const end = feed.of(CASE).subscribe(() => {});
    await settle();
    return end;
  };
  return {
    feed,
    store,
    answers,
    asked,
    numbers,
    watch,
    snapshot,
    goOffline: () => {
      isOnline = false;
    },
  };
}
const settle = async () => {
  for (let n = 0; n < 10; n++) await Promise.resolve();
};

describe('the activity feed', () => {
  it('asks nothing before somebody looks, and then keeps what it heard for offline', async () => {
    const { feed, answers, asked, numbers, watch, store } = stage();
    answers.push({ kind: 'ok', value: page(5, 1) });
    feed.of(CASE).get();
    expect(asked).toEqual([]);
    await watch();
    expect(numbers()).toEqual([5, 4, 3, 2, 1]);
    expect(feed.of(CASE).get()?.isFresh).toBe(true);
    const later = stage(store.kept as ActivityPage);
    later.goOffline();
    await later.watch();
    expect(later.numbers()).toEqual([5, 4, 3, 2, 1]);
    expect(later.feed.of(CASE).get()?.isFresh).toBe(false);
    expect(await later.feed.more(CASE)).toBe(false);
  });

  it('puts older pages behind, and a newer first page before them, without a gap and without doubles', async () => {
    const { feed, answers, asked, numbers, watch } = stage();
    answers.push({ kind: 'ok', value: page(10, 8) }, { kind: 'ok', value: page(7, 5) });
    await watch();
    expect(await feed.more(CASE)).toBe(true);
    expect(asked).toEqual([null, '8.8']);
    answers.push({ kind: 'ok', value: page(12, 9) });
    await feed.refresh(CASE);
    expect(numbers()).toEqual([12, 11, 10, 9, 8, 7, 6, 5]);
    expect(feed.of(CASE).get()?.before).toBe('5.5');
    // So much has happened that something may lie between: what is older is asked for again.
    answers.push({ kind: 'ok', value: page(40, 30) });
    await feed.refresh(CASE);
    expect(numbers()?.at(-1)).toBe(30);
    expect(feed.of(CASE).get()?.before).toBe('30.30');
  });

  it('asks again when the case has changed while somebody looks', async () => {
    const { answers, asked, watch, snapshot } = stage();
    answers.push({ kind: 'ok', value: page(3, 1) });
    const end = await watch();
    const detail = (changeMark: string) => ({ [CASE]: { changeMark } }) as unknown as CatalogueSnapshot['details'];
    snapshot.set({ cases: [], details: detail('a') });
    expect(asked).toHaveLength(2);
    snapshot.set({ cases: [{}] as unknown as CatalogueSnapshot['cases'], details: detail('a') });
    expect(asked).toHaveLength(2);
    end();
    snapshot.set({ cases: [], details: detail('b') });
    expect(asked).toHaveLength(2);
  });

  it('lets go of what is no longer the person’s to see', async () => {
    const { answers, numbers, watch, store } = stage(page(3, 1));
    answers.push({ kind: 'refused', status: 404 });
    await watch();
    expect(numbers()).toBeNull();
    expect(store.kept).toBeNull();
  });
});
