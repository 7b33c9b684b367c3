/**
 * The change that is sent is as small as the change that was made, and so are the steps that a colleague's view takes, in a
 * document of 950 blocks. Bytes are those of the Yjs update, with client ids of 30 bits and block
 * ids of 12 characters.
 */
import { ReplaceStep } from '@tiptap/pm/transform';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { moveBlock } from '../../../../client/editor/binding/move-block.ts';
import { splitBlock } from '../../../../client/editor/commands/enter.ts';
import {
  blockPos,
  change,
  check,
  initialUpdate,
  makePeer,
  type Peer,
  pastedSlice,
  run,
  schema,
  select,
  sync,
} from './peer.ts';

const BLOCKS = 950;
const WORDS = '会'.repeat(105);
const PAGE_UPDATE = initialUpdate(Array.from({ length: BLOCKS }, (_, i) => `${i % 4 === 0 ? 'bullet' : 'p'}:${WORDS}`));
/** A place in the middle of the document and of its block. */
const MIDDLE = (BLOCKS / 2) * (WORDS.length + 2) + 50;

/** Bytes that a command sends, and how many blocks the widest replacement in a colleague's view covers. */
function costOf(command: (peer: Peer) => void): { bytes: number; widest: number; steps: number } {
  const here = makePeer(1_000_000_001, PAGE_UPDATE);
  const there = makePeer(1_000_000_002, PAGE_UPDATE);
  const before = Y.encodeStateVector(here.doc);
  const sizeBefore = Y.encodeStateAsUpdate(here.doc, before).length;
  command(here);
  const bytes = Y.encodeStateAsUpdate(here.doc, before).length - sizeBefore;
  let widest = 0;
  let steps = 0;
  there.view.onTransaction = (tr) => {
    steps += tr.steps.length;
    for (const [i, step] of tr.steps.entries()) {
      if (!(step instanceof ReplaceStep)) continue;
      const doc = tr.docs[i] ?? tr.doc;
      widest = Math.max(widest, doc.resolve(step.to).index(0) - doc.resolve(step.from).index(0));
    }
  };
  sync(here, there);
  check(there);
  expect(there.binding.counters.remote).toBe(1);
  return { bytes, widest, steps };
}

const typeAt = (pos: number) => (peer: Peer) => change(peer, (tr) => tr.insertText('新', pos));

describe('in a document of 950 blocks', () => {
  const bounds: Readonly<
    Record<string, { command: (peer: Peer) => void; bytes: number; steps: number; widest: number }>
  > = {
    'a keystroke': { command: typeAt(MIDDLE), bytes: 28, steps: 1, widest: 0 },
    Enter: {
      command: (peer) => {
        select(peer, MIDDLE);
        run(peer, splitBlock);
      },
      bytes: 64,
      steps: 1,
      widest: 0,
    },
    'Enter at the end of a block and a word': {
      command: (peer) => {
        select(peer, blockPos(peer.view.state.doc, 500) - 1);
        run(peer, splitBlock);
        change(peer, (tr) => tr.insertText('新'));
      },
      bytes: 96,
      steps: 1,
      widest: 1,
    },
    'a join': {
      command: (peer) => change(peer, (tr) => tr.join(blockPos(tr.doc, 500))),
      bytes: 8,
      steps: 1,
      widest: 1,
    },
    bold: {
      command: (peer) => change(peer, (tr) => tr.addMark(MIDDLE, MIDDLE + 20, schema.mark('bold'))),
      bytes: 52,
      steps: 1,
      widest: 0,
    },
    'another kind': {
      command: (peer) => change(peer, (tr) => tr.setNodeAttribute(blockPos(tr.doc, 500), 'kind', 'h1')),
      bytes: 28,
      steps: 1,
      widest: 0,
    },
    'a deleted block': {
      command: (peer) => change(peer, (tr) => tr.delete(blockPos(tr.doc, 500), blockPos(tr.doc, 501))),
      bytes: 8,
      steps: 1,
      widest: 1,
    },
    'three pasted blocks': {
      command: (peer) => change(peer, (tr) => tr.replace(MIDDLE, MIDDLE, pastedSlice(['一', '二', '三']))),
      bytes: 148,
      steps: 1,
      widest: 0,
    },
    'a moved block': {
      command: (peer) => {
        select(peer, MIDDLE);
        run(peer, moveBlock('up'));
      },
      bytes: 64 + 3 * WORDS.length,
      steps: 2,
      widest: 2,
    },
    'twenty words replaced in one block': {
      command: (peer) =>
        change(peer, (tr) => {
          for (let i = 0; i < 20; i++) tr.insertText('新', MIDDLE - 40 + 4 * i, MIDDLE - 39 + 4 * i);
          return tr;
        }),
      bytes: 20 * 20,
      steps: 1,
      widest: 0,
    },
  };
  for (const [name, { command, bytes, steps, widest }] of Object.entries(bounds)) {
    it(`[C8] ${name} sends at most ${bytes} bytes and takes at most ${steps} steps in a colleague's view`, () => {
      const cost = costOf(command);
      expect(cost.bytes, JSON.stringify(cost)).toBeLessThanOrEqual(bytes);
      expect(cost.steps, JSON.stringify(cost)).toBeLessThanOrEqual(steps);
      expect(cost.widest, JSON.stringify(cost)).toBeLessThanOrEqual(widest);
    });
  }

  it('[C8] a day of scattered edits takes one step per block, and one replacement beyond a hundred blocks', () => {
    const scatter = (count: number) => (peer: Peer) => {
      for (let i = 0; i < count; i++) change(peer, (tr) => tr.insertText('新', blockPos(tr.doc, 2 * i) + 9));
    };
    expect(costOf(scatter(90))).toMatchObject({ steps: 90, widest: 0 });
    expect(costOf(scatter(200))).toMatchObject({ steps: 1 });
  });

  it('[C8] an empty document sends nothing until somebody types', () => {
    const peer = makePeer(1);
    select(peer, 1);
    expect(Y.encodeStateAsUpdate(peer.doc)).toHaveLength(2);
  });
});
