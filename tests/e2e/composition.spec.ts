/**
 * An input method composes in the prose, in a real browser, while colleagues write: every scene that was measured before the
 * editor was built, and more. Text fields have a spec of their own.
 * The page runs under the product's own security policy and may not report a breach of it.
 */
import { expect, type Page, test } from '@playwright/test';
import type { EditorHarness } from './harness/editor-harness.tsx';
import { caretAt, openEditor, serveEditor } from './harness/editor-page.ts';
import { compose, pressWhileComposing } from './input-method.ts';

serveEditor();

const BLOCKS = ['第零段', '第一段文字', '第二段'];

interface Scene {
  readonly name: string;
  /** Where in block 1 one composes; its end when left out. */
  readonly offset?: number;
  readonly colleague: (harness: EditorHarness) => void;
  /** How many changes wait meanwhile; one when left out. */
  readonly waiting?: number;
  readonly after: readonly string[];
}

// Each function runs in the page.
const SCENES: readonly Scene[] = [
  {
    name: 'not at all',
    colleague: () => {},
    waiting: 0,
    after: ['第零段', '第一段文字你好', '第二段'],
  },
  {
    name: 'in another paragraph',
    colleague: (harness) => harness.colleagueInserts(2, 99, '远'),
    after: ['第零段', '第一段文字你好', '第二段远'],
  },
  {
    name: 'in the same paragraph before the caret',
    colleague: (harness) => harness.colleagueInserts(1, 0, '远'),
    after: ['第零段', '远第一段文字你好', '第二段'],
  },
  {
    name: 'in the same paragraph after the caret',
    offset: 3,
    colleague: (harness) => harness.colleagueInserts(1, 99, '远'),
    after: ['第零段', '第一段你好文字远', '第二段'],
  },
  {
    name: 'as a new paragraph above',
    colleague: (harness) => harness.colleagueInsertsBlock(1, '新段'),
    after: ['第零段', '新段', '第一段文字你好', '第二段'],
  },
  {
    name: 'as a new paragraph below',
    colleague: (harness) => harness.colleagueInsertsBlock(2, '新段'),
    after: ['第零段', '第一段文字你好', '新段', '第二段'],
  },
  {
    name: 'by deleting the paragraph above',
    colleague: (harness) => harness.colleagueDeletesBlock(0),
    after: ['第一段文字你好', '第二段'],
  },
  {
    name: 'at the very same place',
    colleague: (harness) => harness.colleagueInserts(1, 99, '远'),
    after: ['第零段', '第一段文字(你好远|远你好)', '第二段'],
  },
  {
    name: 'among the composed letters',
    offset: 3,
    colleague: (harness) => harness.colleagueInserts(1, 4, '远'),
    after: ['第零段', '第一段(你好远|远你好)文字', '第二段'],
  },
  {
    name: 'by bold over the words around',
    offset: 3,
    colleague: (harness) => harness.colleagueFormats(1, 0, 5, 'bold'),
    after: ['第零段', '第一段你好文字', '第二段'],
  },
  {
    name: 'by bold over the composed letters and beyond',
    offset: 3,
    colleague: (harness) => harness.colleagueFormats(1, 3, 6, 'bold'),
    after: ['第零段', '第一段你好文字', '第二段'],
  },
  {
    name: 'by another kind for the paragraph',
    colleague: (harness) => harness.colleagueSetsKind(1, 'h2'),
    after: ['第零段', '第一段文字你好', '第二段'],
  },
  {
    name: 'by making the paragraph an item of a list',
    offset: 0,
    colleague: (harness) => harness.colleagueSetsKind(1, 'ordered'),
    after: ['第零段', '你好第一段文字', '第二段'],
  },
  {
    name: 'ten times in the same paragraph',
    offset: 3,
    colleague: (harness) => {
      for (let i = 0; i < 5; i++) {
        harness.colleagueInserts(1, i % 3, '近');
        harness.colleagueInserts(1, 99, '远');
      }
    },
    waiting: 10,
    after: ['第零段', '[第近一段]{8}你好文字远{5}', '第二段'],
  },
  {
    name: 'with five people at once',
    offset: 3,
    colleague: (harness) => harness.fiveColleaguesType(1, '甲乙丙丁戊'),
    waiting: 5,
    after: ['第零段丁', '甲乙丙第戊一段你好文字', '第二段'],
  },
  {
    name: 'by splitting the paragraph before the caret',
    colleague: (harness) => harness.colleagueSplits(1, 1),
    after: ['第零段', '第', '一段文字你好', '第二段'],
  },
  {
    name: 'by splitting the paragraph after the caret',
    offset: 3,
    colleague: (harness) => harness.colleagueSplits(1, 6),
    after: ['第零段', '第一段你好文', '字', '第二段'],
  },
  {
    name: 'by splitting the paragraph at the caret',
    offset: 3,
    colleague: (harness) => harness.colleagueSplits(1, 5),
    after: ['第零段', '第一段你好', '文字', '第二段'],
  },
  {
    name: 'by splitting the paragraph among the composed letters',
    offset: 3,
    colleague: (harness) => harness.colleagueSplits(1, 4),
    after: ['第零段', '第一段(你好\n|\n你好)文字', '第二段'],
  },
  {
    name: 'by joining the next paragraph into it',
    colleague: (harness) => harness.colleagueJoinsWithNext(1),
    after: ['第零段', '第一段文字你好第二段'],
  },
  {
    name: 'by joining it into the paragraph above',
    colleague: (harness) => harness.colleagueJoinsWithNext(0),
    after: ['第零段第一段文字你好', '第二段'],
  },
  {
    name: 'by deleting the paragraph in which one composes',
    colleague: (harness) => harness.colleagueDeletesBlock(1),
    after: ['第零段', '你好', '第二段'],
  },
];

