/**
 * A backup is put back under open pages. Four people of four agencies write in one plan, an operator backs the store up
 * while they do, they write on, and the older store takes the place of the relay's. The pages are still open, one is
 * without a network, one was closed with words that nobody else has. Everybody comes back, in another order, and
 * everything stands there once, as the writing of who wrote it.
 */
import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import * as Y from 'yjs';
import { BODY_ROOTS } from '../../shared/rooms.ts';
import { openForReading } from '../../sync-server/store/database.ts';
import { readRows } from '../../sync-server/store/room-reading.ts';
import { rowToEntries } from '../../sync-server/store/row-entries.ts';
import { runTool } from '../support/operator-tools.ts';
import {
  DEMO_PASSWORD,
  expectSameProse,
  expectSavedOnServer,
  expectStatus,
  expectStored,
  leave,
  type OperatedHouse,
  openHouse,
  prose,
  type Seat,
  sitDownAt,
  typeAtEndOf,
} from './house.ts';

const PLAN = '联合化解方案';
const NOTE = '后来的记录';
const NUMBER = /联方〔\d{4}〕(\d+)号/;
const LINE = { lin: '以总包单位先行清偿', he: '调解与劳动保障监察并行', meng: '各单位在本方案中签收任务' } as const;

test.use({ actionTimeout: 12_000 });

