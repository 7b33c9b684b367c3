/**
 * Opens the harness in a page and fails a test whose page threw or broke its security policy. For scenes that need a real
 * browser but no relay.
 */
import { expect, type Page, test } from '@playwright/test';
import type { InitialBlock } from '../../../shared/prose/write-initial-prose.ts';
import type { EditorHarness } from './editor-harness.tsx';
import type { FieldsHarness } from './fields-harness.tsx';
import { type HarnessServer, serveHarness } from './serve-harness.ts';

declare global {
  interface Window {
    harness: EditorHarness;
    fields: FieldsHarness;
  }
}

let server: HarnessServer;
let problems: string[] = [];

/** Call once at the top of a spec. */
export function serveEditor(): void {
  test.beforeAll(async () => {
    server = await serveHarness();
  });
  test.afterAll(async () => {
    await server.close();
  });
  test.afterEach(() => {
    expect(problems).toEqual([]);
  });
}

/** A page of the harness whose faults are noted. */
async function openPage(page: Page, address: string): Promise<void> {
  problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || /Content Security Policy|TrustedHTML/.test(message.text()))
      problems.push(message.text());
  });
  await page.goto(`${server.origin}${address}`);
}

/** A page with a field of every kind of entry. */
export async function openFields(page: Page, longText: string): Promise<void> {
  await openPage(page, '/fields.html');
  await page.evaluate((text) => window.fields.begin(text), longText);
}

/** A page with the editor over these paragraphs. */
export async function openEditor(page: Page, blocks: readonly (string | InitialBlock)[], search = ''): Promise<void> {
  await openPage(page, `/?language=zh-CN${search}`);
  const initial = blocks.map((block) => (typeof block === 'string' ? { content: block } : block));
  await page.evaluate((each) => window.harness.begin(each), initial);
  await page.locator('.prose-text').waitFor();
}

/** Puts the caret into a block, after some characters. */
export async function caretAt(page: Page, block: number, offset: number): Promise<void> {
  await page.locator('.prose-text > *').nth(block).click();
  await page.keyboard.press('Home');
  for (let i = 0; i < offset; i++) await page.keyboard.press('ArrowRight');
}
