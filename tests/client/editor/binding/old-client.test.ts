/**
 * A client of this version edits a document of a newer one: kinds, keys, formatting and embeds that it does not know are
 * the same after every command, here and for the newer client.
 */
import { describe, expect, it } from 'vitest';
import { moveBlock } from '../../../../client/editor/binding/move-block.ts';
import { splitBlock } from '../../../../client/editor/commands/enter.ts';
import { proseToText, readProse } from '../../../../shared/prose/read-prose.ts';
import {
  change,
  check,
  initialUpdate,
  makePeer,
  type Peer,
  pastedSlice,
  posOf,
  run,
  schema,
  select,
  sync,
} from './peer.ts';

const FUTURE_FORMAT = {
  track: { by: 'x' },
  colour: 'red',
  bold: { weight: 900 },
  link: { href: 'https://a.example', title: 't' },
};
const FUTURE_EMBED = { chart: { rows: [1, 2], title: '图' } };

/** A page of the future: block b2 is a callout with keys, formatting and an embed that nobody here knows. */
function openFuturePage(): { newer: Peer; older: Peer } {
  const update = initialUpdate(['甲乙丙丁', '子丑寅卯辰', '金木水火']);
  const newer = makePeer(1, update);
  newer.doc.transact(() => {
    newer.keys.set('b2/kind', 'callout');
    newer.keys.set('b2/tone', { level: 3 });
    newer.keys.set('b2/indent', 4.5);
    // The second block begins at 6, its 丑寅卯 at 8.
    newer.text.format(8, 3, FUTURE_FORMAT);
    newer.text.insertEmbed(9, FUTURE_EMBED, FUTURE_FORMAT);
  }, 'future');
  const older = makePeer(2);
  sync(newer, older);
  return { newer, older };
}

const at = (peer: Peer, word: string) => posOf(peer.view.state.doc, word);
const setKind = (peer: Peer) =>
  change(peer, (tr) => tr.setNodeAttribute(tr.doc.resolve(at(peer, '子')).before(1), 'kind', 'quote'));

const COMMANDS: Readonly<Record<string, (peer: Peer) => void>> = {
  type: (peer) => change(peer, (tr) => tr.insertText('新', at(peer, '丑') + 1)),
  'type at the end': (peer) => change(peer, (tr) => tr.insertText('新', at(peer, '辰') + 1)),
  italic: (peer) => change(peer, (tr) => tr.addMark(at(peer, '子'), at(peer, '辰') + 1, schema.mark('italic'))),
  'Enter at the start': (peer) => {
    select(peer, at(peer, '子'));
    run(peer, splitBlock);
  },
  'Enter inside': (peer) => {
    select(peer, at(peer, '卯'));
    run(peer, splitBlock);
  },
  'Enter at the end': (peer) => {
    select(peer, at(peer, '辰') + 1);
    run(peer, splitBlock);
  },
  join: (peer) => change(peer, (tr) => tr.join(at(peer, '金') - 1)),
  'another kind': setKind,
  paste: (peer) => change(peer, (tr) => tr.replace(at(peer, '辰'), at(peer, '辰'), pastedSlice(['一', '二']))),
  move: (peer) => {
    select(peer, at(peer, '甲'));
    run(peer, moveBlock('down'));
  },
  'delete a neighbour': (peer) => change(peer, (tr) => tr.delete(0, tr.doc.child(0).nodeSize)),
  'cut and paste': (peer) => {
    const pos = secondBlockPos(peer);
    const block = peer.view.state.doc.nodeAt(pos);
    if (block === null) throw new Error('No block');
    change(peer, (tr) => tr.delete(pos, pos + block.nodeSize));
    change(peer, (tr) => tr.insert(0, block));
  },
  'undo and redo': (peer) => {
    change(peer, (tr) => tr.insertText('新', at(peer, '丑') + 1));
    peer.undo.undo();
    peer.undo.redo();
  },
};

function secondBlockPos(peer: Peer): number {
  return peer.view.state.doc.resolve(at(peer, '子')).before(1);
}

describe('a document of a newer version', () => {
  for (const [name, command] of Object.entries(COMMANDS)) {
    it(`[C5] keeps what this version does not know: ${name}`, () => {
      const { newer, older } = openFuturePage();
      expect(older.view.state.doc.child(1).attrs).toMatchObject({ kind: 'callout', indent: 0 });
      command(older);
      check(older);
      sync(newer, older);
      check(newer);
      const blocks = readProse(newer.text, newer.keys);
      const content = blocks.flatMap((block) => block.content);
      const future = content.filter((inline) => 'track' in inline.format);
      expect(future.filter((inline) => inline.type === 'embed')).toMatchObject([{ data: FUTURE_EMBED }]);
      for (const inline of future) {
        const { italic: _, ...format } = inline.format;
        expect(format).toEqual(FUTURE_FORMAT);
      }
      const words = future.map((inline) => (inline.type === 'text' ? inline.text : '')).join('');
      expect(words.replace('新', '')).toBe('丑寅卯');
      const block = blocks.find((each) => proseToText([each]).includes('子'));
      expect(block?.kind).toBe(name === 'another kind' ? 'quote' : 'callout');
      expect(newer.keys.get(`${block?.id}/tone`)).toEqual({ level: 3 });
      expect(newer.keys.get(`${block?.id}/indent`)).toBe(4.5);
    });
  }

  it('[C5] gives both halves of a split every key', () => {
    const { newer, older } = openFuturePage();
    COMMANDS['Enter inside']?.(older);
    sync(newer, older);
    for (const block of readProse(newer.text, newer.keys).slice(1, 3)) {
      expect(block.kind).toBe('callout');
      expect(newer.keys.get(`${block.id}/tone`)).toEqual({ level: 3 });
    }
  });
});
