/** A kept case is complete without a network though only its page was opened; what is written in closed documents arrives by itself. */
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
  typeAtEndOf,
} from './house.ts';

const NOTE = '案件记录（一）接谈记录';
const REVIEWED = '案件记录（四）协议条款审阅稿';
const MINUTES = '青禾家园二期工资纠纷专题会商会纪要';
const PLAN = '青禾家园二期工资纠纷联合化解方案';

test('[C11] [C12] only the case was opened: everything is there offline, and words of two closed documents arrive by themselves', async ({
  browser,
}) => {
  const house = await openHouse();
  const seats: Seat[] = [];
  try {
    const seat = await takeSeat(browser);
    seats.push(seat);
    const { page, context } = seat;
    await signIn(page, house.origin, '何志远');
    await page
      .getByRole('link', { name: /青禾家园/ })
      .first()
      .click();
    await expect(page.getByText('份文档全部在本机，可离线使用')).toBeVisible();
    await expect(page.getByText('全部可离线')).toBeVisible();
    await context.setOffline(true);

    const navigation = page.getByRole('navigation', { name: '导航', exact: true });
    const documents = navigation.getByRole('link', { name: /案件记录|纪要|方案/ });
    for (const title of await documents.allTextContents()) {
      await navigation.getByRole('link', { name: title }).click();
      await expect(page.getByRole('banner')).toContainText(title);
      await expect(prose(page)).not.toHaveText('');
      await expectStatus(page, '离线 · 无待同步');
    }
    // Comments and the plan's facts are in rooms of their own.
    await navigation.getByRole('link', { name: REVIEWED }).click();
    await page.locator('header button[aria-expanded]', { hasText: /^评论/ }).click();
    await expect(page.getByRole('complementary', { name: '评论' })).toContainText('已解决 4');
    await navigation.getByRole('link', { name: PLAN }).click();
    await expect(page.locator('tr[data-record]')).toHaveCount(8);
    await expect(page.locator('tr[data-record]').first()).toContainText('已销号');

    await navigation.getByRole('link', { name: MINUTES }).click();
    await typeAtEndOf(page, '会议听取了', '（列车上补记一）');
    await navigation.getByRole('link', { name: NOTE }).click();
    await expect(prose(page)).not.toContainText('会议听取了');
    await prose(page).locator(':scope > *').last().click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('（列车上补记二）');
    await expectStored(page);
    await navigation.getByRole('link', { name: '案件', exact: true }).click();
    await expectStatus(page, '离线 · 2 份文档待同步');

    await context.setOffline(false);
    await expectSavedOnServer([page]);
    const reader = await sitDownAt(browser, house.origin, '沈知行', MINUTES);
    seats.push(reader);
    await expect(prose(reader.page)).toContainText('（列车上补记一）');
    const there = reader.page.getByRole('navigation', { name: '导航', exact: true });
    await there.getByRole('link', { name: NOTE }).click();
    await expect(prose(reader.page)).toContainText('（列车上补记二）');
  } finally {
    await leave(seats);
    await house.close();
  }
});
