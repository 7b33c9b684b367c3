/** Scene one: people of three agencies edit one plan live; one drops off the network, both sides edit the same cells. */
import { expect, test } from '@playwright/test';
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

test('three agencies edit one plan, one of them offline, and nothing is lost', async ({ browser }) => {
  const house = await openHouse();
  const seats: Seat[] = [];
  try {
    for (const name of ['林晓舟', '何志远', '孟祥宁']) seats.push(await sitDownAt(browser, house.origin, name, PLAN));
    const [lin, he, meng] = seats.map((seat) => seat.page);
    if (lin === undefined || he === undefined || meng === undefined) throw new Error('three seats');

    // Live: what one writes in a cell, the others see, with the name of who is in it.
    await taskCell(he, 8, '事项（措施）').getByRole('button').click();
    await he.keyboard.type('【人社核对】');
    await expect(taskCell(lin, 8, '事项（措施）')).toContainText('【人社核对】');
    await expect(taskCell(meng, 8, '事项（措施）').locator('[data-name="何志远"]')).toBeVisible();
    await he.keyboard.press('Escape');

    // One goes offline; both sides edit the same cell, set the same deadline, and each adds a task.
    await seats[2]?.context.setOffline(true);
    await taskCell(meng, 8, '事项（措施）').getByRole('button').click();
    await meng.keyboard.type('【住建离线写】');
    await meng.keyboard.press('Escape');
    await setDue(meng, 8, '2026-12-20');
    await addTask(meng, '离线新增的问题');
    await expectStatus(meng, /离线 · 1 份文档待同步/);

    await taskCell(he, 8, '事项（措施）').getByRole('button').click();
    await he.keyboard.type('【人社在线写】');
    await he.keyboard.press('Escape');
    await setDue(he, 8, '2026-12-25');
    await addTask(lin, '在线新增的问题');
    await expectSavedOnServer([lin, he]);
    await expect(taskCell(lin, 8, '事项（措施）')).not.toContainText('【住建离线写】');

    await seats[2]?.context.setOffline(false);
    await expectSavedOnServer([meng]);
    for (const page of [lin, he, meng]) {
      const measure = taskCell(page, 8, '事项（措施）');
      for (const words of ['【人社核对】', '【住建离线写】', '【人社在线写】'])
        await expect(measure).toContainText(words);
      // Both deadlines stand, with their authors, until somebody picks.
      await expect(taskCell(page, 8, '时限').getByRole('button', { name: /孟祥宁/ })).toBeVisible();
      await expect(taskCell(page, 8, '时限').getByRole('button', { name: /何志远/ })).toBeVisible();
      await expect(page.locator('tr[data-record]')).toHaveCount(10);
      for (const words of ['离线新增的问题', '在线新增的问题']) await expect(page.getByText(words)).toHaveCount(1);
    }
    await taskCell(lin, 8, '时限')
      .getByRole('button', { name: /何志远/ })
      .click();
    for (const page of [lin, he, meng]) {
      await expect(taskCell(page, 8, '时限').getByText('12-25')).toBeVisible();
      await expect(taskCell(page, 8, '时限').getByRole('button', { name: /孟祥宁/ })).toHaveCount(0);
    }
    await expectSavedOnServer([lin, he, meng]);

    // The same rows in the same order on every screen.
    const rows = await Promise.all([lin, he, meng].map((page) => page.locator('tr[data-record]').allInnerTexts()));
    const words = rows.map((texts) => texts.map((text) => text.split('\n').slice(0, 3).join('|')));
    expect(words[1]).toEqual(words[0]);
    expect(words[2]).toEqual(words[0]);
  } finally {
    await leave(seats);
    await house.close();
  }
});

async function setDue(page: import('@playwright/test').Page, number: number, day: string): Promise<void> {
  await taskCell(page, number, '时限').getByRole('button').first().click();
  const input = taskCell(page, number, '时限').getByRole('textbox');
  await input.fill(day);
  await input.press('Enter');
}

async function addTask(page: import('@playwright/test').Page, problem: string): Promise<void> {
  const before = await page.locator('tr[data-record]').count();
  await page.getByRole('button', { name: '添加任务' }).click();
  await expect(taskRow(page, before + 1).getByRole('textbox')).toBeFocused();
  await page.keyboard.type(problem);
  await page.keyboard.press('Escape');
}
