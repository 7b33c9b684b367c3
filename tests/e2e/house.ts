/**
 * A relay with the demonstration case and people who sit down at it, each in a browser context of their own. What a
 * scene does is in its spec; here is only how to come in, what the page says, and that no page breaks its own policy.
 */
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  expect,
  type LaunchOptions,
  type Locator,
  type Page,
} from '@playwright/test';
import { freePort } from '../support/free-port.ts';
import { type RelayOptions, type RelayProcess, startRelay } from '../support/relay-process.ts';

export const DEMO_PASSWORD = 'concord-demo-2026';
const SAVED_ON_SERVER = '已保存到服务器';

/** A relay that keeps its address and its data when it is killed and started again. */
export interface House {
  readonly origin: string;
  kill(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** As its operator sees it. */
export interface OperatedHouse extends House {
  /** Where its relay keeps the store now. */
  dataDirectory(): string;
  /** Starts the relay that was closed at the same address, on another data directory. */
  startOn(dataDirectory: string): Promise<void>;
  /** Everything its relays have printed. */
  output(): string;
}

/** @param program another build's relay than this tree's */
export async function openHouse(args: readonly string[] = ['--demo'], program?: string): Promise<OperatedHouse> {
  const port = await freePort();
  const env = { PORT: String(port) };
  const options = { withClient: true, args, env, ...(program === undefined ? {} : { program }) };
  let relay: RelayProcess | null = await startRelay(options);
  const { origin } = relay;
  let { dataDirectory } = relay;
  let output = relay.output();
  const stop = async (signal: 'SIGKILL' | 'SIGTERM') => {
    await relay?.stop(signal);
    relay = null;
  };
  const start = async (how: RelayOptions) => {
    relay = await startRelay({ ...how, dataDirectory });
    output += relay.output();
  };
  return {
    origin,
    output: () => output,
    dataDirectory: () => dataDirectory,
    kill: () => stop('SIGKILL'),
    start: () => start(options),
    startOn: (directory) => {
      dataDirectory = directory;
      // What is in it is all there is: nothing is loaded into it.
      return start({ ...options, args: [] });
    },
    close: () => stop('SIGTERM'),
  };
}

const WIDE = { width: 1440, height: 900 };

/** One person at one computer. */
export interface Seat {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Broken policies and uncaught errors of every page in this seat. */
  readonly faults: readonly string[];
}

/** Opens a browser context that notes policy violations and uncaught errors. */
export async function takeSeat(browser: Browser, options: BrowserContextOptions = {}): Promise<Seat> {
  return seatIn(await browser.newContext({ viewport: WIDE, ...options }));
}

/**
 * A computer of one's own: what the browser keeps is in the folder, and is there again when the seat was left and is taken
 * anew. @param launch executable and arguments as the scene's other browsers have them
 */
export async function takeOwnComputer(folder: string, launch: LaunchOptions): Promise<Seat> {
  const options = { viewport: WIDE, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' };
  return seatIn(await chromium.launchPersistentContext(folder, { ...launch, ...options }));
}

async function seatIn(context: BrowserContext): Promise<Seat> {
  const faults: string[] = [];
  await context.exposeFunction('noteFault', (fault: string) => void faults.push(fault));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const note = (window as unknown as { noteFault: (fault: string) => void }).noteFault;
      note(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`);
    });
  });
  context.on('page', (page) => page.on('pageerror', (error) => faults.push(error.message)));
  const page = await context.newPage();
  return { context, page, faults };
}

/** Comes in as one of the people of the demonstration, in either language. */
export async function signIn(page: Page, origin: string, name: string, password = DEMO_PASSWORD): Promise<void> {
  await page.goto(origin);
  await page.getByLabel(/^(姓名|Name)$/).fill(name);
  await page.locator('input[type=password]').fill(password);
  await page.getByRole('button', { name: /^(登录|Sign in)$/ }).click();
  await expect(page.getByRole('link', { name: /青禾家园/ }).first()).toBeVisible();
}

/** Sits down, comes in and opens the document whose title contains the words. */
export async function sitDownAt(
  browser: Browser,
  origin: string,
  name: string,
  title: string,
  /** Done to the page before anything is loaded. */
  prepare: (page: Page) => Promise<void> = async () => {},
  options: BrowserContextOptions = {},
): Promise<Seat> {
  const seat = await takeSeat(browser, options);
  await prepare(seat.page);
  await signIn(seat.page, origin, name);
  await seat.page
    .getByRole('link', { name: /青禾家园/ })
    .first()
    .click();
  await seat.page.getByRole('table').getByRole('link', { name: title }).click();
  await expect(prose(seat.page)).toBeVisible();
  await expectStatus(seat.page, SAVED_ON_SERVER);
  return seat;
}

/** The editable text of the document. */
export function prose(page: Page): Locator {
  return page.locator('.ProseMirror');
}

/** Puts the caret at the end of the block that contains the words, and types. */
export async function typeAtEndOf(page: Page, words: string, text: string): Promise<void> {
  const block = prose(page).locator(':scope > *', { hasText: words }).first();
  // As a person does: looks whether the caret stands there, for what loads above may push the line away under the pointer.
  await expect(async () => {
    // In its last line: the End key goes to the end of a line on the screen, and a block may have several.
    await block.scrollIntoViewIfNeeded();
    const box = await block.boundingBox();
    if (box === null) throw new Error(`no block with ${words}`);
    await block.click({ position: { x: box.width - 4, y: box.height - 10 } });
    await page.keyboard.press('End');
    expect(await block.evaluate((node) => node.contains(document.getSelection()?.anchorNode ?? null))).toBe(true);
  }).toPass();
  await page.keyboard.type(text);
}

/** The words of the prose as people see it, block by block. */
async function proseBlocks(page: Page): Promise<string[]> {
  return prose(page).evaluate((editor) =>
    [...editor.children].map((block) => {
      const copy = block.cloneNode(true) as HTMLElement;
      for (const drawing of copy.querySelectorAll('[contenteditable=false]:not([data-mention]), .ProseMirror-widget'))
        drawing.remove();
      return copy.textContent ?? '';
    }),
  );
}

export async function expectStatus(page: Page, words: string | RegExp): Promise<void> {
  await expect(page.getByRole('status').filter({ hasText: words }).first()).toBeVisible();
}

export async function expectSavedOnServer(pages: readonly Page[]): Promise<void> {
  for (const page of pages) await expectStatus(page, SAVED_ON_SERVER);
}

/**
 * Waits until the device's store has nothing under way: a reading transaction begins only when the writing ones before
 * it have ended, and what was typed meanwhile makes at most one more.
 */
export async function expectStored(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const round of [1, 2, 3]) {
      for (const { name } of await indexedDB.databases()) {
        await new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open(name ?? `round ${round}`);
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const database = opening.result;
            const stores = [...database.objectStoreNames];
            const reading = database.transaction(stores, 'readonly');
            for (const store of stores) reading.objectStore(store).count();
            reading.oncomplete = () => {
              database.close();
              resolve();
            };
          };
        });
      }
    }
  });
}

/** Waits until all pages show the same prose, and returns it. */
export async function expectSameProse(pages: readonly Page[]): Promise<string[]> {
  const [first, ...others] = pages;
  if (first === undefined) throw new Error('no pages');
  await expect
    .poll(async () => {
      const blocks = JSON.stringify(await proseBlocks(first));
      const rest = await Promise.all(others.map(async (page) => JSON.stringify(await proseBlocks(page))));
      return rest.every((each) => each === blocks);
    })
    .toBe(true);
  return proseBlocks(first);
}

/** Row of the plan's table, by its number. */
export function taskRow(page: Page, number: number): Locator {
  return page.locator('tr[data-record]').nth(number - 1);
}

/** A cell of the plan's table, by the label of its column. */
export function taskCell(page: Page, number: number, column: string): Locator {
  return taskRow(page, number).locator(`td[data-label="${column}"]`);
}

/** Ends every seat; a scene passes only when no page broke its policy or threw. */
export async function leave(seats: readonly Seat[]): Promise<void> {
  const faults = seats.flatMap((seat) => seat.faults);
  await Promise.all(seats.map((seat) => seat.context.close()));
  expect(faults).toEqual([]);
}
