/**
 * Scene three: a reviewer comments on a case note they may not edit, on a train; the author changes the same paragraph
 * meanwhile. Both return: the comment stands on the right words on both pages, is answered, resolved and opened again, and
 * keeps its quotation when the words are gone. Also by keyboard alone, on a phone, and for who may only read.
 */
import { type Browser, expect, type Locator, type Page, test } from '@playwright/test';
import {
  expectSameProse,
  expectSavedOnServer,
  expectStatus,
  expectStored,
  type House,
  leave,
  openHouse,
  prose,
  type Seat,
  sitDownAt,
} from './house.ts';

const NOTE = '案件记录（一）';
const WORDS = '三名代表经26人签名推选';

test.use({ actionTimeout: 12_000 });

let house: House;
test.beforeAll(async () => {
  house = await openHouse();
});
test.afterAll(() => house.close());

async function sitDown(browser: Browser, names: readonly string[]): Promise<Seat[]> {
  const seats: Seat[] = [];
  for (const name of names) seats.push(await sitDownAt(browser, house.origin, name, NOTE));
  return seats;
}

/** The panel's cards, and the marked words in the text. */
const cards = (page: Page) => page.getByRole('article');
const card = (page: Page, words: string) => cards(page).filter({ hasText: words });
const marked = (page: Page) => prose(page).locator('.comment-words');
const markedText = async (page: Page) => (await marked(page).allInnerTexts()).join('');

async function openPanel(page: Page): Promise<void> {
  const button = page.locator('header button[aria-expanded]', { hasText: /^评论/ });
  if ((await button.getAttribute('aria-expanded')) === 'false') await button.click();
  await expect(page.getByRole('complementary', { name: '评论' })).toBeVisible();
}

/** Selects words in the text by keys alone: the caret is put by a click into their block first. */
async function selectWords(page: Page, words: string): Promise<void> {
  const block = prose(page).locator(':scope > *', { hasText: words }).first();
  const at = (await block.innerText()).indexOf(words);
  await block.scrollIntoViewIfNeeded();
  await block.click({ position: { x: 4, y: 14 } });
  await page.keyboard.press('Home');
  for (let n = 0; n < at; n++) await page.keyboard.press('ArrowRight');
  for (let n = 0; n < words.length; n++) await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => page.evaluate(() => getSelection()?.toString())).toBe(words);
  // The browser tells the editor of a selection before it draws the next frame.
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
}

async function writeComment(page: Page, text: string): Promise<Locator> {
  const box = page.getByRole('textbox', { name: '评论内容' });
  await expect(box).toBeFocused();
  await page.keyboard.type(text);
  return box;
}

