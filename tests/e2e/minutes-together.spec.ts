/**
 * Scene two, whole: six people of five agencies draft minutes at once, two of them through an input method; attendance and
 * agenda are filled in; the relay is killed in the middle; a sentence becomes a decision and the decision a task, which a
 * colleague sees in the plan; one follows the recorder, and the text is on the wall.
 */
import { type CDPSession, expect, type Page, test } from '@playwright/test';
import {
  expectSameProse,
  expectSavedOnServer,
  leave,
  openHouse,
  prose,
  type Seat,
  sitDownAt,
  typeAtEndOf,
} from './house.ts';

const MINUTES = '专题会商会纪要';
const PEOPLE = ['秦一鸣', '林晓舟', '何志远', '孟祥宁', '周敏', '唐可'] as const;
const DECIDED = '由县住建局牵头，县人社局配合，12月25日前核对二期全部工资台账。';

test('six people draft minutes, decide, and the decision is a task in the plan of a colleague', async ({ browser }) => {
  const house = await openHouse();
  const seats: Seat[] = [];
  try {
    seats.push(...(await Promise.all(PEOPLE.map((name) => sitDownAt(browser, house.origin, name, MINUTES)))));
    const pages = seats.map((seat) => seat.page);
    const [qin, lin, he, meng, zhou, tang] = pages;
    if (!qin || !lin || !he || !meng || !zhou || !tang) throw new Error('six seats');

    // One follows the recorder; all write at once, two of them through an input method.
    await tang.getByRole('button', { name: '跟随记录人' }).click();
    await expect(qin.getByText('1 人跟随你的画面')).toBeVisible();
    const [heInput, mengInput] = await Promise.all([compositionIn(he), compositionIn(meng)]);
    await typeAtEndOf(he, '县人社局：', '');
    await typeAtEndOf(meng, '县住建局：', '');
    await Promise.all([
      typeAtEndOf(qin, '现将会议议定事项', '【秦一】'),
      compose(heInput, 'heshi', '核实【何一】'),
      compose(mengInput, 'duban', '督办【孟一】'),
      typeAtEndOf(zhou, '县司法局：', '【周一】'),
      addAgendaItem(lin, '通报执行情况'),
    ]);
    for (const page of pages) await expect(page.getByText('通报执行情况')).toBeVisible();
    await lin.locator('li', { hasText: '通报执行情况' }).getByRole('button', { name: '开始讨论' }).click();
    for (const page of pages) await expect(page.getByText('正在讨论')).toBeVisible();

    // The relay dies while somebody composes; everybody goes on, the recorder fills in attendance.
    await startComposing(heInput, 'buchong');
    await house.kill();
    await endComposing(heInput, '补充【何二】');
    await recordAttendance(qin);
    await typeAtEndOf(zhou, '县司法局：', '【周二】');
    await typeAtEndOf(qin, '（五）会商内容', '');
    await qin.keyboard.press('Enter');
    await qin.keyboard.type(DECIDED);
    await qin.keyboard.press('Control+Alt+d');
    await expect(qin.getByText('已形成决定 6')).toBeVisible();
    await house.start();
    await expectSavedOnServer(pages);

    // The same sentence a second time is the same decision; the second key makes it a task, after confirmation only.
    await typeAtEndOf(qin, DECIDED, '');
    await qin.keyboard.press('Control+Alt+d');
    await expect(decision(qin, 6).getByRole('button', { name: DECIDED })).toBeFocused();
    await qin.keyboard.press('Enter');
    await qin.keyboard.press('Control+Alt+t');
    const dialog = qin.getByRole('dialog', { name: '转为任务：决定 6' });
    await expect(dialog.getByRole('combobox', { name: '牵头单位' })).toHaveValue('县住建局');
    await expect(dialog.getByRole('combobox', { name: '责任人' })).toHaveValue('孟祥宁');
    await expect(dialog.getByRole('textbox', { name: '事项（措施）' })).toHaveValue('核对二期全部工资台账');
    const plan = await openPlan(lin);
    await expect(plan.locator('[data-record]', { hasText: '核对二期全部工资台账' })).toHaveCount(0);
    await qin.keyboard.press('Enter');
    await expect(qin.getByText('决定 6 已转为任务')).toBeVisible();
    const task = plan.locator('[data-record]', { hasText: '核对二期全部工资台账' });
    await expect(task).toContainText('孟祥宁');
    await expect(task).toContainText('12-25');
    for (const page of pages.filter((each) => each !== lin)) {
      await expect(decision(page, 6)).toContainText('牵头 县住建局');
      await expect(decision(page, 6)).toContainText('待签收');
    }
    // The task leads back to its decision, and the decision to its task.
    await task.getByRole('link', { name: '来自会议决定' }).click();
    await expect(decision(lin, 6)).toHaveAttribute('data-current', 'true');
    await expect(prose(lin).getByText(DECIDED)).toBeInViewport();
    await decision(lin, 6).getByRole('link', { name: '任务 9' }).click();
    await expect(task).toBeInViewport();
    await plan.goBack();
    await expect(prose(lin)).toBeVisible();

    // Every word is there once, on all pages alike: text, attendance, agenda, decisions.
    await expectSavedOnServer(pages);
    const text = (await expectSameProse(pages)).join('\n');
    for (const token of ['【秦一】', '核实【何一】', '督办【孟一】', '【周一】', '补充【何二】', '【周二】', DECIDED])
      expect(text.split(token).length - 1, token).toBe(1);
    expect(text).not.toMatch(/[a-z]/);
    const [first, ...others] = await Promise.all(pages.map(factsOf));
    for (const facts of others) expect(facts).toEqual(first);
    expect(first?.attendance).toContain('鲁婧（提前离席）');

    // Who follows sees what the recorder sees, until they scroll themselves; the wall goes along without being somebody.
    await qin.locator('#decisions-heading').scrollIntoViewIfNeeded();
    await qin.mouse.move(800, 500);
    await qin.mouse.wheel(0, 600);
    await expect(decision(tang, 5)).toBeInViewport();
    await tang.mouse.move(800, 500);
    await tang.mouse.wheel(0, -50);
    await expect(tang.getByText('已停止跟随秦一鸣')).toBeVisible();
    await zhou.getByRole('button', { name: '更多', exact: true }).last().click();
    await zhou.getByRole('menuitem', { name: '投影' }).click();
    await expect(zhou.getByText('跟随秦一鸣')).toBeVisible();
    await expect(qin.getByText('你的画面正在投影')).toBeVisible();
    await expect(qin.getByRole('list', { name: /正在这里/ })).not.toHaveAccessibleName(/周敏/);
    await qin.evaluate(() => document.getElementById('content')?.scrollTo({ top: 0 }));
    await expect(zhou.getByRole('heading', { level: 1 }).first()).toBeInViewport();
    await expect(zhou.locator('.caret')).toHaveCount(0);
    await zhou.keyboard.press('Escape');
    await expect(prose(zhou)).toBeVisible();
  } finally {
    await leave(seats);
    await house.close();
  }
});

