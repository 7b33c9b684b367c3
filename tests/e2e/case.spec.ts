/** The case as a document: two agencies fill in its parties at once, one of them off the network; a reviewer reads. */
import { type Browser, expect, type Locator, type Page, test } from '@playwright/test';
import { expectSavedOnServer, expectStatus, leave, openHouse, type Seat, signIn, takeSeat } from './house.ts';

const TITLE = '青禾家园二期工资和停工待工纠纷';

test('two agencies fill in one case, one of them offline, and a reviewer reads it', async ({ browser }) => {
  const house = await openHouse();
  const seats: Seat[] = [];
  const sit = async (name: string) => {
    const seat = await openCaseAs(browser, house.origin, name);
    seats.push(seat);
    return seat.page;
  };
  try {
    const zhou = await sit('周敏');
    const he = await sit('何志远');
    const xu = await sit('许知夏');

    // Live: a new party under an alias nobody else has, and who is in which cell.
    await he.getByRole('button', { name: '添加当事人' }).click();
    await he.getByRole('menuitem', { name: '添加第三方', exact: true }).click();
    await expect(party(zhou, '第三人甲')).toBeVisible();
    await cell(he, '第三人甲', 'alias').getByRole('button').click();
    await expect(cell(zhou, '第三人甲', 'alias').locator('[data-name="何志远"]')).toBeVisible();
    await he.keyboard.press('Escape');

    // Off the network: the same consent is set differently on both sides, and the title is rewritten.
    await seats[0]?.context.setOffline(true);
    await choose(zhou, '第三人甲', 'consent', '撤回同意');
    await zhou.getByRole('heading', { level: 1 }).getByRole('button').click();
    await zhou.keyboard.press('Control+A');
    await zhou.keyboard.type(TITLE);
    await zhou.keyboard.press('Enter');
    await expectStatus(zhou, /离线 · 1 份文档待同步/);
    await choose(he, '第三人甲', 'consent', '不同意');
    // Said plainly, with what it means, and nothing is blocked by it.
    await expect(he.getByRole('note')).toContainText('第三人甲不同意调解。');
    await expect(he.getByRole('note')).toContainText('调解全凭自愿');
    await expectSavedOnServer([he]);

    await seats[0]?.context.setOffline(false);
    await expectSavedOnServer([zhou]);
    for (const page of [zhou, he, xu]) {
      // Both stand, with their authors, until somebody picks; a no is not voted down meanwhile.
      await expect(cell(page, '第三人甲', 'consent')).toContainText('撤回同意 · 周敏');
      await expect(cell(page, '第三人甲', 'consent')).toContainText('不同意 · 何志远');
      await expect(page.getByRole('note')).toContainText('第三人甲撤回了同意。');
      await expect(page.getByRole('heading', { level: 1 })).toContainText(TITLE);
    }
    await cell(he, '第三人甲', 'consent')
      .getByRole('button', { name: /撤回同意/ })
      .click();
    for (const page of [zhou, he, xu]) await expect(cell(page, '第三人甲', 'consent')).not.toContainText('何志远');

    // The title is the case's wherever it is listed, and what happened is told.
    await expect(zhou.getByRole('navigation', { name: '导航' })).toContainText(TITLE);
    await expect(activity(zhou)).toContainText('周敏（县司法局）修改了案件信息');
    await expect(activity(xu)).toContainText('何志远（县人社局）修改了案件信息');

    // The reviewer reads, and is told why before trying.
    await expect(xu.getByRole('button', { name: '添加当事人' })).toHaveCount(0);
    await expect(cell(xu, '第三人甲', 'alias').getByRole('button')).toHaveCount(0);
    await xu.getByRole('button', { name: /你在这里能做什么/ }).click();
    await expect(xu.getByText(/你是审阅人，可以阅读和评论，不能改案件信息和当事人/)).toBeVisible();
    await xu.keyboard.press('Escape');

    // A number that tells who somebody is gets a hint and is kept as typed.
    await he.getByRole('button', { name: /^发生地/ }).click();
    await he.keyboard.press('End');
    await he.keyboard.type('，联系电话13800001234');
    await he.keyboard.press('Enter');
    await expect(he.getByText(/“发生地”里好像有证件号或电话号码/)).toBeVisible();
    await he.keyboard.press('Control+z');
    await expect(he.getByText(/“发生地”里好像有证件号或电话号码/)).toHaveCount(0);
    await expectSavedOnServer([he]);

    // On a phone nothing is wider than the page.
    await xu.setViewportSize({ width: 360, height: 740 });
    await expect(party(xu, '第三人甲')).toBeVisible();
    expect(await xu.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    const main = xu.getByRole('main');
    expect(await main.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0);
  } finally {
    await leave(seats);
    await house.close();
  }
});

test('a case made offline is a whole case: its title, its parties and what waits arrive later', async ({ browser }) => {
  const house = await openHouse();
  const seat = await openCaseAs(browser, house.origin, '周敏');
  const { page } = seat;
  try {
    await page.getByRole('link', { name: '案件', exact: true }).first().click();
    await expect(page.getByRole('heading', { name: '我的案件' })).toBeVisible();
    // What a new case needs is loaded before the network goes.
    await page.getByRole('button', { name: '新建案件' }).click();
    await page.getByRole('dialog').getByLabel('案件名称').fill('城南市场摊位租金纠纷');
    await seat.context.setOffline(true);
    await page.getByRole('dialog').getByLabel('类别').click();
    await page.getByRole('option', { name: '合同' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '新建案件' }).click();
    await expect(page.getByRole('heading', { name: '城南市场摊位租金纠纷' })).toBeVisible();
    await page.getByRole('button', { name: '添加当事人' }).click();
    await page.getByRole('menuitem', { name: '添加申请方', exact: true }).click();
    await expect(party(page, '申请人甲')).toBeVisible();
    await expect(activity(page)).toContainText('周敏（县司法局）新建了本案');
    await expect(activity(page)).toContainText('待同步');
    await seat.context.setOffline(false);
    await expectSavedOnServer([page]);
    await expect(activity(page)).not.toContainText('待同步');
    await page.reload();
    await expect(party(page, '申请人甲')).toBeVisible();
    await expect(page.getByRole('heading', { name: '城南市场摊位租金纠纷' })).toBeVisible();
  } finally {
    await leave([seat]);
    await house.close();
  }
});

test('a reviewer comments on a party offline, names a colleague, and both go on from there', async ({ browser }) => {
  const house = await openHouse();
  const seats: Seat[] = [];
  try {
    for (const name of ['许知夏', '周敏', '沈知行']) seats.push(await openCaseAs(browser, house.origin, name));
    const [xu, zhou, shen] = seats.map(({ page }) => page);
    if (xu === undefined || zhou === undefined || shen === undefined) throw new Error('three seats');
    const card = (page: Page, words: string) => page.getByRole('article').filter({ hasText: words });

    // Told before trying: on the chip, and in the line above the page.
    await expect(xu.getByRole('button', { name: '你在这里能做什么 可评论' })).toBeVisible();
    await expect(xu.getByText('你可以在这里评论：指向一栏').first()).toBeVisible();
    await seats[0]?.context.setOffline(true);
    await cell(xu, '分包单位', 'consent').hover();
    await xu.getByRole('button', { name: /^评论：分包单位 · 调解意愿$/ }).click();
    await expect(xu.getByRole('textbox', { name: '评论内容' })).toBeFocused();
    await xu.keyboard.type('@周敏');
    await xu.keyboard.press('Enter');
    await xu.keyboard.type('同意书还没有附卷。');
    await xu.keyboard.press('Control+Enter');
    await expect(card(xu, '同意书还没有附卷')).toContainText('离线时写下');
    await seats[0]?.context.setOffline(false);
    await expectSavedOnServer([xu]);

    // The mediator is named: sees it at its place, goes to it by key and answers.
    await expect(zhou.getByRole('button', { name: /^分包单位 · 调解意愿有 1 条评论$/ })).toBeVisible();
    await zhou.keyboard.press('F8');
    await expect(card(zhou, '同意书还没有附卷')).toBeFocused();
    await expect(zhou.getByText('提到我 1')).toBeVisible();
    await zhou.keyboard.press('r');
    await zhou.keyboard.type('今天补上。');
    await zhou.keyboard.press('Control+Enter');
    await expect(card(xu, '同意书还没有附卷')).toContainText('今天补上。');

    // An observer reads both, in a panel that opened by itself, and is told why they write none.
    await expect(card(shen, '同意书还没有附卷')).toContainText('今天补上。');
    await expect(shen.getByText('你是列席，可以看评论，不能写。')).toBeVisible();
    await cell(shen, '分包单位', 'consent').hover();
    await expect(shen.getByRole('button', { name: /^评论：/ })).toHaveCount(0);

    await card(xu, '同意书还没有附卷').getByRole('button', { name: '解决' }).click();
    await expect(zhou.getByRole('button', { name: /有 1 条评论$/ })).toHaveCount(0);
  } finally {
    await leave(seats);
    await house.close();
  }
});

async function openCaseAs(browser: Browser, origin: string, name: string): Promise<Seat> {
  const seat = await takeSeat(browser);
  const { page } = seat;
  await signIn(page, origin, name);
  await page
    .getByRole('link', { name: /青禾家园/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: '当事人' })).toBeVisible();
  await expectSavedOnServer([page]);
  return seat;
}

function party(page: Page, alias: string): Locator {
  return page.locator('tr[data-record]', { hasText: alias });
}

function cell(page: Page, alias: string, field: string): Locator {
  return party(page, alias).locator(`td[data-field="${field}"]`);
}

async function choose(page: Page, alias: string, field: string, option: string): Promise<void> {
  await cell(page, alias, field).getByRole('button').click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

function activity(page: Page): Locator {
  return page.getByRole('region', { name: '动态' });
}
