/**
 * Undo takes back one's own changes only: the words of a colleague stay, whatever they were typed into, and a block that
 * comes back has the kind that a colleague gave it meanwhile.
 */
import { describe, expect, it } from 'vitest';
import { splitBlock } from '../../../../client/editor/commands/enter.ts';
import { brief, change, check, initialUpdate, makePeer, type Peer, posOf, run, select, sync } from './peer.ts';

function pair(blocks: readonly string[]): [Peer, Peer] {
  const update = initialUpdate(blocks);
  return [makePeer(1, update), makePeer(2, update)];
}

const at = (peer: Peer, word: string) => posOf(peer.view.state.doc, word);
const type = (peer: Peer, word: string, pos: number) => change(peer, (tr) => tr.insertText(word, pos));

function agreed(a: Peer, b: Peer): string {
  sync(a, b);
  check(a);
  check(b);
  expect(brief(b.view.state.doc)).toBe(brief(a.view.state.doc));
  return brief(a.view.state.doc);
}

describe('undo', () => {
  it('[C8] of Enter keeps what a colleague typed in the tail, and redo parts it again', () => {
    const [a, b] = pair(['甲乙丙丁']);
    select(a, 3);
    run(a, splitBlock);
    sync(a, b);
    type(b, '语', at(b, '丁'));
    expect(agreed(a, b)).toBe('p:甲乙 ¶ p:丙语丁');
    a.undo.undo();
    expect(agreed(a, b)).toBe('p:甲乙丙语丁');
    a.undo.redo();
    expect(agreed(a, b)).toBe('p:甲乙 ¶ p:丙语丁');
  });

  it('[C8] of a join brings the block back with its id and its kind', () => {
    const [a, b] = pair(['甲乙', 'h1:丙丁']);
    change(a, (tr) => tr.join(4));
    sync(a, b);
    type(b, '语', at(b, '丁'));
    a.undo.undo();
    expect(agreed(a, b)).toBe('p:甲乙 ¶ h1:丙语丁');
    expect(b.view.state.doc.child(1).attrs.id).toBe('b2');
  });

  it('[C8] of a new block leaves a colleague’s words as stray ones', () => {
    const [a, b] = pair(['甲乙']);
    select(a, 3);
    run(a, splitBlock);
    type(a, '我', a.view.state.selection.from);
    sync(a, b);
    type(b, '语', at(b, '我') + 1);
    sync(a, b);
    a.undo.undo();
    expect(agreed(a, b)).toBe('p:甲乙 ¶ p~:语');
  });

  it('[C8] of a deletion keeps the kind that a colleague gave the block meanwhile', () => {
    const [a, b] = pair(['甲乙', '丙丁', '戊己']);
    const pos = a.view.state.doc.child(0).nodeSize;
    change(a, (tr) => tr.delete(pos, pos + 4));
    change(b, (tr) => tr.setNodeAttribute(pos, 'kind', 'h2'));
    sync(a, b);
    a.undo.undo();
    expect(agreed(a, b)).toBe('p:甲乙 ¶ h2:丙丁 ¶ p:戊己');
  });

  it('[C8] of a kind leaves the one that a colleague chose after it', () => {
    const [a, b] = pair(['甲乙']);
    change(a, (tr) => tr.setNodeAttribute(0, 'kind', 'h1'));
    sync(a, b);
    change(b, (tr) => tr.setNodeAttribute(0, 'kind', 'quote'));
    sync(a, b);
    a.undo.undo();
    expect(agreed(a, b)).toBe('quote:甲乙');
  });

  it('[C8] never touches what a colleague typed, marked or parted', () => {
    const [a, b] = pair(['甲乙丙丁']);
    type(a, '一', 2);
    sync(a, b);
    type(b, '二', 3);
    change(b, (tr) => tr.setNodeAttribute(0, 'kind', 'quote'));
    select(b, at(b, '丙'));
    run(b, splitBlock);
    sync(a, b);
    while (a.undo.undo() !== null) check(a);
    expect(agreed(a, b)).toBe('quote:甲二乙 ¶ quote:丙丁');
  });
});
