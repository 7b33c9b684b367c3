/**
 * An input method as the browser tells a page of one: letters that are not yet a word, the word that is chosen, and the keys
 * that it takes for itself, before and after the composition has ended.
 */
import type { Page } from '@playwright/test';

/** An input method spells a word letter by letter, and one chooses it; `meanwhile` happens after the second letter. */
export async function compose(
  page: Page,
  spelled: string,
  word: string,
  meanwhile: () => Promise<void> = async () => {},
): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  for (let end = 1; end <= spelled.length; end++) {
    const text = spelled.slice(0, end);
    await cdp.send('Input.imeSetComposition', { text, selectionStart: end, selectionEnd: end });
    if (end === 2) await meanwhile();
  }
  await cdp.send('Input.insertText', { text: word });
  await cdp.detach();
}

/**
 * Presses keys that the input method takes, as a browser tells of them: of all while it composes, and as Safari does of the key
 * that ended the composition, right after.
 */
export async function pressWhileComposing(page: Page, keys: readonly string[]): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  for (const key of keys) {
    await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key, code: key, windowsVirtualKeyCode: 229 });
    await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', key, code: key, windowsVirtualKeyCode: 229 });
  }
  await cdp.detach();
}

/** The Enter that chose a word as Safari tells of it: after the composition, with all that a browser does on Enter. */
export async function pressEndingEnter(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 };
  await cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', text: '\r', ...enter });
  await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', ...enter });
  await cdp.detach();
}
