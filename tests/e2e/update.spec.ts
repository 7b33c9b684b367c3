/**
 * A newer version while people work: offered, waited with while an input method composes or a form holds words, put in place
 * when it was asked for, in that tab alone; another tab goes on with the files of its own build.
 */
import { expect, type Page, test } from '@playwright/test';
import { copyProduct } from '../support/product-copy.ts';
import { expectSavedOnServer, leave, openHouse, prose, type Seat, sitDownAt } from './house.ts';

const entryScript = (page: Page) =>
  page.evaluate(() => document.querySelector<HTMLScriptElement>('script[type=module]')?.src ?? '');

/** Presses a button without taking the focus from where somebody writes. */
const press = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).evaluate((button: HTMLElement) => button.click());

/** What the browser does by itself every hour and when a page is looked at again. */
const look = (page: Page) => page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));

test('[C10] a newer version waits for the person, a composition and words in a form, and spares other tabs', async ({
  browser,
}) => {
  const product = await copyProduct();
  const house = await openHouse(['--demo'], product.program);
  const seats: Seat[] = [];
  try {
    const seat = await sitDownAt(browser, house.origin, '林晓舟', '会商会纪要');
    seats.push(seat);
    const { page, context } = seat;
    await expect(page.getByRole('navigation', { name: '导航' })).toContainText('没有网络也能打开');
    const other = await context.newPage();
    await other.goto(page.url().replace(/\/documents.*/, ''));
    await expect(other.getByRole('button', { name: '新建文档' }).first()).toBeVisible();
    const old = await entryScript(page);

    await product.upgrade();
    await look(page);
    for (const tab of [page, other]) await expect(tab.getByText('新版本已就绪', { exact: true })).toBeVisible();

    // Asked for in the middle of a word.
    const cdp = await context.newCDPSession(page);
    await prose(page).click();
    await page.keyboard.press('Control+End');
    await cdp.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 });
    await press(page, '重新载入');
    await expect(page.getByText('输入法正在组字')).toBeVisible();
    expect(await entryScript(page)).toBe(old);
    await cdp.send('Input.insertText', { text: '拟定' });
    await expect.poll(() => entryScript(page).catch(() => old)).not.toBe(old);
    await expect(prose(page)).toContainText('拟定');
    await expectSavedOnServer([page]);

    // The other tab is as it was, and its build's files are still there for it though the server has them no more.
    expect(await entryScript(other)).toBe(old);
    expect((await fetch(old)).status).toBe(404);
    expect(await other.evaluate(async (script) => (await fetch(script)).status, old)).toBe(200);
    await other.getByRole('button', { name: '新建文档' }).first().click();
    const dialog = other.getByRole('dialog');
    await dialog.getByRole('textbox').first().fill('还没有建好的文档');
    await press(other, '重新载入');
    await expect(other.getByText('表单里有没有提交的文字')).toBeVisible();
    expect(await entryScript(other)).toBe(old);
    await dialog.getByRole('button', { name: '取消' }).click();
    await expect.poll(() => entryScript(other).catch(() => old)).not.toBe(old);

    // Nobody has the old build open any more.
    await expect.poll(() => other.evaluate(async () => (await caches.keys()).length)).toBe(1);
  } finally {
    await leave(seats);
    await house.close();
    product.remove();
  }
});
