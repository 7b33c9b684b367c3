/**
 * Scene one, whole: six people of five agencies work in one plan at once, one of them for ten minutes without a network;
 * both sides change the same cells and rows meanwhile. Afterwards all pages show the same, and it is what the relay stored. Beside
 * it two who type into one cell in the same moments, and a plan on a phone.
 */
import { expect, type Locator, type Page, test } from '@playwright/test';
import { liveRecords, readRecords } from '../../shared/fields/records.ts';
import { BODY_ROOTS, EVENTS_ROOT, type RoomKind, textRoot } from '../../shared/rooms.ts';
import { signIn } from '../support/relay-process.ts';
import { connectWire } from '../support/wire-client.ts';
import {
  DEMO_PASSWORD,
  expectSavedOnServer,
  expectStatus,
  type House,
  leave,
  openHouse,
  type Seat,
  sitDownAt,
  taskCell,
  taskRow,
} from './house.ts';

const PLAN = '联合化解方案';
const MEASURE = '事项（措施）';

test('six people of five agencies edit one plan, one of them offline for ten minutes, and nothing is lost', async ({
  browser,
}) => {
  const house = await openHouse();
  const seats: Seat[] = [];
  try {
    seats.push(
      ...(await Promise.all([
        ...['林晓舟', '何志远', '周敏', '唐可', '秦一鸣'].map((name) => sitDownAt(browser, house.origin, name, PLAN)),
        // Who will be away has a clock that can be put forward.
        sitDownAt(browser, house.origin, '孟祥宁', PLAN, (page) => page.clock.install()),
      ])),
    );
    const pages = seats.map((seat) => seat.page);
    const [lin, he, zhou, tang, qin, meng] = pages;
    const away = seats[5];
    if (!lin || !he || !zhou || !tang || !qin || !meng || !away) throw new Error('six seats');
    const documentId = new URL(lin.url()).pathname.split('/').at(-1) ?? '';
    const ids = await rowIds(lin);
    const row = (page: Page, number: number) => page.locator(`tr[data-record="${ids[number - 1]}"]`);
    const cell = (page: Page, number: number, column: string) =>
      row(page, number).locator(`td[data-label="${column}"]`);

    // Live: everybody writes at once, two of them in one cell; each sees in which cell the others are.
    const places: readonly (readonly [Page, number, string])[] = [
      [lin, 3, '【林一】'],
      [he, 8, '【何一】'],
      [zhou, 4, '【周一】'],
      [tang, 6, '【唐一】'],
      [qin, 7, '【秦一】'],
      [meng, 8, '【孟一】'],
    ];
    await Promise.all(places.map(([page, number, words]) => writeIn(page, cell(page, number, MEASURE), words)));
    for (const page of pages) {
      for (const [, number, words] of places) await expect(cell(page, number, MEASURE)).toContainText(words);
    }
    for (const page of [lin, zhou, tang, qin])
      await expect(cell(page, 8, MEASURE).locator('[data-name]')).toHaveAttribute('data-name', /何志远|孟祥宁/);
    await expect(cell(he, 8, MEASURE).locator('[data-name="孟祥宁"]')).toBeVisible();
    await expect(cell(meng, 6, MEASURE).locator('[data-name="唐可"]')).toBeVisible();
    await Promise.all(pages.map((page) => page.keyboard.press('Escape')));
    for (const page of pages) await expect(page.locator('td [data-name]')).toHaveCount(0);

    // Ten minutes without a network, on one side …
    await away.context.setOffline(true);
    await writeIn(meng, cell(meng, 8, MEASURE), '【孟离线】');
    await meng.keyboard.press('Escape');
    await setDue(cell(meng, 8, '时限'), '2026-12-20');
    await addTask(meng, '离线新增的问题');
    await reportProgress(meng, row(meng, 8), '80');
    await deleteTask(meng, row(meng, 5), 5);
    await writeIn(meng, cell(meng, 2, MEASURE), '【孟改已删】');
    await meng.keyboard.press('Escape');
    await meng.keyboard.press('ArrowDown');
    await meng.keyboard.press('ArrowDown');
    await meng.keyboard.press('Alt+Shift+ArrowUp');
    await expectStatus(meng, /离线 · 1 份文档待同步/);

    // … and on the other: the same cells, rows of their own, the row that moves, the row that is deleted; work goes on.
    await writeIn(he, cell(he, 8, MEASURE), '【何在线】');
    await he.keyboard.press('Escape');
    await setDue(cell(he, 8, '时限'), '2026-12-25');
    await writeIn(qin, cell(qin, 5, '问题'), '【秦改已删】');
    await qin.keyboard.press('Escape');
    await row(qin, 6).getByRole('button', { name: '任务 6 的操作' }).click();
    await qin.getByRole('menuitem', { name: '下移' }).click();
    await deleteTask(zhou, row(zhou, 2), 2);
    await writeIn(zhou, cell(zhou, 4, MEASURE), '【周改已移】');
    await zhou.keyboard.press('Escape');
    await addTask(tang, '在线新增的问题');
    const added = tang.locator('tr[data-record]', { hasText: '在线新增的问题' });
    await chooseLead(tang, added.locator('td[data-label="牵头单位"]'), '县信访局');
    await added.getByRole('button', { name: '签收', exact: true }).click();
    await added.getByRole('button', { name: '开始办理', exact: true }).click();
    await reportProgress(tang, added, '20');
    await meng.clock.fastForward('10:00');
    await expectSavedOnServer([lin, he, zhou, tang, qin]);
    await expect(cell(lin, 8, MEASURE)).not.toContainText('【孟离线】');

    // Back: both values of the one cell with their authors, both sentences in the other, both rows, both deletions shown.
    await away.context.setOffline(false);
    await expectSavedOnServer([meng]);
    for (const page of pages) {
      for (const words of ['【何一】', '【孟一】', '【孟离线】', '【何在线】'])
        await expect(cell(page, 8, MEASURE)).toContainText(words);
      await expect(cell(page, 8, '时限').getByRole('button', { name: /孟祥宁/ })).toBeVisible();
      await expect(cell(page, 8, '时限').getByRole('button', { name: /何志远/ })).toBeVisible();
      await expect(row(page, 8)).toContainText('进行中');
      await expect(row(page, 8).getByRole('img', { name: '进度 80%' })).toBeVisible();
      await expect(cell(page, 4, MEASURE)).toContainText('【周改已移】');
      for (const words of ['离线新增的问题', '在线新增的问题']) await expect(page.getByText(words)).toHaveCount(1);
      await expect(page.getByText(/孟祥宁删除了这项任务，另一人同时在改：.*【秦改已删】/)).toBeVisible();
      await expect(page.getByText(/周敏删除了这项任务，另一人同时在改：.*【孟改已删】/)).toBeVisible();
      await expect(page.locator('tr[data-record]')).toHaveCount(8);
    }

    // Decided once, decided for everybody: one deadline, one task back, one gone.
    await cell(lin, 8, '时限')
      .getByRole('button', { name: /何志远/ })
      .click();
    await disputed(lin, '【秦改已删】').getByRole('button', { name: '恢复' }).click();
    await disputed(qin, '【孟改已删】').getByRole('button', { name: '仍然删除' }).click();
    for (const page of pages) {
      await expect(cell(page, 8, '时限').getByRole('button', { name: /孟祥宁|何志远/ })).toHaveCount(0);
      await expect(cell(page, 8, '时限')).toContainText('12-25');
      await expect(cell(page, 5, '问题')).toContainText('【秦改已删】');
      await expect(page.getByText(/同时在改/)).toHaveCount(0);
      await expect(page.getByText('已删除 1 项任务')).toBeVisible();
    }
    await expectSavedOnServer(pages);

    // The same on six screens; what the relay has on its disk says the same to somebody new.
    const [first, ...others] = await Promise.all(pages.map(shownRows));
    for (const shown of others) expect(shown).toEqual(first);
    expect(first?.map(({ recordId }) => recordId).slice(0, 7)).toEqual([1, 4, 3, 5, 7, 6, 8].map((n) => ids[n - 1]));
    await house.kill();
    await house.start();
    const stored = await storedPlan(house, documentId);
    expect(stored.rows).toEqual(first?.map(({ recordId, problem, measure }) => ({ recordId, problem, measure })));
    expect(stored.contested).toBe(0);
    expect(stored.progress).toEqual(expect.arrayContaining([80, 20]));
    await expectSavedOnServer(pages);
  } finally {
    await leave(seats);
    await house.close();
  }
});

