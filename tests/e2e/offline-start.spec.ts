/**
 * The program itself without a network: after one visit online the browser is ended and started again with the relay gone,
 * day after day; everything opens, also what nobody had opened yet, and all of it is delivered when the network is back.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import {
  expectSavedOnServer,
  expectStatus,
  expectStored,
  leave,
  openHouse,
  prose,
  signIn,
  sitDownAt,
  takeOwnComputer,
} from './house.ts';

const openCase = (page: Page) =>
  page
    .getByRole('link', { name: /青禾家园/ })
    .first()
    .click();

const backToCase = (page: Page) => page.getByRole('link', { name: '案件概况' }).click();

async function openDocument(page: Page, title: string | RegExp) {
  await page.getByRole('table').getByRole('link', { name: title }).first().click();
  await expect(prose(page)).toBeVisible();
}

test('[C4] the program starts without a network after one visit, keeps what is made, and delivers it later', async ({
  browser,
  launchOptions,
}) => {
  const house = await openHouse();
  const folder = mkdtempSync(join(tmpdir(), 'concord-browser-'));
  const sitDown = () => takeOwnComputer(folder, launchOptions);
  try {
    // One visit online, in which no document is opened.
    const first = await sitDown();
    await signIn(first.page, house.origin, '林晓舟');
    await openCase(first.page);
    const foot = first.page.getByRole('navigation', { name: '导航' });
    await expect(foot).toContainText('没有网络也能打开');
    await expect(foot).toContainText('全部可离线');
    await leave([first]);
    await house.kill();

    // Offline, the browser started anew.
    const second = await sitDown();
    await second.page.goto(house.origin);
    await openCase(second.page);
    await openDocument(second.page, /会商会纪要/);
    await prose(second.page).click();
    await second.page.keyboard.press('Control+End');
    await second.page.keyboard.type('离线时补记一句。');
    await expectStatus(second.page, /离线/);
    await backToCase(second.page);
    await second.page.getByRole('button', { name: '新建文档' }).first().click();
    const dialog = second.page.getByRole('dialog');
    await dialog.getByRole('textbox').first().fill('村委会走访记录');
    await dialog.getByRole('button', { name: /新建/ }).click();
    await expect(prose(second.page)).toBeVisible();
    await prose(second.page).click();
    await second.page.keyboard.press('Control+End');
    await second.page.keyboard.type('走访时没有信号。');
    await expectStored(second.page);
    await leave([second]);

    // The next day, still offline: everything is there, and may be gone on with.
    const third = await sitDown();
    await third.page.goto(house.origin);
    await openCase(third.page);
    await openDocument(third.page, '村委会走访记录');
    await expect(prose(third.page)).toContainText('走访时没有信号。');
    await backToCase(third.page);
    await openDocument(third.page, /会商会纪要/);
    await expect(prose(third.page)).toContainText('离线时补记一句。');

    // The network is back: nobody does anything, and others see it.
    await house.start();
    await expectSavedOnServer([third.page]);
    // Also what is not open: the list says it of the whole device.
    await third.page.getByRole('link', { name: '案件', exact: true }).first().click();
    await expectSavedOnServer([third.page]);
    const other = await sitDownAt(browser, house.origin, '秦一鸣', '会商会纪要');
    await expect(prose(other.page)).toContainText('离线时补记一句。');
    await backToCase(other.page);
    await openDocument(other.page, '村委会走访记录');
    await expect(prose(other.page)).toContainText('走访时没有信号。');
    await leave([third, other]);
  } finally {
    await house.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
