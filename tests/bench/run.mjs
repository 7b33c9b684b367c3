/**
 * `npm run bench [words of a title]`: every benchmark beside this file, one after the other, each figure on a line as
 * `name: value (1.20 × what, bar 2)`. It reports; being slow is no failure, being broken is.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runnerImport } from 'vite';

const FOLDER = import.meta.dirname;
const NO_BENCH = ['figure.ts'];
/** What begins with `--` is for the benchmark itself. */
const asked = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const say = (line) => process.stdout.write(`${line}\n`);

function figureLine({ name, value, ratio }) {
  if (ratio === undefined) return `${name}: ${value}`;
  return `${name}: ${value} (${ratio.value.toFixed(2)} × ${ratio.of}${wanted(ratio)})`;
}

function wanted({ value, bar, floor }) {
  if (bar !== undefined) return `, bar ${bar}${value <= bar ? '' : ': over it'}`;
  if (floor !== undefined) return `, at least ${floor}${value >= floor ? '' : ': below it'}`;
  return '';
}

let broken = 0;
for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.ts') && !NO_BENCH.includes(name))) {
  const { module } = await runnerImport(join(FOLDER, file), { configFile: false, logLevel: 'error' });
  const bench = module.default;
  if (!asked.every((word) => bench.title.includes(word))) continue;
  say(`\n— ${bench.title}`);
  try {
    for (const figure of await bench.run()) say(figureLine(figure));
  } catch (error) {
    broken += 1;
    say(`broken: ${error instanceof Error ? error.stack : error}`);
  }
}
process.exit(broken === 0 ? 0 : 1);
