/**
 * Honest races: somebody writes without a network, and meanwhile the document is frozen, or their role becomes another one. They
 * are told kindly, lose no word and go on; the host reads what they wrote, adds one and does not take the other; both are
 * told where they look for it, in the document. What they deleted is struck through for both, and not carried out.
 */
import { expect, type Page, test } from '@playwright/test';
import {
  expectSavedOnServer,
  expectStatus,
  expectStored,
  type House,
  leave,
  openHouse,
  prose,
  sitDownAt,
  typeAtEndOf,
} from './house.ts';
import { compose, pressEndingEnter, pressWhileComposing } from './input-method.ts';

const NOTE = '案件记录（一）';
const WORDS = '三名代表经26人签名推选';
const FROZEN_WORDS = '（补：另有两人委托代表B）';
const ROLE_WORDS = '（此句与附件重复）';
/** So many characters. */
const DELETED_ALONE = 2;
const REASON = '附件一已经写明，不再重复。';

test.use({ actionTimeout: 12_000 });

let house: House;
test.beforeAll(async () => {
  house = await openHouse();
});
test.afterAll(() => house.close());

/** What is done with the document as a whole, by its menu. */
async function act(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: '更多', exact: true }).click();
  await page.getByRole('menuitem', { name }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name }).click();
  await expect(dialog).toBeHidden();
}

/** Writes on a train, and comes back when the others have done something. */
async function writeOffline(page: Page, text: string, meanwhile: () => Promise<void>, erased = 0): Promise<void> {
  await page.context().setOffline(true);
  await expectStatus(page, /^离线/);
  await typeAtEndOf(page, WORDS, '');
  for (let n = 0; n < erased; n++) await page.keyboard.press('Backspace');
  await page.keyboard.type(text);
  await expectStored(page);
  await meanwhile();
  await page.context().setOffline(false);
}

async function takeFreshCopy(page: Page): Promise<void> {
  await page.getByRole('button', { name: '取最新内容继续' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '取最新内容继续' }).click();
  await expect(page.getByText('你的改动到得晚了一点')).toBeHidden();
  await expect(prose(page)).toBeVisible();
}

