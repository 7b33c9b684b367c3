/**
 * Pages whose work is measured: how long a browser's main thread is busy with one thing, and when something stood on the
 * screen. For benchmarks; says nothing about right or wrong.
 */
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test';
import { TEST_PASSWORD } from './relay-process.ts';

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
  });
}

/** Not painting: without a graphics card it hides everything else. */
const WORK: ReadonlySet<string> = new Set(['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration']);

/** Signs in at a document, in a context of one's own. */
export async function openDocument(browser: Browser, url: string, name: string): Promise<Page> {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(url);
  await page.locator('input[name=username]').fill(name);
  await page.locator('input[type=password]').fill(TEST_PASSWORD);
  await page.keyboard.press('Enter');
  await page.locator('.ProseMirror[contenteditable=true]').waitFor();
  return page;
}

/** One page and its clock of work. */
export interface MeasuredPage {
  readonly page: Page;
  /** Milliseconds of script, style and layout until all that `act` began has been drawn. */
  busy(act: () => Promise<void>): Promise<number>;
}

export async function measuredPage(page: Page): Promise<MeasuredPage> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  return {
    page,
    busy: async (act) => {
      await drawn(page);
      const before = await workMs(cdp);
      await act();
      await drawn(page);
      return (await workMs(cdp)) - before;
    },
  };
}

async function workMs(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  const seconds = metrics.filter(({ name }) => WORK.has(name)).reduce((sum, { value }) => sum + value, 0);
  return seconds * 1000;
}

/** Waits until the page has drawn twice, so that nothing that was due is left. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

/** Types letters one after the other; returns how long the page was busy with each before it could do anything else. */
export async function typingTimes(page: Page, count: number): Promise<number[]> {
  await page.evaluate(() => {
    const times: number[] = [];
    const isNew = !('typingTimes' in window);
    Object.assign(window, { typingTimes: times });
    if (!isNew) return;
    document.addEventListener(
      'beforeinput',
      () => {
        const beganAt = performance.now();
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          (window as unknown as { typingTimes: number[] }).typingTimes.push(performance.now() - beganAt);
        };
        port2.postMessage(null);
      },
      true,
    );
  });
  for (let n = 0; n < count; n++) {
    await page.keyboard.insertText('新');
    await drawn(page);
  }
  return page.evaluate(() => (window as unknown as { typingTimes: number[] }).typingTimes);
}

/** Lets `shown` be asked in this page without reading the whole text each time. */
export async function watchWords(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: Record<string, (atMs: number) => void> = {};
    const look = (records: MutationRecord[]) => {
      const words = records.map(({ target }) => target.textContent ?? '').join();
      for (const [mark, resolve] of Object.entries(seen)) {
        if (!words.includes(mark)) continue;
        delete seen[mark];
        resolve(performance.timeOrigin + performance.now());
      }
    };
    const text = document.querySelector('.ProseMirror');
    if (text === null) throw new Error('no text');
    new MutationObserver(look).observe(text, { subtree: true, characterData: true, childList: true });
    const shown = (mark: string) =>
      new Promise<number>((resolve) => {
        seen[mark] = resolve;
      });
    Object.assign(window, { shown });
  });
}

/** When these words stood on the page, in milliseconds since 1970; ask before they come. */
export function shown(page: Page, words: string): Promise<number> {
  return page.evaluate((mark) => (window as unknown as { shown(mark: string): Promise<number> }).shown(mark), words);
}

/** The value below which a share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