test('a reviewer comments on a train while the author changes the paragraph', async ({ browser }) => {
  const seats = await sitDown(browser, ['许知夏', '周敏']);
  try {
    const [reviewer, author] = seats.map((seat) => seat.page);
    if (reviewer === undefined || author === undefined) throw new Error('two seats');

    // They see what they may do before they try, and a key that would write gets an answer.
    await expect(reviewer.getByText('可评论').first()).toBeVisible();
    await expect(reviewer.getByText('你可以在这里评论').first()).toBeVisible();
    const before = await expectSameProse([reviewer, author]);

    await seats[0]?.context.setOffline(true);
    await selectWords(reviewer, WORDS);
    await reviewer.keyboard.type('改');
    await expect(reviewer.getByText(/正文在这里只能评论/)).toBeVisible();
    expect(await expectSameProse([reviewer])).toEqual(before);

    await reviewer.keyboard.press('Control+Alt+M');
    await writeComment(reviewer, '@周敏');
    await reviewer.keyboard.press('Enter');
    await reviewer.keyboard.type('推选书与签名人数要对得上。');
    // Folding the panel loses nothing.
    await reviewer.getByRole('button', { name: '收起评论' }).click();
    await openPanel(reviewer);
    await reviewer.getByRole('checkbox', { name: /阻断/ }).check();
    const box = reviewer.getByRole('textbox', { name: '评论内容' });
    await expect(box).toHaveValue('@周敏 推选书与签名人数要对得上。');
    await box.press('Control+Enter');
    await expect(card(reviewer, '推选书与签名人数')).toContainText('离线时写下');
    await expect(card(reviewer, '推选书与签名人数')).toContainText('阻断');
    await card(reviewer, '推选书与签名人数').getByRole('button', { name: '回复' }).click();
    await expect(reviewer.getByRole('textbox', { name: '回复内容' })).toBeFocused();
    await reviewer.keyboard.type('附卷的那份是复印件。');
    await reviewer.keyboard.press('Control+Enter');
    await expectStatus(reviewer, /离线 · 1 份文档待同步/);
    await expectStored(reviewer);

    // The author meanwhile: types before the words, splits the paragraph, makes a heading of them, bold over a part.
    const paragraph = prose(author).locator(':scope > *', { hasText: WORDS }).first();
    await paragraph.click({ position: { x: 4, y: 14 } });
    await author.keyboard.press('Home');
    await author.keyboard.type('经核对，');
    await selectWords(author, '本件由县信访局移交。');
    await author.keyboard.press('ArrowRight');
    await author.keyboard.press('Enter');
    await author.keyboard.press('Control+Alt+2');
    await selectWords(author, '三名代表');
    await author.keyboard.press('Control+B');
    await expect(author.locator('.prose-text > h2', { hasText: WORDS })).toBeVisible();
    await expectSavedOnServer([author]);

    await seats[0]?.context.setOffline(false);
    await expectSavedOnServer([reviewer, author]);
    await openPanel(author);
    for (const page of [reviewer, author]) await expect.poll(() => markedText(page)).toBe(WORDS);
    await expect(card(reviewer, '推选书与签名人数')).not.toContainText('离线时写下');
    const thread = card(author, '推选书与签名人数');
    await expect(thread).toContainText('附卷的那份是复印件。');
    await expect(author.getByText('提到我 1')).toBeVisible();

    // The author may answer and change the text, but not settle a blocking comment.
    await expect(thread).toContainText('阻断意见由本人、审阅人或主持人解决。');
    await expect(thread.getByRole('button', { name: '解决' })).toHaveCount(0);
    await thread.getByRole('button', { name: '回复' }).click();
    await author.keyboard.type('已换成原件。');
    await author.keyboard.press('Control+Enter');
    await selectWords(author, '26人');
    await author.keyboard.type('全体26人');
    for (const page of [reviewer, author]) {
      await expect.poll(() => markedText(page)).toBe('三名代表经全体26人签名推选');
      await expect(card(page, '推选书与签名人数')).toContainText('现为：三名代表经全体26人签名推选');
    }
    await expect(card(reviewer, '推选书与签名人数')).toContainText('已换成原件。');

    // Resolved by the reviewer, opened again, and shown where it is looked for.
    await card(reviewer, '推选书与签名人数').getByRole('button', { name: '解决' }).click();
    await expect(marked(author)).toHaveCount(0);
    await author.getByText(/^已解决 2$/).click();
    await expect(card(author, '推选书与签名人数')).toContainText('许知夏于');
    await reviewer.getByText(/^已解决 2$/).click();
    await card(reviewer, '推选书与签名人数').getByRole('button', { name: '重新打开' }).click();
    await author.getByText(/^未解决 1$/).click();
    await reviewer.getByText(/^未解决 1$/).click();
    for (const page of [reviewer, author]) await expect.poll(() => markedText(page)).toBe('三名代表经全体26人签名推选');

    // The words are deleted: the comment keeps its quotation. Undone, it stands on them again, on both pages.
    await selectWords(author, '三名代表经全体26人签名推选');
    await author.keyboard.press('Backspace');
    for (const page of [reviewer, author]) {
      await expect(card(page, '推选书与签名人数')).toContainText('原文已删除');
      await expect(card(page, '推选书与签名人数')).toContainText(WORDS);
      await expect(marked(page)).toHaveCount(0);
    }
    await author.keyboard.press('Control+Z');
    for (const page of [reviewer, author]) {
      await expect.poll(() => markedText(page)).toBe('三名代表经全体26人签名推选');
      await expect(card(page, '推选书与签名人数')).not.toContainText('原文已删除');
    }
    await expectSameProse([reviewer, author]);
  } finally {
    await leave(seats);
  }
});

