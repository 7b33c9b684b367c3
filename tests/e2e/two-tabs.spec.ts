/**
 * Two tabs of one person that do not hear each other (the browser lost the message, or froze the tab): the second writes
 * offline and closes. What it left is in the store, and the first says so before it says "saved on the server".
 */
import { expect, test } from '@playwright/test';
import {
  expectSavedOnServer,
  expectStatus,
  expectStored,
  leave,
  openHouse,
  prose,
  type Seat,
  sitDownAt,
} from './house.ts';

const MINUTES = '青禾家园二期工资纠纷专题会商会纪要';
const WORDS = '（第二个标签页离线写的）';

test('[C2] the first tab does not say saved on the server before the words of the closed second one are there', async ({
  browser,
}) => {
  const house = await openHouse();
  const seats: Seat[] = [];
  try {
    const seat = await sitDownAt(browser, house.origin, '何志远', MINUTES);
    seats.push(seat);
    const { page, context } = seat;
    const second = await context.newPage();
    await second.addInitScript(() => {
      delete (window as { BroadcastChannel?: unknown }).BroadcastChannel;
    });
    await second.goto(page.url());
    await expectSavedOnServer([second]);
    await context.setOffline(true);
    await expectStatus(page, /^离线/);
    await expectStatus(second, /^离线/);
    await prose(second).locator(':scope > *').last().click();
    await second.keyboard.press('Control+End');
    await second.keyboard.type(WORDS);
    await expectStatus(second, '离线 · 1 份文档待同步');
    await expectStored(second);
    await second.close();
    await expect(prose(page)).not.toContainText(WORDS);

    // From now on every status is noted with whether the words are on the page.
    await page.evaluate((words) => {
      const notes: string[] = [];
      (window as unknown as { notes: string[] }).notes = notes;
      const note = () => {
        const isSaved = [...document.querySelectorAll('[role=status]')].some(
          (each) => each.textContent === '已保存到服务器',
        );
        const hasWords = document.querySelector('.ProseMirror')?.textContent?.includes(words) ?? false;
        notes.push(`${isSaved ? 'saved' : 'waiting'} ${hasWords ? 'with' : 'without'}`);
      };
      new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
    }, WORDS);
    const witness = await sitDownAt(browser, house.origin, '沈知行', MINUTES);
    seats.push(witness);
    await context.setOffline(false);
    await expectSavedOnServer([page]);
    await expect(prose(page)).toContainText(WORDS);
    await expect(prose(witness.page)).toContainText(WORDS);
    const notes = await page.evaluate(() => (window as unknown as { notes: string[] }).notes);
    expect(notes).toContain('waiting with');
    expect(notes).not.toContain('saved without');
  } finally {
    await leave(seats);
    await house.close();
  }
});
