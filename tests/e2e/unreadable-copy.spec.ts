/** A device's copy of a document that cannot be read: the reason, a file of what is there, and a way on; never an empty page. */
import { expect, test } from '@playwright/test';
import { expectSavedOnServer, expectStored, leave, openHouse, prose, type Seat, sitDownAt } from './house.ts';

test('[C6] an unreadable copy is said, taken out, and replaced only when its owner asks', async ({ browser }) => {
  const house = await openHouse();
  const seats: Seat[] = [];
  try {
    const seat = await sitDownAt(browser, house.origin, '何志远', '专题会商会纪要');
    seats.push(seat);
    const { page } = seat;
    await expectStored(page);
    const address = page.url();
    // Elsewhere in the product, so that nothing holds the document's copy while it is damaged.
    await page.goto(`${house.origin}/nowhere`);
    await expect(page.getByText('没有这个页面').first()).toBeVisible();
    expect(await page.evaluate(damageEntries)).toBeGreaterThan(0);

    await page.goto(address);
    const alert = page.getByRole('alert');
    await expect(alert).toContainText('读不出这份文档的本机副本');
    const exported = page.waitForEvent('download');
    await alert.getByRole('button', { name: '导出本机内容' }).click();
    expect((await exported).suggestedFilename()).toMatch(/\.json$/);

    await alert.getByRole('button', { name: '取最新内容继续' }).click();
    const kept = page.waitForEvent('download');
    await page.getByRole('dialog').getByRole('button', { name: '取最新内容继续' }).click();
    await kept;
    await expect(prose(page)).toContainText('会议听取了人社');
    await expectSavedOnServer([page]);
  } finally {
    await leave(seats);
    await house.close();
  }
});

/** Overwrites the entries of every document with bytes that mean nothing; how many there were. Runs in the page. */
async function damageEntries(): Promise<number> {
  let damaged = 0;
  for (const { name } of await indexedDB.databases()) {
    if (name === undefined) continue;
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    await new Promise<void>((resolve, reject) => {
      const writing = database.transaction('records', 'readwrite');
      const cursor = writing.objectStore('records').openCursor();
      cursor.onsuccess = () => {
        const at = cursor.result;
        if (at === null) return;
        if (Array.isArray(at.key) && at.key[0] === 'entry' && at.key[2] === 'body') {
          at.update(new Uint8Array([1, 2, 3, 250, 9]));
          damaged += 1;
        }
        at.continue();
      };
      writing.oncomplete = () => resolve();
      writing.onerror = () => reject(writing.error);
    });
    database.close();
  }
  return damaged;
}
