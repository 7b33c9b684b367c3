/**
 * The caret that the browser has moved and ProseMirror not yet heard of: words typed next stand where it is seen, whatever
 * colleagues do in between. In the same task, so that no event of the browser can come between the two.
 */
import { expect, test } from '@playwright/test';
import { caretAt, openEditor, serveEditor } from './harness/editor-page.ts';

serveEditor();

test.describe('[E2] a caret that the browser has just put into another paragraph', () => {
  test('stays there when a colleague writes elsewhere', async ({ page }) => {
    await openEditor(page, ['第零段', '第一段', '第二段']);
    await caretAt(page, 0, 0);
    await page.evaluate(() => {
      const words = document.querySelectorAll('.prose-text > *')[1]?.firstChild;
      if (words?.nodeType !== Node.TEXT_NODE) throw new Error('no words');
      getSelection()?.collapse(words, words.textContent?.length);
      window.harness.colleagueInserts(2, 99, '远');
    });
    await page.keyboard.insertText('我');
    await expect.poll(() => page.evaluate(() => window.harness.text())).toEqual(['第零段', '第一段我', '第二段远']);
  });

  test('stays there when a colleague writes in both', async ({ page }) => {
    await openEditor(page, ['第零段', '第一段', '第二段']);
    await caretAt(page, 0, 0);
    await page.keyboard.insertText('先');
    await page.evaluate(() => {
      const words = document.querySelectorAll('.prose-text > *')[1]?.firstChild;
      if (words?.nodeType !== Node.TEXT_NODE) throw new Error('no words');
      getSelection()?.collapse(words, 1);
      window.harness.colleagueInserts(0, 99, '远');
      window.harness.colleagueInserts(1, 0, '近');
    });
    await page.keyboard.insertText('我');
    await expect.poll(() => page.evaluate(() => window.harness.text())).toEqual(['先第零段远', '近第我一段', '第二段']);
  });

  test('is where a key acts', async ({ page }) => {
    await openEditor(page, ['第零段', '第一段']);
    await caretAt(page, 0, 0);
    await page.evaluate(() => {
      const words = document.querySelectorAll('.prose-text > *')[1]?.firstChild;
      if (words?.nodeType !== Node.TEXT_NODE) throw new Error('no words');
      getSelection()?.collapse(words, 1);
      const enter = { key: 'Enter', code: 'Enter', keyCode: 13, bubbles: true, cancelable: true };
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', enter));
    });
    await expect.poll(() => page.evaluate(() => window.harness.text())).toEqual(['第零段', '第', '一段']);
  });
});
