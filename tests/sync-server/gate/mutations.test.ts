/** Honest updates with broken bytes: the gate never throws, and what it accepts never leaves a document spoilt. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { LiveDocument } from '../../../sync-server/room/live-document.ts';
import { leastMs } from '../../support/own-time.ts';
import { randomFrom } from '../../support/random.ts';

const RUNS = 50_000;
const SEED = 20261122;
/** Far above what judging one small update takes on a busy machine. */
const MAX_MS = 250;
const WRITER = { personId: 'p', capability: 'write', documentState: 'draft' } as const;

describe(`mutated updates (seed ${SEED}, ${RUNS} runs)`, () => {
  it('[R5] never crash, never hang, and never leave anything pending in the live document', () => {
    const random = randomFrom(SEED);
    const base = new Y.Doc();
    base.clientID = 7;
    base.getText('prose').insert(0, '欠薪 120 万元，涉及 38 人。', { bold: true });
    base.getText('prose').insertEmbed(3, { id: 'b1' });
    base.getMap('fields').set('header/title/r1', { v: '会议纪要', by: 'p', at: 1 });
    base.getText('prose').delete(2, 4);
    const whole = Y.encodeStateAsUpdate(base);
    const updates: Uint8Array[] = [whole];
    base.on('update', (update) => updates.push(update));
    for (let n = 0; n < 20; n++) {
      const prose = base.getText('prose');
      if (n % 3 === 2) prose.delete(random.int(prose.length), 1);
      else prose.insert(random.int(prose.length), `字${n}`);
    }
    let slowestMs = 0;
    const verdicts: Record<string, number> = {};
    let live = new LiveDocument('body');
    live.load({ updates: [whole], ownersByClient: new Map(), lastSeq: 1, updatesSinceSnapshot: 1 });
    for (let run = 0; run < RUNS; run++) {
      const bytes = new Uint8Array(random.pick(updates));
      for (let hit = random.int(4); hit >= 0; hit--) bytes[random.int(bytes.length)] = random.int(256);
      const update = random.chance(0.2) ? bytes.subarray(0, random.int(bytes.length)) : bytes;
      const startedAt = performance.now();
      const verdict = live.judge(update, WRITER);
      if (verdict.type === 'accepted') {
        expect(live.apply(update), `run ${run}: ${[...update]}`).not.toBeNull();
        live = new LiveDocument('body');
        live.load({ updates: [whole], ownersByClient: new Map(), lastSeq: 1, updatesSinceSnapshot: 1 });
      }
      let ms = performance.now() - startedAt;
      // The machine may have paused; what is slow by itself is slow again.
      if (ms > MAX_MS)
        ms = Math.min(
          ms,
          leastMs(() => live.judge(update, WRITER)),
        );
      slowestMs = Math.max(slowestMs, ms);
      verdicts[verdict.type] = (verdicts[verdict.type] ?? 0) + 1;
    }
    expect(slowestMs).toBeLessThan(MAX_MS);
    // The runs reached every way out.
    expect(Object.keys(verdicts).sort()).toEqual(
      expect.arrayContaining(['accepted', 'malformed', 'missing', 'noEffect']),
    );
  });
});
