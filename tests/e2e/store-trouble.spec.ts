/** The device store in trouble, in a real browser: no space, deleted under an open page. Said in words, and nothing lost. */
import { expect, test } from '@playwright/test';
import {
  expectSavedOnServer,
  expectStatus,
  expectStored,
  leave,
  openHouse,
  prose,
  type Seat,
  signIn,
  sitDownAt,
  takeSeat,
} from './house.ts';

const MINUTES = '青禾家园二期工资纠纷专题会商会纪要';

/** Enough for the program and its documents. */
const QUOTA_BYTES = 40_000_000;

test('[C13] a full disk and a deleted database are said in words, and every word is stored in the end', async ({
  browser,
}) => {
  const house = await openHouse();
  const seats: Seat[] = [];
  try {
    const seat = await takeSeat(browser);
    seats.push(seat);
    const { page, context } = seat;
    const devtools = await context.newCDPSession(page);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: house.origin, quotaSize: QUOTA_BYTES });
    await signIn(page, house.origin, '何志远');
    await page
      .getByRole('link', { name: /青禾家园/ })
      .first()
      .click();
    await page.getByRole('table').getByRole('link', { name: MINUTES }).click();
    await expect(prose(page)).toContainText('会议听取了');
    await expectSavedOnServer([page]);
    await context.setOffline(true);
    await expectStatus(page, /^离线/);
    await page.evaluate(fillUp);
    await prose(page).locator(':scope > *').last().click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('（空间不够时写的）');
    const alert = page.getByRole('alert').filter({ hasText: '这台设备的空间不够' });
    await expect(alert).toBeVisible();
    const exported = page.waitForEvent('download');
    await alert.getByRole('button', { name: '导出本机内容' }).click();
    await exported;

    // Room is made: what could not be stored is stored by itself.
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: house.origin });
    await expect(alert).toHaveCount(0);
    await expectStatus(page, '离线 · 1 份文档待同步');

    // Another tab deletes everything this origin has stored.
    const other = await context.newPage();
    await other.route('**/elsewhere', (route) =>
      route.fulfill({ body: '<title>elsewhere</title>', contentType: 'text/html' }),
    );
    await other.goto(`${house.origin}/elsewhere`);
    await other.evaluate(async () => {
      for (const { name } of await indexedDB.databases()) {
        await new Promise<void>((resolve, reject) => {
          const deleting = indexedDB.deleteDatabase(name ?? '');
          deleting.onsuccess = () => resolve();
          deleting.onerror = () => reject(deleting.error);
        });
      }
    });
    await other.close();
    await expect(page.getByText('本机存储刚才被删除')).toBeVisible();
    await expect(page.getByText('本页打开着的内容已经重新存好')).toBeVisible();
    await expectStatus(page, '离线 · 1 份文档待同步');
    await expectStored(page);
    await context.setOffline(false);
    await expectSavedOnServer([page]);
    const witness = await sitDownAt(browser, house.origin, '沈知行', MINUTES);
    seats.push(witness);
    await expect(prose(witness.page)).toContainText('（空间不够时写的）');
  } finally {
    await leave(seats);
    await house.close();
  }
});

/** Fills what is left of the origin's quota, in ever smaller pieces that do not compress. Runs in the page. */
async function fillUp(): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('ballast');
    opening.onupgradeneeded = () => opening.result.createObjectStore('ballast', { autoIncrement: true });
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const put = (bytes: number) =>
    new Promise<boolean>((resolve) => {
      const piece = new Uint8Array(bytes);
      for (let at = 0; at < bytes; at += 65_536) crypto.getRandomValues(piece.subarray(at, at + 65_536));
      const writing = database.transaction('ballast', 'readwrite', { durability: 'strict' });
      writing.objectStore('ballast').put(piece);
      writing.oncomplete = () => resolve(true);
      writing.onabort = () => resolve(false);
    });
  for (const bytes of [4_000_000, 500_000, 50_000, 5_000, 500, 50]) while (await put(bytes));
  database.close();
}
