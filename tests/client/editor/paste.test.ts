// @vitest-environment happy-dom
/** What comes in from Word, WPS, web pages and our own clipboard, and where it goes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { MAX_PASTE_CHARACTERS } from '../../../client/editor/editor-contract.ts';
import { readProse } from '../../../shared/prose/read-prose.ts';
import { blockKeys, proseText } from '../../../shared/prose/roots.ts';
import { type EditorScene, openEditor } from './editor-scene.ts';

let scene: EditorScene;
afterEach(() => {
  expect(scene.editor.state.doc.eq(scene.binding.initialDoc())).toBe(true);
  expect(scene.editor.state.doc.textContent).not.toMatch(/[\n\r]/);
  scene.destroy();
});

const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'paste-fixtures', name), 'utf8');

function pastedHtml(html: string, before: readonly string[] = ['p:|']): string[] {
  scene = openEditor(before);
  scene.paste({ 'text/html': html, 'text/plain': 'plain' });
  return scene.blocks();
}

function pastedText(text: string, before: readonly string[] = ['p:|']): string[] {
  scene = openEditor(before);
  scene.paste({ 'text/plain': text });
  return scene.blocks();
}

/** The words and their formatting of one block. */
const runsOf = (index: number) =>
  readProse(proseText(scene.doc), blockKeys(scene.doc))[index]?.content.map((inline) => [
    inline.type === 'text' ? inline.text : inline.type,
    inline.format,
  ]);

describe('pasting from Word', () => {
  it('keeps headings, lists with their depth, marks and table cells, and drops styles', () => {
    expect(pastedHtml(fixture('word.golden.html'))).toEqual([
      'h1:联席会议纪要',
      'p:会议听取了人社、住建部门的查证情况，确认应发未发工资598,600元。',
      'numbered:成立联合化解工作小组',
      'numbered:以总包先行清偿为主线',
      'bullet@1:首付400,000元',
      'p:一、无争议工资不作为让步事项',
      'p:问题\t牵头单位',
      'p:欠薪 核对\t县人社局',
      'h3:附则|',
    ]);
    expect(runsOf(1)).toEqual([
      ['会议听取了', {}],
      ['人社、住建', { bold: true }],
      ['部门的查证情况，确认应发未发工资', {}],
      ['598,600元', { highlight: true }],
      ['。', {}],
    ]);
  });
});

describe('pasting from WPS', () => {
  it('keeps outline levels, lists and the numbers that official papers write out', () => {
    expect(pastedHtml(fixture('wps.golden.html'))).toEqual([
      'h2:二、议定事项',
      'p:（一）由县综治中心牵头。',
      'numbered:各单位1名责任人',
      'numbered@1:1名联络员',
      'bullet:材料|',
    ]);
  });
});

describe('pasting from a web page', () => {
  it('keeps words, links and lists, and nothing that runs', () => {
    expect(pastedHtml(fixture('web-page.golden.html'))).toEqual([
      'h1:通知公告',
      'p:各有关单位：',
      'p:请登录 网上平台 办理。点我 写信',
      'bullet:甲',
      'bullet@1:乙',
      'numbered@2:丙',
      'bullet:丁',
      'p@1:丁的第二段',
      'task!:已核对',
      'task:未核对',
      'quote:原文如此',
      'divider:',
      'h3:四级标题',
      'p:第一行',
      'p:第二行',
      'p:  空格 保留',
      'p:名称\t金额',
      'p:表内 列表\t1,000',
      'p:表情👨‍👩‍👧‍👦𠮷完|',
    ]);
    expect(runsOf(2)).toEqual([
      ['请登录 ', {}],
      ['网上平台', { link: { href: 'https://www.gov.cn/a' } }],
      [' 办理。点我 ', {}],
      ['写信', { link: { href: 'mailto:a@b.gov.cn' } }],
    ]);
    expect(scene.notices).toEqual([{ kind: 'picturesLeftOut', count: 1 }]);
    expect((globalThis as { injected?: boolean }).injected).toBeUndefined();
  });

  it('reads a bold wrapper of normal weight as nothing', () => {
    pastedHtml('<b style="font-weight:normal"><p>甲<span style="font-weight:700">乙</span></p></b>');
    expect(runsOf(0)).toEqual([
      ['甲', {}],
      ['乙', { bold: true }],
    ]);
  });

  it('takes a line break of the source between Chinese characters as none', () => {
    expect(pastedHtml('<p>甲乙\n丙丁 and\nmore</p>')).toEqual(['p:甲乙丙丁 and more|']);
  });

  it('cannot forge the marker of a block, a foreign kind of mention or a link that runs', () => {
    pastedHtml(
      `<p>甲<span data-embed='{"block":"b1"}'>x</span><span data-mention="root" data-id="1" data-label="y">y</span><a href="javascript:1">z</a></p>`,
    );
    expect(runsOf(0)).toEqual([['甲yz', {}]]);
  });

  it('never throws on strange trees', () => {
    for (const html of [
      '<li>甲',
      '<td>甲',
      '<ul><ul><ul><li></ul>',
      '<table><caption>甲</caption></table>',
      '<br><br>',
      '<p',
      '',
    ]) {
      pastedHtml(html);
      scene.destroy();
    }
    expect(pastedHtml('<ul><li>甲<ul><li>乙')).toEqual(['bullet:甲', 'bullet@1:乙|']);
  });
});

