/** A room that thousands of clientIDs wrote in: a keystroke costs what it costs in any other, and says the same. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { LiveDocument } from '../../../sync-server/room/live-document.ts';

const WRITER = { personId: 'p', capability: 'write', documentState: 'draft' } as const;
const KEYSTROKES = 300;

function openRoom(clientIds: number) {
  const doc = new Y.Doc();
  // In one transaction: after each, Yjs looks at every client there is.
  doc.transact(() => {
    for (let n = 1; n <= clientIds; n++) {
      doc.clientID = n;
      doc.getText('prose').insert(0, '字');
    }
  });
  const live = new LiveDocument('body');
  const updates = [Y.encodeStateAsUpdate(doc)];
  live.load({ updates, ownersByClient: new Map(), lastSeq: 1, updatesSinceSnapshot: 1 });
  return { live, doc };
}

/** Milliseconds that half of the keystrokes take at most, and what they made of the document. */
function type(clientIds: number) {
  const { live, doc } = openRoom(clientIds);
  doc.clientID = clientIds + 1;
  const told: Uint8Array[] = [];
  const times: number[] = [];
  doc.on('update', (update: Uint8Array) => {
    const startedAt = performance.now();
    const verdict = live.judge(update, WRITER);
    const effective = live.apply(update);
    times.push(performance.now() - startedAt);
    expect([verdict.type, effective]).toEqual(['accepted', expect.any(Uint8Array)]);
    if (effective !== null) told.push(effective);
  });
  for (let n = 0; n < KEYSTROKES; n++) {
    if (n % 3 === 2) doc.getText('prose').delete((n * 7) % clientIds, 1);
    else doc.getText('prose').insert((n * 7) % clientIds, '新');
  }
  return { ms: times.sort((a, b) => a - b)[KEYSTROKES / 2] ?? 0, live, doc, told };
}

describe('a room of thousands of clientIDs', () => {
  it('[R17] makes a keystroke cost no more than a room of ten does', () => {
    type(10);
    const few = type(10).ms;
    // It was two hundred times as much; what is left is noise, and not the same twice.
    const many = Math.min(type(5_000).ms, type(5_000).ms);
    expect(many).toBeLessThan(Math.max(few, 0.01) * 20);
  });

  it('[V1] tells the others exactly what was typed, and holds it', () => {
    const { live, doc, told } = type(200);
    const { doc: other } = openRoom(200);
    for (const update of told) Y.applyUpdate(other, update);
    const held = new Y.Doc();
    Y.applyUpdate(held, live.encode());
    const words = doc.getText('prose').toString();
    expect([other, held].map((each) => each.getText('prose').toString())).toEqual([words, words]);
    expect(Y.encodeStateVector(held)).toEqual(Y.encodeStateVector(doc));
  });
});