const compositionIn = (page: Page) => page.context().newCDPSession(page);

/** Letters as they are typed, before a word is chosen. */
async function startComposing(input: CDPSession, letters: string): Promise<void> {
  for (let i = 1; i <= letters.length; i++) {
    const text = letters.slice(0, i);
    await input.send('Input.imeSetComposition', { text, selectionStart: i, selectionEnd: i });
  }
}

async function endComposing(input: CDPSession, words: string): Promise<void> {
  await input.send('Input.insertText', { text: words });
}

async function compose(input: CDPSession, letters: string, words: string): Promise<void> {
  await startComposing(input, letters);
  await endComposing(input, words);
}

async function addAgendaItem(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: '添加议题' }).click();
  await expect(page.getByRole('textbox', { name: /议题 \d，议题/ })).toBeFocused();
  await page.keyboard.type(item);
  await page.keyboard.press('Enter');
}

/** Somebody without an account comes in by name, and somebody left early. */
async function recordAttendance(page: Page): Promise<void> {
  await page.getByRole('button', { name: '登记', exact: true }).click();
  const add = page.getByRole('combobox', { name: '添加人员或单位' });
  await add.fill('县公安局联络员');
  await add.press('Enter');
  await page.getByRole('radiogroup', { name: '县公安局联络员的到会情况' }).getByText('列席').click();
  await page.getByRole('button', { name: '鲁婧，备注' }).click();
  await page.keyboard.type('提前离席');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '收起', exact: true }).click();
}

function decision(page: Page, number: number) {
  return page.locator('li', { hasText: `决定 ${number}` }).last();
}

/** The plan in place of the minutes, by the navigation. */
async function openPlan(page: Page): Promise<Page> {
  await page.getByRole('navigation').getByRole('link', { name: '联合化解方案' }).first().click();
  await expect(page.getByRole('heading', { name: '任务分工' })).toBeVisible();
  return page;
}

/** What the page says beside its text. */
async function factsOf(page: Page) {
  const words = async (section: string) =>
    (await page.locator(`[data-view="${section}"]`).locator('dl, ol').first().innerText()).replace(
      /\n(开始讨论|结束讨论)/g,
      '',
    );
  return {
    attendance: await words('attendance'),
    agenda: await words('agenda'),
    decisions: await words('decisions'),
  };
}
