/**
 * An input method composes in every dialog and box of the product, at a real relay: its keys send nothing, close nothing and
 * choose nothing, in the order of every browser; the word stands; Enter afterwards does once what it does. And what colleagues
 * change meanwhile waits, is told after a while, and is there afterwards. Kinds of field have a spec of their own, so has prose.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, type Locator, type Page, test } from '@playwright/test';
import {
  DEMO_PASSWORD,
  expectSameProse,
  expectSavedOnServer,
  type House,
  leave,
  openHouse,
  prose,
  type Seat,
  sitDownAt,
  takeSeat,
  taskCell,
  taskRow,
  typeAtEndOf,
} from './house.ts';
import { compose, pressEndingEnter, pressWhileComposing } from './input-method.ts';

const PLAN = '联合化解方案';
const MINUTES = '专题会商会纪要';
const NOTE = '案件记录（一）';

declare global {
  interface Window {
    /** How often a form was sent. */
    sendings: number;
  }
}

/** A box in which one composes, and what Enter does there afterwards. */
interface Box {
  readonly box: (page: Page) => Locator;
  readonly spelled: string;
  readonly word: string;
  /** Keys that send or take what was written; Enter when left out, none when empty. */
  readonly send?: readonly string[];
  /** How often a form was sent by them. */
  readonly sendings?: number;
  readonly after?: (page: Page) => Promise<void>;
}

interface Place {
  readonly name: string;
  /** The file the boxes are written in. */
  readonly file: string;
  readonly open: (page: Page) => Promise<void>;
  readonly boxes: readonly Box[];
}

const dialog = (page: Page) => page.getByRole('dialog');
const inDialog = (label: string) => (page: Page) => dialog(page).getByLabel(label, { exact: true });
const focused = (page: Page) => page.locator('input:focus, textarea:focus');
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
/** The title of what is open, before the headings of its text. */
const heading = (page: Page) => page.getByRole('heading', { level: 1 }).first();
const NONE: readonly string[] = [];

/** By the navigation, which is there on every page. */
const go = (page: Page, name: string) =>
  page.getByRole('navigation', { name: '导航' }).getByRole('link', { name, exact: true }).first().click();

const CASE = '青禾家园';

async function openAccounts(page: Page): Promise<void> {
  await go(page, '人员与单位');
  await expect(page.getByRole('heading', { name: '人员与单位' })).toBeVisible();
}

async function openCase(page: Page): Promise<void> {
  await go(page, '案件');
  await page.getByRole('table').getByRole('link', { name: CASE }).first().click();
  await expect(button(page, '邀请成员')).toBeVisible();
}

async function openInCase(page: Page, title: string): Promise<void> {
  await openCase(page);
  await page.getByRole('table').getByRole('link', { name: title }).click();
  await expect(prose(page)).toBeVisible();
}

async function commentOn(page: Page): Promise<void> {
  if ((await page.getByRole('textbox', { name: '评论内容' }).count()) > 0) return;
  await openInCase(page, NOTE);
  await page.getByText('县综治中心一楼接待室').hover();
  await button(page, '评论：地点').click();
}

