/**
 * An input method composes in a text field of every kind while a colleague changes this or another field. What was composed
 * stands whole, what the colleague did arrives, and no key of the input method commits, closes or chooses anything.
 */
import { expect, type Locator, type Page, test } from '@playwright/test';
import { openFields, serveEditor } from './harness/editor-page.ts';
import type { FieldsHarness } from './harness/fields-harness.tsx';
import { compose, pressWhileComposing } from './input-method.ts';

serveEditor();

const HE = '22222222-2222-4222-8222-222222222222';
const AGENCY = '33333333-3333-4333-8333-333333333333';

interface Kind {
  readonly field: string;
  readonly spelled: string;
  readonly word: string;
  /** What the field says after Enter, and after a second one where the first only adds an item. */
  readonly after: unknown;
  readonly enters?: number;
  readonly theirs: string | string[];
}

const KINDS: readonly Kind[] = [
  { field: 'text', spelled: 'nihao', word: '你好', after: '你好', theirs: '远' },
  { field: 'date', spelled: '11yue6ri', word: '11月6日', after: '2026-11-06', theirs: '2026-12-01' },
  { field: 'dateTime', spelled: '11yue6ri', word: '11月6日', after: '2026-11-06T09:00', theirs: '2026-12-01T10:00' },
  { field: 'person', spelled: 'heshi', word: '何师傅', after: '何师傅', theirs: HE },
  { field: 'person', spelled: 'hezhiyuan', word: '何志远', after: HE, theirs: '别人' },
  { field: 'agency', spelled: 'jiedaoban', word: '街道办', after: '街道办', theirs: AGENCY },
  { field: 'people', spelled: 'hezhiyuan', word: '何志远', after: [HE], enters: 2, theirs: ['别人'] },
  { field: 'agencies', spelled: 'xianrenshe', word: '县人社局', after: [AGENCY], enters: 2, theirs: ['别处'] },
  { field: 'textList', spelled: 'nihao', word: '你好', after: ['你好'], enters: 2, theirs: ['远'] },
];

/** Opens a field for editing and returns its box. */
async function openField(page: Page, field: string): Promise<Locator> {
  await page
    .locator('dl > div', { has: page.locator('dt', { hasText: new RegExp(`^${field}$`) }) })
    .getByRole('button')
    .first()
    .click();
  const box = page.locator('input:focus, textarea:focus');
  await box.waitFor();
  return box;
}

const values = (page: Page, field: string) => page.evaluate((id) => window.fields.values(id), field);

async function expectReleased(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => [window.fields.isHolding(), window.fields.waitingCount()]))
    .toEqual([false, 0]);
}

test.describe('[C7] an input method composes in a field', () => {
  for (const { field, spelled, word, after, enters = 1, theirs } of KINDS) {
    test(`of kind ${field} (${word}) while a colleague sets it and another`, async ({ page }) => {
      await openFields(page, '');
      const box = await openField(page, field);
      await compose(page, spelled, word, async () => {
        await page.evaluate(
          ([id, value]) => {
            window.fields.colleagueSets(id as string, value as string);
            window.fields.colleagueSets('other', '远');
          },
          [field, theirs] as const,
        );
        expect(await page.evaluate(() => window.fields.waitingCount())).toBe(2);
        // Enter takes the letters, Escape drops them, Tab and arrows choose a word: all the input method's.
        await pressWhileComposing(page, ['Enter', 'ArrowDown', 'Tab', 'Escape', 'Backspace', 'Enter']);
        await expect(box).toBeFocused();
        expect((await values(page, field))[0]).toEqual([]);
      });
      await expect(box).toHaveValue(word);
      await expectReleased(page);
      await expect(box).toHaveValue(word);
      for (let i = 0; i < enters; i++) await page.keyboard.press('Enter');
      // Committed over what the colleague's value was, which had arrived by then.
      await expect.poll(() => values(page, field)).toEqual([[after], [after]]);
      expect((await values(page, 'other'))[0]).toEqual(['远']);
    });
  }

  test('and Escape after it, which is no longer its own, gives the field up', async ({ page }) => {
    await openFields(page, '');
    const box = await openField(page, 'text');
    await compose(page, 'nihao', '你好');
    await page.keyboard.press('Escape');
    await expect(box).toHaveCount(0);
    expect(await values(page, 'text')).toEqual([[], []]);
  });

  test('and leaving the field in the middle of it writes what stands there', async ({ page }) => {
    await openFields(page, '');
    const box = await openField(page, 'text');
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 });
    await page.evaluate(() => window.fields.colleagueSets('other', '远'));
    await box.blur();
    await expectReleased(page);
    expect((await values(page, 'other'))[0]).toEqual(['远']);
    expect(await values(page, 'text')).toEqual([['ni'], ['ni']]);
  });
});

