// @vitest-environment happy-dom
/** The `/` and `@` menus: when they open, what they find, what keys and composing do. */
import { afterEach, describe, expect, it } from 'vitest';
import { menuState } from '../../../client/editor/menus/menu-plugin.ts';
import { readProse } from '../../../shared/prose/read-prose.ts';
import { blockKeys, proseText } from '../../../shared/prose/roots.ts';
import { type EditorScene, openEditor } from './editor-scene.ts';

const people = [
  { id: 'p1', label: '何志远' },
  { id: 'p2', label: '孟祥宁' },
  { id: 'p3', label: 'Ann Lee' },
];
const agencies = [{ id: 'a1', label: '县人社局' }];
const parties = [{ id: 'x1', label: '申请人甲' }];

let scene: EditorScene;
afterEach(() => scene.destroy());

const offered = () => menuState(scene.editor.state).open?.items.map(({ label }) => label) ?? null;
const chosen = () => {
  const { open } = menuState(scene.editor.state);
  return open?.items[open.index]?.label ?? null;
};

describe('the slash menu', () => {
  it('offers every kind, and finds by Chinese words and English beginnings', () => {
    scene = openEditor(['p:|']);
    scene.type('/');
    expect(offered()).toEqual([
      '正文',
      '一级标题',
      '二级标题',
      '三级标题',
      '项目',
      '编号',
      '待办',
      '引用',
      '分隔线',
      '@提及',
    ]);
    scene.type('标');
    expect(offered()).toEqual(['一级标题', '二级标题', '三级标题']);
    scene.press('Escape');
    expect(offered()).toBeNull();
  });

  it.each([
    ['/head', ['一级标题', '二级标题', '三级标题']],
    ['/todo', ['待办']],
    ['/num', ['编号']],
    ['／引', ['引用']],
    ['/zzz', null],
  ])('%s finds %j', (text, labels) => {
    scene = openEditor(['p:|']);
    scene.type(text);
    expect(offered()).toEqual(labels);
  });

  it('stays closed inside words and addresses', () => {
    scene = openEditor(['p:|']);
    scene.type('和/或');
    expect(offered()).toBeNull();
    scene.type(' https://a');
    expect(offered()).toBeNull();
  });

  it('makes the block what is chosen and takes the typed words away in one step', () => {
    scene = openEditor(['p:甲乙 |']);
    scene.type('/二级');
    expect(scene.press('Enter')).toBe(true);
    expect(scene.blocks()).toEqual(['h2:甲乙 |']);
    scene.press('Mod-z');
    expect(scene.blocks()).toEqual(['p:甲乙 /二级|']);
  });

  it('goes through the items with the arrows, around the ends', () => {
    scene = openEditor(['p:|']);
    scene.type('/标题');
    scene.press('ArrowDown');
    expect(chosen()).toBe('二级标题');
    scene.press('ArrowUp');
    scene.press('ArrowUp');
    expect(chosen()).toBe('三级标题');
    scene.press('Tab');
    expect(scene.blocks()).toEqual(['h3:|']);
  });

  it('draws a divider or begins a mention', () => {
    scene = openEditor(['p:|'], { people, agencies, parties });
    scene.type('/分隔');
    scene.press('Enter');
    expect(scene.blocks()).toEqual(['divider:', 'p:|']);
    scene.type('/提及');
    scene.press('Enter');
    expect(scene.blocks()).toEqual(['divider:', 'p:@|']);
    expect(offered()).toContain('何志远');
  });

  it('stays closed where Escape closed it and opens again at another place', () => {
    scene = openEditor(['p:|']);
    scene.type('/');
    scene.press('Escape');
    scene.type('标');
    expect(offered()).toBeNull();
    scene.type(' /标');
    expect(offered()).toHaveLength(3);
  });

  it('names the list and the chosen item for screen readers', () => {
    scene = openEditor(['p:|']);
    scene.type('/待');
    const { dom } = scene.editor.view;
    expect(dom.getAttribute('aria-controls')).toBe('menu');
    expect(dom.getAttribute('aria-activedescendant')).toBe('menu-task');
    scene.press('Escape');
    expect(dom.hasAttribute('aria-activedescendant')).toBe(false);
  });

  it('closes while an input method composes', () => {
    scene = openEditor(['p:|']);
    scene.type('/');
    const { view } = scene.editor;
    view.dispatch(view.state.tr.insertText('b').setMeta('composition', 1));
    expect(offered()).toBeNull();
  });

  it('does not open because the caret comes by', () => {
    scene = openEditor(['p:甲 /标', 'p:|']);
    scene.select(5);
    expect(offered()).toBeNull();
  });
});

describe('the mention menu', () => {
  it('finds people, agencies and parties and writes a mention', () => {
    scene = openEditor(['p:请|'], { people, agencies, parties });
    scene.type('@');
    expect(offered()).toEqual(['何志远', '孟祥宁', 'Ann Lee', '县人社局', '申请人甲']);
    scene.type('人');
    expect(offered()).toEqual(['县人社局', '申请人甲']);
    scene.press('Enter');
    const [block] = readProse(proseText(scene.doc), blockKeys(scene.doc));
    expect(block?.content).toEqual([
      { type: 'text', text: '请', format: {} },
      { type: 'mention', mention: { kind: 'agency', id: 'a1', label: '县人社局' }, format: {} },
    ]);
    expect(scene.blocks()).toEqual(['p:请@|']);
  });

  it('puts those that begin with the query first', () => {
    scene = openEditor(['p:|'], { people: [...people, { id: 'p4', label: '人杰' }], agencies, parties });
    scene.type('＠人');
    expect(offered()).toEqual(['人杰', '县人社局', '申请人甲']);
  });

  it('finds Latin names by any of their words', () => {
    scene = openEditor(['p:|'], { people, agencies, parties });
    scene.type('@lee');
    expect(offered()).toEqual(['Ann Lee']);
  });

  it('stays closed in mail addresses and behind punctuation', () => {
    scene = openEditor(['p:|'], { people, agencies, parties });
    scene.type('a@');
    expect(offered()).toBeNull();
    scene.type(' @何，');
    expect(offered()).toBeNull();
  });
});
