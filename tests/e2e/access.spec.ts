/**
 * Every page in both languages, wide and at phone width, light and dark: nothing that axe calls serious, nothing that has
 * to be scrolled sideways, no key of the catalogue where its words should be. Open dialogs count as pages.
 */
import { randomUUID } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import * as Y from 'yjs';
import { leave, openHouse, prose, signIn, takeSeat } from './house.ts';

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 360, height: 740 };
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

async function expectAccessible(page: Page, where: string): Promise<void> {
  // Colours on their way from one scheme to the other are nobody's to read.
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target} ${node.failureSummary}`).join(' | ')}`);
  // All pages are looked at before the first fault ends it.
  expect.soft(serious, where).toEqual([]);
}

async function expectFits(page: Page, where: string): Promise<void> {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect.soft(excess, `${where}: wider than the window`).toBeLessThanOrEqual(0);
}

/** Keys look like `area.word`; words that people read do not. */
async function expectTranslated(page: Page, where: string): Promise<void> {
  const text = await page.evaluate(() => document.body.innerText);
  const keys =
    text.match(
      /\b(?:general|case|cases|caseRecord|party|activity|firstSteps|document|held|status|problem|task|tasks|editor|keys)\.[a-zA-Z]+\b/g,
    ) ?? [];
  expect.soft(keys, where).toEqual([]);
}

/** Looks at the page as it stands, in every width and scheme. */
async function look(page: Page, where: string): Promise<void> {
  for (const [size, viewport] of [
    ['wide', WIDE],
    ['phone', PHONE],
  ] as const) {
    await page.setViewportSize(viewport);
    await expectFits(page, `${where} ${size}`);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page, `${where} ${size} ${colorScheme}`);
    }
  }
  await expectTranslated(page, where);
  await page.setViewportSize(WIDE);
}

/** Something for the page of changes that were not merged. */
async function handInLate(page: Page, documentId: string): Promise<void> {
  const doc = new Y.Doc();
  doc.getText('prose').insert(0, '（补：另有两人委托代表B）');
  const update = Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64');
  const held = { heldId: randomUUID(), room: 'body', reason: 'frozen', update };
  const status = await page.evaluate(
    async ([id, body]) => {
      const headers = { 'content-type': 'application/json' };
      return (await fetch(`/api/held/${id}`, { method: 'POST', headers, body })).status;
    },
    [documentId, JSON.stringify(held)] as const,
  );
  expect(status).toBe(204);
}

for (const { locale, document } of [
  { locale: 'zh-CN', document: '文档' },
  { locale: 'en-GB', document: 'documents' },
]) {
  test(`every page can be read and used by everybody in ${locale}`, async ({ browser }) => {
    test.setTimeout(240_000);
    const house = await openHouse();
    const seat = await takeSeat(browser, { locale, reducedMotion: 'reduce' });
    const { page } = seat;
    try {
      await page.goto(house.origin);
      await expect(page.getByRole('button').first()).toBeVisible();
      await look(page, 'sign in');
      await signIn(page, house.origin, '林晓舟');
      await look(page, 'cases');
      await page
        .getByRole('link', { name: /青禾家园/ })
        .first()
        .click();
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('tr[data-record]').first()).toBeVisible();
      await look(page, 'case');
      const addresses = await page
        .locator('main a[href*="/documents/"]')
        .evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute('href') ?? ''))]);
      expect(addresses.length, document).toBeGreaterThan(2);
      await handInLate(page, addresses[0]?.split('/').at(-1) ?? '');
      for (const address of addresses) {
        await page.goto(house.origin + address);
        await expect(prose(page)).toBeVisible();
        await look(page, address);
      }
      for (const address of [
        ...[`${addresses[0]}/held`, `${addresses[0]}/project`, '/people', '/start', '/device', '/nowhere'],
      ]) {
        await page.goto(house.origin + address);
        await expect(page.getByRole('main')).toBeVisible();
        if (address.endsWith('/held')) await expect(page.getByText('另有两人委托代表B')).toBeVisible();
        await look(page, address);
      }
      // With what stands beside a page: comments, resolved ones too.
      await page.goto(house.origin + (addresses[0] ?? ''));
      await expect(prose(page)).toBeVisible();
      await page.getByRole('button', { name: /^(评论|Comments)/, expanded: false }).click();
      await expect(page.getByRole('complementary')).toBeVisible();
      await expectAccessible(page, 'comments');
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog')).toBeVisible();
      await look(page, 'list of keys');
    } finally {
      await leave([seat]);
      await house.close();
    }
  });
}
