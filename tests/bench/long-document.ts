/**
 * A document of 100,000 Chinese characters in the real page: opening it from the device, one's own keystroke, a colleague's,
 * a day's edits of a colleague at once; beside a document of a tenth of that.
 */
import type { Browser, Page } from '@playwright/test';
import { proseText } from '../../shared/prose/roots.ts';
import { writeInitialProse } from '../../shared/prose/write-initial-prose.ts';
import {
  type MeasuredPage,
  measuredPage,
  openBrowser,
  openDocument,
  quantile,
  shown,
  watchWords,
} from '../support/measured-browser.ts';
import { type ApiUser, setUpCase, startRelay, type TestCase } from '../support/relay-process.ts';
import { connectWire, type WireClient } from '../support/wire-client.ts';
import type { Bench, Figure } from './figure.ts';

const BLOCK_LENGTH = 105;
const KEYSTROKES = 60;
const EDITS = 500;

interface Times {
  readonly openMs: number;
  readonly local: number[];
  readonly remote: number[];
  readonly burstMs: number;
}

const bench: Bench = {
  title: 'long document',
  run: async () => {
    const relay = await startRelay({ withClient: true });
    const browser = await openBrowser();
    try {
      const house = await setUpCase(relay);
      const colleague = await house.addMember('colleague', 'mediator');
      const short = await measure(browser, relay.origin, house, colleague, 10_000);
      const long = await measure(browser, relay.origin, house, colleague, 100_000);
      return figures(short, long);
    } finally {
      await browser.close();
      await relay.stop('SIGTERM');
    }
  },
};

function figures(short: Times, long: Times): Figure[] {
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  const local = quantile(long.local, 0.5);
  const remote = quantile(long.remote, 0.5);
  return [
    {
      name: 'opened from the device until it can be written in, 100,000 characters',
      value: ms(long.openMs),
      ratio: { of: '10,000 characters', value: long.openMs / short.openMs },
    },
    {
      name: 'own keystroke in 100,000 characters, work (p50)',
      value: ms(local),
      ratio: { of: '10,000 characters', value: local / quantile(short.local, 0.5) },
    },
    { name: 'own keystroke (p95)', value: ms(quantile(long.local, 0.95)) },
    {
      name: "a colleague's keystroke in 100,000 characters, work (p50)",
      value: ms(remote),
      ratio: { of: 'own keystroke', value: remote / local, bar: 2 },
    },
    {
      name: "a colleague's keystroke, work (p50)",
      value: ms(remote),
      ratio: { of: '10,000 characters', value: remote / quantile(short.remote, 0.5) },
    },
    { name: "a colleague's keystroke (p95)", value: ms(quantile(long.remote, 0.95)) },
    {
      name: `${EDITS} scattered edits of a colleague at once, work`,
      value: ms(long.burstMs),
      ratio: { of: '10,000 characters', value: long.burstMs / short.burstMs },
    },
  ];
}

async function measure(
  browser: Browser,
  origin: string,
  house: TestCase,
  colleague: ApiUser,
  characters: number,
): Promise<Times> {
  const documentId = await house.addDocument('caseNote');
  const writer = connectWire({ origin, address: { documentId, room: 'body' }, cookie: colleague.cookie });
  await writer.synced();
  const blocks = Math.round(characters / BLOCK_LENGTH);
  let ids = 0;
  writeInitialProse(
    writer.doc,
    Array.from({ length: blocks }, (_, n) => ({ content: wordsOf(n) })),
    {
      newBlockId: () => `b${++ids}`,
    },
  );
  await writer.saved();

  const page = await openDocument(browser, `${origin}/cases/${house.caseId}/documents/${documentId}`, 'administrator');
  await until(page, blocks);
  const openMs = quantile(await timesOf(3, () => reopen(page, blocks)), 0.5);

  const measured = await measuredPage(page);
  await watchWords(page);
  const times: Times = {
    openMs,
    local: await typeHere(measured),
    remote: await typeThere(measured, writer, blocks),
    burstMs: await burst(measured, writer, blocks),
  };
  await page.context().close();
  writer.cut();
  return times;
}

function wordsOf(block: number): string {
  return String.fromCodePoint(
    ...Array.from({ length: BLOCK_LENGTH }, (_, i) => 0x4e00 + ((block * 31 + i * 7) % 5000)),
  );
}

async function timesOf<T>(count: number, make: () => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  for (let i = 0; i < count; i++) all.push(await make());
  return all;
}

/** Until the page shows that many blocks, to write in. */
async function until(page: Page, blocks: number): Promise<void> {
  await page.waitForFunction(
    (count) => (document.querySelector('.ProseMirror[contenteditable=true]')?.childElementCount ?? 0) >= count,
    blocks,
    { polling: 'raf' },
  );
}

async function reopen(page: Page, blocks: number): Promise<number> {
  await page.reload({ waitUntil: 'commit' });
  await until(page, blocks);
  return page.evaluate(() => performance.now());
}

async function typeHere(measured: MeasuredPage): Promise<number[]> {
  const { page } = measured;
  await page.locator('.ProseMirror > *').nth(5).click();
  return timesOf(KEYSTROKES, () => measured.busy(() => page.keyboard.insertText('新')));
}

async function typeThere(measured: MeasuredPage, writer: WireClient, blocks: number): Promise<number[]> {
  const { page } = measured;
  const times: number[] = [];
  for (let n = 0; n < KEYSTROKES; n++) {
    const mark = `〔${n}〕`;
    times.push(
      await measured.busy(async () => {
        const standing = shown(page, mark);
        // In the middle, away from the caret of the one who reads.
        proseText(writer.doc).insert(Math.floor(blocks / 2) * (BLOCK_LENGTH + 2) + 20, mark, {});
        await standing;
      }),
    );
  }
  return times;
}

async function burst(measured: MeasuredPage, writer: WireClient, blocks: number): Promise<number> {
  const { page } = measured;
  return measured.busy(async () => {
    const standing = shown(page, '〔末〕');
    const prose = proseText(writer.doc);
    writer.doc.transact(() => {
      for (let n = 0; n < EDITS; n++) {
        prose.insert(
          Math.floor((n / EDITS) * blocks) * (BLOCK_LENGTH + 2) + 10 + (n % 40),
          n === EDITS - 1 ? '〔末〕' : '〇',
          {},
        );
      }
    });
    await standing;
  });
}

export default bench;