const PLACES: readonly Place[] = [
  {
    name: 'a new case',
    file: 'features/cases/case-form.tsx',
    open: async (page) => {
      await go(page, '案件');
      await button(page, '新建案件').click();
    },
    boxes: [
      {
        box: (page) => dialog(page).getByRole('combobox', { name: '类别' }),
        spelled: 'hetong',
        word: '合同',
        sendings: 0,
      },
      {
        box: inDialog('案件名称'),
        spelled: 'tanwei',
        word: '摊位租金纠纷',
        after: (page) => expect(heading(page)).toHaveText(/摊位租金纠纷$/),
      },
    ],
  },
  {
    name: 'an agency',
    file: 'features/people/agency-form.tsx',
    open: async (page) => {
      await openAccounts(page);
      await button(page, '添加单位').click();
    },
    boxes: [
      { box: inDialog('编号代字'), spelled: 'yungong', word: '云公', send: NONE },
      { box: inDialog('简称'), spelled: 'gongan', word: '县公安局', send: NONE },
      {
        box: inDialog('全称'),
        spelled: 'gonganju',
        word: '云川县公安局',
        after: (page) => expect(page.getByRole('cell', { name: /^云川县公安局/ })).toHaveCount(1),
      },
    ],
  },
  {
    name: 'a person',
    file: 'features/people/person-form.tsx',
    open: async (page) => {
      await openAccounts(page);
      await button(page, '添加人员').click();
      await dialog(page).getByLabel('密码').fill(DEMO_PASSWORD);
    },
    boxes: [
      {
        box: (page) => dialog(page).getByRole('combobox', { name: '所属单位' }),
        spelled: 'minzheng',
        word: '民政局',
        sendings: 0,
        after: (page) => expect(dialog(page).getByText('云川县民政局').first()).toBeVisible(),
      },
      {
        box: inDialog('姓名'),
        spelled: 'jianing',
        word: '江宁',
        after: (page) => expect(page.getByRole('cell', { name: /^(. )?江宁/ })).toHaveCount(1),
      },
    ],
  },
  {
    name: 'the title and a field of a case',
    file: 'fields/inputs/text-line.tsx',
    open: openCase,
    boxes: [
      {
        box: (page) => heading(page).locator('button, input'),
        spelled: 'qinghe',
        word: '青禾家园二期工资争议',
        sendings: 0,
        after: (page) => expect(heading(page)).toHaveText(/青禾家园二期工资争议$/),
      },
      {
        box: (page) =>
          page
            .locator('dd', { has: page.getByText('发生地') })
            .locator('button, input')
            .first(),
        spelled: 'chengdong',
        word: '城东新区工地',
        sendings: 0,
        after: (page) => expect(page.getByRole('article').getByText('城东新区工地')).toBeVisible(),
      },
      {
        box: (page) => page.locator('tr[data-record] td[data-field="alias"]').first().locator('button, input'),
        spelled: 'gongren',
        word: '申请人班组',
        sendings: 0,
        after: (page) => expect(page.locator('td[data-field="alias"]').first()).toContainText('申请人班组'),
      },
    ],
  },
  {
    name: 'a member',
    file: 'features/case/invite-dialog.tsx',
    open: async (page) => {
      await openCase(page);
      await button(page, '邀请成员').click();
    },
    boxes: [
      {
        box: (page) => dialog(page).getByRole('combobox', { name: '人员' }),
        spelled: 'bailu',
        word: '白露',
        sendings: 0,
        after: async (page) => {
          await expect(dialog(page).getByRole('combobox', { name: '人员' })).toHaveValue(/白露（/);
          await page.keyboard.press('Escape');
        },
      },
    ],
  },
  {
    name: 'a new document and its title',
    file: 'features/case/create-document-dialog.tsx',
    open: async (page) => {
      await openCase(page);
      await button(page, '新建文档').first().click();
    },
    boxes: [
      {
        box: inDialog('标题'),
        spelled: 'fangtan',
        word: '走访记录',
        after: (page) => expect(heading(page)).toHaveText(/走访记录$/),
      },
      {
        box: (page) => heading(page).locator('button, input'),
        spelled: 'huifang',
        word: '回访记录',
        sendings: 0,
        after: (page) => expect(heading(page)).toHaveText(/回访记录$/),
      },
    ],
  },
  {
    name: 'a link in prose',
    file: 'editor/link-editor.tsx',
    open: async (page) => {
      await openInCase(page, NOTE);
      await prose(page).locator('p').first().click();
      await page.keyboard.press('Home');
      await page.keyboard.press('Shift+ArrowRight');
      await page.keyboard.press('Control+k');
    },
    boxes: [
      {
        box: (page) => page.getByLabel('链接地址'),
        spelled: 'zhongguo',
        word: '云川.中国',
        after: (page) => expect(prose(page).locator('a[href*="xn--"], a[href*="云川"]')).toHaveCount(1),
      },
    ],
  },
  {
    name: 'what a comment is about',
    file: 'comments/draft-card.tsx',
    open: commentOn,
    boxes: [
      {
        box: (page) => page.getByRole('combobox', { name: '关于' }),
        spelled: 'jilu',
        word: '记录',
        sendings: 0,
      },
    ],
  },
  {
    name: 'a comment and an answer',
    file: 'comments/comment-box.tsx',
    open: commentOn,
    boxes: [
      {
        box: (page) => page.getByRole('textbox', { name: '评论内容' }),
        spelled: 'quancheng',
        word: '请写全称@何志',
        // The first Enter takes the name that is offered.
        send: ['Enter', 'Control+Enter'],
        sendings: 0,
        after: (page) => expect(page.getByRole('article').filter({ hasText: '请写全称@何志远' })).toHaveCount(1),
      },
      {
        box: (page) =>
          page
            .getByRole('button', { name: '回复' })
            .or(page.getByRole('textbox', { name: '回复内容' }))
            .last(),
        spelled: 'yigai',
        word: '已改',
        send: ['Control+Enter'],
        sendings: 0,
        after: (page) => expect(page.getByRole('article').getByText('已改', { exact: true })).toHaveCount(1),
      },
    ],
  },
  {
    name: 'the cursor of the plan and its cells',
    file: 'features/document/tasks/grid/grid-cursor.tsx',
    open: (page) => openInCase(page, PLAN),
    boxes: [
      {
        box: (page) => taskCell(page, 2, '牵头单位').locator('button, input'),
        spelled: 'xinfang',
        word: '信访',
        sendings: 0,
        after: (page) => expect(taskCell(page, 2, '牵头单位')).toContainText('县信访局'),
      },
      {
        box: (page) => page.getByRole('textbox', { name: /^任务 3，牵头单位/ }),
        spelled: 'gonghui',
        word: '工会',
        sendings: 0,
        after: (page) => expect(taskCell(page, 3, '牵头单位')).toContainText('县总工会'),
      },
      {
        box: (page) => taskCell(page, 2, '时限').locator('button, input').first(),
        spelled: 'yuedi',
        word: '12月5日',
        sendings: 0,
        after: (page) => expect(taskCell(page, 2, '时限')).toContainText('12-05'),
      },
    ],
  },
  {
    name: 'an act on a task',
    file: 'features/document/tasks/task-act-form.tsx',
    open: async (page) => {
      await openInCase(page, PLAN);
      await taskRow(page, 8)
        .getByRole('button', { name: /办理情况$/ })
        .click();
      await dialog(page).getByRole('button', { name: '取消任务' }).click();
    },
    boxes: [
      {
        box: inDialog('原因'),
        spelled: 'chongfu',
        word: '与第七项重复',
        send: NONE,
        after: async (page) => {
          await dialog(page).getByRole('button', { name: '取消任务' }).click();
          await expect(taskRow(page, 8)).toContainText('已取消');
        },
      },
    ],
  },
  {
    name: 'somebody at a meeting',
    file: 'features/document/minutes/add-attendee.tsx',
    open: async (page) => {
      await openInCase(page, MINUTES);
      await button(page, '登记').click();
    },
    boxes: [
      {
        box: (page) => page.getByRole('combobox', { name: '添加人员或单位' }),
        spelled: 'gongan',
        word: '县公安局联络员',
        sendings: 0,
        after: (page) => expect(page.getByRole('radiogroup', { name: '县公安局联络员的到会情况' })).toHaveCount(1),
      },
    ],
  },
  {
    name: 'a task made of a decision',
    file: 'features/document/minutes/to-task-dialog.tsx',
    open: async (page) => {
      await openInCase(page, MINUTES);
      await button(page, '转为任务').first().click();
    },
    boxes: [
      { box: inDialog('牵头单位'), spelled: 'renshe', word: '县人社局', send: NONE },
      {
        box: (page) => dialog(page).getByRole('combobox', { name: '配合单位' }),
        spelled: 'xinfang',
        word: '县信访局',
        sendings: 0,
      },
      { box: inDialog('责任人'), spelled: 'hezhiyuan', word: '何志远', send: NONE },
      { box: inDialog('时限'), spelled: 'yuedi', word: '12月8日', send: NONE },
      { box: inDialog('问题'), spelled: 'tuoqian', word: '台账不齐', send: NONE },
      {
        box: inDialog('事项（措施）'),
        spelled: 'heshi',
        word: '补齐台账',
        sendings: 0,
        after: (page) => expect(page.getByText(/决定 \d 已转为任务/)).toHaveCount(1),
      },
    ],
  },
];

