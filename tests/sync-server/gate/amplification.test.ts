/** Small updates that would cost the relay, or everybody who applies them, far more than their bytes. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { judgeUpdate } from '../../../sync-server/gate/judge.ts';
import { leastMs } from '../../support/own-time.ts';
import { type HandMadeSection, handMade, text } from './hand-made.ts';

const ME = '11111111-1111-4111-8111-111111111111';

/** A room with that many separate structs of client 1. */
function fragmentedRoom(structs: number): Y.Doc {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const prose = doc.getText('prose');
  doc.transact(() => {
    for (let n = 0; n < structs; n++) prose.insert(0, '字');
  });
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

function judge(update: Uint8Array, doc: Y.Doc, room: 'body' | 'review') {
  const capability = room === 'body' ? 'read' : 'write';
  const question = { update, doc, room, personId: ME, capability, isFrozen: false, ownerOf: () => undefined } as const;
  const verdict = judgeUpdate(question);
  const ms = leastMs(() => judgeUpdate(question), 2);
  return { verdict, ms };
}

describe('an update that costs more than it says', () => {
  it('[R5] a reader cannot stop the relay with deletions that overlap', () => {
    const doc = fragmentedRoom(2_000);
    const ranges = Array.from({ length: 2_000 }, () => [1, 0, 2_000] as const);
    const { verdict, ms } = judge(handMade([], ranges), doc, 'body');
    expect(verdict).toEqual({ type: 'malformed' });
    expect(ms).toBeLessThan(2_000);
  });

  it('[R12] deletions that only touch, in any order, are read as they are', () => {
    const doc = fragmentedRoom(10);
    doc.getText('prose').delete(0, 10);
    const ranges = [[1, 5, 5] as const, [1, 0, 5] as const];
    expect(judge(handMade([], ranges), doc, 'body').verdict).toEqual({ type: 'noEffect' });
  });

  it('[R5] a chain of new events that name only each other is not followed to its end', () => {
    const links = 40_000;
    const chain: HandMadeSection = {
      client: 7,
      clock: 0,
      structs: Array.from({ length: links }, (_, n) =>
        n === 0
          ? { reference: 4, parent: 'events', parentSub: `${ME}/x`, content: text('a') }
          : { reference: 4, origin: [7, n - 1] as const, content: text('a') },
      ),
    };
    const last: HandMadeSection = {
      client: 8,
      clock: 0,
      structs: [{ reference: 4, origin: [7, links - 1], content: text('b') }],
    };
    const { verdict, ms } = judge(handMade([last, chain]), new Y.Doc(), 'review');
    expect(verdict).toMatchObject({ type: 'refused', reason: 'value-not-allowed' });
    expect(ms).toBeLessThan(2_000);
  });

  it('[R17] parts that wait for each other in the worst order are placed in time near their length', () => {
    // Client 1 needs one part after the other, from both ends in turn; each part needs what client 1 said just before.
    const parts = 8_000;
    const order = Array.from({ length: parts }, (_, n) => 10 + (n % 2 === 0 ? n / 2 : parts - (n + 1) / 2));
    const spine: HandMadeSection = {
      client: 1,
      clock: 0,
      structs: order.map((part) => ({ reference: 4, origin: [part, 0] as const, content: text('a') })),
    };
    const place = new Map(order.map((part, n) => [part, n]));
    const ribs: HandMadeSection[] = Array.from({ length: parts }, (_, n) => {
      const at = place.get(10 + n) ?? 0;
      const head = at === 0 ? { parent: 'prose' } : { origin: [1, at - 1] as const };
      return { client: 10 + n, clock: 0, structs: [{ reference: 4, ...head, content: text('b') }] };
    });
    const { verdict, ms } = judge(handMade([spine, ...ribs]), new Y.Doc(), 'body');
    expect(verdict).toMatchObject({ type: 'refused', reason: 'may-not-write' });
    expect(ms).toBeLessThan(2_000);
  });
});