test('what arrives too late is told kindly, read by the host, added or not taken, and its author hears of it', async ({
  browser,
}) => {
  const host = await sitDownAt(browser, house.origin, '林晓舟', NOTE);
  const author = await sitDownAt(browser, house.origin, '何志远', NOTE);
  try {
    const [lin, he] = [host.page, author.page];

    // Frozen while they wrote.
    await writeOffline(he, FROZEN_WORDS, async () => {
      await act(lin, '定稿');
      await expect(lin.getByText('已定稿').first()).toBeVisible();
    });
    const late = he.getByRole('status').filter({ hasText: '你的改动到得晚了一点' });
    await expect(late).toContainText('你写的时候，文档已经定稿。');
    await expect(late).toContainText('没有丢：已交给主持人');
    await takeFreshCopy(he);
    await expect(prose(he)).not.toContainText(FROZEN_WORDS);
    await expect(he.getByRole('link', { name: '你有 1 处改动未并入，等主持人处理' })).toBeVisible();

    // Frozen once more while they did nothing but delete.
    await act(lin, '恢复编辑');
    await expect(he.getByText('可编辑').first()).toBeVisible();
    await writeOffline(he, '', () => act(lin, '定稿'), DELETED_ALONE);
    await expect(late).toContainText('文档已经定稿');
    await takeFreshCopy(he);

    // Given another role while they wrote.
    await act(lin, '恢复编辑');
    await expect(he.getByText('可编辑').first()).toBeVisible();
    const before = await prose(lin).locator(':scope > *', { hasText: WORDS }).first().innerText();
    const erased = before.trim().slice(-4);
    const erasedAlone = before.trim().slice(-DELETED_ALONE);
    await writeOffline(he, ROLE_WORDS, () => changeRole(lin, '何志远', 'reviewer'), erased.length);
    await expect(late).toContainText('你在本案的角色已经变了');
    await takeFreshCopy(he);
    await expect(he.getByText('可评论').first()).toBeVisible();
    await expect(he.getByRole('link', { name: '你有 3 处改动未并入，等主持人处理' })).toBeVisible();

    // The host is told in the case and in the document, reads both, adds one and does not take the other.
    await lin.reload();
    await lin.getByRole('link', { name: '3 处改动未并入，待你处理' }).click();
    const items = lin.getByRole('listitem', { name: '何志远' });
    await expect(items).toHaveCount(3);
    const frozen = items.filter({ hasText: FROZEN_WORDS });
    const changed = items.filter({ hasText: ROLE_WORDS });
    const deleted = items
      .filter({ hasText: '已照' })
      .filter({ hasNotText: FROZEN_WORDS })
      .filter({ hasNotText: ROLE_WORDS });
    await expect(frozen).toContainText('定稿之后才到');
    await expect(changed).toContainText('写的时候角色已变');
    // Deletions are read before anything is decided, and that nobody carries them out.
    await expect(changed.locator('del')).toHaveText(erased);
    await expect(changed).toContainText('删去和其他改动不会自动照做');
    await expect(frozen.locator('del')).toHaveCount(0);
    await changed.getByRole('button', { name: '加到文末' }).click();
    await expect(lin.getByRole('dialog')).toContainText('只加入文字。这次改动里另外 1 处');
    await lin.getByRole('dialog').getByRole('button', { name: '取消' }).click();
    await frozen.getByRole('button', { name: '加到文末' }).click();
    await expect(lin.getByRole('dialog')).toContainText(FROZEN_WORDS);
    await lin.getByRole('dialog').getByRole('button', { name: '加到文末' }).click();
    await expect(frozen).toContainText('你已加到文末');
    await changed.getByRole('button', { name: '不采用' }).click();
    const dialog = lin.getByRole('dialog');
    await dialog.getByRole('button', { name: '不采用' }).click();
    await expect(dialog.getByText('此项必填')).toBeVisible();
    // Composed, and the keys of the input method neither send nor close.
    const reason = dialog.getByRole('textbox', { name: '理由' });
    await reason.click();
    await compose(lin, 'fujian', REASON, () => pressWhileComposing(lin, ['Enter', 'Escape', 'Tab']));
    await pressEndingEnter(lin);
    await expect(reason).toHaveValue(REASON);
    await dialog.getByRole('button', { name: '不采用' }).click();
    await expect(changed).toContainText(`你未采用：${REASON}`);
    // Nothing that was written goes.
    await expect(changed).toContainText(ROLE_WORDS);

    // What was deleted they delete themselves, and say so.
    await expect(deleted.locator('del')).toHaveText(erasedAlone);
    await deleted.getByRole('button', { name: '已照改' }).click();
    await expect(lin.getByRole('dialog')).toContainText('只记下你已经改好，何志远会看到');
    await lin.getByRole('dialog').getByRole('button', { name: '已照改' }).click();
    await expect(deleted).toContainText('你已照着在文档里改好');

    // The words are in the text, as the host's writing that says whose they are; the case's activity says both.
    await lin.getByRole('link', { name: NOTE }).first().click();
    const last = prose(lin).locator(':scope > *').filter({ hasText: FROZEN_WORDS });
    await expect(last).toHaveAttribute('data-kind', 'quote');
    await expect(prose(lin)).toContainText('补记（林晓舟加入）：以下为何志远所写');
    await expect(prose(lin)).not.toContainText(ROLE_WORDS);
    await expectSavedOnServer([lin]);
    await lin.getByRole('link', { name: '案件概况' }).click();
    await expect(lin.getByText('把何志远未并入的改动加入了')).toBeVisible();

    // Their author sees the words in the document, and what became of each.
    await expect(prose(he)).toContainText(FROZEN_WORDS);
    await he.reload();
    await he.getByRole('link', { name: '你未并入的改动有了结果' }).click();
    const own = he.getByRole('listitem', { name: '何志远' });
    await expect(own.filter({ hasText: FROZEN_WORDS })).toContainText('林晓舟已加到文末');
    await expect(own.filter({ hasText: ROLE_WORDS })).toContainText(`林晓舟未采用：${REASON}`);
    await expect(own.filter({ hasText: ROLE_WORDS }).locator('del')).toHaveText(erased);
    await expect(own.filter({ hasText: '林晓舟已照着在文档里改好' }).locator('del')).toHaveText(erasedAlone);
    await expect(own.getByRole('button', { name: '不采用' })).toHaveCount(0);
    await he.getByRole('link', { name: NOTE }).first().click();
    await expect(prose(he)).toContainText(FROZEN_WORDS);
    await expect(he.getByRole('link', { name: '你未并入的改动有了结果' })).toBeHidden();
  } finally {
    await leave([host, author]);
  }
});

/** As the page does it, without the way there and back. */
async function changeRole(page: Page, name: string, role: string): Promise<void> {
  await page.evaluate(
    async ([name, role]) => {
      const cases = await (await fetch('/api/cases')).json();
      const { caseId } = cases.find(({ title }: { title: string }) => title.includes('青禾家园'));
      const { members } = await (await fetch(`/api/cases/${caseId}`)).json();
      const { personId } = members.find((member: { name: string }) => member.name === name);
      const command = { commandId: crypto.randomUUID(), type: 'changeRole', caseId, personId, role };
      const answer = await fetch('/api/commands', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(command),
      });
      if (!answer.ok) throw new Error(await answer.text());
    },
    [name, role] as const,
  );
}