test('[C8] two type the same character into one cell as fast as they can, and every one is there', async ({
  browser,
}) => {
  const house = await openHouse();
  const seats: Seat[] = [];
  try {
    const names = ['林晓舟', '何志远'];
    seats.push(...(await Promise.all(names.map((name) => sitDownAt(browser, house.origin, name, PLAN)))));
    const pages = seats.map((seat) => seat.page);
    const boxes = pages.map((page) => taskCell(page, 5, MEASURE).getByRole('textbox'));
    await Promise.all(pages.map((page) => writeIn(page, taskCell(page, 5, MEASURE), '')));
    for (let round = 1; round <= 4; round++) {
      await Promise.all(pages.map((page) => page.keyboard.type('齾'.repeat(60))));
      const counts = () =>
        Promise.all(boxes.map(async (box) => [...(await box.inputValue())].filter((each) => each === '齾').length));
      await expect.poll(counts, { timeout: 15_000 }).toEqual([120 * round, 120 * round]);
    }
  } finally {
    await leave(seats);
    await house.close();
  }
});

test('on a phone a task is a card, whose value is changed and to which another is added by touch', async ({
  browser,
}) => {
  const house = await openHouse();
  const seats: Seat[] = [];
  try {
    const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
    seats.push(await sitDownAt(browser, house.origin, '孟祥宁', PLAN, undefined, phone));
    const page = seats[0]?.page;
    if (page === undefined) throw new Error('one seat');
    const measure = taskCell(page, 8, MEASURE);
    await measure.scrollIntoViewIfNeeded();
    const [card, inner] = [await taskRow(page, 8).boundingBox(), await measure.boundingBox()];
    if (card === null || inner === null) throw new Error('no card');
    // Values under one another, nothing beyond the screen.
    expect(card.width).toBeLessThanOrEqual(360);
    expect(inner.width).toBeGreaterThan(card.width - 30);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);

    await measure.getByRole('button').tap();
    await expect(measure.getByRole('textbox')).toBeFocused();
    await page.keyboard.insertText('【手机写】');
    await taskCell(page, 8, '时限').getByRole('button').tap();
    await taskCell(page, 8, '时限').getByRole('textbox').fill('12月31日');
    await page.keyboard.press('Enter');
    await expect(measure).toContainText('【手机写】');
    await expect(taskCell(page, 8, '时限')).toContainText('12-31');
    await page.getByRole('button', { name: '添加任务' }).tap();
    await expect(taskCell(page, 9, '问题').getByRole('textbox')).toBeFocused();
    await page.keyboard.insertText('手机上新增');
    await page.keyboard.press('Escape');
    await expect(taskCell(page, 9, '问题')).toContainText('手机上新增');
    await expect(taskRow(page, 9)).toBeInViewport();
    await expectSavedOnServer([page]);
  } finally {
    await leave(seats);
    await house.close();
  }
});