describe('pasting plain text', () => {
  it('makes every line a paragraph and leaves signs as they are', () => {
    expect(pastedText('# 甲\r\n\r\n- 乙\u2028丙\rtab\t完')).toEqual(['p:# 甲', 'p:- 乙', 'p:丙', 'p:tab\t完|']);
  });

  it('goes into the words at the caret', () => {
    expect(pastedText(' 中 ', ['h1:甲|乙'])).toEqual(['h1:甲 中 |乙']);
  });

  it('takes out controls and marks of objects', () => {
    expect(pastedText('甲\u0000\ufffc\u0008乙')).toEqual(['p:甲乙|']);
  });

  it('is what Shift asks for even when there is HTML', () => {
    scene = openEditor(['p:|']);
    scene.editor.view.dom.dispatchEvent(new KeyboardEvent('keydown', { key: 'V', ctrlKey: true, shiftKey: true }));
    scene.paste({ 'text/html': '<h1>甲</h1>', 'text/plain': '甲' });
    expect(scene.blocks()).toEqual(['p:甲|']);
  });
});

describe('where a paste goes', () => {
  const two = '<p>子</p><p>丑</p>';
  const list = '<ul><li>子</li><li>丑</li></ul>';
  it.each([
    ['an empty paragraph becomes the first block', '<h2>子</h2><p>丑</p>', ['p:|', 'p:尾'], ['h2:子', 'p:丑|', 'p:尾']],
    ['plain words go on in the line, at its end', two, ['p:甲|'], ['p:甲子', 'p:丑|']],
    ['plain words go on in the line, in its middle', two, ['h1:甲|乙'], ['h1:甲子', 'h1:丑|乙']],
    ['plain words go on in the line, at its start', two, ['p:|甲'], ['p:子', 'p:丑|甲']],
    ['a list stays a list at the end of a line', list, ['p:甲|'], ['p:甲', 'bullet:子', 'bullet:丑|']],
    ['a list stays a list in the middle of a line', list, ['p:甲|乙'], ['p:甲', 'bullet:子', 'bullet:丑|', 'p:乙']],
    ['one heading stays one at the end of a line', '<h1>子</h1>', ['p:甲|'], ['p:甲', 'h1:子|']],
    ['one paragraph goes into a heading', '<p>子</p>', ['h1:甲|乙'], ['h1:甲子|乙']],
  ])('%s', (_name, html, before, after) => {
    expect(pastedHtml(html, before)).toEqual(after);
  });

  it('replaces what is selected, across blocks', () => {
    scene = openEditor(['p:甲乙', 'h1:丙丁']);
    scene.select(2, 6);
    scene.paste({ 'text/html': '<p>子</p><p>丑</p>' });
    expect(scene.blocks()).toEqual(['p:甲子', 'p:丑|丁']);
  });

  it('keeps the marker of the paragraph it goes into', () => {
    scene = openEditor(['p:|']);
    const id = () => readProse(proseText(scene.doc), blockKeys(scene.doc))[0]?.id;
    const before = id();
    scene.paste({ 'text/html': '<h1>子</h1><p>丑</p>' });
    expect(id()).toBe(before);
  });
});

