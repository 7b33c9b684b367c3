/** New items that would have to be compared with very many others at their place: refused before Yjs sees them. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { conflictWork } from '../../../sync-server/gate/conflict.ts';
import { effectOf } from '../../../sync-server/gate/effect.ts';
import { judgeUpdate } from '../../../sync-server/gate/judge.ts';
import { scanUpdate } from '../../../sync-server/gate/scan.ts';
import { WorkMeter } from '../../../sync-server/gate/work.ts';
import { LIMITS } from '../../../sync-server/limits.ts';
import { randomFrom } from '../../support/random.ts';
import { type HandMadeSection, type HandMadeStruct, handMade, text } from './hand-made.ts';

const ME = '11111111-1111-4111-8111-111111111111';
const TOO_MUCH = { type: 'refused', reason: 'value-not-allowed', isTooLate: false };

function judge(update: Uint8Array, doc: Y.Doc) {
  return judgeUpdate({
    update,
    doc,
    room: 'body',
    personId: ME,
    capability: 'write',
    isFrozen: false,
    ownerOf: () => undefined,
  });
}

/** What the gate counts for an update. */
function workOf(update: Uint8Array, doc: Y.Doc): number {
  const scanned = scanUpdate(update);
  const effect = scanned === null ? null : effectOf(scanned, doc, new WorkMeter());
  if (effect?.type !== 'known') throw new Error('not an update of this document');
  return conflictWork(effect.newStructs, doc, Number.POSITIVE_INFINITY);
}

/** One client that puts that many single characters, each at this place. */
const pile = (client: number, count: number, head: Partial<HandMadeStruct>): HandMadeSection => ({
  client,
  clock: 0,
  structs: Array.from({ length: count }, () => ({ reference: 4, content: text('a'), ...head })),
});

describe('the work of putting new items in their place', () => {
  it('[R17] two clients that name the same place again and again are refused, in one update or in two', () => {
    expect(judge(handMade([pile(77, 1_000, {}), pile(78, 1_000, {})]), new Y.Doc())).toEqual(TOO_MUCH);
    const doc = new Y.Doc();
    const first = handMade([pile(77, 600, {})]);
    expect(judge(first, doc).type).toBe('accepted');
    Y.applyUpdate(doc, first);
    expect(judge(handMade([pile(78, 600, {})]), doc)).toEqual(TOO_MUCH);
  });

  it('[R17] so are items that each reach from the beginning of a long text to its end', () => {
    const source = new Y.Doc();
    for (let n = 0; n < 2_000; n++) source.getText('prose').insert(0, '字');
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(source));
    const end: [number, number] = [source.clientID, 0];
    expect(judge(handMade([pile(77, 500, { rightOrigin: end })]), doc)).toEqual(TOO_MUCH);
    expect(judge(handMade([pile(77, 5, { rightOrigin: end })]), doc).type).toBe('accepted');
  });

  it('[R17] so are items of one client after the other between two characters that stood side by side once', () => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, handMade([{ client: 1, clock: 0, structs: [{ reference: 4, content: text('始终') }] }]));
    const between = (client: number) => handMade([pile(client, 900, { origin: [1, 0], rightOrigin: [1, 1] })]);
    expect(judge(between(100), doc).type).toBe('accepted');
    Y.applyUpdate(doc, between(100));
    expect(judge(between(101), doc)).toEqual(TOO_MUCH);
  });

  it('[R17] so are items that each begin inside one new run and reach past its end', () => {
    const run: HandMadeStruct = { reference: 4, parent: 'prose', content: text('字'.repeat(1_500)) };
    const inside = Array.from({ length: 1_500 }, (_, n) => ({
      reference: 4,
      origin: [77, n] as const,
      content: text('a'),
    }));
    const sections = [
      { client: 77, clock: 0, structs: [run] },
      { client: 78, clock: 0, structs: inside },
    ];
    expect(judge(handMade(sections), new Y.Doc())).toEqual(TOO_MUCH);
  });

  it('[R17] fifty people who type and delete at one place at once cost next to nothing', () => {
    const random = randomFrom(20261126);
    const base = new Y.Doc();
    base.getText('prose').insert(0, '会议纪要：各方意见如下。');
    const relay = new Y.Doc();
    Y.applyUpdate(relay, Y.encodeStateAsUpdate(base));
    const people = Array.from({ length: 50 }, () => {
      const doc = new Y.Doc();
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(base));
      const prose = doc.getText('prose');
      const sent: Uint8Array[] = [];
      doc.on('update', (update: Uint8Array) => sent.push(update));
      let at = 5;
      for (let n = 0; n < 40; n++) {
        if (random.chance(0.2) && at > 5) prose.delete(--at, 1);
        else if (random.chance(0.2)) prose.insert(5, '又', { bold: true });
        else prose.insert(at++, '字');
      }
      return { doc, sent };
    });
    let most = 0;
    for (let n = 0; n < 60; n++) {
      for (const { sent } of people) {
        const update = sent[n];
        if (update === undefined) continue;
        most = Math.max(most, workOf(update, relay));
        expect(judge(update, relay).type).toBe('accepted');
        Y.applyUpdate(relay, update);
      }
    }
    expect(most).toBeLessThan(LIMITS.conflictWork / 50);
    // And all of them in one, for somebody who holds nothing of it.
    const all = Y.mergeUpdates(people.map(({ doc }) => Y.encodeStateAsUpdate(doc)));
    expect(judge(all, new Y.Doc()).type).toBe('accepted');
    expect(judge(Y.encodeStateAsUpdate(relay), new Y.Doc()).type).toBe('accepted');
  });

  it('[R17] a long time alone, written backwards and in the middle, is welcome', () => {
    const doc = new Y.Doc();
    const prose = doc.getText('prose');
    for (let n = 0; n < 3_000; n++) prose.insert(0, '倒');
    for (let n = 0; n < 3_000; n++) prose.insert(Math.floor(prose.length / 2), `中${n}`);
    for (let n = 0; n < 3_000; n++) doc.getMap('fields').set('header/title/r1', { v: n });
    const update = Y.encodeStateAsUpdate(doc);
    expect(judge(update, new Y.Doc()).type).toBe('accepted');
    expect(workOf(update, new Y.Doc())).toBeLessThan(LIMITS.conflictWork / 10);
  });

  it('[R12] so are a thousand corrections in one long paragraph, each begun anew before its first letter', () => {
    const doc = new Y.Doc();
    const prose = doc.getText('prose');
    prose.insert(0, '字'.repeat(5_000));
    const room = new Y.Doc();
    Y.applyUpdate(room, Y.encodeStateAsUpdate(doc));
    doc.clientID++;
    for (let n = 0; n < 1_000; n++) {
      prose.insert(n * 7 + 3, '改');
      prose.insert(n * 7 + 3, '再');
    }
    const update = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(room));
    expect(judge(update, room).type).toBe('accepted');
    expect(workOf(update, room)).toBeLessThan(LIMITS.conflictWork / 100);
  });
});