const rowIds = (page: Page) =>
  page.locator('tr[data-record]').evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.record ?? ''));

async function writeIn(page: Page, cell: Locator, words: string): Promise<void> {
  await cell.getByRole('button').click();
  await expect(cell.getByRole('textbox')).toBeFocused();
  await page.keyboard.type(words);
}

async function setDue(cell: Locator, day: string): Promise<void> {
  await cell.getByRole('button').first().click();
  const input = cell.getByRole('textbox');
  await input.fill(day);
  await input.press('Enter');
}

async function chooseLead(page: Page, cell: Locator, agency: string): Promise<void> {
  await cell.getByRole('button').click();
  await page.keyboard.type(agency);
  await page.keyboard.press('Enter');
  await expect(cell).toContainText(agency);
}

async function addTask(page: Page, problem: string): Promise<void> {
  const before = await page.locator('tr[data-record]').count();
  await page.getByRole('button', { name: '添加任务' }).click();
  await expect(taskRow(page, before + 1).getByRole('textbox')).toBeFocused();
  await page.keyboard.type(problem);
  await page.keyboard.press('Escape');
}

async function deleteTask(page: Page, row: Locator, number: number): Promise<void> {
  await row.getByRole('button', { name: `任务 ${number} 的操作` }).click();
  await page.getByRole('menuitem', { name: '删除任务' }).click();
  await expect(row).toHaveCount(0);
}

async function reportProgress(page: Page, row: Locator, percent: string): Promise<void> {
  await row.getByRole('button', { name: '登记进展', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: /登记进展/ });
  await dialog.getByLabel('完成百分比').fill(percent);
  await dialog.getByRole('button', { name: '登记进展' }).click();
  await expect(dialog).toHaveCount(0);
}

const disputed = (page: Page, words: string) => page.getByRole('status').filter({ hasText: words });

/** What stands in the table, row by row. */
function shownRows(page: Page) {
  return page.locator('tr[data-record]').evaluateAll((rows) =>
    rows.map((row) => {
      const wordsIn = (field: string) => row.querySelector(`[data-field="${field}"] [data-words]`)?.textContent ?? '';
      return {
        recordId: (row as HTMLElement).dataset.record ?? '',
        problem: wordsIn('problem'),
        measure: wordsIn('measure'),
        rest: ['leadAgency', 'supportingAgencies', 'owner', 'due'].map(wordsIn),
        state: row.querySelector('[data-field="state"] button')?.getAttribute('aria-label') ?? '',
      };
    }),
  );
}

/** The plan as the relay gives it to somebody who comes in anew. */
async function storedPlan(house: House, documentId: string) {
  const { cookie } = await signIn(house.origin, '沈知行', DEMO_PASSWORD);
  const read = async (room: RoomKind) => {
    const reader = connectWire({ origin: house.origin, address: { documentId, room }, cookie });
    await reader.synced();
    reader.cut();
    return reader.doc;
  };
  const [body, work] = [await read('body'), await read('work')];
  const live = liveRecords(readRecords(body.getMap(BODY_ROOTS.tasks)));
  return {
    rows: live.map(({ recordId }) => ({
      recordId,
      problem: body.getText(textRoot(recordId, 'problem')).toString(),
      measure: body.getText(textRoot(recordId, 'measure')).toString(),
    })),
    contested: live.flatMap(({ fields }) => [...fields.values()]).filter((values) => values.length > 1).length,
    progress: [...work.getMap<{ percent?: number }>(EVENTS_ROOT).values()].map(({ percent }) => percent),
  };
}
