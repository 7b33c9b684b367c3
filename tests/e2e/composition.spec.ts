/**
 * An input method composes in a real browser while a colleague writes. The seven places of the colleague's change are those
 * that were measured before the editor was built, and some more.
 * The page runs under the product's own security policy and may not report a breach of it.
 */
import { expect, test } from '@playwright/test';
import type { EditorHarness } from './harness/editor-harness.tsx';
import { caretAt, openEditor, serveEditor } from './harness/editor-page.ts';

serveEditor();

const BLOCKS = ['第零段', '第一段文字', '第二段'];

interface Scene {
  readonly name: string;
  /** Where in block 1 one composes; its end when left out. */
  readonly offset?: number;
  readonly colleague: (harness: EditorHarness) => void;
  readonly after: readonly string[];
}

// Each function runs in the page.
const SCENES: readonly Scene[] = [
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
    name: 'by another kind for the paragraph',
    colleague: (harness) => harness.colleagueSetsKind(1, 'h2'),
    after: ['第零段', '第一段文字你好', '第二段'],
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
      expect(await page.evaluate(() => window.harness.waitingCount())).toBe(1);
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