test('[R15] [C15] a backup is put back under open pages, and every word stands there once, by who wrote it', async ({
  browser,
}) => {
  const house = await openHouse();
  const seats: Seat[] = [];
  try {
    const names = ['林晓舟', '何志远', '孟祥宁', '许知夏'];
    seats.push(...(await Promise.all(names.map((name) => sitDownAt(browser, house.origin, name, PLAN)))));
    const [linSeat, heSeat, mengSeat, xuSeat] = seats;
    if (!linSeat || !heSeat || !mengSeat || !xuSeat) throw new Error('four seats');
    const [lin, meng, xu] = [linSeat.page, mengSeat.page, xuSeat.page];
    let he = heSeat.page;
    const documentId = new URL(lin.url()).pathname.split('/').at(-1) ?? '';

    // Everybody writes, and the operator makes a backup meanwhile.
    await typeAtEndOf(lin, LINE.lin, '【林备份前】');
    await expectSavedOnServer([lin]);
    const backup = join(mkdtempSync(join(tmpdir(), 'concord-backup-')), 'monday.concord');
    const [made] = await Promise.all([
      runTool('backup', [backup], { CONCORD_DATA_DIR: house.dataDirectory() }),
      typeAtEndOf(lin, LINE.lin, '【林同时】'),
      typeAtEndOf(he, LINE.he, '【何同时】'),
      typeAtEndOf(meng, LINE.meng, '【孟同时】'),
    ]);
    expect(made, made.said.join('\n')).toMatchObject({ status: 0 });

    // They write on, on each other's lines too; a comment, a task, a number: none of it is in the backup.
    await Promise.all([
      typeAtEndOf(lin, LINE.he, '【林之后】'),
      typeAtEndOf(he, LINE.lin, '【何之后】'),
      typeAtEndOf(meng, LINE.he, '【孟之后】'),
      comment(xu, '【许之后】'),
    ]);
    await addTask(lin, '【林的任务】');
    const lostNumber = await giveNumber(lin);
    await expectSavedOnServer([lin, he, meng, xu]);
    for (const page of [lin, he, meng, xu]) await expect(page.getByText(lostNumber)).toBeVisible();
    const noteUrl = await createNote(lin);
    await he.reload();
    await turnTo(he, NOTE);
    await prose(he).locator(':scope > *').last().click();
    await he.keyboard.type('【何在新记录】');
    await expectSavedOnServer([lin, he]);
    await turnTo(lin, PLAN);
    await turnTo(he, PLAN);
    await mengSeat.context.setOffline(true);
    await typeAtEndOf(meng, LINE.meng, '【孟离线】');
    await expectStatus(meng, /^离线 · 1 份文档待同步/);
    await typeAtEndOf(lin, LINE.lin, '【林只在网上】');
    await expectSavedOnServer([lin, he]);

    // The relay is stopped. Who writes on keeps it on their device; one closes the page.
    await house.close();
    await typeAtEndOf(lin, LINE.lin, '【林停机】');
    await typeAtEndOf(he, LINE.he, '【何停机】');
    await expectStatus(he, /^离线 · 1 份文档待同步/);
    await expectStored(he);
    const url = he.url();
    await he.close();

    // The older store in a new directory, at the same address. The pages notice by themselves.
    await putBack(house, backup);
    for (const page of [lin, xu]) await expect(page.getByText('登录已失效')).toBeVisible();
    await typeAtEndOf(lin, LINE.lin, '【林登录前】');

    // In another order than they left: the reviewer, who closed the page, the host, and last who was offline.
    await signInAgain(xu);
    await expectSavedOnServer([xu]);
    await expect(putBackNote(xu)).toContainText('不用重写');
    await putBackNote(xu).getByRole('button', { name: '知道了' }).click();
    await expect(putBackNote(xu)).toBeHidden();
    he = await heSeat.context.newPage();
    await he.goto(url);
    await expect(prose(he)).toContainText('【何停机】');
    await signInAgain(he);
    await expectSavedOnServer([he]);
    // What was made after the backup is on his device alone, until whoever made it is back.
    await he.goto(noteUrl);
    await expect(he.getByText('案件目录里没有这份文档').first()).toBeVisible();
    await expect(he.getByText('这台设备上的内容还在')).toBeVisible();
    await expectStatus(he, '已保存在本机');
    await signInAgain(lin);
    await expectSavedOnServer([lin]);
    for (const words of ['【林新建】', '【何在新记录】']) await expect(prose(he)).toContainText(words);
    await expectSavedOnServer([he]);
    await turnTo(he, PLAN);
    await mengSeat.context.setOffline(false);
    await signInAgain(meng);

    // Everything once, everywhere, the same to somebody who comes in anew; nothing is held.
    const pages = [lin, he, meng, xu];
    await expectSavedOnServer(pages);
    // Told until it was seen, and not to who comes in anew.
    for (const page of [lin, he, meng]) await expect(putBackNote(page)).toBeVisible();
    await xu.reload();
    await lin.reload();
    await expectSavedOnServer([xu, lin]);
    await expect(putBackNote(lin)).toBeVisible();
    await expect(putBackNote(xu)).toBeHidden();
    const witness = await sitDownAt(browser, house.origin, '唐可', PLAN);
    seats.push(witness);
    pages.push(witness.page);
    await expect(putBackNote(witness.page)).toBeHidden();
    const text = (await expectSameProse(pages)).join('\n');
    const written = {
      林晓舟: ['【林备份前】', '【林同时】', '【林之后】', '【林只在网上】', '【林停机】', '【林登录前】'],
      何志远: ['【何同时】', '【何之后】', '【何停机】'],
      孟祥宁: ['【孟同时】', '【孟之后】', '【孟离线】'],
    };
    for (const token of Object.values(written).flat()) expect(text.split(token).length - 1, token).toBe(1);
    for (const page of pages) {
      await expect(page.locator('tr[data-record]', { hasText: '【林的任务】' })).toHaveCount(1);
      await openPanel(page);
      const card = page.getByRole('article').filter({ hasText: '【许之后】' });
      await expect(card).toHaveCount(1);
      await expect(card).toContainText('许知夏');
      await expect(page.getByText(/未并入/)).toHaveCount(0);
    }

    // The number that no store knows of stands nowhere any more, and is never given again.
    for (const page of pages) await expect(page.getByText(lostNumber)).toHaveCount(0);
    const number = await giveNumber(lin);
    for (const page of pages) await expect(page.getByText(number)).toBeVisible();
    expect(Number(NUMBER.exec(number)?.[1])).toBeGreaterThan(Number(NUMBER.exec(lostNumber)?.[1]));
    await expectSavedOnServer(pages);
    expect(inStore(house.dataDirectory(), documentId, Object.values(written).flat())).toEqual({
      held: 0,
      wrong: 0,
      writers: Object.entries(written).flatMap(([name, tokens]) => tokens.map((token) => `${token} ${name}`)),
    });
  } finally {
    await leave(seats);
    await house.close();
  }
});

/** Restores the backup into a directory of its own, with the relay's key, and starts the relay on it. */
async function putBack(house: OperatedHouse, backup: string): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'concord-restored-'));
  const key = 'signing-key.pem';
  copyFileSync(join(house.dataDirectory(), key), join(directory, key));
  const restored = await runTool('restore', [backup], { CONCORD_DATA_DIR: directory });
  expect(restored, restored.said.join('\n')).toMatchObject({ status: 0 });
  await house.startOn(directory);
}

/** As the note above the page offers it. */
async function signInAgain(page: Page): Promise<void> {
  await page.getByRole('button', { name: '重新登录' }).click();
  const dialog = page.getByRole('dialog', { name: '重新登录' });
  await dialog.locator('input[type=password]').fill(DEMO_PASSWORD);
  await dialog.getByRole('button', { name: '登录', exact: true }).click();
  await expect(dialog).toBeHidden();
}

