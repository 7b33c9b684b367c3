/**
 * The real relay on files that the disk has damaged: what is not as it was written is named and never given out, the rest
 * goes on; a store that cannot be read at all is refused in words.
 */
import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect, it } from 'vitest';
import { journalFiles } from '../../sync-server/store/journal-file.ts';
import { startKillWorld } from '../support/kill-world.ts';
import { randomFrom } from '../support/random.ts';
import { ask, type RelayProcess, runRelay, setUpCase, startRelay } from '../support/relay-process.ts';
import { connectWire } from '../support/wire-client.ts';

const healthOf = async (relay: RelayProcess) => (await ask(relay.origin, 'GET', '/health')).json();

it('[R14] damage in the file of a running case: the room is refused and named, never served, and the others go on', async () => {
  let relay = await startRelay();
  const { dataDirectory } = relay;
  const path = join(dataDirectory, 'concord.sqlite');
  const house = await setUpCase(relay);
  const { cookie } = house.administrator;
  const words = '损坏之前写下的这一句'.repeat(400);
  const damaged = await house.addDocument();
  const other = await house.addDocument();
  const open = (documentId: string) =>
    connectWire({ origin: relay.origin, address: { documentId, room: 'body' }, cookie });
  for (const documentId of [damaged, other]) {
    const writer = open(documentId);
    await writer.synced();
    writer.doc.getText('prose').insert(0, documentId === damaged ? words : '隔壁');
    await writer.saved();
  }
  expect(await relay.stop('SIGTERM')).toBe(0);
  // All of it from the write-ahead log into the file, which is then damaged.
  const store = new DatabaseSync(path);
  const page = store
    .prepare("SELECT min(pageno) AS number FROM dbstat WHERE name = 'log' AND pagetype = 'overflow'")
    .get() as { number: number };
  const meta = store.prepare("SELECT rootpage AS number FROM sqlite_schema WHERE name = 'meta'").get() as {
    number: number;
  };
  store.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  store.close();
  const whole = readFileSync(path);
  const at = (page.number - 1) * 4096;

  const put = (bytes: Buffer) => {
    // What was written meanwhile is gone with what held it.
    for (const file of [...journalFiles(path), `${path}-wal`, `${path}-shm`]) rmSync(file, { force: true });
    writeFileSync(path, bytes);
  };

  const ways: Readonly<Record<string, (bytes: Buffer) => unknown>> = {
    'a bit that flips': (bytes) => {
      bytes[at + 300] = (bytes[at + 300] ?? 0) ^ 4;
    },
    'a page of zeros': (bytes) => bytes.fill(0, at, at + 4096),
  };
  for (const [how, damage] of Object.entries(ways)) {
    const bytes = Buffer.from(whole);
    damage(bytes);
    put(bytes);
    relay = await startRelay({ dataDirectory });
    expect(await healthOf(relay), how).toMatchObject({ status: 'ok' });
    const reader = open(damaged);
    await reader.until(() => reader.closed !== null);
    expect(reader.closed, how).toEqual({ code: 4503, reason: 'store-failed' });
    expect(reader.received.filter(({ type }) => type === 'syncStep2' || type === 'update')).toEqual([]);
    expect(await healthOf(relay), how + relay.output()).toMatchObject({
      status: 'degraded',
      reasons: ['room-damaged'],
    });
    expect(relay.output()).toMatch(/loadFailed.*damaged: (.* row 1 payload-changed|its pages cannot be read)/);
    const neighbour = open(other);
    await neighbour.synced();
    expect(neighbour.doc.getText('prose').toString()).toBe('隔壁');
    neighbour.doc.getText('prose').insert(0, '还能写');
    await neighbour.saved();
    expect(neighbour.closed).toBeNull();
    neighbour.cut();
    await relay.stop('SIGKILL');
  }

  // A file that is no store any more, only the beginning of one, or does not say which store it is.
  for (const damage of [
    (bytes: Buffer) => bytes.fill(0, 0, 4096),
    (bytes: Buffer) => bytes.subarray(0, 3 * 4096),
    (bytes: Buffer) => bytes.fill(0, (meta.number - 1) * 4096, meta.number * 4096),
  ]) {
    put(damage(Buffer.from(whole)));
    const { code, output } = await runRelay({ dataDirectory });
    expect(code).toBe(1);
    expect(output).toMatch(/^Concord cannot (open|read) its store: .+\n$/);
  }

  put(whole);
  relay = await startRelay({ dataDirectory });
  const reader = open(damaged);
  await reader.synced();
  expect(reader.doc.getText('prose').toString()).toBe(words);
  expect(await healthOf(relay)).toMatchObject({ status: 'ok' });
  reader.cut();
  await relay.stop('SIGTERM');
});

it('[R14] a write-ahead log that the disk cut short: whole edits are left, the evidence holds, and people go on', async () => {
  const random = randomFrom(Number(process.env.SEED ?? 2026));
  const world = await startKillWorld(random);
  const round = await world.round(async (relay, { writers }) => {
    const [first] = writers;
    await first?.until(() => first.received.length > 200);
    await relay.stop('SIGKILL');
    const log = join(relay.dataDirectory, 'concord.sqlite-wal');
    truncateSync(log, Math.floor(readFileSync(log).length * (0.5 + random.next() / 3)));
  });
  // What was cut off is gone from this disk; nothing of what is left is half.
  expect(round.torn).toEqual([]);
  expect(round.lost.length).toBeLessThan(round.acknowledged + round.forwarded);
  expect(world.faults()).toEqual([]);
  const again = await world.round(async (relay) => {
    await relay.stop('SIGKILL');
  });
  expect(again).toMatchObject({ lost: [], torn: [] });
  await world.stop();
});
