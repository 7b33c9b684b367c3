/** Several values in one struct under a key: only such as came to be joined when they had been deleted. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { judgeUpdate } from '../../../sync-server/gate/judge.ts';
import { any, handMade } from './hand-made.ts';

function judge(update: Uint8Array) {
  const asked = { room: 'body', personId: 'p', capability: 'write', isFrozen: false } as const;
  return judgeUpdate({ ...asked, update, doc: new Y.Doc(), ownerOf: () => undefined }).type;
}

const twoValues = [
  { client: 9, clock: 0, structs: [{ reference: 8, parent: 'blocks', parentSub: 'b/kind', content: any(1, 2) }] },
];

describe('several values in one under a key', () => {
  it('[V2] are refused, also when one of them is deleted', () => {
    expect(judge(handMade(twoValues))).toBe('refused');
    expect(judge(handMade(twoValues, [[9, 1, 1]]))).toBe('refused');
  });

  it('[R12] are taken as an undo stack keeps them: all of them deleted', () => {
    const doc = new Y.Doc();
    const blocks = doc.getMap('blocks');
    const undo = new Y.UndoManager(blocks, { captureTimeout: 0 });
    for (const value of [1, 2]) blocks.set('b/kind', value);
    undo.undo();
    undo.undo();
    const update = Y.encodeStateAsUpdate(doc);
    expect(Y.decodeUpdate(update).structs.some((struct) => struct instanceof Y.Item && struct.length > 1)).toBe(true);
    expect(judge(update)).toBe('accepted');
    undo.destroy();
  });
});
