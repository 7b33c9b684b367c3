/** A new house: the one-time link makes the first administrator, whom the guided start leads to agencies, people and the first case. */
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
    // The guided start stands before the empty list; what it makes is made by the real forms.
    await expect(page.getByRole('heading', { name: '开始使用' })).toBeVisible();
    expect(page.url()).not.toContain('setup');
    const step = (name: string) => page.locator('li[aria-current="step"]', { hasText: name });
    await expect(step('参与单位')).toContainText('第 1 步，共 3 步');
    await step('参与单位').getByLabel('全称').fill('云川县司法局');
    await step('参与单位').getByLabel('编号代字').fill('云司');
    await step('参与单位').getByRole('button', { name: '添加单位' }).click();
    await expect(step('参与单位')).toContainText('已有 2 个单位');
    // Left and taken up again, it goes on where something is still to be done; the same in English.
    await page.getByRole('button', { name: '以后再做' }).click();
    await expect(page.getByText('还没有案件')).toBeVisible();
    await page.getByRole('button', { name: '继续开始引导' }).click();
    await page.getByText('English', { exact: true }).click();
    await expect(step('People')).toContainText('Step 2 of 3');
    await expect(step('People')).toContainText(`They sign in at ${house.origin}`);
    expect(await page.getByRole('main').innerText()).not.toMatch(/firstSteps\.|people\.|[\u3001\u3002\uff0c]/);
    await page.getByText('中文', { exact: true }).click();
    await step('人员').getByLabel('姓名').fill('调解员乙');
    await step('人员').getByLabel('所属单位').click();
    await page.getByRole('option', { name: '云川县司法局' }).click();
    await page.keyboard.press('Escape');
    await step('人员').getByLabel('密码').fill('another-password');
    await step('人员').getByRole('button', { name: '添加人员' }).click();
    await expect(step('人员')).toContainText('已有 2 人');
    await step('人员').getByRole('button', { name: '下一步' }).click();
    await step('第一个案件').getByLabel('案件名称').fill('申请人甲与被申请人乙物业纠纷');
    await step('第一个案件').getByLabel('类别').click();
    await page.getByRole('option', { name: '物业' }).click();
    await step('第一个案件').getByRole('button', { name: '新建案件' }).click();

    // The case says its next step: who the parties are. Then the colleague, and its first document.
    await expect(page.getByRole('heading', { name: '申请人甲与被申请人乙物业纠纷' })).toBeVisible();
    await expect(page.getByText('还没有当事人')).toBeVisible();
    for (const side of ['申请方', '被申请方']) {
      await page.getByRole('button', { name: '添加当事人' }).click();
      await page.getByRole('menuitem', { name: `添加${side}`, exact: true }).click();
    }
    await expect(page.locator('tr[data-record]')).toHaveCount(2);
    await page.getByRole('button', { name: '邀请成员' }).click();
    await dialog.getByRole('combobox').first().click();
    await page.getByRole('option', { name: /调解员乙/ }).click();
    await dialog.getByRole('combobox').last().click();
    await page.getByRole('option', { name: '调解员' }).click();
    await dialog.getByRole('button', { name: /邀请/ }).click();
    await expect(page.getByRole('region', { name: '参与单位和人员' })).toContainText('调解员乙');
    await expect(page.getByRole('region', { name: '动态' })).toContainText('邀请调解员乙加入，角色是调解员');
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

    // It has done its work: the list of cases is the first page, and the guided start is found among the people.
    await page.getByRole('link', { name: '案件', exact: true }).first().click();
    await expect(page.getByRole('heading', { name: '我的案件' })).toBeVisible();
    await page.getByRole('link', { name: '人员与单位' }).click();
    await page.getByRole('button', { name: '开始引导' }).click();
    await expect(page.getByText('已有 1 个案件')).toBeVisible();
  } finally {
    await leave([seat, other]);
    await house.close();
  }
});
