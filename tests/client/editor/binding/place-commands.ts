/**
 * Every kind of editor command near some words, for tests of places that must survive them. The words are `QUOTE`, in the
 * second block of `PAGE`.
 */
import { moveBlock } from '../../../../client/editor/binding/move-block.ts';
import { splitBlock } from '../../../../client/editor/commands/enter.ts';
import { blockPos, change, type Peer, pastedSlice, posOf, run, schema, select } from './peer.ts';

export const PAGE = ['甲乙丙丁戊己', '子丑寅卯辰巳午未', '金木水火土'];
export const QUOTE = '寅卯辰';

export const at = (peer: Peer, word: string) => posOf(peer.view.state.doc, word);
const type =
  (word: string, offset = 0) =>
  (peer: Peer) =>
    change(peer, (tr) => tr.insertText('x', at(peer, word) + offset));
const enter = (word: string) => (peer: Peer) => {
  select(peer, at(peer, word));
  run(peer, splitBlock);
};
const join = (word: string) => (peer: Peer) => change(peer, (tr) => tr.join(at(peer, word) - 1));
const attr = (name: string, value: unknown) => (peer: Peer) =>
  change(peer, (tr) => tr.setNodeAttribute(blockPos(tr.doc, 1), name, value));
const remove = (from: string, to: string) => (peer: Peer) =>
  change(peer, (tr) => tr.delete(at(peer, from), at(peer, to)));
const paste = (word: string) => (peer: Peer) =>
  change(peer, (tr) => tr.replace(at(peer, word), at(peer, word), pastedSlice(['一', '二', '三'])));
const move = (word: string, direction: 'up' | 'down') => (peer: Peer) => {
  select(peer, at(peer, word));
  run(peer, moveBlock(direction));
};
const undone = (command: (peer: Peer) => void) => (peer: Peer) => {
  peer.undo.stopCapturing();
  command(peer);
  peer.undo.undo();
};

export const COMMANDS: Readonly<Record<string, (peer: Peer) => void>> = {
  'type before the words': type('丑'),
  'type where they begin': type('寅'),
  'type where they end': type('辰', 1),
  'type inside': type('卯'),
  'Enter before': enter('丑'),
  'Enter where they begin': enter('寅'),
  'Enter inside': enter('卯'),
  'Enter behind': enter('午'),
  'Enter at the block’s start': enter('子'),
  'Enter in the block before': enter('丙'),
  'join into the block before': join('子'),
  'join the next block in': join('金'),
  'to a heading': attr('kind', 'h1'),
  'to a bullet': attr('kind', 'bullet'),
  'to a quote': attr('kind', 'quote'),
  indent: attr('indent', 2),
  check: attr('checked', true),
  'bold over a part': (peer) => change(peer, (tr) => tr.addMark(at(peer, '丑'), at(peer, '辰'), schema.mark('bold'))),
  'link over a part': (peer) =>
    change(peer, (tr) =>
      tr.addMark(at(peer, '卯'), at(peer, '午'), schema.mark('link', { href: 'https://a.example' })),
    ),
  'mention inside': (peer) =>
    change(peer, (tr) => tr.insert(at(peer, '卯'), schema.node('mention', { kind: 'party', id: 'p', label: '乙方' }))),
  'delete the block before': (peer) => change(peer, (tr) => tr.delete(0, tr.doc.child(0).nodeSize)),
  'delete from the block before up to the words': remove('丁', '丑'),
  'delete from behind the words into the next block': remove('午', '水'),
  'paste three blocks before': paste('丑'),
  'paste three blocks inside': paste('卯'),
  'move the block up': move('卯', 'up'),
  'move the block down': move('卯', 'down'),
  'move the block before down': move('甲', 'down'),
  'delete the words, undo': undone(remove('丑', '午')),
  'Enter inside, undo': undone(enter('卯')),
  'join, undo': undone(join('子')),
};
