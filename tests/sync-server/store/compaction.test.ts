/** Snapshots: what is stored of a room as one update that reads the same, and never of a room with a hole. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { compactRoom } from '../../../sync-server/store/compaction.ts';

function writtenRoom() {
  const updates: Uint8Array[] = [];
  const doc = new Y.Doc();
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (let n = 0; n < 30; n++) doc.getText('prose').insert(n, String(n % 10));
  doc.getText('prose').delete(3, 20);
  doc.getMap('fields').set('header/title/1', { v: '青禾家园' });
  return { doc, updates };
}

const stored = (updates: readonly Uint8Array[], updatesSinceSnapshot = updates.length) => ({
  updates,
  ownersByClient: new Map<number, string>(),
  lastSeq: updates.length,
  updatesSinceSnapshot,
});

describe('a snapshot', () => {
  it('reads as the rows it was made from, is smaller, and says after which of them it is', () => {
    const { doc, updates } = writtenRoom();
    const compacted = compactRoom(stored(updates));
    if (compacted === null) throw new Error('there is something to compact');
    const copy = new Y.Doc();
    Y.applyUpdate(copy, compacted.state);
    expect(copy.getText('prose').toString()).toBe(doc.getText('prose').toString());
    expect(copy.getMap('fields').toJSON()).toEqual(doc.getMap('fields').toJSON());
    expect(compacted.seq).toBe(updates.length);
    expect(compacted.state.length).toBeLessThan(updates.reduce((sum, { length }) => sum + length, 0) / 5);
  });

  it('is made of the one before it and the rows since', () => {
    const { doc, updates } = writtenRoom();
    const before = compactRoom(stored(updates.slice(0, 20)));
    if (before === null) throw new Error('there is something to compact');
    const after = compactRoom({ ...stored([before.state, ...updates.slice(20)], 12), lastSeq: 32 });
    expect(after).toEqual({
      seq: 32,
      state: Y.encodeStateAsUpdate(doc),
      stateVector: Y.encodeStateVector(doc),
    });
  });

  it('is not made where nothing was written since, and never of a room with a hole', () => {
    const { updates } = writtenRoom();
    expect(compactRoom(stored(updates, 0))).toBeNull();
    expect(() => compactRoom(stored(updates.filter((_, at) => at !== 5)))).toThrow('hole');
  });
});
