/**
 * Formatting stays where people put it: an act beside formatted words changes none of it, neither in a page that was
 * formatted while it was open nor in one that was loaded with its formatting.
 */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { brief, change, check, initialUpdate, makePeer, type Peer, posOf, schema, sync } from './peer.ts';

const at = (peer: Peer, word: string) => posOf(peer.view.state.doc, word);
const shown = (peer: Peer) => brief(peer.view.state.doc);
const LINK = schema.mark('link', { href: 'https://1.example' });

function linkedPage(): Peer {
  const writer = makePeer(1, initialUpdate(['甲乙丙丁', '戊己', '庚辛']));
  change(writer, (tr) => tr.addMark(at(writer, '乙'), at(writer, '己'), LINK));
  return writer;
}

function reload(peer: Peer, clientId: number): Peer {
  return makePeer(clientId, Y.encodeStateAsUpdate(peer.doc));
}

describe('deleting where formatted words end', () => {
  const removeEnd = (peer: Peer) => change(peer, (tr) => tr.delete(at(peer, '丁'), at(peer, '己')));
  const removeStart = (peer: Peer) => change(peer, (tr) => tr.delete(at(peer, '甲'), at(peer, '丙')));

  it('[C8] leaves the words behind them as they were, also in a page that was loaded', () => {
    for (const peer of [linkedPage(), reload(linkedPage(), 2)]) {
      removeEnd(peer);
      check(peer);
      expect(shown(peer)).toBe('p:甲[乙丙]己 ¶ p:庚辛');
      expect(peer.binding.counters.repairs).toBe(0);
    }
  });

  it('[C8] leaves the rest of them as they were when it takes their beginning', () => {
    for (const peer of [linkedPage(), reload(linkedPage(), 2)]) {
      removeStart(peer);
      check(peer);
      expect(shown(peer)).toBe('p:[丙丁] ¶ p:[戊]己 ¶ p:庚辛');
    }
  });

  it('[C8] is shown alike to a colleague and taken back whole', () => {
    const writer = linkedPage();
    const colleague = reload(writer, 2);
    const before = shown(writer);
    removeEnd(colleague);
    sync(writer, colleague);
    check(writer);
    expect([shown(writer), shown(colleague)]).toEqual(Array(2).fill('p:甲[乙丙]己 ¶ p:庚辛'));
    colleague.undo.undo();
    sync(writer, colleague);
    expect([shown(writer), shown(colleague)]).toEqual([before, before]);
  });
});