interface LongScene {
  readonly name: string;
  readonly at: number;
  readonly colleague: (fields: FieldsHarness) => void;
  readonly after: RegExp;
}

// Over 第一段文字; the composed letters stand at `at`. Each function runs in the page.
const LONG: readonly LongScene[] = [
  { name: 'nothing', at: 5, colleague: () => {}, after: /^第一段文字你好$/ },
  { name: 'before', at: 5, colleague: (fields) => fields.colleagueWrites(0, '远'), after: /^远第一段文字你好$/ },
  { name: 'after', at: 3, colleague: (fields) => fields.colleagueWrites(99, '远'), after: /^第一段你好文字远$/ },
  {
    name: 'at the same place',
    at: 5,
    colleague: (fields) => fields.colleagueWrites(5, '远'),
    after: /^第一段文字(你好远|远你好)$/,
  },
  {
    name: 'ten times around',
    at: 3,
    colleague: (fields) => {
      for (let i = 0; i < 5; i++) {
        fields.colleagueWrites(1, '近');
        fields.colleagueWrites(99, '远');
      }
    },
    after: /^第近{5}一段你好文字远{5}$/,
  },
  {
    name: 'new lines around',
    at: 3,
    colleague: (fields) => {
      fields.colleagueWrites(0, '上\n');
      fields.colleagueWrites(99, '\n下');
    },
    after: /^上\n第一段你好文字\n下$/,
  },
  { name: 'a deletion before', at: 5, colleague: (fields) => fields.colleagueCuts(0, 3), after: /^文字你好$/ },
  { name: 'a deletion around', at: 3, colleague: (fields) => fields.colleagueCuts(2, 2), after: /^第一你好字$/ },
  { name: 'a deletion of everything', at: 3, colleague: (fields) => fields.colleagueCuts(0, 5), after: /^你好$/ },
];

test.describe('[C7] an input method composes in a long text while a colleague does', () => {
  for (const scene of LONG) {
    test(scene.name, async ({ page }) => {
      await openFields(page, '第一段文字');
      const box = await openField(page, 'longText');
      await box.evaluate((node, at) => (node as HTMLTextAreaElement).setSelectionRange(at, at), scene.at);
      await compose(page, 'nihao', '你好', async () => {
        await page.evaluate(`(${scene.colleague.toString()})(window.fields)`);
        await pressWhileComposing(page, ['Enter', 'Escape', 'Tab']);
        await expect(box).toBeFocused();
        // The colleague does not see letters that are not yet words.
        expect((await page.evaluate(() => window.fields.longTexts()))[1]).not.toMatch(/[a-z]/);
      });
      await expectReleased(page);
      await expect(box).toHaveValue(scene.after);
      // One goes on where one was.
      await page.keyboard.insertText('！');
      await expect(box).toHaveValue(/你好！/);
      const [mine, theirs] = await page.evaluate(() => window.fields.longTexts());
      expect(mine).toBe(await box.inputValue());
      expect(theirs).toBe(mine);
    });
  }
});