describe('a paste that is too large', () => {
  it('is refused in words, changes nothing and keeps the selection', () => {
    scene = openEditor(['p:甲乙']);
    scene.select(1, 3);
    scene.paste({ 'text/plain': '字'.repeat(MAX_PASTE_CHARACTERS + 1) });
    expect(scene.notices).toEqual([
      { kind: 'pasteTooLarge', characters: MAX_PASTE_CHARACTERS + 1, max: MAX_PASTE_CHARACTERS },
    ]);
    const { from, to } = scene.editor.state.selection;
    expect([proseText(scene.doc).toString(), from, to]).toEqual(['甲乙\n', 1, 3]);
  });

  it('is measured in words, not in the styles around them', () => {
    scene = openEditor(['p:|']);
    scene.paste({ 'text/html': `<style>${'x'.repeat(1_000_000)}</style><p>甲</p>`, 'text/plain': '甲' });
    expect(scene.blocks()).toEqual(['p:甲|']);
  });
});

describe('copying', () => {
  const copied = () => {
    const { view } = scene.editor;
    const { dom, text } = view.serializeForClipboard(view.state.selection.content());
    return { html: dom.innerHTML, text };
  };

  it('gives other programs nested lists and plain text with the numbers that are drawn', () => {
    scene = openEditor([
      'h2:题',
      'numbered:甲',
      'numbered@1:乙',
      'bullet@1:丙',
      'numbered:丁',
      'task!:戊',
      'quote:己',
      'divider:',
      'p@1:庚',
    ]);
    scene.press('Mod-a');
    const { html, text } = copied();
    expect(html.replace(/ data-(pm-slice="[^"]*"|kind="[^"]*")/g, '')).toBe(
      '<h2>题</h2><ol><li>甲<ol><li>乙</li></ol><ul><li>丙</li></ul></li><li>丁</li></ol>' +
        '<ul><li data-checked="true"><span data-drawn="">☑ </span>戊</li></ul><blockquote>己</blockquote><hr>' +
        '<p data-indent="1" style="margin-left: 2em">庚</p>',
    );
    expect(text).toBe('题\n1. 甲\n\u3000\u3000（1） 乙\n\u3000\u3000• 丙\n2. 丁\n☑ 戊\n己\n————\n庚');
  });

  it('and pasting here gives the same blocks, marks, mentions and unknown things back', () => {
    const kinds = [
      'h1:甲',
      'bullet:乙',
      'numbered@1:丙',
      'task!:丁',
      'quote:戊',
      'divider:',
      'p@2:己',
      'callout:庚',
      'p: 空 ',
    ];
    scene = openEditor(kinds);
    const { schema } = scene.editor;
    const { view } = scene.editor;
    view.dispatch(
      view.state.tr
        .insert(2, schema.node('mention', { kind: 'person', id: 'p1', label: '何' }))
        .insert(3, schema.node('embed', { data: { table: 'T1' } }))
        .addMark(1, 2, schema.mark('unknown', { key: 'colour', value: 'red' }))
        .addMark(1, 2, schema.mark('bold')),
    );
    const before = scene.blocks().map((block) => block.replace('|', ''));
    const runs = runsOf(0);
    scene.press('Mod-a');
    const { html, text } = copied();
    scene.destroy();
    scene = openEditor(['p:|']);
    scene.paste({
      'text/html': `<html>\n<body>\n<!--StartFragment-->${html}<!--EndFragment-->\n</body>\n</html>`,
      'text/plain': text,
    });
    expect(scene.blocks().map((block) => block.replace('|', ''))).toEqual(before);
    expect(runsOf(0)).toEqual(runs);
  });

  it('part of an item goes on in the line where it is pasted', () => {
    scene = openEditor(['bullet:甲乙丙', 'p:尾']);
    scene.select(2, 3);
    const { html, text } = copied();
    expect(text).toBe('乙');
    scene.select(7);
    scene.paste({ 'text/html': html, 'text/plain': text });
    expect(scene.blocks()).toEqual(['bullet:甲乙丙', 'p:尾乙|']);
  });
});