const putBackNote = (page: Page) => page.getByRole('status').filter({ hasText: '服务器的数据已恢复到较早的备份' });

async function openPanel(page: Page): Promise<void> {
  const button = page.locator('header button[aria-expanded]', { hasText: /^评论/ });
  if ((await button.getAttribute('aria-expanded')) === 'false') await button.click();
  await expect(page.getByRole('complementary', { name: '评论' })).toBeVisible();
}

async function comment(page: Page, words: string): Promise<void> {
  await openPanel(page);
  await page.getByRole('button', { name: '评论整份文档或某一栏' }).click();
  await expect(page.getByRole('textbox', { name: '评论内容' })).toBeFocused();
  await page.keyboard.type(words);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('article').filter({ hasText: words })).toBeVisible();
}

async function addTask(page: Page, problem: string): Promise<void> {
  await page.getByRole('button', { name: '添加任务' }).click();
  await expect(page.locator('tr[data-record]').last().getByRole('textbox')).toBeFocused();
  await page.keyboard.type(problem);
  await page.keyboard.press('Escape');
}

/** Makes a case note with a word in it, and returns its address. */
async function createNote(page: Page): Promise<string> {
  await page.getByRole('navigation').getByRole('link', { name: '案件概况' }).click();
  await page.getByRole('button', { name: '新建文档' }).first().click();
  await page.getByLabel('标题').fill(NOTE);
  await page.getByRole('dialog').getByRole('button', { name: '新建' }).click();
  await prose(page).locator(':scope > *').last().click();
  await page.keyboard.type('【林新建】');
  await expectSavedOnServer([page]);
  return page.url();
}

/** Goes to another document of the case by the navigation. */
async function turnTo(page: Page, title: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: title }).first().click();
  await expect(page.getByRole('heading', { level: 1 }).filter({ hasText: title })).toBeVisible();
  await expect(prose(page)).toBeVisible();
}

/** Asks for the plan's number, and returns it as it is shown. */
async function giveNumber(page: Page): Promise<string> {
  await page.getByRole('button', { name: '更多', exact: true }).click();
  await page.getByRole('menuitem', { name: '编号' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '编号' }).click();
  const shown = page.getByText(NUMBER).first();
  await expect(shown).toBeVisible();
  return NUMBER.exec(await shown.innerText())?.[0] ?? '';
}

/** An update that says nothing. */
const NOTHING = Uint8Array.of(0, 0);

/** What the relay's log says: who wrote each of these words, and how many of its updates name another than who wrote them. */
function inStore(dataDirectory: string, documentId: string, tokens: readonly string[]) {
  const db = openForReading(join(dataDirectory, 'concord.sqlite'));
  const room = `${documentId}/body`;
  const all = <T>(query: string, ...values: string[]) => db.prepare(query).all(...values) as T[];
  const [counted] = all<{ held: number }>('SELECT count(*) AS held FROM held');
  const logged = readRows(db, room, 0).flatMap((row) => rowToEntries(row).reverse());
  const owners = all<{ client_id: number; name: string; person_id: string }>(
    'SELECT client_id, person_id, name FROM owners JOIN people USING (person_id) WHERE room = ?',
    room,
  );
  db.close();
  const ownerOf = new Map(owners.map((owner) => [owner.client_id, owner]));
  const wrong = logged.filter(({ author, update }) =>
    [...Y.parseUpdateMeta(update ?? NOTHING).from.keys()].some(
      (clientId) => ownerOf.get(clientId)?.person_id !== author,
    ),
  );
  const doc = new Y.Doc();
  for (const { update } of logged) if (update !== null) Y.applyUpdate(doc, update);
  const letters = lettersOf(doc.getText(BODY_ROOTS.prose)).map(({ letter, clientId }) => ({
    letter,
    writer: ownerOf.get(clientId)?.name ?? 'nobody',
  }));
  const words = letters.map(({ letter }) => letter).join('');
  const writers = tokens.map((token) => {
    const at = words.indexOf(token);
    return `${token} ${[...new Set(letters.slice(at, at + token.length).map(({ writer }) => writer))]}`;
  });
  return { held: counted?.held ?? null, wrong: wrong.length, writers };
}

/** Each letter of a text that stands there, with the clientID that wrote it; what is no letter is a space. */
function lettersOf(text: Y.Text) {
  const letters: { letter: string; clientId: number }[] = [];
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue;
    const words = item.content instanceof Y.ContentString ? item.content.str : ' ';
    for (const letter of words.split('')) letters.push({ letter, clientId: item.id.client });
  }
  return letters;
}
