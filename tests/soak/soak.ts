/**
 * One data directory, and a relay on it that comes to an end again and again while four people write who never come back:
 * killed at a random moment, killed at a named step, on a disk that fails, stopped in order. After each end a fresh reader
 * has to find whatever was acknowledged or shown to anybody, whole; now and then the whole store is held against its evidence.
 */
import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { EIO, ENOSPC, type FailingFile, makeFaultyDisk } from '../support/faulty-disk.ts';
import { type KillWorld, STEPS, startKillWorld } from '../support/kill-world.ts';
import { type Random, randomFrom } from '../support/random.ts';
import type { RelayProcess } from '../support/relay-process.ts';
import { pasteMuch } from '../support/token-writer.ts';
import type { WireClient } from '../support/wire-client.ts';

/** How long a step or a torn write is waited for before the relay is killed all the same. */
const PATIENCE_MS = 6_000;
const RUNS_BETWEEN_CHECKS = 50;

interface SoakOptions {
  readonly runs: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}

/** True when nothing was lost, torn or damaged. */
export async function soak({ runs, seed, say }: SoakOptions): Promise<boolean> {
  const random = randomFrom(seed);
  const disk = makeFaultyDisk();
  if (disk === null) say('no C compiler: no disk fails in these runs');
  say(`${runs} runs, seed ${seed}`);
  const world = await startKillWorld(random, disk === null ? {} : { env: disk.env });
  const ends = endsOf(world, disk, random);
  const counts: Record<string, number> = {};
  const totals = { runs: 0, acknowledged: 0, forwarded: 0, lost: 0, torn: 0 };
  const said = () =>
    `${totals.runs} runs: ${totals.acknowledged} acknowledged, ${totals.forwarded} shown to others, ${totals.lost} lost, ${totals.torn} torn`;
  let faults: string[] = [];
  for (let run = 1; run <= runs && faults.length === 0; run++) {
    const name = random.pick(Object.keys(ends).flatMap((each) => Array<string>(ends[each]?.share ?? 0).fill(each)));
    const { acknowledged, forwarded, lost, torn } = await world.round(async (relay, { writers }) => {
      await ends[name]?.end(relay, writers);
      // Whatever was planned and did not come to pass.
      await relay.stop('SIGKILL');
      disk?.heal();
    });
    counts[name] = (counts[name] ?? 0) + 1;
    totals.runs++;
    totals.acknowledged += acknowledged;
    totals.forwarded += forwarded;
    totals.lost += lost.length;
    totals.torn += torn.length;
    if (lost.length > 0 || torn.length > 0) say(`run ${run}, ${name}: lost ${lost.join(' ')}, torn ${torn.join(' ')}`);
    if (run % RUNS_BETWEEN_CHECKS === 0 || run === runs) {
      faults = world.faults();
      say(said());
    }
  }
  await world.stop();
  say(
    Object.entries(counts)
      .map(([name, count]) => `${name}: ${count}`)
      .join(', '),
  );
  say(faults.length === 0 ? 'the evidence holds' : `damaged: ${faults.join(', ')}`);
  const isWell = faults.length === 0 && totals.lost === 0 && totals.torn === 0;
  if (isWell) rmSync(world.relay.dataDirectory, { recursive: true });
  else say(`the store is left in ${world.relay.dataDirectory}`);
  return isWell;
}

interface End {
  /** How many of all runs end so, in parts. */
  readonly share: number;
  end(relay: RelayProcess, writers: readonly WireClient[]): Promise<unknown>;
}

function endsOf(
  world: KillWorld,
  disk: ReturnType<typeof makeFaultyDisk>,
  random: Random,
): Readonly<Record<string, End>> {
  const later = (ms: number) => delay(20 + random.int(ms));
  const ended = (relay: RelayProcess) => Promise.race([relay.ended, delay(PATIENCE_MS)]);
  const failing =
    (call: 'sync' | 'write', end: FailingFile, how: number | 'tear') =>
    async (relay: RelayProcess, writers: readonly WireClient[]) => {
      disk?.fail(call, end, 1 + random.int(end === '.sqlite' ? 3 : 150), how);
      if (end === '.sqlite') pasteMuch(writers);
      if (how === 'tear') return ended(relay);
      await later(600);
      // Half of the times it is killed while the disk still fails.
      if (random.chance(0.5)) disk?.heal();
      return later(300);
    };
  const share = disk === null ? 0 : 2;
  return {
    'killed at some moment': { share: 16, end: () => later(400) },
    'killed at a step': {
      share: 16,
      end: (relay, writers) => {
        const [step, passings] = random.pick(STEPS);
        world.stopAt(`${step} ${1 + random.int(passings)}`);
        if (step.endsWith('Checkpoint')) pasteMuch(writers);
        return ended(relay);
      },
    },
    'stopped in order': {
      share: 2,
      end: async (relay) => {
        await later(400);
        return relay.stop('SIGTERM');
      },
    },
    'disk full': { share, end: failing('write', '-wal', ENOSPC) },
    'sync failed': { share, end: failing('sync', '-wal', EIO) },
    'sync of the file failed': { share, end: failing('sync', '.sqlite', EIO) },
    'journal full': { share, end: failing('write', '.journal-?', ENOSPC) },
    'write to the journal failed': { share, end: failing('write', '.journal-?', EIO) },
    'write to the journal torn': { share, end: failing('write', '.journal-?', 'tear') },
    'write torn': { share, end: failing('write', '-wal', 'tear') },
    'write to the file torn': { share, end: failing('write', '.sqlite', 'tear') },
  };
}
