/** Words that wait to be put into the document: a mistake about them ends the life of the room, and never passes for its content. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { readContinuation } from '../../../sync-server/gate/continuation.ts';
import { QuietDoc } from '../../../sync-server/room/quiet-doc.ts';
import { UnappliedWords } from '../../../sync-server/room/unapplied-words.ts';
import { handMade, text } from '../gate/hand-made.ts';

const words = (clock: number) =>
  handMade([
    {
      client: 7,
      clock,
      structs: [{ reference: 4, content: text('字'), ...(clock === 0 ? {} : { origin: [7, clock - 1] }) }],
    },
  ]);

/** Has words wait as a room does that was sent them. */
function put(unapplied: UnappliedWords, update: Uint8Array): void {
  const continuation = readContinuation(update);
  if (continuation === null) throw new Error('no words that go on');
  unapplied.add(update, continuation);
}

describe('words that are not in the document yet', () => {
  it('go in together, in their order', () => {
    const [doc, unapplied] = [new QuietDoc(), new UnappliedWords()];
    Y.applyUpdate(doc, words(0));
    for (const clock of [1, 2]) put(unapplied, words(clock));
    expect(unapplied.isEmpty).toBe(false);
    unapplied.applyTo(doc);
    expect(unapplied.isEmpty).toBe(true);
    expect(doc.getText('prose').toString()).toBe('字字字');
    expect(Y.encodeStateVector(doc)).toEqual(Uint8Array.of(1, 7, 3));
  });

  it('are one piece for each stretch that somebody typed on, and make the same document as one by one', () => {
    const typed = (client: number, clock: number, word: string, right: readonly [number, number] | null) =>
      handMade([
        {
          ...{ client, clock },
          structs: [
            {
              ...{ reference: 4, content: text(word), origin: [client, clock - 1] },
              ...(right && { rightOrigin: right }),
            },
          ],
        },
      ]);
    const begun = new Y.Doc();
    begun.clientID = 9;
    begun.getText('prose').insert(0, '（）');
    const first = (client: number, origin: [number, number]) =>
      handMade([{ client, clock: 0, structs: [{ reference: 4, content: text('始'), origin, rightOrigin: [9, 1] }] }]);
    const held = [Y.encodeStateAsUpdate(begun), first(7, [9, 0]), first(8, [9, 0])];
    const words = [
      ...[typed(7, 1, 'a', [8, 0]), typed(8, 1, '调解', [9, 1]), typed(7, 2, 'é', [8, 0]), typed(8, 3, 'x', [9, 1])],
      // Before something else than the ones before it: a piece of its own.
      ...[typed(7, 3, 'b', null), typed(7, 4, 'c', null), typed(8, 4, 'y', [9, 1])],
    ];
    const [doc, plain, unapplied] = [new QuietDoc(), new Y.Doc(), new UnappliedWords()];
    for (const update of [...held, ...words]) Y.applyUpdate(plain, update);
    for (const update of held) Y.applyUpdate(doc, update);
    const applied: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => applied.push(update));
    for (const update of words) put(unapplied, update);
    unapplied.applyTo(doc);
    expect(Y.encodeStateAsUpdate(doc)).toEqual(Y.encodeStateAsUpdate(plain));
    expect(applied.map((update) => Y.decodeUpdate(update).structs.map(({ length }) => length))).toEqual([[4, 2, 2]]);
  });

  it('that turn out not to go on from what is there are told of whenever somebody looks', () => {
    const [doc, unapplied] = [new QuietDoc(), new UnappliedWords()];
    put(unapplied, words(1));
    for (const _look of [1, 2]) expect(() => unapplied.applyTo(doc)).toThrow('do not go on');
    expect(unapplied.isEmpty).toBe(false);
  });
});
