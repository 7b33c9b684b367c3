/** A new house: the one-time link makes the first administrator, who adds an agency and a person and opens the first case. */
import { expect, test } from '@playwright/test';
import { expectSavedOnServer, leave, openHouse, prose, takeSeat } from './house.ts';

test('the first administrator comes from nothing to a document two people share', async ({ browser }) => {
  const house = await openHouse([]);
  const seat = await takeSeat(browser);
  const other = await takeSeat(browser);
  const { page } = seat;
  const dialog = page.getByRole('dialog');
  try {
    const link = /(http\S+#setup=\S+)/.exec(house.output())?.[1];
    if (link === undefined) throw new Error('no one-time link was printed');
    await page.goto(link);
    await page.getByLabel('姓名').fill('管理员甲');
    await page.getByLabel('密码').fill('a-long-password');
    await page.getByLabel('单位名称').fill('云川县综治中心');
    await page.getByLabel('编号代字').fill('云城');
    await page.getByRole('button', { name: '建立并登录' }).click();
    await expect(page.getByRole('heading', { name: /案件/ }).first()).toBeVisible();
    expect(page.url()).not.toContain('setup');

    // A colleague.
    await page.getByRole('link', { name: '人员与单位' }).click();
    await page.getByRole('button', { name: '添加人员' }).first().click();
    await dialog.getByLabel('姓名').fill('调解员乙');
    // The only agency there is stands already chosen.
    await expect(dialog.getByText('云川县综治中心')).toBeVisible();
    await dialog.getByLabel('密码').fill('another-password');
    await dialog.getByRole('button', { name: /添加|保存|建立/ }).click();
    await expect(page.getByText('调解员乙')).toBeVisible();

    // The first case, with the colleague in it, and its first document.
    await page.getByRole('link', { name: '案件', exact: true }).first().click();
    await page.getByRole('button', { name: '新建案件' }).first().click();
    await dialog.getByLabel('案件名称').fill('申请人甲与被申请人乙物业纠纷');
    await dialog.getByLabel('类别').click();
    await page.getByRole('option', { name: '物业' }).click();
    await dialog.getByRole('button', { name: '新建案件' }).click();
    await expect(page.getByRole('heading', { name: '申请人甲与被申请人乙物业纠纷' })).toBeVisible();
    await page.getByRole('button', { name: '邀请成员' }).click();
    await dialog.getByRole('combobox').first().click();
    await page.getByRole('option', { name: /调解员乙/ }).click();
    await dialog.getByRole('combobox').last().click();
    await page.getByRole('option', { name: '调解员' }).click();
    await dialog.getByRole('button', { name: /邀请/ }).click();
    await expect(page.getByRole('main').getByText('调解员乙')).toBeVisible();
    await page.getByRole('button', { name: '新建文档' }).first().click();
    await dialog.getByRole('textbox').first().fill('接谈记录');
    await dialog.getByRole('button', { name: /新建/ }).click();
    await expect(prose(page)).toBeVisible();
    await prose(page).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('第一次接谈。');
    await expectSavedOnServer([page]);

    await other.page.goto(house.origin);
    await other.page.getByLabel('姓名').fill('调解员乙');
    await other.page.getByLabel('密码').fill('another-password');
    await other.page.getByRole('button', { name: '登录' }).click();
    await other.page
      .getByRole('link', { name: /申请人甲/ })
      .first()
      .click();
    await other.page.getByRole('table').getByRole('link', { name: '接谈记录' }).click();
    await expect(prose(other.page)).toContainText('第一次接谈。');
  } finally {
    await leave([seat, other]);
    await house.close();
  }
});
