/**
 * The disk fails under the real relay while four people write: it is full, a sync goes wrong, the power goes in the middle
 * of a write. Nobody is told "saved" for what is not there, health says so, edits are whole or absent, and it recovers.
 */
import { afterAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { EIO, ENOSPC, type FaultyDisk, makeFaultyDisk, mountSmallDisk } from '../support/faulty-disk.ts';
import { type KillWorld, startKillWorld } from '../support/kill-world.ts';
import { randomFrom } from '../support/random.ts';
import { ask, type RelayProcess } from '../support/relay-process.ts';
import { pasteMuch } from '../support/token-writer.ts';
import type { WireClient } from '../support/wire-client.ts';

const random = randomFrom(Number(process.env.SEED ?? 2026));
const STORE_FAILED = { code: 4503, reason: 'store-failed' };
const whole = { lost: [], torn: [] };

/** What the relay says of itself, but for how busy this machine is. */
async function healthOf(relay: RelayProcess): Promise<{ status: string; reasons: string[] }> {
  const health = (await (await ask(relay.origin, 'GET', '/health')).json()) as { status: string; reasons: string[] };
  return { status: health.status, reasons: health.reasons.filter((reason) => reason !== 'slow') };
}
const storeFails = (relay: RelayProcess) =>
  eventually(async () => expect((await healthOf(relay)).reasons).toContain('store-failed'));
const storeIsWell = (relay: RelayProcess) =>
  eventually(async () => expect((await healthOf(relay)).reasons).not.toContain('store-failed'));

/** All who wrote were sent away because of the store. */
async function sentAway(writers: readonly WireClient[]): Promise<void> {
  await Promise.all(writers.map((writer) => writer.until(() => writer.closed !== null)));
  expect(writers.map((writer) => writer.closed)).toEqual(writers.map(() => STORE_FAILED));
}

/** Somebody writes, and it is saved. */
async function canWrite(person: WireClient): Promise<void> {
  await person.synced();
  person.doc.getMap('fields').set('header/title/r1', { v: '又能写了', by: 'p', at: 1 });
  await person.saved();
  expect(person.closed).toBeNull();
}

const disk = makeFaultyDisk();
if (disk === null) process.stdout.write('no C compiler: disks that fail are tried in tests/sync-server/store only\n');
const withDisk = disk === null ? describe.runIf(false) : describe;

withDisk('a disk that fails', () => {
  let made: Promise<KillWorld> | null = null;
  const world = () => {
    made ??= startKillWorld(random, { env: (disk as FaultyDisk).env });
    return made;
  };
  const { fail, heal, failures } = disk ?? { fail: () => {}, heal: () => {}, failures: () => 0 };
  afterAll(async () => {
    await (await world()).stop();
  });

  it.each([
    ['a full disk under the journal', 'write', '.journal-?', ENOSPC],
    ['a write to the journal that fails', 'write', '.journal-?', EIO],
    ['a full disk', 'write', '-wal', ENOSPC],
    ['a write that fails', 'write', '-wal', EIO],
    ['a sync that fails', 'sync', '-wal', EIO],
  ] as const)('[R8][R16] %s: nothing is acknowledged until it is well again, and nothing is lost', async (_, call, end, error) => {
    const round = await (await world()).round(async (relay, { writers, join }) => {
      fail(call, end, call === 'sync' ? 1 + random.int(2) : 10 + random.int(40), error);
      await sentAway(writers);
      expect(failures()).toBeGreaterThan(0);
      expect(await healthOf(relay)).toMatchObject({ status: 'degraded', reasons: ['store-failed'] });
      // Who comes now is not told anything that is not so.
      const early = join();
      await early.synced();
      early.doc.getText('prose').insert(0, '没有落盘');
      await early.saved();
      expect(early.closed).toEqual(STORE_FAILED);
      heal();
      const late = join();
      await canWrite(late);
      expect(late.doc.getText('prose').toString()).not.toContain('没有落盘');
      await storeIsWell(relay);
      await relay.stop('SIGKILL');
    });
    expect(round).toMatchObject(whole);
    expect((await world()).faults()).toEqual([]);
  });

  it('[R2] the relay is killed while the database takes nothing: what was acknowledged comes from the journal', async () => {
    const round = await (await world()).round(async (relay, { writers }) => {
      fail('write', '-wal', 1, EIO);
      await sentAway(writers);
      expect(failures()).toBeGreaterThan(0);
      await relay.stop('SIGKILL');
      heal();
    });
    expect(round).toMatchObject(whole);
    // All of these stood in the journal alone.
    expect(round.acknowledged).toBeGreaterThan(20);
    expect((await world()).faults()).toEqual([]);
  });

  it.each([
    '.journal-?',
    '-wal',
    '.sqlite',
  ] as const)('[R2] the power goes in the middle of a write to %s: nothing is lost', async (end) => {
    const round = await (await world()).round(async (relay, { writers }) => {
      fail('write', end, 1 + random.int(end === '.sqlite' ? 20 : 100), 'tear');
      if (end === '.sqlite') pasteMuch(writers);
      expect(await relay.ended).toBeNull();
      heal();
    });
    expect(round).toMatchObject(whole);
    expect((await world()).faults()).toEqual([]);
  });

  it('[R8] a sync that fails while committed work is moved to its place takes nothing back, and is shown', async () => {
    const round = await (await world()).round(async (relay, { writers, join }) => {
      fail('sync', '.sqlite', 1, EIO);
      pasteMuch(writers);
      await storeFails(relay);
      expect(writers.map((writer) => writer.closed)).toEqual(writers.map(() => null));
      await canWrite(join());
      expect((await healthOf(relay)).reasons).toContain('store-failed');
      heal();
      await storeIsWell(relay);
      await relay.stop('SIGKILL');
    });
    expect(round).toMatchObject(whole);
    expect((await world()).faults()).toEqual([]);
  });
});

it('[R8] files that may not grow: nothing is acknowledged that is not there', async () => {
  const world = await startKillWorld(random);
  await world.restart({ fileLimit: 3_000 });
  const round = await world.round(async (relay, { writers }) => {
    await sentAway(writers);
    expect(await healthOf(relay)).toMatchObject({ status: 'degraded', reasons: ['store-failed'] });
    await relay.stop('SIGKILL');
  });
  expect(round).toMatchObject(whole);
  expect(round.acknowledged).toBeGreaterThan(20);
  expect(world.faults()).toEqual([]);
  await world.stop();
});

it('[R8] a disk that is really full: nothing is acknowledged that is not there, and it goes on once there is room', async () => {
  const small = mountSmallDisk(12_000_000);
  if (small === null) {
    process.stdout.write('no file system may be mounted: a really full disk was not tried\n');
    return;
  }
  try {
    const world = await startKillWorld(random, { dataDirectory: small.directory });
    const round = await world.round(async (relay, { writers, join }) => {
      await sentAway(writers);
      expect((await healthOf(relay)).reasons).toContain('store-failed');
      small.grow(64_000_000);
      await canWrite(join());
      await storeIsWell(relay);
      await relay.stop('SIGKILL');
    });
    expect(round).toMatchObject(whole);
    expect(round.acknowledged).toBeGreaterThan(20);
    expect(world.faults()).toEqual([]);
    await world.stop();
  } finally {
    small.remove();
  }
});
