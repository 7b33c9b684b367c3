/**
 * What the gate costs a keystroke: judging one small update, with every rule in force, and applying it, in a document of
 * 700 KB, written by a few people, and by five thousand clientIDs. No socket, no disk.
 */
import * as Y from 'yjs';
import { WorkMeter } from '../../sync-server/gate/work.ts';
import { LiveDocument } from '../../sync-server/room/live-document.ts';
import { randomFrom } from '../support/random.ts';
import type { Bench, Figure } from './figure.ts';

const BYTES = 700_000;
const KEYSTROKES = 5_000;
const SEAMS = 3_000;
/** Milliseconds for one of a hundred, as issue and README have it. */
const BAR_MS = 0.2;

const WRITER = { personId: 'typist', capability: 'write', documentState: 'draft' } as const;

/** A document of that size by so many clientIDs, in words as people leave them: typed in runs, some deleted again. */
function documentOf(clientIds: number): Uint8Array {
  const random = randomFrom(clientIds);
  const doc = new Y.Doc();
  const prose = doc.getText('prose');
  const wordsEach = Math.ceil(BYTES / clientIds);
  for (let n = 0; n < clientIds; n++) {
    doc.clientID = 1_000 + n;
    for (let bytes = 0; bytes < wordsEach; bytes += 40) {
      const at = random.int(prose.length + 1);
      prose.insert(at, '双方确认欠薪事实');
      if (random.chance(0.3)) prose.delete(random.int(prose.length - 3), 2);
    }
  }
  return Y.encodeStateAsUpdate(doc);
}

/** One-character updates of somebody who types, as their replica sends them. */
function keystrokes(state: Uint8Array): Uint8Array[] {
  const random = randomFrom(1);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  const prose = doc.getText('prose');
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  let at = random.int(prose.length);
  for (let n = 0; n < KEYSTROKES; n++) {
    if (n % 50 === 0) at = random.int(prose.length);
    if (n % 10 === 9) prose.delete(--at, 1);
    else prose.insert(at++, '字');
  }
  return updates;
}

/**
 * Updates of somebody who wrote where a colleague did, heard of it before their own words had arrived, and went on between the
 * two: what a moment without the network leaves.
 */
function seams(state: Uint8Array): { readonly heard: Uint8Array; readonly update: Uint8Array }[] {
  const random = randomFrom(2);
  const [me, colleague] = [new Y.Doc(), new Y.Doc()];
  for (const doc of [me, colleague]) Y.applyUpdate(doc, state);
  const written: Uint8Array[] = [];
  for (const doc of [me, colleague]) {
    doc.on('update', (update: Uint8Array, _origin: unknown, _doc: Y.Doc, { local }: Y.Transaction) => {
      if (local) written.push(update);
    });
  }
  return Array.from({ length: SEAMS }, () => {
    const at = random.int(me.getText('prose').length);
    colleague.getText('prose').insert(at, '乙');
    const [heard] = written.splice(0);
    me.getText('prose').insert(at, '甲');
    if (heard === undefined) throw new Error('nothing was written');
    Y.applyUpdate(me, heard);
    me.getText('prose').insert(at + 1, '中');
    const update = Y.mergeUpdates(written.splice(0));
    Y.applyUpdate(colleague, update);
    return { heard, update };
  });
}

function measureSeams(name: string, clientIds: number): Figure[] {
  const state = documentOf(clientIds);
  const live = new LiveDocument('body');
  live.load({ updates: [state], ownersByClient: new Map(), lastSeq: 1, updatesSinceSnapshot: 1 });
  const times = seams(state).map(({ heard, update }) => {
    live.apply(heard);
    const startedAt = performance.now();
    const verdict = live.judge(update, WRITER, new WorkMeter(1e9));
    const ms = performance.now() - startedAt;
    if (verdict.type !== 'accepted' || live.apply(update) === null) throw new Error(`not accepted: ${verdict.type}`);
    return ms;
  });
  const warm = times.slice(SEAMS / 5).sort((a, b) => a - b);
  return [0.5, 0.99].map((part) => {
    const ms = warm[Math.floor(warm.length * part)] ?? 0;
    return {
      name: `${name} (${(state.length / 1000).toFixed(0)} KB): judging words between one's own unsent and another's, ${part * 100} of 100 take at most`,
      value: `${(ms * 1000).toFixed(0)} µs`,
      ...(part === 0.5 ? {} : { ratio: { of: `${BAR_MS} ms`, value: ms / BAR_MS, bar: 1 } }),
    };
  });
}

function measure(name: string, clientIds: number): Figure[] {
  const state = documentOf(clientIds);
  const updates = keystrokes(state);
  const live = new LiveDocument('body');
  live.load({ updates: [state], ownersByClient: new Map(), lastSeq: 1, updatesSinceSnapshot: 1 });
  const judging: number[] = [];
  const both: number[] = [];
  for (const update of updates) {
    const startedAt = performance.now();
    const verdict = live.judge(update, WRITER, new WorkMeter(1e9));
    const judgedAt = performance.now();
    if (verdict.type !== 'accepted' || live.apply(update) === null) throw new Error(`not accepted: ${verdict.type}`);
    live.own(verdict.newClientIds, WRITER.personId);
    judging.push(judgedAt - startedAt);
    both.push(performance.now() - startedAt);
  }
  // The first ones compile the code.
  const warm = (times: number[]) => times.slice(KEYSTROKES / 5).sort((a, b) => a - b);
  const at = (times: readonly number[], part: number) => times[Math.floor(times.length * part)] ?? 0;
  const [judged, all] = [warm(judging), warm(both)];
  const figure = (what: string, ms: number, isHeld: boolean): Figure => ({
    name: `${name} (${(state.length / 1000).toFixed(0)} KB): ${what}`,
    value: `${(ms * 1000).toFixed(0)} µs`,
    ...(isHeld ? { ratio: { of: `${BAR_MS} ms`, value: ms / BAR_MS, bar: 1 } } : {}),
  });
  return [
    figure('judging, half take at most', at(judged, 0.5), false),
    figure('judging and applying, half take at most', at(all, 0.5), false),
    figure('judging and applying, 99 of 100 take at most', at(all, 0.99), true),
  ];
}

const bench: Bench = {
  title: 'relay gate: a keystroke judged and applied',
  run: async () => [
    ...measure('by 2 clientIDs', 2),
    ...measure('by 5,000 clientIDs', 5_000),
    ...measureSeams('by 2 clientIDs', 2),
  ],
};

export default bench;