test.describe('[C7] an input method composes while a colleague changes the text', () => {
  for (const scene of SCENES) {
    test(scene.name, async ({ page }) => {
      await openEditor(page, BLOCKS);
      await caretAt(page, 1, scene.offset ?? 5);
      const cdp = await page.context().newCDPSession(page);
      const compose = (text: string) =>
        cdp.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });

      await compose('n');
      await compose('ni');
      await expect.poll(() => page.evaluate(() => window.harness.isHolding())).toBe(true);
      await page.evaluate(`(${scene.colleague.toString()})(window.harness)`);
      expect(await page.evaluate(() => window.harness.waitingCount())).toBe(scene.waiting ?? 1);
      await compose('nih');
      await compose('nihao');
      await cdp.send('Input.insertText', { text: '你好' });

      const expected = new RegExp(`^${scene.after.join('\n')}$`);
      const texts = () =>
        page.evaluate(() => [window.harness.text(), window.harness.colleagueText()].map((each) => each.join('\n')));
      await expect.poll(async () => (await texts())[0]).toMatch(expected);
      await expect.poll(async () => (await texts())[1]).toMatch(expected);
      const [mine, theirs] = await texts();
      expect(mine).toBe(theirs);
      expect(mine).not.toMatch(/[a-z]/);
      await expect
        .poll(() => page.evaluate(() => [window.harness.isHolding(), window.harness.waitingCount()]))
        .toEqual([false, 0]);
      expect(await page.evaluate(() => window.harness.isEqual())).toBe(true);
      // What is on the screen is what is in the text.
      const shown = await page.locator('.prose-text > *').allInnerTexts();
      expect(shown.map((text) => text.trim()).join('\n')).toBe(mine);
    });
  }

  test('five people write on while one composes word after word', async ({ page }) => {
    await openEditor(page, BLOCKS);
    await caretAt(page, 1, 3);
    const cdp = await page.context().newCDPSession(page);
    for (const word of ['你好', '世界', '和衷', '共济']) {
      for (const text of ['n', 'ni', 'nihao']) {
        await cdp.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
        await page.evaluate(() => window.harness.fiveColleaguesType(1, '甲乙丙丁戊'));
      }
      await cdp.send('Input.insertText', { text: word });
    }
    await expect
      .poll(() => page.evaluate(() => [window.harness.isHolding(), window.harness.waitingCount()]))
      .toEqual([false, 0]);
    const text = await page.evaluate(() => window.harness.text().join('\n'));
    expect(text).toContain('你好世界和衷共济');
    expect(text).not.toMatch(/[a-z]/);
    for (const letter of '甲乙丙丁戊') expect(text.split(letter)).toHaveLength(13);
    expect(await page.evaluate(() => window.harness.isEqual())).toBe(true);
  });

  test('without the hold a change among the composed letters leaves some behind', async ({ page }) => {
    await openEditor(page, BLOCKS, '&hold=no');
    await caretAt(page, 1, 3);
    const cdp = await page.context().newCDPSession(page);
    const compose = (text: string) =>
      cdp.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
    await compose('n');
    await compose('ni');
    await page.evaluate(() => window.harness.colleagueInserts(1, 4, '远'));
    await compose('nih');
    await compose('nihao');
    await cdp.send('Input.insertText', { text: '你好' });
    await expect.poll(() => page.evaluate(() => window.harness.text()[1])).toMatch(/你好/);
    expect(await page.evaluate(() => window.harness.text()[1])).toMatch(/[a-z]/);
  });

  test('carets of colleagues that move meanwhile leave the composition alone', async ({ page }) => {
    await openEditor(page, BLOCKS);
    await caretAt(page, 1, 5);
    const cdp = await page.context().newCDPSession(page);
    const compose = (text: string) => cdp.send('Input.imeSetComposition', { text, selectionStart: 2, selectionEnd: 2 });
    await compose('ni');
    await page.evaluate(() =>
      window.harness.caret({ personId: 'p1', name: '何志远', agencyName: '县人社局' }, 1, 5, 5),
    );
    await compose('nihao');
    await cdp.send('Input.insertText', { text: '你好' });
    await expect.poll(() => page.evaluate(() => window.harness.text()[1])).toBe('第一段文字你好');
    await expect(page.locator('.caret-label')).toHaveText('何志远 · 县人社局');
  });

  test('a menu stays closed while composing and opens with the word that was meant', async ({ page }) => {
    await openEditor(page, ['']);
    await caretAt(page, 0, 0);
    const cdp = await page.context().newCDPSession(page);
    await page.keyboard.type('/');
    await expect(page.getByRole('listbox')).toBeVisible();
    await cdp.send('Input.imeSetComposition', { text: 'biaoti', selectionStart: 6, selectionEnd: 6 });
    await expect(page.getByRole('listbox')).toBeHidden();
    await cdp.send('Input.insertText', { text: '标题' });
    await expect(page.getByRole('option')).toHaveCount(3);
    await page.keyboard.press('Enter');
    await expect(page.locator('.prose-text > h1')).toHaveText('');
    expect(await page.evaluate(() => window.harness.text())).toEqual(['']);
  });
});

