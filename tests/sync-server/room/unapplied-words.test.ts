/** Words that wait to be put into the document: a mistake about them ends the life of the room, and never passes for its content. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
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

describe('words that are not in the document yet', () => {
  it('go in together, in their order', () => {
    const [doc, unapplied] = [new QuietDoc(), new UnappliedWords()];
    for (const clock of [0, 1, 2]) unapplied.add(words(clock), 7);
    expect(unapplied.isEmpty).toBe(false);
    unapplied.applyTo(doc);
    expect(unapplied.isEmpty).toBe(true);
    expect(doc.getText('prose').toString()).toBe('字字字');
    expect(Y.encodeStateVector(doc)).toEqual(Uint8Array.of(1, 7, 3));
  });

  it('that turn out not to go on from what is there are told of whenever somebody looks', () => {
    const [doc, unapplied] = [new QuietDoc(), new UnappliedWords()];
    unapplied.add(words(1), 7);
    for (const _look of [1, 2]) expect(() => unapplied.applyTo(doc)).toThrow('do not go on');
    expect(unapplied.isEmpty).toBe(false);
  });
});
