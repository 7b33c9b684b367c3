/**
 * A document of 100,000 characters opened from the device's store without a network, from the click until it can be written
 * in; against reading the same entries from the same store and applying them to a bare Y.Doc, in the same page.
 */
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { build, type Rollup } from 'vite';
import { proseText } from '../../shared/prose/roots.ts';
import { writeInitialProse } from '../../shared/prose/write-initial-prose.ts';
import { openBrowser, openDocument, quantile } from '../support/measured-browser.ts';
import { setUpCase, startRelay } from '../support/relay-process.ts';
import { connectWire } from '../support/wire-client.ts';
import type { Bench } from './figure.ts';

const [BLOCKS, BLOCK_LENGTH, EDITS, ROUNDS] = [950, 105, 2000, 7];

interface Reading {
  readonly ms: number;
  readonly entries: number;
  readonly characters: number;
}

const bench: Bench = {
  title: 'offline opening',
  run: async () => {
    const relay = await startRelay({ withClient: true });
    const browser = await openBrowser();
    try {
      const { origin } = relay;
      const house = await setUpCase(relay);
      const colleague = await house.addMember('colleague', 'mediator');
      const documentId = await house.addDocument('caseNote');
      const writer = connectWire({ origin, address: { documentId, room: 'body' }, cookie: colleague.cookie });
      await writer.synced();
      let ids = 0;
      const blocks = Array.from({ length: BLOCKS }, (_, n) => ({
        content: String.fromCodePoint(0x4e00 + n).repeat(BLOCK_LENGTH),
      }));
      writeInitialProse(writer.doc, blocks, { newBlockId: () => `b${++ids}` });
      // A text that has been worked on: edits all over it, each a piece of its own.
      for (let n = 0; n < EDITS; n++)
        proseText(writer.doc).insert(((n * 7919) % BLOCKS) * (BLOCK_LENGTH + 2) + 20, '补', {});
      await writer.saved();
      writer.cut();

      const address = `${origin}/cases/${house.caseId}/documents/${documentId}`;
      const page = await openDocument(browser, address, 'administrator');
      await untilEditable(page);
      await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
      await page.context().setOffline(true);
      const bareReading = await bareReadingScript();
      const [opened, bare]: [number[], Reading[]] = [[], []];
      for (let round = 0; round < ROUNDS; round++) {
        await page.goto(`${origin}/cases/${house.caseId}`);
        // The editor's program is there, as it is on a quiet moment; the document is not.
        await page.waitForFunction(() =>
          performance.getEntriesByType('resource').some(({ name }) => name.includes('prose-editor')),
        );
        await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
        opened.push(await open(page, documentId));
        await page.goto(`${origin}/cases/${house.caseId}`);
        await page.evaluate(bareReading);
        bare.push(
          await page.evaluate(
            (id) => (window as unknown as { readBare(id: string): Promise<Reading> }).readBare(id),
            documentId,
          ),
        );
      }
      const [openedMs, bareMs] = [
        quantile(opened, 0.5),
        quantile(
          bare.map(({ ms }) => ms),
          0.5,
        ),
      ];
      const { characters = 0, entries = 0 } = bare.at(-1) ?? {};
      return [
        {
          name: `opened without a network until it can be written in, ${characters} characters in ${entries} entries (p50 of ${ROUNDS})`,
          value: `${openedMs.toFixed(0)} ms`,
          ratio: { of: `reading and applyUpdate alone (${bareMs.toFixed(0)} ms)`, value: openedMs / bareMs, bar: 3 },
        },
      ];
    } finally {
      await browser.close();
      await relay.stop('SIGTERM');
    }
  },
};

async function untilEditable(page: Page): Promise<void> {
  await page.waitForFunction(
    (count) => (document.querySelector('.ProseMirror[contenteditable=true]')?.childElementCount ?? 0) >= count,
    BLOCKS,
    { polling: 'raf' },
  );
}

/** Milliseconds from the click on the document's link until all of it stands there to be written in. */
function open(page: Page, documentId: string): Promise<number> {
  return page.evaluate(
    ([id, count]) =>
      new Promise<number>((resolve) => {
        const beganAt = performance.now();
        const look = () => {
          const editor = document.querySelector('.ProseMirror[contenteditable=true]');
          if ((editor?.childElementCount ?? 0) >= Number(count)) resolve(performance.now() - beganAt);
          else requestAnimationFrame(look);
        };
        document.querySelector<HTMLElement>(`a[href$="${id}"]`)?.click();
        look();
      }),
    [documentId, BLOCKS] as const,
  );
}

/** What the reference does, as one script for the page. */
async function bareReadingScript(): Promise<string> {
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: { entry: join(import.meta.dirname, 'reference/bare-reading.ts'), formats: ['iife'], name: 'bareReading' },
    },
  })) as Rollup.RollupOutput[];
  const code = built[0]?.output[0].code;
  if (code === undefined) throw new Error('the reference was not built');
  return code;
}

export default bench;