test.describe('an input method composes', () => {
  const text = (page: Page) => page.evaluate(() => window.harness.text());

  test('in an empty document, which is written then for the first time', async ({ page }) => {
    await openEditor(page, []);
    await page.locator('.prose-text').click();
    await compose(page, 'nihao', '你好');
    await expect.poll(() => text(page)).toEqual(['你好']);
    expect(await page.evaluate(() => window.harness.isEqual())).toBe(true);
  });

  test('in a new paragraph between two others', async ({ page }) => {
    await openEditor(page, ['甲', '乙']);
    await caretAt(page, 0, 1);
    await page.keyboard.press('Enter');
    await compose(page, 'nihao', '你好');
    await page.keyboard.press('Enter');
    await compose(page, 'shijie', '世界');
    await expect.poll(() => text(page)).toEqual(['甲', '你好', '世界', '乙']);
  });

  for (const kind of ['h1', 'bullet', 'ordered', 'task', 'quote']) {
    test(`at the beginning and the end of a block of kind ${kind}`, async ({ page }) => {
      await openEditor(page, [{ kind, content: '甲' }]);
      await caretAt(page, 0, 0);
      await compose(page, 'qian', '前');
      await page.keyboard.press('End');
      await compose(page, 'hou', '后');
      await expect.poll(() => text(page)).toEqual(['前甲后']);
      await expect(page.locator('.prose-text > *')).toHaveAttribute('data-kind', kind);
    });
  }

  test('right behind a mention and right before it', async ({ page }) => {
    const mention = { kind: 'person', id: 'p1', label: '何志远' } as const;
    await openEditor(page, [{ content: ['请', { mention }] }]);
    await caretAt(page, 0, 2);
    await compose(page, 'hecha', '核查');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await compose(page, 'bian', '便');
    await expect.poll(() => text(page)).toEqual(['请便何志远核查']);
  });

  test('where bold words end, and the word is as bold as what one types there', async ({ page }) => {
    await openEditor(page, [{ content: ['甲', { text: '乙', format: { bold: true } }, '丙'] }]);
    await caretAt(page, 0, 2);
    await compose(page, 'nihao', '你好');
    await expect.poll(() => text(page)).toEqual(['甲乙你好丙']);
    await expect(page.locator('.prose-text strong')).toHaveText('乙你好');
    expect(await page.evaluate(() => window.harness.isEqual())).toBe(true);
  });

  test('over selected words of two paragraphs, which it replaces', async ({ page }) => {
    await openEditor(page, ['甲乙', '丙丁']);
    await caretAt(page, 0, 1);
    await page.keyboard.press('Shift+ArrowDown');
    await compose(page, 'nihao', '你好');
    await expect.poll(() => text(page)).toEqual(['甲你好丁']);
    expect(await page.evaluate(() => window.harness.isEqual())).toBe(true);
  });

  test('after bold was switched on, and the word is bold', async ({ page }) => {
    await openEditor(page, ['甲']);
    await caretAt(page, 0, 1);
    await page.keyboard.press('Control+b');
    await compose(page, 'nihao', '你好');
    await expect.poll(() => text(page)).toEqual(['甲你好']);
    await expect(page.locator('.prose-text strong')).toHaveText('你好');
  });

  test('and one undo takes the whole word, one redo brings it back', async ({ page }) => {
    await openEditor(page, ['甲']);
    await caretAt(page, 0, 1);
    await page.clock.install();
    const cdp = await page.context().newCDPSession(page);
    for (const [spelled, word] of [
      ['nihao', '你好'],
      ['shijie', '世界'],
    ] as const) {
      for (let end = 1; end <= spelled.length; end++) {
        await cdp.send('Input.imeSetComposition', {
          text: spelled.slice(0, end),
          selectionStart: end,
          selectionEnd: end,
        });
        // Slowly, as somebody who looks for the word.
        await page.clock.fastForward(700);
      }
      await cdp.send('Input.insertText', { text: word });
      await page.clock.fastForward(700);
    }
    await expect.poll(() => text(page)).toEqual(['甲你好世界']);
    await page.keyboard.press('Control+z');
    await expect.poll(() => text(page)).toEqual(['甲你好']);
    await page.keyboard.press('Control+z');
    await expect.poll(() => text(page)).toEqual(['甲']);
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => text(page)).toEqual(['甲你好']);
  });

  test('and its Enter, Escape and Tab belong to it', async ({ page }) => {
    await openEditor(page, ['甲']);
    await caretAt(page, 0, 1);
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 });
    await pressWhileComposing(page, ['Enter', 'Escape', 'Tab', 'Backspace']);
    expect(await text(page)).toEqual(['甲ni']);
    // The input method itself gives up what was typed.
    await cdp.send('Input.imeSetComposition', { text: '', selectionStart: 0, selectionEnd: 0 });
    await expect.poll(() => text(page)).toEqual(['甲']);
    await expect.poll(() => page.evaluate(() => window.harness.isHolding())).toBe(false);
  });

  test('and what colleagues wrote appears when one leaves the text in the middle of it', async ({ page }) => {
    await openEditor(page, ['甲', '乙']);
    await caretAt(page, 0, 1);
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 });
    await page.evaluate(() => window.harness.colleagueInserts(1, 99, '远'));
    expect(await page.evaluate(() => window.harness.waitingCount())).toBe(1);
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await expect.poll(() => text(page)).toEqual(['甲ni', '乙远']);
    expect(await page.evaluate(() => [window.harness.isHolding(), window.harness.isEqual()])).toEqual([false, true]);
  });
});

