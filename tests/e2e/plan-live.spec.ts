/** Scene one: people of five agencies edit one plan live; a laptop drops off the network for ten minutes and comes back. */
import { expect, type Locator, type Page, test } from '@playwright/test';
import {
  expectSavedOnServer,
  expectStatus,
  leave,
  openHouse,
  type Seat,
  sitDownAt,
  taskCell,
  taskRow,
} from './house.ts';

const PLAN = '联合化解方案';

test('five agencies edit one plan, one laptop is off the network for ten minutes, and nothing is lost or doubled', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const house = await openHouse();
  const seats: Seat[] = [];
  try {
    // Six people of five agencies; the one who will be away has a clock that can be put forward.
    for (const name of ['林晓舟', '秦一鸣', '何志远', '周敏', '唐可']) {
      seats.push(await sitDownAt(browser, house.origin, name, PLAN));
    }
    const away = await sitDownAt(browser, house.origin, '孟祥宁', PLAN, (page) => page.clock.install());
    seats.push(away);
    const [lin, qin, he, zhou, tang, meng] = seats.map((seat) => seat.page);
    if (!lin || !qin || !he || !zhou || !tang || !meng) throw new Error('six seats');
    const pages = [lin, qin, he, zhou, tang, meng];

    // Live: what one writes in a cell, the others see, with the name of who is in it.
    await writeIn(he, 8, '【人社核对】');
    for (const page of pages) await expect(measure(page, 8)).toContainText('【人社核对】');
    await expect(measure(meng, 8).locator('[data-name="何志远"]')).toBeVisible();
    await he.keyboard.press('Escape');

    // One goes offline, and both sides work on: in the same words, on the same deadline, in rows that the other side moves,
    // deletes or adds; and each agency records what it did.
    await away.context.setOffline(true);
    await writeIn(meng, 8, '【住建离线写】');
    await meng.keyboard.press('Escape');
    await setDue(meng, 8, '2026-12-20');
    await addTask(meng, '离线新增的问题');
    await actOnRow(meng, 5, '删除任务');
    await actOnRow(meng, 3, '上移');
    await reportProgress(meng, taskRow(meng, 7), '80%');
    await expectStatus(meng, /离线 · 1 份文档待同步/);

    await writeIn(he, 8, '【人社在线写】');
    await he.keyboard.press('Escape');
    await setDue(he, 8, '2026-12-25');
    await addTask(lin, '在线新增的问题');
    await writeIn(zhou, 5, '【司法局同时改】');
    await zhou.keyboard.press('Escape');
    await writeIn(tang, 3, '【信访局写在被移动的一行】');
    await tang.keyboard.press('Escape');
    await actOnRow(qin, 1, '下移');
    await expectSavedOnServer([lin, qin, he, zhou, tang]);
    await expect(measure(lin, 8)).not.toContainText('【住建离线写】');

    // Ten minutes with the lid closed.
    await meng.clock.fastForward('10:00');
    await away.context.setOffline(false);
    await expectSavedOnServer([meng]);

    for (const page of pages) {
      // Eight there were, one was deleted, two were added.
      await expect(page.locator('tr[data-record]')).toHaveCount(9);
      const eighth = rowWith(page, '【人社核对】');
      for (const words of ['【住建离线写】', '【人社在线写】']) await expect(eighth).toContainText(words);
      // Both deadlines stand, with their authors, until somebody picks.
      const due = eighth.locator('td[data-label="时限"]');
      await expect(due.getByRole('button', { name: /孟祥宁/ })).toBeVisible();
      await expect(due.getByRole('button', { name: /何志远/ })).toBeVisible();
      await expect(eighth.getByRole('img', { name: /80%/ })).toBeVisible();
      for (const words of ['离线新增的问题', '在线新增的问题', '【信访局写在被移动的一行】']) {
        await expect(page.getByText(words)).toHaveCount(1);
      }
      // Deleted by one while another wrote in it: not gone, and said.
      await expect(page.getByText(/孟祥宁删除了这项任务，.*【司法局同时改】/)).toBeVisible();
    }
    await lin.getByRole('button', { name: '恢复' }).first().click();
    await rowWith(lin, '【人社核对】')
      .getByRole('button', { name: /何志远/ })
      .click();
    for (const page of pages) {
      await expect(page.locator('tr[data-record]')).toHaveCount(10);
      await expect(page.getByText('【司法局同时改】')).toHaveCount(1);
      const due = rowWith(page, '【人社核对】').locator('td[data-label="时限"]');
      await expect(due.getByText('12-25')).toBeVisible();
      await expect(due.getByRole('button', { name: /孟祥宁/ })).toHaveCount(0);
    }
    await expectSavedOnServer(pages);

    // The same table, row by row and word by word, on every screen, and for somebody who comes only now.
    const late = await sitDownAt(browser, house.origin, '鲁婧', PLAN);
    seats.push(late);
    const [first, ...others] = await Promise.all([...pages, late.page].map(tableWords));
    for (const other of others) expect(other).toEqual(first);
  } finally {
    await leave(seats);
    await house.close();
  }
});

