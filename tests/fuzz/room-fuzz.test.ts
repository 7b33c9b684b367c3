/**
 * Anything at all sent into a living room, among honest people. `FRAMES=n` sends more, `FUZZ_SEED=n` others; `npm run fuzz`
 * does the long form. What it ever found is replayed here.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { fuzz, replay } from './fuzz.ts';
import { readRun, writeRun } from './run-file.ts';

const FRAMES = Number(process.env.FRAMES ?? 50_000);
const SEED = Number(process.env.FUZZ_SEED ?? 20261126);
const FOUND = join(import.meta.dirname, 'found');
/** Far above what a room and its people take, far below what thousands of frames kept would. */
const MAX_GROWTH = 64 * 1024 * 1024;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function usedBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

describe(`frames of any kind (seed ${SEED}, ${FRAMES} of them)`, () => {
  it('[R5] [R6] [R10] [R11] [R17] crash nothing, stop nothing, change nothing that they may not, and are not kept', async () => {
    const before = usedBytes();
    let most = 0;
    const report = await fuzz({ frames: FRAMES, seed: SEED }, (framesSoFar) => {
      if (framesSoFar % 10_000 === 0) most = Math.max(most, usedBytes() - before);
    });
    const said = report.failure === null ? '' : writeRun(report.failure.run, report.failure.fault);
    expect(said, 'keep this as a file in tests/fuzz/found').toBe('');
    expect(most).toBeLessThan(MAX_GROWTH);
    // They reached every way out.
    expect([...report.outcomes.keys()]).toEqual(
      expect.arrayContaining([
        'accepted',
        'no effect',
        'asked for a resync',
        'closed: malformed',
        'refused: client-id-of-another',
        'refused: key-of-another',
        'refused: may-not-write',
        'refused: frozen',
        'refused: unknown-root',
        'refused: value-not-allowed',
      ]),
    );
    const outcomes = [...report.outcomes].map(([outcome, times]) => `${times} ${outcome}`).join(', ');
    process.stdout.write(`${report.frames} frames, slowest ${report.slowestMs.toFixed(0)} ms: ${outcomes}\n`);
  }, 1_800_000);

  it.each(readdirSync(FOUND).filter((name) => name.endsWith('.hex')))('[R5] [R17] do no harm again: %s', (name) => {
    expect(replay(readRun(readFileSync(join(FOUND, name), 'utf8')))).toBeNull();
  });
});