test.describe('the clipboard under the security policy', () => {
  test('takes HTML in and gives HTML out without a breach', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await openEditor(page, ['甲']);
    await caretAt(page, 0, 1);
    await page.evaluate(async () => {
      const html = '<h2>题</h2><ul><li>子<ul><li>丑</li></ul></li></ul><script>window.injected = true</script>';
      const item = (type: string, text: string) => new Blob([text], { type });
      await navigator.clipboard.write([
        new ClipboardItem({ 'text/html': item('text/html', html), 'text/plain': item('text/plain', '题') }),
      ]);
    });
    await page.keyboard.press('Control+v');
    await expect.poll(() => page.evaluate(() => window.harness.text())).toEqual(['甲', '题', '子', '丑']);
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+c');
    await page.keyboard.press('ArrowRight');
    // The editing library reads the new selection a moment later than the browser has it.
    await expect(page.getByRole('button', { name: '项目', exact: true })).toHaveAttribute('aria-pressed', 'true');
    await page.keyboard.press('Control+v');
    await expect
      .poll(() => page.evaluate(() => window.harness.text()))
      .toEqual(['甲', '题', '子', '丑', '甲', '题', '子', '丑']);
    const kinds = () =>
      page.locator('.prose-text > *').evaluateAll((blocks) => blocks.map((block) => block.getAttribute('data-kind')));
    expect(await kinds()).toEqual(['p', 'h2', 'bullet', 'bullet', 'p', 'h2', 'bullet', 'bullet']);
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+x');
    await expect.poll(() => page.evaluate(() => window.harness.text())).toEqual(['']);
    await page.keyboard.press('Control+z');
    // What was pasted and cut in quick succession is one step of undo.
    await expect.poll(() => page.evaluate(() => window.harness.text().join())).toMatch(/^甲/);
    expect(await page.evaluate(() => 'injected' in window)).toBe(false);
  });
});
