/**
 * Fifty people in one document of 100,000 characters, each with a caret; ten of them write, three letters a second. What one's
 * own keystroke costs in the middle of it, against one frame of a screen.
 */
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { proseText } from '../../shared/prose/roots.ts';
import { writeInitialProse } from '../../shared/prose/write-initial-prose.ts';
import { openBrowser, openDocument, quantile, typingTimes } from '../support/measured-browser.ts';
import { setUpCase, startRelay } from '../support/relay-process.ts';
import { connectWire, type WireClient } from '../support/wire-client.ts';
import type { Bench } from './figure.ts';

const PEOPLE = 50;
const WRITERS = 10;
const EVERY_MS = 330;
const BLOCKS = 950;
const BLOCK_LENGTH = 105;
const KEYSTROKES = 60;
const FRAME_MS = 1000 / 60;

interface Colleague {
  readonly client: WireClient;
  readonly awareness: Awareness;
  readonly block: number;
}

const bench: Bench = {
  title: 'fifty people',
  run: async () => {
    const relay = await startRelay({ withClient: true });
    const browser = await openBrowser();
    const timers: NodeJS.Timeout[] = [];
    try {
      const { origin } = relay;
      const house = await setUpCase(relay);
      const documentId = await house.addDocument('caseNote');
      const colleagues: Colleague[] = [];
      for (let n = 0; n < PEOPLE; n++) {
        const member = await house.addMember(`colleague ${n}`, 'mediator');
        const client = connectWire({ origin, address: { documentId, room: 'body' }, cookie: member.cookie });
        await client.synced();
        if (n === 0) await fill(client);
        colleagues.push({ client, awareness: new Awareness(client.doc), block: Math.floor((n / PEOPLE) * BLOCKS) });
      }
      const url = `${origin}/cases/${house.caseId}/documents/${documentId}`;
      const page = await openDocument(browser, url, 'administrator');
      await page.locator('.ProseMirror > *').nth(5).click();
      const alone = await typingTimes(page, KEYSTROKES);
      for (const colleague of colleagues) tellCaret(colleague);
      await page.waitForFunction((count) => document.querySelectorAll('.caret').length >= count, PEOPLE);
      for (const colleague of colleagues.slice(0, WRITERS)) timers.push(setInterval(() => write(colleague), EVERY_MS));
      const among = await typingTimes(page, KEYSTROKES);
      const p95 = quantile(among, 0.95);
      return [
        {
          name: 'own keystroke with fifty carets and ten writers (p50)',
          value: `${quantile(among, 0.5).toFixed(1)} ms`,
          ratio: { of: 'the same alone', value: quantile(among, 0.5) / quantile(alone, 0.5) },
        },
        {
          name: 'own keystroke with fifty carets and ten writers (p95)',
          value: `${p95.toFixed(1)} ms`,
          ratio: { of: 'a frame', value: p95 / FRAME_MS, bar: 1 },
        },
      ];
    } finally {
      for (const timer of timers) clearInterval(timer);
      await browser.close();
      await relay.stop('SIGTERM');
    }
  },
};

async function fill(client: WireClient): Promise<void> {
  let ids = 0;
  writeInitialProse(
    client.doc,
    Array.from({ length: BLOCKS }, () => ({ content: '会'.repeat(BLOCK_LENGTH) })),
    { newBlockId: () => `b${++ids}` },
  );
  await client.saved();
}

function placeOf({ block }: Colleague): number {
  return block * (BLOCK_LENGTH + 2) + 30;
}

function tellCaret(colleague: Colleague): void {
  const { client, awareness } = colleague;
  const place = Y.createRelativePositionFromTypeIndex(proseText(client.doc), placeOf(colleague));
  const caret = Y.relativePositionToJSON(place);
  awareness.setLocalStateField('cursor', { anchor: caret, head: caret });
  client.send({ type: 'awareness', update: encodeAwarenessUpdate(awareness, [awareness.clientID]) });
}

function write(colleague: Colleague): void {
  proseText(colleague.client.doc).insert(placeOf(colleague), '新', {});
  tellCaret(colleague);
}

export default bench;
