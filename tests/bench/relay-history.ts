/**
 * A room with a long history: how fast the relay takes 259,778 keystrokes against appending their bytes to a file, what its
 * compacting meanwhile does to another room, and how fast it opens the room after a restart against sending the bytes of its
 * compacted state, by a server that was started anew as well and by one that has sent them before. One client for all sides.
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
        // By its address: looking up a name takes longer than what is measured.
        url: `ws://127.0.0.1:${new URL(relay.origin).port}/sync/${documentId}/body`,
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
      const opened: Opening[][] = [];
      for (let n = 0; n < OPENINGS; n++) {
        relay = await startRelay({ dataDirectory: relay.dataDirectory });
        const anew = await startBareLog(join(folder, 'log'), blobPath);
        const blobs = [bare, anew].map(({ port }) => ({ url: `ws://127.0.0.1:${port}/blob`, headers: {} }));
        opened.push(await openings([...blobs, door()], history));
        anew.child.kill('SIGTERM');
        await relay.stop('SIGTERM');
      }
      // Applying the same bytes is the same for all, but for the garbage that is collected meanwhile, now in one, now in another.
      const applyMs = median(opened.flat().map((each) => each.applyMs));
      const [warmOpening = 0, bareOpening = 0, opening = 0] = [0, 1, 2].map(
        (side) => median(opened.map((sides) => sides[side]?.arrivalMs ?? 0)) + applyMs,
      );
      const afterKillMs = afterKill.reduce((sum, each) => sum + each.arrivalMs + each.applyMs, 0);
      return figuresOf(history, { bareMs, ourMs, afterKillMs, warmOpening, bareOpening, opening });
    } finally {
      bare.child.kill('SIGTERM');
      await relay.stop('SIGTERM');
      for (const directory of [folder, relay.dataDirectory]) rmSync(directory, { recursive: true, force: true });
    }
  },
};

function figuresOf(
  history: History,
  ms: Record<'bareMs' | 'ourMs' | 'afterKillMs' | 'warmOpening' | 'bareOpening' | 'opening', number>,
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
      ratio: {
        of: 'a server started anew that sends its compacted state',
        value: ms.opening / ms.bareOpening,
        bar: 1.5,
      },
    },
    {
      name: 'the same',
      value: `${ms.opening.toFixed(0)} ms`,
      ratio: { of: 'a server that has sent it before', value: ms.opening / ms.warmOpening },
    },
    {
      name: 'opening it in a relay started anew after kill -9 in the middle of writing',
      value: `${ms.afterKillMs.toFixed(0)} ms`,
      ratio: { of: 'a server started anew that sends its compacted state', value: ms.afterKillMs / ms.bareOpening },
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

/** Milliseconds from connecting until the bytes of the whole text are there, and what applying them takes. */
interface Opening {
  readonly arrivalMs: number;
  readonly applyMs: number;
}

/** Opens the room at one door after the other. */
async function openings(doors: readonly Door[], history: History): Promise<Opening[]> {
  const opened: Opening[] = [];
  for (const door of doors) {
    const startedAt = performance.now();
    const socket = await connected(door);
    const doc = new Y.Doc();
    let applyMs = 0;
    await new Promise<void>((resolve, reject) => {
      socket.on('message', (data: Buffer) => {
        const decoded = decodeMessage(data);
        const isContent = decoded.ok && (decoded.message.type === 'syncStep2' || decoded.message.type === 'update');
        if (!isContent) return;
        const arrivedAt = performance.now();
        Y.applyUpdate(doc, decoded.message.update);
        applyMs += performance.now() - arrivedAt;
        if (doc.getText('prose').length === history.length) resolve();
      });
      socket.once('close', (code) => reject(new Error(`cut off with ${code}`)));
      socket.send(encodeMessage({ type: 'syncStep1', stateVector: Uint8Array.of(0) }));
    });
    opened.push({ arrivalMs: performance.now() - startedAt - applyMs, applyMs });
    socket.close();
  }
  return opened;
}

async function compacted(dataDirectory: string, room: string): Promise<void> {
  const db = openForReading(join(dataDirectory, 'concord.sqlite'));
  while (loadRoom(db, room).updatesSinceSnapshot > 0) await delay(100);
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
