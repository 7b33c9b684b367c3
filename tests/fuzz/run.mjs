/**
 * `npm run fuzz -- --frames N [--seed S]`: the fuzz of `npm test`, longer. Prints what was sent and what became of it. What
 * goes wrong is kept in found/, where `npm test` replays it from then on.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runnerImport } from 'vite';

// As the relay runs: in the mode for development Yjs freezes what it reads, and fails on bytes.
process.env.NODE_ENV ??= 'production';
const FOLDER = import.meta.dirname;
const say = (line) => process.stdout.write(`${line}\n`);
const option = (name, value) => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? value : Number(process.argv[at + 1]);
};
const load = async (file) => (await runnerImport(join(FOLDER, file), { configFile: false, logLevel: 'error' })).module;

const frames = option('frames', 1_000_000);
const seed = option('seed', Math.floor(Date.now() / 1_000));
const { fuzz } = await load('fuzz.ts');
const { writeRun } = await load('run-file.ts');

say(`seed ${seed}, ${frames} frames`);
const startedAt = Date.now();
const report = await fuzz({ frames, seed }, (done) => {
  if (done % 100_000 === 0) say(`${done} frames, ${((Date.now() - startedAt) / 1_000).toFixed(0)} s`);
});
const table = (counts) =>
  [...counts].sort(([, a], [, b]) => b - a).map(([name, times]) => `  ${String(times).padStart(9)}  ${name}`);
say('mutations');
for (const line of table(report.mutations)) say(line);
say('outcomes');
for (const line of table(report.outcomes)) say(line);
say(
  `${report.frames} frames into ${report.rooms} rooms, slowest ${report.slowestMs.toFixed(1)} ms, ` +
    `${((Date.now() - startedAt) / 1_000).toFixed(0)} s`,
);
if (report.failure !== null) {
  const { fault, run } = report.failure;
  const file = join(FOLDER, 'found', `${seed}.hex`);
  writeFileSync(file, writeRun(run, fault));
  say(`FOUND: ${fault}\n${run.moves.length} moves kept in ${file}`);
}
process.exit(report.failure === null ? 0 : 1);
