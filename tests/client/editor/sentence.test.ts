// @vitest-environment happy-dom
/** What counts as the sentence one is in: `|` is the caret, `[…]` what is expected. */
import { describe, expect, it } from 'vitest';
import { sentenceAround, sentenceAtSelection } from '../../../client/editor/commands/sentence.ts';
import { openEditor } from './editor-scene.ts';

describe('the sentence around the caret', () => {
  it.each([
    ['[由县住|建局督促。]县人社局核对。', '从头到句号'],
    ['由县住建局督促。[县人|社局核对。]', '从上一句到句号'],
    ['[由县住建局督促。|]县人社局核对。', 'right behind its full stop'],
    ['由县住建局督促。[县|人社局核对', 'the last one needs no full stop'],
    ['[先行清偿|；]调解与监察并行。', 'a semicolon ends one'],
    ['[“全额计算？|”]会议采纳。', 'closing quotation marks belong to it'],
    ['[首付400,000.50元|，余款另付。]', 'a point inside a number ends none'],
    ['[Oakway to fit the floor.|] EH to re-monitor.', 'Latin sentences'],
    ['Oakway to fit the floor. [EH to |re-monitor.]', 'without the blank before'],
    ['[|第一句。]第二句。', 'at the very beginning'],
  ])('%s (%s)', (marked) => {
    const caret = marked.replace(/[[\]]/g, '').indexOf('|');
    const plain = marked.replace(/[[\]|]/g, '');
    const { from, to } = sentenceAround(plain, caret);
    const expected = marked.replace('|', '');
    const end = expected.includes(']') ? expected.indexOf(']') - 1 : plain.length;
    expect(plain.slice(from, to)).toBe(plain.slice(expected.indexOf('['), end));
  });
});

it('a selection counts as it is, and a place without words as none', () => {
  const scene = openEditor(['p:甲同意。乙|反对。', 'p:']);
  expect(sentenceAtSelection(scene.editor.state)).toMatchObject({ words: '乙反对。', blockId: 'b1' });
  scene.select(2, 4);
  expect(sentenceAtSelection(scene.editor.state)).toEqual({ from: 2, to: 4, words: '同意', blockId: 'b1' });
  scene.select(scene.editor.state.doc.content.size - 1);
  expect(sentenceAtSelection(scene.editor.state)).toBeNull();
});
