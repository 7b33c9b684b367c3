/**
 * A relay that is killed under writing, again and again, on one data directory: each round four people write into a document
 * of its own until the process is gone, and none of them comes back. A fresh reader at the next relay then has to find
 * whatever was acknowledged and whatever anybody was shown, whole. Used by the kill test, the fault matrix and the soak.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RoomAddress } from '../../shared/rooms.ts';
import { openForReading } from '../../sync-server/store/database.ts';
import { verifyStore } from '../../sync-server/store/verify-store.ts';
import type { Random } from './random.ts';
import {
  type ApiUser,
  ask,
  expectOk,
  type RelayOptions,
  type RelayProcess,
  setUpCase,
  startRelay,
  type TestCase,
} from './relay-process.ts';
import { promisedTo, tokensIn, writeUntilCut } from './token-writer.ts';
import { connectWire, type WireClient } from './wire-client.ts';

/** How a relay is started that kills itself at a step; the order stands in the file named by STOP_AT. */
export const STOPPABLE = ['--import', fileURLToPath(new URL('stop-at.mjs', import.meta.url))] as const;

/** Each step at which it can kill itself, and how often that may be passed before. Checkpoints come sooner after `pasteMuch`. */
export const STEPS: readonly (readonly [step: string, passings: number])[] = [
  ['received', 200],
  ['gated', 100],
  ['beforeJournal', 100],
  ['afterJournal', 100],
  // The database is given what came once a second, one row for each room.
  ['beforeWrite', 3],
  ['afterWrite', 3],
  ['beforeCommit', 2],
  ['afterCommit', 2],
  ['beforeForward', 300],
  ['afterForward', 300],
  ['beforeEcho', 100],
  ['afterEcho', 100],
  ['compacted', 1],
  ['beforeSwap', 1],
  ['afterSwap', 1],
  ['beforeCheckpoint', 1],
  ['afterCheckpoint', 1],
];

/** What became of one round: tokens, each once in the world. */
interface Round {
  readonly address: RoomAddress;
  readonly acknowledged: number;
  readonly forwarded: number;
  /** Acknowledged or shown to somebody, and not there any more. */
  readonly lost: readonly string[];
  /** Only half of what was one edit is there. */
  readonly torn: readonly string[];
}

/** What goes on while a round's relay comes to its end. */
interface Scene {
  /** The four who write. */
  readonly writers: readonly WireClient[];
  /** Somebody who comes to the document now. */
  join(): WireClient;
}

export interface KillWorld {
  readonly relay: RelayProcess;
  readonly house: TestCase;
  /** One round: `end` sees to it that the process ends, at once or after a while. Another relay runs afterwards. */
  round(end: (relay: RelayProcess, scene: Scene) => Promise<void>): Promise<Round>;
  /** Ends the relay in order and starts it with something more, until it ends. */
  restart(more: RelayOptions): Promise<void>;
  /** Makes the relay kill itself the n-th time that it passes a step from now on; empty: never. */
  stopAt(order: string): void;
  /** What of the store no longer hashes to what was written. */
  faults(): string[];
  stop(): Promise<void>;
}

export async function startKillWorld(random: Random, options: RelayOptions = {}): Promise<KillWorld> {
  const first = await startRelay(options);
  const house = await setUpCase(first);
  const people: ApiUser[] = [];
  for (const name of ['一', '二', '三', '四']) people.push(await house.addMember(name, 'participant'));
  await first.stop('SIGTERM');

  const { dataDirectory } = first;
  const orders = join(dataDirectory, 'stop-at');
  const stopAt = (order: string) => writeFileSync(orders, order);
  stopAt('');
  const env = { ...options.env, STOP_AT: orders };
  const start = (more: RelayOptions = {}) =>
    startRelay({ ...options, ...more, dataDirectory, env, nodeArgs: STOPPABLE });
  let relay = await start();

  async function round(end: (relay: RelayProcess, scene: Scene) => Promise<void>): Promise<Round> {
    const documentId = crypto.randomUUID();
    const registered = { caseId: house.caseId, kind: 'jointMinutes', title: '纪要', audience: 'joint' };
    const { cookie: hosts } = house.administrator;
    await expectOk(ask(relay.origin, 'PUT', `/api/documents/${documentId}`, registered, hosts));
    const address = { documentId, room: 'body' } as const;
    const connect = ({ cookie }: ApiUser) => connectWire({ origin: relay.origin, address, cookie });
    const clients = people.map(connect);
    await Promise.all(clients.map((client) => client.synced()));
    const writing = clients.map((client, at) => writeUntilCut(client, `${documentId}/${at}`, random));
    await end(relay, { writers: clients, join: () => connect(house.administrator) });
    await relay.ended;
    await Promise.all(clients.map((client) => client.until(() => client.closed !== null)));
    const writers = await Promise.all(writing);
    const promised = promisedTo(writers);

    stopAt('');
    relay = await start();
    const reader = connect(house.administrator);
    await reader.synced();
    const found = tokensIn(reader);
    reader.cut();
    const lost = promised.all.filter((token) => !found.whole.has(token));
    return { address, acknowledged: promised.acknowledged, forwarded: promised.forwarded, lost, torn: found.torn };
  }

  return {
    get relay() {
      return relay;
    },
    house,
    round,
    stopAt,
    async restart(more) {
      await relay.stop('SIGTERM');
      relay = await start(more);
    },
    faults() {
      const db = openForReading(join(dataDirectory, 'concord.sqlite'));
      try {
        // The relay may be writing: one moment for everything.
        db.exec('BEGIN');
        return [...verifyStore(db)].flatMap(({ room, faults }) =>
          faults.map(({ seq, what }) => `${room} ${seq} ${what}`),
        );
      } finally {
        // Closed while its statements are there still, the connection would hold its moment, and with it the write-ahead log.
        db.exec('ROLLBACK');
        db.close();
      }
    },
    async stop() {
      await relay.stop('SIGTERM');
    },
  };
}
