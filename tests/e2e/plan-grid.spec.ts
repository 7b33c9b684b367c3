/** The plan as a spreadsheet: keys between cells, typing that opens one, days and names as people say them, rows in order. */
import { expect, type Page, test } from '@playwright/test';
import { expectSavedOnServer, leave, openHouse, type Seat, sitDownAt, taskCell, taskRow } from './house.ts';

const PLAN = '联合化解方案';

/** The cursor of the table, wherever it stands. */
const cursor = (page: Page) => page.getByRole('textbox', { name: /^任务 \d+，/ });

test('a task is written, dated, given and moved without a mouse, in Chinese', async ({ browser }) => {
  const house = await openHouse();
  const seats: Seat[] = [];
  try {
    for (const name of ['林晓舟', '何志远']) seats.push(await sitDownAt(browser, house.origin, name, PLAN));
    const [page, other] = seats.map((seat) => seat.page);
    if (page === undefined || other === undefined) throw new Error('two seats');
    const keyboard = page.keyboard;
    const input = await seats[0]?.context.newCDPSession(page);
    if (input === undefined) throw new Error('no session');

    // From the table's button into the table, and to its last row.
    await page.getByRole('button', { name: '添加任务' }).focus();
    await keyboard.press('Tab');
    await expect(cursor(page)).toBeFocused();
    await keyboard.press('Control+End');
    await expect(page.getByRole('textbox', { name: /^任务 8，操作/ })).toBeFocused();
    await keyboard.press('Control+Enter');
    await expect(page.locator('tr[data-record]')).toHaveCount(9);
    await expect(taskRow(page, 9).getByRole('textbox')).toBeFocused();
    await keyboard.type('新问题');
    await keyboard.press('Tab');

    // An input method begins on the cell itself: no letter of it is lost.
    await expect(page.getByRole('textbox', { name: /^任务 9，事项/ })).toBeFocused();
    await input.send('Input.imeSetComposition', { text: 'h', selectionStart: 1, selectionEnd: 1 });
    await input.send('Input.imeSetComposition', { text: 'heshi', selectionStart: 5, selectionEnd: 5 });
    await input.send('Input.insertText', { text: '核实' });
    await keyboard.type('工资台账');
    await keyboard.press('Tab');
    await expect(taskCell(page, 9, '事项（措施）')).toContainText('核实工资台账');

    // Type ahead: an agency by a part of its name, then its people first.
    await keyboard.type('人社');
    await keyboard.press('Enter');
    await expect(taskCell(page, 9, '牵头单位')).toContainText('县人社局');
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowRight');
    await expect(page.getByRole('textbox', { name: /^任务 9，责任人/ })).toBeFocused();
    await keyboard.press('Enter');
    await expect(page.getByRole('option').first()).toContainText('何志远');
    await keyboard.type('hzy');
    await keyboard.press('Tab');
    await expect(taskCell(page, 9, '责任人')).toContainText('何志远');

    // A day as people say it, with what it means before it is taken.
    await keyboard.type('12月');
    await keyboard.type('6号');
    await expect(taskCell(page, 9, '时限')).toContainText(/→ (\d{4}-)?12-06 周./);
    await keyboard.press('Escape');
    await expect(taskCell(page, 9, '时限')).not.toContainText('12-06');
    await keyboard.type('下周五');
    await keyboard.press('Enter');
    const friday = await page.evaluate(() => {
      const day = new Date();
      day.setDate(day.getDate() - ((day.getDay() + 6) % 7) + 11);
      return `${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`;
    });
    await expect(taskCell(page, 9, '时限')).toContainText(friday);

    // The row goes up, the cursor with it; the colleague sees the same.
    await expect(page.getByRole('textbox', { name: /^任务 9，时限/ })).toBeFocused();
    await keyboard.press('Alt+Shift+ArrowUp');
    await expect(page.getByRole('textbox', { name: /^任务 8，时限/ })).toBeFocused();
    await expect(taskCell(other, 8, '事项（措施）')).toContainText('核实工资台账');
    await keyboard.press('Delete');
    await expect(taskCell(other, 8, '时限')).not.toContainText(friday);
    await keyboard.press('Control+z');
    await expect(taskCell(other, 8, '时限')).toContainText(friday);
    await keyboard.press('Escape');
    await expect(page.getByRole('button', { name: '添加任务' })).toBeFocused();
    await expectSavedOnServer([page, other]);
  } finally {
    await leave(seats);
    await house.close();
  }
});