test('by keyboard alone, on fields, and as somebody who may only read', async ({ browser }) => {
  const seats = await sitDown(browser, ['许知夏', '沈知行']);
  try {
    const [reviewer, observer] = seats.map((seat) => seat.page);
    if (reviewer === undefined || observer === undefined) throw new Error('two seats');

    // From the text into the panel, along the comments, and back to the words.
    await selectWords(reviewer, '木工班14人');
    await reviewer.keyboard.press('Control+Alt+M');
    await writeComment(reviewer, '人数请与考勤表核对。');
    await reviewer.keyboard.press('Control+Enter');
    await expect(card(reviewer, '人数请与考勤表核对')).toBeFocused();
    await reviewer.keyboard.press('r');
    await expect(reviewer.getByRole('textbox', { name: '回复内容' })).toBeFocused();
    await reviewer.keyboard.type('以10月12日的为准。');
    await reviewer.keyboard.press('Control+Enter');
    await expect(card(reviewer, '人数请与考勤表核对')).toContainText('以10月12日的为准。');
    await reviewer.keyboard.press('Escape');
    await expect(prose(reviewer)).toBeFocused();
    await reviewer.keyboard.press('F8');
    await expect(cards(reviewer).and(reviewer.locator(':focus'))).toHaveCount(1);
    await reviewer.keyboard.press('j');
    await expect(cards(reviewer).and(reviewer.locator(':focus'))).toHaveCount(1);
    await reviewer.keyboard.press('Escape');

    // A field: at the pointer, with a count at its place.
    await reviewer.getByText('县综治中心一楼接待室').hover();
    await reviewer.getByRole('button', { name: '评论：地点' }).click();
    await writeComment(reviewer, '请写全称。');
    await reviewer.keyboard.press('Control+Enter');
    await expect(card(reviewer, '请写全称')).toContainText('地点');
    await expect(card(reviewer, '请写全称')).toContainText('县综治中心一楼接待室');
    await expectSavedOnServer([reviewer]);

    // An observer reads them and is told why they write none.
    await expect(observer.getByRole('button', { name: '地点有 1 条评论' })).toBeVisible();
    await openPanel(observer);
    await expect(card(observer, '请写全称')).toBeVisible();
    await expect(observer.getByText('你是列席，可以看评论，不能写。')).toBeVisible();
    await expect(observer.getByRole('button', { name: '回复' })).toHaveCount(0);
    await selectWords(observer, '木工班14人');
    await observer.keyboard.press('Control+Alt+M');
    await expect(observer.getByRole('status').filter({ hasText: '不能写' })).toBeVisible();
    await observer.getByRole('button', { name: '地点有 1 条评论' }).click();
    await expect(card(observer, '请写全称')).toHaveAttribute('aria-current', 'true');
  } finally {
    await leave(seats);
  }
});

test('on a phone the comments are a page of their own', async ({ browser }) => {
  const seats = await sitDown(browser, ['许知夏']);
  try {
    const page = seats[0]?.page;
    if (page === undefined) throw new Error('a seat');
    await page.setViewportSize({ width: 360, height: 740 });
    const words = '钢筋班';
    await selectWords(page, words);
    await page.locator('.comment-button').click();
    await writeComment(page, '停工天数请附签证。');
    await page.getByRole('button', { name: '发送' }).click();
    await expect(card(page, '停工天数请附签证')).toBeVisible();
    // To the words and back.
    await card(page, '停工天数请附签证')
      .getByRole('button', { name: new RegExp(`在正文中查看：${words}`) })
      .click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(marked(page).filter({ hasText: words })).toBeInViewport();
    await marked(page).filter({ hasText: words }).click();
    await expect(card(page, '停工天数请附签证')).toBeInViewport();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  } finally {
    await leave(seats);
  }
});
