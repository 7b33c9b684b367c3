/**
 * Line breaks never enter as text, and no character is cut in half at any place where two texts begin to differ.
 */
import { describe, expect, it } from 'vitest';
import { BLOCK_CLOSE } from '../../../../shared/prose/embeds.ts';
import { readFlat } from '../../../../shared/prose/flat-blocks.ts';
import { brief, change, check, initialUpdate, makePeer, type Peer, projection, schema, sync } from './peer.ts';

/** Two people with one page. */
function pair(blocks: readonly string[]): [Peer, Peer] {
  const update = initialUpdate(blocks);
  return [makePeer(1, update), makePeer(2, update)];
}

/** What both show after a sync; throws when they differ. */
function agreed(a: Peer, b: Peer): string {
  sync(a, b);
  check(a);
  check(b);
  expect(projection(b).toJSON()).toEqual(projection(a).toJSON());
  return brief(a.view.state.doc);
}

describe('a line break', () => {
  it('[C8] begins a new block wherever it is inserted as text', () => {
    const [a, b] = pair(['bullet:甲乙']);
    change(a, (tr) => tr.insertText('一\n二\r\n\n三', 2));
    expect(agreed(a, b)).toBe('bullet:甲一 ¶ bullet:二 ¶ bullet: ¶ bullet:三乙');
    expect(readFlat(a.text).blocks.every((block) => block.open === 1 && block.close === 1 && block.trail === 0)).toBe(
      true,
    );
  });

  it('[C8] begins a new block when it is pasted inside a text or with formatting', () => {
    const [a, b] = pair(['甲乙']);
    const pasted = [schema.text('一\n', [schema.mark('bold')]), schema.text('\n二')];
    change(a, (tr) => tr.insert(2, pasted));
    expect(agreed(a, b)).toBe('p:甲[一] ¶ p: ¶ p:二乙');
    expect(a.text.toString().split(BLOCK_CLOSE)).toHaveLength(4);
  });

  it('[C8] may stand in the label of a mention', () => {
    const [a, b] = pair(['甲乙']);
    change(a, (tr) => tr.insert(2, schema.node('mention', { kind: 'party', id: 'p', label: '一\n二' })));
    expect(agreed(a, b)).toBe('p:甲@一\n二乙');
  });
});

describe('a character of two units', () => {
  const [FACE, SMILE, TEARS] = ['😀', '😁', '😂'];

  for (const old of [FACE, `${FACE}${SMILE}`, `x${FACE}`, `${FACE}x`]) {
    for (const next of [SMILE, `${SMILE}${FACE}`, `${TEARS}x`, `x${SMILE}`, '', 'x', '\ud83e\udd23']) {
      it(`[C8] is never cut when ${old} becomes ${next || 'nothing'}`, () => {
        const [a, b] = pair([`甲${old}乙`]);
        change(a, (tr) => (next === '' ? tr.delete(2, 2 + old.length) : tr.insertText(next, 2, 2 + old.length)));
        expect(agreed(a, b)).toBe(`p:甲${next}乙`);
        expect(a.binding.counters.repairs).toBe(0);
      });
    }
  }

  it('[C8] stays whole when a colleague types beside it and when one half is deleted or formatted', () => {
    const [a, b] = pair([`甲${FACE}乙`]);
    change(a, (tr) => tr.insertText(SMILE, 2, 4));
    change(b, (tr) => tr.insertText(TEARS, 4));
    expect(agreed(a, b)).toBe(`p:甲${SMILE}${TEARS}乙`);
    change(a, (tr) => tr.addMark(2, 3, schema.mark('bold')));
    expect(agreed(a, b)).toBe(`p:甲[${SMILE}]${TEARS}乙`);
    change(a, (tr) => tr.addMark(5, 6, schema.mark('italic')));
    expect(agreed(a, b)).toBe(`p:甲[${SMILE}]${TEARS}乙`);
    change(a, (tr) => tr.delete(3, 4));
    expect(agreed(a, b)).toBe(`p:甲[\ufffd]${TEARS}乙`);
    change(a, (tr) => tr.insertText('中', 4));
    expect(agreed(a, b)).toBe('p:甲[\ufffd]\ufffd中\ufffd乙');
  });
});