test('a row is dragged to its place while a colleague writes in it', async ({ browser }) => {
  const house = await openHouse();
  const seats: Seat[] = [];
  try {
    for (const name of ['林晓舟', '孟祥宁']) seats.push(await sitDownAt(browser, house.origin, name, PLAN));
    const [page, other] = seats.map((seat) => seat.page);
    if (page === undefined || other === undefined) throw new Error('two seats');
    const words = (await taskCell(page, 8, '问题').innerText()).trim();

    await taskRow(page, 8).scrollIntoViewIfNeeded();
    await taskRow(page, 8).hover();
    const from = await taskRow(page, 8).getByTitle('拖动以调整顺序').boundingBox();
    const to = await taskRow(page, 6).boundingBox();
    if (from === null || to === null) throw new Error('no rows');
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(to.x + 40, to.y + to.height / 2, { steps: 4 });
    await taskCell(other, 8, '事项（措施）').getByRole('button').click();
    await other.keyboard.type('【拖动时写】');
    await expect(taskCell(page, 8, '事项（措施）')).toContainText('【拖动时写】');
    await page.mouse.move(to.x + 40, to.y + 4, { steps: 4 });
    await page.mouse.up();

    await expect(taskCell(page, 6, '问题')).toContainText(words.split('\n').at(-1) ?? '');
    await expect(taskCell(page, 6, '事项（措施）')).toContainText('【拖动时写】');
    // Still in the same cell on the colleague's screen, which has moved with its row.
    await other.keyboard.type('【接着写】');
    await expect(taskCell(page, 6, '事项（措施）')).toContainText('【接着写】');
    await expectSavedOnServer([page, other]);
  } finally {
    await leave(seats);
    await house.close();
  }
});

test('a block of cells is pasted from a spreadsheet, told where it cannot be read, copied, and undone in one step', async ({
  browser,
}) => {
  const house = await openHouse();
  const seats: Seat[] = [];
  try {
    for (const name of ['林晓舟', '何志远']) seats.push(await sitDownAt(browser, house.origin, name, PLAN));
    const [page, other] = seats.map((seat) => seat.page);
    if (page === undefined || other === undefined) throw new Error('two seats');
    await seats[0]?.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const { keyboard } = page;
    const before = await cells(page);

    // Two rows of a spreadsheet: the last task and one that is added.
    await page.getByRole('button', { name: '添加任务' }).focus();
    await keyboard.press('Tab');
    await keyboard.press('Control+End');
    await keyboard.press('Home');
    const rows = [
      ['工期争议', '"逐项核对\n签证单"', '县住建局', '县人社局、总包', '孟祥宁', '2026/12/6'],
      ['材料不全', '补齐授权书', '县司法局', '', '周敏', '尽快'],
    ];
    await copyOutside(page, rows.map((row) => row.join('\t')).join('\r\n'));
    await keyboard.press('Control+v');
    await expect(page.locator('tr[data-record]')).toHaveCount(9);
    await expect(taskCell(other, 8, '事项（措施）')).toContainText('签证单');
    await expect(taskCell(other, 8, '牵头单位')).toContainText('县住建局');
    await expect(taskCell(other, 8, '配合单位')).toContainText('县人社局、总包');
    await expect(taskCell(other, 8, '时限')).toContainText('12-06');
    await expect(taskCell(other, 9, '责任人')).toContainText('周敏');
    await expect(page.getByRole('status').filter({ hasText: '任务 9，时限：“尽快”' })).toBeVisible();
    await page.getByRole('button', { name: '知道了' }).click();

    // What was pasted is selected; it comes out as it went in, and as one block goes elsewhere.
    await page.getByRole('button', { name: '添加任务' }).focus();
    await keyboard.press('Tab');
    await expect(page.getByRole('textbox', { name: /已选 2 行 6 列$/ })).toBeFocused();
    await keyboard.press('Control+c');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied.split('\t').slice(0, 4)).toEqual(['工期争议', '"逐项核对\n签证单"', '县住建局', '县人社局、总包']);
    expect(copied).toContain('2026-12-06\n材料不全');
    await keyboard.press('Delete');
    await expect(taskCell(other, 8, '问题')).not.toContainText('工期争议');
    await expect(taskCell(other, 9, '责任人')).not.toContainText('周敏');

    // Two steps: the emptying, and the whole paste with its new row.
    await keyboard.press('Control+z');
    await expect(taskCell(other, 9, '责任人')).toContainText('周敏');
    await expect(taskCell(other, 8, '问题')).toContainText('工期争议');
    await keyboard.press('Control+z');
    await expect(page.locator('tr[data-record]')).toHaveCount(8);
    await expect.poll(() => cells(page)).toEqual(before);
    await expect.poll(() => cells(other)).toEqual(before);

    // A day that is none stays to be mended.
    await keyboard.press('Control+Home');
    await keyboard.press('End');
    await keyboard.press('ArrowLeft');
    await keyboard.press('ArrowLeft');
    await keyboard.type('尽快');
    await keyboard.press('Enter');
    await expect(taskCell(page, 1, '时限')).toContainText('读不出日期');
    await keyboard.press('Escape');
    expect(await cells(page)).toEqual(before);
    await expectSavedOnServer([page, other]);
  } finally {
    await leave(seats);
    await house.close();
  }
});