/** Composes in a box, presses what would send, close or leave, and then sends. */
async function composeIn(
  page: Page,
  { box, spelled, word, send = ['Enter'], sendings = 1, after }: Box,
): Promise<void> {
  const field = focused(page);
  if ((await box(page).and(field).count()) === 0) await box(page).click();
  await expect(field).toHaveCount(1);
  await field.fill('');
  await page.evaluate(() => {
    window.sendings = 0;
  });
  const address = page.url();
  const expectUntouched = async (words: string) => {
    await expect(field).toHaveValue(words);
    expect(await page.evaluate(() => window.sendings)).toBe(0);
    expect(page.url()).toBe(address);
  };
  await compose(page, spelled, word, async () => {
    await pressWhileComposing(page, ['Enter', 'ArrowDown', 'Tab', 'Escape', 'Backspace', 'Enter']);
    await expectUntouched(spelled.slice(0, 2));
  });
  await pressEndingEnter(page);
  await pressWhileComposing(page, ['Escape', 'Tab', 'Backspace']);
  await expectUntouched(word);
  for (const key of send) await page.keyboard.press(key);
  expect(await page.evaluate(() => window.sendings)).toBe(send.length === 0 ? 0 : sendings);
  await after?.(page);
}

async function countSendings(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.sendings = 0;
    window.addEventListener('submit', () => window.sendings++, true);
  });
}

