/**
 * From a keystroke on one screen to the word on another: through the relay, which checks, stores and only then forwards,
 * and through a bare broadcast, in turns, between the same two pages.
 */
import type { Page } from '@playwright/test';
import { startBroadcastProxy } from '../support/broadcast-proxy.ts';
import { freePort } from '../support/free-port.ts';
import { openBrowser, openDocument, quantile, shown, watchWords } from '../support/measured-browser.ts';
import { setUpCase, startRelay } from '../support/relay-process.ts';
import type { Bench } from './figure.ts';

const TURNS = 4;
const KEYSTROKES = 50;

const bench: Bench = {
  title: 'keystroke to another screen',
  run: async () => {
    const proxy = await startBroadcastProxy();
    const port = await freePort();
    const relay = await startRelay({ withClient: true, env: { PORT: String(port), CONCORD_URL: proxy.origin } });
    proxy.handTo(`http://127.0.0.1:${port}`);
    const browser = await openBrowser();
    try {
      const house = await setUpCase(relay);
      await house.addMember('colleague', 'mediator');
      const documentId = await house.addDocument('caseNote');
      const url = `${proxy.origin}/cases/${house.caseId}/documents/${documentId}`;
      const here = await openDocument(browser, url, 'administrator');
      const there = await openDocument(browser, url, 'colleague');
      await prepare(here, there);
      const careful: number[] = [];
      const bare: number[] = [];
      for (let turn = 0; turn < TURNS; turn++) {
        for (const times of [careful, bare]) {
          proxy.setBare(times === bare);
          times.push(...(await across(here, there, (turn * 2 + Number(times === bare)) * KEYSTROKES)));
        }
      }
      const figure = (name: string, share: number, bar?: number) => ({
        name,
        value: `${quantile(careful, share).toFixed(1)} ms`,
        ratio: {
          of: 'a bare broadcast',
          value: quantile(careful, share) / quantile(bare, share),
          ...(bar !== undefined && { bar }),
        },
      });
      return [
        figure('keystroke to another screen through the relay (p50)', 0.5),
        figure('keystroke to another screen through the relay (p95)', 0.95, 1.5),
      ];
    } finally {
      await browser.close();
      await relay.stop('SIGTERM');
      await proxy.close();
    }
  },
};

async function prepare(here: Page, there: Page): Promise<void> {
  await watchWords(there);
  await here.evaluate(() => {
    const typedAt: number[] = [];
    document.addEventListener('beforeinput', (event) => typedAt.push(performance.timeOrigin + event.timeStamp), true);
    Object.assign(window, { typedAt });
  });
  await here.locator('.ProseMirror').click();
}

/** Types letters that stand nowhere else and returns how long each took. */
async function across(here: Page, there: Page, first: number): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < KEYSTROKES; n++) {
    const letter = String.fromCodePoint(0x5000 + first + n);
    const standing = shown(there, letter);
    await here.keyboard.insertText(letter);
    const shownAt = await standing;
    const typedAt = await here.evaluate(() => (window as unknown as { typedAt: number[] }).typedAt.at(-1) ?? 0);
    times.push(shownAt - typedAt);
  }
  return times;
}

export default bench;
