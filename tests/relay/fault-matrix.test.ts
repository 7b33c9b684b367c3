/**
 * The fault matrix below the socket: the relay kills itself with -9 at each named step between a frame and the disk and
 * back. Whatever was acknowledged or shown to anybody is there afterwards, whole, the evidence holds, and the relay runs.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openForReading, SCHEMA_VERSION } from '../../sync-server/store/database.ts';
import { verifyStore } from '../../sync-server/store/verify-store.ts';
import { type KillWorld, STEPS, STOPPABLE, startKillWorld } from '../support/kill-world.ts';
import { writeOlderStore } from '../support/older-store.ts';
import { randomFrom } from '../support/random.ts';
import { runRelay, startRelay } from '../support/relay-process.ts';
import { pasteMuch } from '../support/token-writer.ts';

/** Kills at each step. */
const FAULTS = Number(process.env.FAULTS ?? 1);
const SEED = Number(process.env.SEED ?? 2026);

const random = randomFrom(SEED);

describe(`kill -9 at each step, ${FAULTS} times each (seed ${SEED})`, () => {
  const totals = { kills: 0, acknowledged: 0, forwarded: 0 };
  let world: KillWorld;
  beforeAll(async () => {
    world = await startKillWorld(random);
  });
  afterAll(async () => {
    await world.stop();
    process.stdout.write(
      `kill -9 at a step: ${totals.kills} runs, ${totals.acknowledged} acknowledged, ${totals.forwarded} forwarded\n`,
    );
  });

  it.each(STEPS)('[R2][R8] %s: nothing acknowledged or forwarded is lost, no edit is torn', async (step, passings) => {
    for (let n = 0; n < FAULTS; n++) {
      const order = `${step} ${1 + random.int(passings)}`;
      const round = await world.round(async (relay, { writers }) => {
        world.stopAt(order);
        if (step.endsWith('Checkpoint')) pasteMuch(writers);
        await relay.ended;
      });
      expect(round, order).toMatchObject({ lost: [], torn: [] });
      totals.kills++;
      totals.acknowledged += round.acknowledged;
      totals.forwarded += round.forwarded;
    }
    expect(world.faults()).toEqual([]);
  });
});

it('while an older store is brought up: it stays as it was or is whole, and then comes up', async () => {
  const world = await startKillWorld(random);
  await world.round(async (relay, { writers: [first] }) => {
    await first?.until(() => first.received.length > 50);
    await relay.stop('SIGKILL');
  });
  await world.stop();
  const { dataDirectory: today } = world.relay;
  const dataDirectory = mkdtempSync(join(tmpdir(), 'concord-test-'));
  writeOlderStore(today, dataDirectory);
  const orders = join(dataDirectory, 'stop-at');
  const lookAt = (directory: string) => {
    const db = openForReading(join(directory, 'concord.sqlite'));
    const log = db.prepare('SELECT room, seq, author, chain FROM log ORDER BY room, seq').all();
    const version = Number(db.prepare('PRAGMA user_version').get()?.user_version);
    const faults = version === SCHEMA_VERSION ? [...verifyStore(db)].flatMap((report) => report.faults) : [];
    db.close();
    return { log, version, faults };
  };
  const { log } = lookAt(dataDirectory);
  const migrations = Array.from({ length: SCHEMA_VERSION - 1 }, (_, at) => at + 1);
  const steps = [
    ...migrations.flatMap((n) => [`beforeMigration ${n}`, `afterMigration ${n}`]),
    'beforeMigrated 1',
    'afterMigrated 1',
  ];
  for (const step of steps) {
    writeFileSync(orders, step);
    const { code, output } = await runRelay({ dataDirectory, env: { STOP_AT: orders }, nodeArgs: STOPPABLE });
    expect({ code, output }, step).toEqual({ code: null, output: '' });
    const version = step.startsWith('afterMigrated') ? SCHEMA_VERSION : 1;
    expect(lookAt(dataDirectory), step).toEqual({ log, version, faults: [] });
  }
  const relay = await startRelay({ dataDirectory });
  expect(await relay.stop('SIGTERM')).toBe(0);
  expect(lookAt(dataDirectory)).toEqual({ log, version: SCHEMA_VERSION, faults: [] });
});
