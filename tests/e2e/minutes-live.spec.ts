/** Scene two: minutes drafted together; the relay is killed in the middle; a tab dies with words no server has seen. */
import { expect, test } from '@playwright/test';
import {
  expectSameProse,
  expectSavedOnServer,
  expectStatus,
  expectStored,
  leave,
  openHouse,
  prose,
  type Seat,
  sitDownAt,
  typeAtEndOf,
} from './house.ts';

const MINUTES = '专题会商会纪要';
const LINE = '会议听取了人社';

test('three agencies draft minutes while the relay is killed and started again, and every word stays', async ({
  browser,
}) => {
  const house = await openHouse();
  const seats: Seat[] = [];
  try {
    for (const name of ['秦一鸣', '何志远', '孟祥宁'])
      seats.push(await sitDownAt(browser, house.origin, name, MINUTES));
    const pages = seats.map((seat) => seat.page);
    const [qin, he, meng] = pages;
    if (qin === undefined || he === undefined || meng === undefined) throw new Error('three seats');

    // All three in one line at once, five times: nobody's word is parted by another's, and none stands elsewhere.
    const rounds = ['一', '甲', '乙', '丙', '丁'];
    for (const round of rounds) {
      await Promise.all([
        typeAtEndOf(qin, LINE, `【秦${round}】`),
        typeAtEndOf(he, LINE, `【何${round}】`),
        typeAtEndOf(meng, LINE, `【孟${round}】`),
      ]);
    }
    await expectSavedOnServer(pages);
    let text = (await expectSameProse(pages)).join('\n');
    const line = text.split('\n').find((each) => each.includes(LINE)) ?? '';
    for (const round of rounds) for (const name of ['秦', '何', '孟']) expectOnce(line, `【${name}${round}】`);

    // One drops off the network; both sides write on in the same line; it comes back.
    await seats[2]?.context.setOffline(true);
    await typeAtEndOf(meng, LINE, '【孟离线】');
    await typeAtEndOf(qin, LINE, '【秦在线】');
    await expectStatus(meng, /离线 · 1 份文档待同步/);
    await expectSavedOnServer([qin, he]);
    await expect(prose(he)).toContainText('【秦在线】');
    await expect(prose(he)).not.toContainText('【孟离线】');
    await seats[2]?.context.setOffline(false);
    await expectSavedOnServer(pages);
    text = (await expectSameProse(pages)).join('\n');
    for (const token of ['【孟离线】', '【秦在线】', '【孟一】']) expectOnce(text, token);

    // Carets carry name and agency.
    await expect(
      prose(qin)
        .getByText(/何志远 · /)
        .first(),
    ).toBeAttached();

    // The relay is killed; everybody writes on, changes kinds and splits lines; it comes back.
    await house.kill();
    await typeAtEndOf(qin, LINE, '【秦二】');
    await qin.keyboard.press('Enter');
    await qin.keyboard.type('【秦新行】');
    await typeAtEndOf(he, LINE, '【何二】');
    await typeAtEndOf(meng, LINE, '【孟二】');
    await meng.keyboard.press('Control+Alt+2');
    await expectStatus(qin, /离线|已保存在本机/);
    await house.start();
    await expectSavedOnServer(pages);
    text = (await expectSameProse(pages)).join('\n');
    for (const token of ['【秦一】', '【何一】', '【孟一】', '【秦二】', '【何二】', '【孟二】', '【秦新行】']) {
      expectOnce(text, token);
    }
    // The line became a heading with everything in it.
    await expect(prose(he).locator('h2', { hasText: LINE })).toContainText('【何二】');

    // Undo takes back only one's own.
    await typeAtEndOf(he, LINE, '【何要撤销】');
    await expect(prose(qin)).toContainText('【何要撤销】');
    await qin.waitForFunction(() => document.querySelector('.ProseMirror')?.textContent?.includes('【何要撤销】'));
    await he.keyboard.press('Control+z');
    text = (await expectSameProse(pages)).join('\n');
    for (const token of ['【秦二】', '【孟二】']) expectOnce(text, token);
  } finally {
    await leave(seats);
    await house.close();
  }
});

test('[C4] a tab killed with words no server has seen shows them again and delivers them', async ({ browser }) => {
  const house = await openHouse();
  const seats: Seat[] = [];
  try {
    const he = await sitDownAt(browser, house.origin, '何志远', MINUTES);
    const qin = await sitDownAt(browser, house.origin, '秦一鸣', MINUTES);
    seats.push(he, qin);
    await house.kill();
    await typeAtEndOf(he.page, LINE, '【还没有同步】');
    await expectStatus(he.page, /离线 · 1 份文档待同步|已保存在本机/);
    await expectStored(he.page);

    // The tab dies without a chance to say goodbye.
    const url = he.page.url();
    const debug = await he.context.newCDPSession(he.page);
    const crashed = he.page.waitForEvent('crash');
    debug.send('Page.crash').catch(() => undefined);
    await crashed;

    await house.start();
    const again = await he.context.newPage();
    await again.goto(url);
    await expect(prose(again)).toContainText('【还没有同步】');
    await expectSavedOnServer([again, qin.page]);
    await expect(prose(qin.page)).toContainText('【还没有同步】');
  } finally {
    await leave(seats);
    await house.close();
  }
});

test('a reviewer is told what they may do and cannot change a word', async ({ browser }) => {
  const house = await openHouse();
  const seats: Seat[] = [];
  try {
    const reviewer = await sitDownAt(browser, house.origin, '许知夏', MINUTES);
    seats.push(reviewer);
    await expect(reviewer.page.getByText('可评论').first()).toBeVisible();
    await expect(prose(reviewer.page)).toHaveAttribute('aria-readonly', 'true');
    const before = await expectSameProse([reviewer.page]);
    await prose(reviewer.page).locator('p').first().click();
    await reviewer.page.keyboard.type('不该写进去');
    await expect(reviewer.page.getByText(/正文在这里只能评论/)).toBeVisible();
    expect(await expectSameProse([reviewer.page])).toEqual(before);
  } finally {
    await leave(seats);
    await house.close();
  }
});

function expectOnce(text: string, token: string): void {
  expect(text.split(token).length - 1, `${token} in ${text}`).toBe(1);
}