test.use({ actionTimeout: 8_000 });

/** Where else words are taken, and where composing there is proved; what takes no words of a person's own. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'features/sign-in/setup-page.tsx': 'the first test here',
  'features/sign-in/sign-in-page.tsx': 'the first test here',
  'fields/inputs/date-line.tsx': 'composition-fields.spec.ts, and the plan here',
  'fields/inputs/names-line.tsx': 'composition-fields.spec.ts, and the plan here',
  'fields/inputs/long-text-box.tsx': 'composition-fields.spec.ts',
  'fields/inputs/choice-line.tsx': 'a list without a search',
  'features/held/settle-acts.tsx': 'held.spec.ts, where there is something to settle',
  'features/case/members-section.tsx': 'a list without a search',
  'features/document/tasks/task-filters.tsx': 'buttons',
};

test('every file of the client that has a box for words is tried', () => {
  const BOX =
    /<(input|textarea|TextInput|Textarea|NumberInput|PasswordInput|Autocomplete|TagsInput|Select|MultiSelect|DateInput)\b/;
  const root = new URL('../../client/', import.meta.url);
  const withBoxes = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx') && BOX.test(readFileSync(new URL(file, root), 'utf8')))
    .map((file) => file.replaceAll('\\', '/'));
  const tried = [...PLACES.map(({ file }) => file), ...Object.keys(ELSEWHERE)];
  expect(withBoxes.sort()).toEqual(tried.sort());
});

let house: House;
test.beforeAll(async () => {
  house = await openHouse();
});
test.afterAll(() => house.close());

test('keys of an input method send, close and choose nothing before anybody is signed in', async ({ browser }) => {
  const seat = await takeSeat(browser);
  const { page } = seat;
  try {
    await countSendings(page);
    await page.goto(`${house.origin}/#setup=${'x'.repeat(24)}`);
    await page.getByLabel('密码').fill(DEMO_PASSWORD);
    await composeIn(page, { box: () => page.getByLabel('编号代字'), spelled: 'yunfa', word: '云法', send: NONE });
    await composeIn(page, { box: () => page.getByLabel('单位名称'), spelled: 'fayuan', word: '县法院', send: NONE });
    await composeIn(page, { box: () => page.getByLabel('姓名'), spelled: 'linxiao', word: '林晓舟' });
    await expect(page.getByRole('alert')).toContainText('链接已用过或已失效');
    await page.goto(house.origin);
    await page.getByLabel('密码').fill(DEMO_PASSWORD);
    await composeIn(page, { box: () => page.getByLabel('姓名'), spelled: 'linxiao', word: '林晓舟' });
    await expect(page.getByRole('link', { name: CASE }).first()).toBeVisible();
  } finally {
    await leave([seat]);
  }
});

test.describe('keys of an input method send, close and choose nothing in', () => {
  let seat: Seat;
  test.beforeAll(async ({ browser }) => {
    seat = await sitDownAt(browser, house.origin, '林晓舟', NOTE, countSendings);
  });
  test.afterAll(() => leave([seat]));
  for (const { name, open, boxes } of PLACES) {
    test(name, async () => {
      await open(seat.page);
      for (const box of boxes) await composeIn(seat.page, box);
      await expect(dialog(seat.page)).toHaveCount(0);
    });
  }
});

test.describe('[C7] what a colleague changes meanwhile', () => {
  test('waits while one composes in a field or in prose, is told after a while, and is there afterwards', async ({
    browser,
  }) => {
    const seats: Seat[] = [];
    try {
      for (const name of ['林晓舟', '何志远']) seats.push(await sitDownAt(browser, house.origin, name, MINUTES));
      const [lin, he] = seats.map((seat) => seat.page);
      if (lin === undefined || he === undefined) throw new Error('two seats');
      const told = lin.getByRole('status').getByText(/^输入中，\d+ 处他人改动稍后显示$/);

      await lin.locator('[data-field="place"]').getByRole('button').first().click();
      const field = focused(lin);
      await field.fill('');
      await compose(lin, 'huiyishi', '二楼会议室', async () => {
        const before = await field.boundingBox();
        await typeAtEndOf(he, '县人社局：', '【何写一】');
        await expect(told).toBeVisible();
        // Over the page: nothing moved under the hand.
        expect(await field.boundingBox()).toEqual(before);
        await expect(prose(lin)).not.toContainText('【何');
        await expect(field).toHaveValue('hu');
      });
      await expect(prose(lin)).toContainText('【何写一】');
      await expect(told).toHaveCount(0);
      await expect(field).toHaveValue('二楼会议室');
      await lin.keyboard.press('Enter');
      await expect(he.locator('[data-field="place"]').first()).toContainText('二楼会议室');

      await typeAtEndOf(lin, '县司法局：', '');
      await compose(lin, 'fuhe', '复核', async () => {
        await typeAtEndOf(he, '县司法局：', '【何写二】');
        await expect(told).toBeVisible();
        await expect(prose(lin)).not.toContainText('【何写二】');
      });
      await expect(prose(lin)).toContainText('【何写二】');
      await expect(told).toHaveCount(0);
      await expectSavedOnServer([lin, he]);
      expect((await expectSameProse([lin, he])).join('')).toMatch(/复核【何写二】|【何写二】复核/);
    } finally {
      await leave(seats);
    }
  });

  test('does not take away the card in which one composes an answer', async ({ browser }) => {
    const seats: Seat[] = [];
    try {
      for (const name of ['林晓舟', '周敏']) seats.push(await sitDownAt(browser, house.origin, name, NOTE));
      const [lin, zhou] = seats.map((seat) => seat.page);
      if (lin === undefined || zhou === undefined) throw new Error('two seats');
      await commentOn(lin);
      await lin.keyboard.type('请再核对地点');
      await lin.keyboard.press('Control+Enter');
      const comment = (page: Page) => page.getByRole('article').filter({ hasText: '请再核对地点' });
      const threadId = await comment(lin).getAttribute('data-thread');
      const panel = zhou.getByRole('banner').locator('button[aria-expanded]', { hasText: /^评论/ });
      if ((await panel.getAttribute('aria-expanded')) === 'false') await panel.click();
      await expect(comment(zhou)).toHaveCount(1);
      const thread = (page: Page) => page.locator(`[data-thread="${threadId}"]`);
      await thread(lin).getByRole('button', { name: '回复' }).click();
      const box = lin.getByRole('textbox', { name: '回复内容' });
      await expect(box).toBeFocused();
      await compose(lin, 'zaihecha', '还要再核查', async () => {
        await thread(zhou).getByRole('button', { name: '解决' }).click();
        await expect(thread(zhou)).toHaveCount(0);
        await expectSavedOnServer([zhou]);
        await expect(box).toBeFocused();
      });
      await expect(thread(lin)).toContainText('周敏');
      await expect(box).toBeFocused();
      await expect(box).toHaveValue('还要再核查');
      await lin.keyboard.press('Control+Enter');
      await expect(thread(lin)).toHaveCount(0);
      await zhou
        .getByText(/^已解决/)
        .first()
        .click();
      await expect(thread(zhou)).toContainText('还要再核查');
    } finally {
      await leave(seats);
    }
  });
});
