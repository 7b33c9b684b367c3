/** One browser, two people: the first signs out with work that has not reached the server; the second neither sees nor sends it. */
import { expect, type Page, test } from '@playwright/test';
import {
  expectSavedOnServer,
  expectStatus,
  expectStored,
  leave,
  openHouse,
  prose,
  type Seat,
  sitDownAt,
} from './house.ts';

const MINUTES = '青禾家园二期工资纠纷专题会商会纪要';
const WORDS = '（只有何志远写过的话）';

async function signInAs(page: Page, name: string): Promise<void> {
  await page.getByLabel('姓名').fill(name);
  await page.getByLabel('密码').fill('concord-demo-2026');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await expect(page.getByRole('link', { name: /青禾家园/ }).first()).toBeVisible();
}

async function openMinutes(page: Page): Promise<void> {
  await page
    .getByRole('link', { name: /青禾家园/ })
    .first()
    .click();
  await page.getByRole('navigation', { name: '导航', exact: true }).getByRole('link', { name: MINUTES }).click();
  await expect(prose(page)).toContainText('会议听取了');
}

test('[C6] [C9] the second person neither sees nor sends what the first left, and the first finds and delivers it', async ({
  browser,
}) => {
  const house = await openHouse();
  const seats: Seat[] = [];
  try {
    const seat = await sitDownAt(browser, house.origin, '何志远', MINUTES);
    seats.push(seat);
    const { page, context } = seat;
    await context.setOffline(true);
    await expectStatus(page, /^离线/);
    await prose(page).locator(':scope > *').last().click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(WORDS);
    await expectStored(page);
    await expectStatus(page, '离线 · 1 份文档待同步');

    await page.getByRole('button', { name: '退出登录' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('还有 1 项改动没有到达服务器');
    await expect(dialog).toContainText('现在连不上服务器');
    await expect(dialog.getByRole('button', { name: '同步后退出' })).toHaveCount(0);
    const exported = page.waitForEvent('download');
    await dialog.getByRole('button', { name: '导出未同步内容' }).click();
    const file = await (await exported).path();
    await dialog.getByRole('button', { name: '仍然退出' }).click();
    await expect(page.getByLabel('姓名')).toBeVisible();

    await context.setOffline(false);
    await signInAs(page, '周敏');
    await openMinutes(page);
    await expectSavedOnServer([page]);
    await expect(prose(page)).not.toContainText(WORDS);
    await page.goto(`${house.origin}/device`);
    await expect(page.getByText('没有。本机的内容都已在服务器上。')).toBeVisible();
    // Nor may they bring in what the first took out.
    await page.locator('input[type=file]').setInputFiles(file);
    await expect(page.getByText('这是另一个人的文件')).toBeVisible();
    const witness = await sitDownAt(browser, house.origin, '沈知行', MINUTES);
    seats.push(witness);
    await expect(prose(witness.page)).not.toContainText(WORDS);

    await page.getByRole('button', { name: '退出登录' }).click();
    await signInAs(page, '何志远');
    // Nobody opens the document: it goes out by itself.
    await expect(prose(witness.page)).toContainText(WORDS);
    await openMinutes(page);
    await expect(prose(page)).toContainText(WORDS);
    await expectSavedOnServer([page]);
  } finally {
    await leave(seats);
    await house.close();
  }
});