test('on a phone a task is a card whose values are edited by touch', async ({ browser }) => {
  const house = await openHouse();
  const phone = await sitDownAt(browser, house.origin, '孟祥宁', PLAN, undefined, {
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
  });
  const other = await sitDownAt(browser, house.origin, '林晓舟', PLAN);
  try {
    const { page } = phone;
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await measure(page, 8).getByRole('button').first().tap();
    await page.keyboard.type('【手机上写】');
    await page.keyboard.press('Escape');
    await expect(measure(other.page, 8)).toContainText('【手机上写】');
    await page.getByRole('button', { name: '添加任务' }).tap();
    await expect(taskRow(page, 9).getByRole('textbox')).toBeFocused();
    await page.keyboard.type('路上想到的问题');
    await page.keyboard.press('Enter');
    await expect(other.page.getByText('路上想到的问题')).toHaveCount(1);
    await expectSavedOnServer([page]);
  } finally {
    await leave([phone, other]);
    await house.close();
  }
});

const measure = (page: Page, number: number) => taskCell(page, number, '事项（措施）');

/** The one row that holds these words, wherever it stands. */
const rowWith = (page: Page, words: string) => page.locator('tr[data-record]', { hasText: words });

/** Opens the measure of a task and writes at its end. */
async function writeIn(page: Page, number: number, words: string): Promise<void> {
  await measure(page, number).getByRole('button').first().click();
  await page.keyboard.type(words);
}

async function actOnRow(page: Page, number: number, act: string): Promise<void> {
  await taskRow(page, number)
    .getByRole('button', { name: /的操作$/ })
    .click();
  await page.getByRole('menuitem', { name: act }).click();
}

async function reportProgress(page: Page, row: Locator, percent: string): Promise<void> {
  await row.getByRole('button', { name: '登记进展' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('完成百分比').fill(percent);
  await dialog.getByRole('button', { name: '登记进展' }).click();
  await expect(dialog).toBeHidden();
}

/** What every cell says, row by row. */
async function tableWords(page: Page): Promise<string[][]> {
  return page
    .locator('tr[data-record]')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('[data-words]')].map((cell) => cell.textContent ?? '')),
    );
}

async function setDue(page: Page, number: number, day: string): Promise<void> {
  await taskCell(page, number, '时限').getByRole('button').first().click();
  const input = taskCell(page, number, '时限').getByRole('textbox');
  await input.fill(day);
  await input.press('Enter');
}

async function addTask(page: Page, problem: string): Promise<void> {
  const before = await page.locator('tr[data-record]').count();
  await page.getByRole('button', { name: '添加任务' }).click();
  await expect(taskRow(page, before + 1).getByRole('textbox')).toBeFocused();
  await page.keyboard.type(problem);
  await page.keyboard.press('Escape');
}
