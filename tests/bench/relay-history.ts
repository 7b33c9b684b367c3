/**
 * A room with a long history: how fast the relay takes 259,778 keystrokes against appending their bytes to a file, what its
 * compacting meanwhile does to another room, and how fast it opens the room after a restart against sending the bytes of its
 * compacted state. One client for both sides of each ratio.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { decodeMessage, encodeMessage } from '../../shared/wire/messages.ts';
import { openForReading } from '../../sync-server/store/database.ts';
import { loadRoom } from '../../sync-server/store/room-reading.ts';
import { type History, typeHistory } from '../support/real-history.ts';
import { setUpCase, startRelay } from '../support/relay-process.ts';
import { type Bench, type Figure, median } from './figure.ts';

const EDITS_PER_BARRIER = 500;
const BARRIERS_UNDER_WAY = 8;
const OPENINGS = 7;

interface Door {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

const bench: Bench = {
  title: 'relay with a long history',
  run: async () => {
    const history = typeHistory();
    const folder = mkdtempSync(join(tmpdir(), 'concord-history-'));
    const blobPath = join(folder, 'blob');
    writeFileSync(blobPath, encodeMessage({ type: 'syncStep2', update: history.state }));
    const bare = await startBareLog(join(folder, 'log'), blobPath);
    let relay = await startRelay();
    try {
      const house = await setUpCase(relay);
      const member = await house.addMember('author', 'mediator');
      const documentId = await house.addDocument('caseNote');
      const door = (): Door => ({
        url: `${relay.origin.replace(/^http/, 'ws')}/sync/${documentId}/body`,
        headers: { cookie: member.cookie, origin: relay.origin },
      });
      const bareMs = await ingest({ url: `ws://127.0.0.1:${bare.port}/log`, headers: {} }, history);
      const ourMs = await ingest(door(), history);
      await relay.stop('SIGKILL');
      relay = await startRelay({ dataDirectory: relay.dataDirectory });
      const afterKill = await openings([door()], history);
      // That opening left the room empty: what is left in the log is compacted, as after any meeting.
      await compacted(relay.dataDirectory, `${documentId}/body`);
      await relay.stop('SIGTERM');
      const opened: number[][] = [];
      for (let n = 0; n < OPENINGS; n++) {
        relay = await startRelay({ dataDirectory: relay.dataDirectory });
        opened.push(await openings([{ url: `ws://127.0.0.1:${bare.port}/blob`, headers: {} }, door()], history));
        await relay.stop('SIGTERM');
      }
      const [bareOpening, opening] = [0, 1].map((side) => median(opened.map((times) => times[side] ?? 0)));
      if (bareOpening === undefined || opening === undefined) throw new Error('nothing was opened');
      return figuresOf(history, { bareMs, ourMs, afterKillMs: afterKill[0] ?? 0, bareOpening, opening });
    } finally {
      bare.child.kill('SIGTERM');
      await relay.stop('SIGTERM');
      for (const directory of [folder, relay.dataDirectory]) rmSync(directory, { recursive: true, force: true });
    }
  },
};

function figuresOf(
  history: History,
  ms: Record<'bareMs' | 'ourMs' | 'afterKillMs' | 'bareOpening' | 'opening', number>,
) {
  const what = history.isReal ? 'the real history' : 'a made-up history';
  const figures: Figure[] = [
    {
      name: `taking ${history.updates.length} edits of ${what}, durable`,
      value: `${(ms.ourMs / 1000).toFixed(1)} s`,
      ratio: { of: 'appending their bytes to a file', value: ms.ourMs / ms.bareMs, bar: 3 },
    },
    {
      name: 'opening it in a relay started anew',
      value: `${ms.opening.toFixed(0)} ms`,
      ratio: { of: 'sending its compacted state and applying it', value: ms.opening / ms.bareOpening, bar: 1.5 },
    },
    {
      name: 'opening it in a relay started anew after kill -9 in the middle of writing',
      value: `${ms.afterKillMs.toFixed(0)} ms`,
      ratio: { of: 'sending its compacted state and applying it', value: ms.afterKillMs / ms.bareOpening },
    },
  ];
  return figures;
}

/** Milliseconds from the first edit sent until the last is durable. */
async function ingest(door: Door, { updates }: History): Promise<number> {
  const socket = await connected(door);
  let echoed = 0;
  let heard: () => void = () => undefined;
  socket.on('message', (data: Buffer) => {
    const decoded = decodeMessage(data);
    if (decoded.ok && decoded.message.type === 'barrier') {
      echoed = decoded.message.number;
      heard();
    }
  });
  const broken = new Promise<never>((_, reject) => {
    socket.once('close', (code) => reject(new Error(`cut off with ${code}`)));
  });
  broken.catch(() => undefined);
  const echo = async (number: number) => {
    while (echoed < number) {
      const next = new Promise<void>((resolve) => {
        heard = resolve;
      });
      await Promise.race([next, broken]);
    }
  };
  const startedAt = performance.now();
  let barrier = 0;
  for (const [index, update] of updates.entries()) {
    socket.send(encodeMessage({ type: 'update', update }));
    if ((index + 1) % EDITS_PER_BARRIER !== 0 && index + 1 < updates.length) continue;
    socket.send(encodeMessage({ type: 'barrier', number: ++barrier }));
    await echo(barrier - BARRIERS_UNDER_WAY);
  }
  await echo(barrier);
  const ms = performance.now() - startedAt;
  socket.close();
  return ms;
}

/** Milliseconds from connecting to the whole text, one door after the other. */
async function openings(doors: readonly Door[], history: History): Promise<number[]> {
  const times: number[] = [];
  for (const door of doors) {
    const startedAt = performance.now();
    const socket = await connected(door);
    const doc = new Y.Doc();
    await new Promise<void>((resolve, reject) => {
      socket.on('message', (data: Buffer) => {
        const decoded = decodeMessage(data);
        const isContent = decoded.ok && (decoded.message.type === 'syncStep2' || decoded.message.type === 'update');
        if (!isContent) return;
        Y.applyUpdate(doc, decoded.message.update);
        if (doc.getText('prose').length === history.length) resolve();
      });
      socket.once('close', (code) => reject(new Error(`cut off with ${code}`)));
      socket.send(encodeMessage({ type: 'syncStep1', stateVector: Uint8Array.of(0) }));
    });
    times.push(performance.now() - startedAt);
    socket.close();
  }
  return times;
}

async function compacted(dataDirectory: string, room: string): Promise<void> {
  const db = openForReading(join(dataDirectory, 'concord.sqlite'));
  while (loadRoom(db, room).rowsSinceSnapshot > 0) await delay(100);
  db.close();
}

function connected({ url, headers }: Door): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { headers, perMessageDeflate: false });
    socket.binaryType = 'nodebuffer';
    socket.once('error', reject);
    socket.once('open', () => resolve(socket));
  });
}

async function startBareLog(logPath: string, blobPath: string): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../support/bare-log.mjs'), logPath, blobPath], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<number>((resolve) => child.stdout.once('data', (text) => resolve(Number(text))));
  return { child, port };
}

export default bench;