test('[C7] rows go while one writes in them: a word being composed lands where it was begun, the keyboard stays', async ({
  browser,
}) => {
  const house = await openHouse();
  const seats: Seat[] = [];
  try {
    for (const name of ['林晓舟', '何志远']) seats.push(await sitDownAt(browser, house.origin, name, PLAN));
    const [page, other] = seats.map((seat) => seat.page);
    if (page === undefined || other === undefined) throw new Error('two seats');
    await taskCell(page, 3, '事项（措施）').getByRole('button').click();
    await page.keyboard.type('【正在写】');
    await expect(taskCell(other, 3, '事项（措施）')).toContainText('【正在写】');
    await other.getByRole('button', { name: '任务 3 的操作' }).click();
    await other.getByRole('menuitem', { name: '删除任务' }).click();
    await expect(page.locator('tr[data-record]')).toHaveCount(7);
    await expect(page.getByRole('textbox', { name: /^任务 3，事项/ })).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('textbox', { name: /^任务 4，事项/ })).toBeFocused();

    // While an input method composes on a cell, its row goes: that is heard of only when the word is there.
    const input = await seats[0]?.context.newCDPSession(page);
    if (input === undefined) throw new Error('no session');
    const words = await taskCell(other, 4, '问题').innerText();
    await input.send('Input.imeSetComposition', { text: 'heshi', selectionStart: 5, selectionEnd: 5 });
    await other.getByRole('button', { name: '任务 4 的操作' }).click();
    await other.getByRole('menuitem', { name: '删除任务' }).click();
    await expectSavedOnServer([other]);
    await expect(other.locator('tr[data-record]')).toHaveCount(6);
    await expect(page.locator('tr[data-record]')).toHaveCount(7);
    await input.send('Input.insertText', { text: '核实' });
    await expect(page.getByText(/删除了这项任务.*核实/)).toBeVisible();
    await expect(page.getByText(/删除了这项任务.*核实/)).toContainText(words.split('\n').at(-1) ?? '');
    await expect(page.locator('tr[data-record]', { hasText: '核实' })).toHaveCount(0);
    await expectSavedOnServer([page, other]);
  } finally {
    await leave(seats);
    await house.close();
  }
});

/** The words of every cell, row by row. */
const cells = (page: Page) => page.locator('tr[data-record] td[data-field]').allInnerTexts();

/** Puts text on the clipboard as another program would. */
const copyOutside = (page: Page, text: string) => page.evaluate((words) => navigator.clipboard.writeText(words), text);
