/** Reading is a total function of any Y.Text, and a first prose reads back as it was written. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { proseToText, readProse } from '../../../shared/prose/read-prose.ts';
import { blockKeys, proseText } from '../../../shared/prose/roots.ts';
import { writeInitialProse } from '../../../shared/prose/write-initial-prose.ts';

function read(doc: Y.Doc) {
  return readProse(proseText(doc), blockKeys(doc));
}

function counter(): () => string {
  let next = 0;
  return () => `b${next++}`;
}

/** Blocks as `kind:words`, stray ones with a tilde. */
function brief(doc: Y.Doc): string[] {
  return read(doc).map((block) => `${block.kind}${block.stray ? '~' : ''}:${proseToText([block])}`);
}

describe('a first prose', () => {
  it('reads back as it was written', () => {
    const doc = new Y.Doc();
    const mention = { kind: 'agency', id: 'a1', label: '人社局' } as const;
    writeInitialProse(
      doc,
      [
        { kind: 'h1', content: '一、会议' },
        { content: ['请', { mention }, { text: '核对', format: { bold: true } }] },
        { kind: 'task', checked: true, indent: 1 },
      ],
      { newBlockId: counter() },
    );
    expect(brief(doc)).toEqual(['h1:一、会议', 'p:请人社局核对', 'task:']);
    expect(read(doc)[1]?.content).toEqual([
      { type: 'text', text: '请', format: {} },
      { type: 'mention', mention, format: {} },
      { type: 'text', text: '核对', format: { bold: true } },
    ]);
    expect(read(doc)[2]).toMatchObject({ id: 'b2', checked: true, indent: 1, stray: false });
    expect([...blockKeys(doc).keys()].sort()).toEqual(['b0/kind', 'b2/checked', 'b2/indent', 'b2/kind']);
  });

  it('begins a new block at a line break, so that none stands in a text', () => {
    const doc = new Y.Doc();
    writeInitialProse(doc, [{ kind: 'bullet', content: ['甲\n乙', '丙\r\n丁'] }], { newBlockId: counter() });
    expect(brief(doc)).toEqual(['bullet:甲', 'bullet:乙丙', 'bullet:丁']);
  });

  it('is refused where there is prose already', () => {
    const doc = new Y.Doc();
    writeInitialProse(doc, [{ content: '甲' }], { newBlockId: counter() });
    expect(() => writeInitialProse(doc, [{ content: '甲' }], { newBlockId: counter() })).toThrow('already has prose');
  });
});

describe('reading any Y.Text', () => {
  it('shows text outside any pair as its own stray block', () => {
    const doc = new Y.Doc();
    const text = proseText(doc);
    text.insert(0, '\n\n前');
    text.insertEmbed(3, { block: 'b1' });
    text.insert(4, '中\n\n后\n');
    text.insertEmbed(9, { block: 'b2' });
    text.insert(10, '尾');
    expect(brief(doc)).toEqual(['p~:前', 'p:中', 'p~:后', 'p:尾']);
  });

  it('takes no unknown embed, nested type or bad value for a block', () => {
    const doc = new Y.Doc();
    const text = proseText(doc);
    text.insertEmbed(0, { block: 'b1' });
    text.insertEmbed(1, { block: 7 });
    text.insertEmbed(2, new Y.Map([['kind', 'p']]));
    text.insertEmbed(3, { mention: { kind: 'spaceship', id: 'x', label: 'y' } });
    text.insert(4, '字\n');
    blockKeys(doc).set('b1/kind', { not: 'a kind' });
    blockKeys(doc).set('b1/indent', -3);
    blockKeys(doc).set('b1/checked', 'yes');
    expect(read(doc)).toEqual([
      {
        id: 'b1',
        kind: 'p',
        indent: 0,
        checked: false,
        stray: false,
        content: [
          { type: 'embed', data: { block: 7 }, format: {} },
          { type: 'embed', data: { nested: true }, format: {} },
          { type: 'embed', data: { mention: { kind: 'spaceship', id: 'x', label: 'y' } }, format: {} },
          { type: 'text', text: '字', format: {} },
        ],
      },
    ]);
  });

  it('reads a root that another program wrote as an array', () => {
    const other = new Y.Doc();
    other.getArray('prose').push([1, { block: 'x' }, 'three']);
    const doc = new Y.Doc();
    proseText(doc).insert(0, '字');
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
    expect(read(doc)).toHaveLength(1);
    expect(proseToText(read(doc))).toBe('字');
  });
});
