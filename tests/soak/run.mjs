/**
 * `npm run soak -- [--runs N] [--seed N]`: the long form of the kill tests (soak.ts). Prints the count of what was
 * acknowledged, shown to others and lost; ends with 1 when anything was lost, torn or damaged.
 */
import { join } from 'node:path';
import { runnerImport } from 'vite';

function option(name, otherwise) {
  const at = process.argv.indexOf(`--${name}`);
  const value = at < 0 ? otherwise : Number(process.argv[at + 1]);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} needs a whole number`);
  return value;
}

const { module } = await runnerImport(join(import.meta.dirname, 'soak.ts'), { configFile: false, logLevel: 'error' });
const say = (line) => process.stdout.write(`${line}\n`);
const isWell = await module.soak({ runs: option('runs', 1000), seed: option('seed', Date.now() % 1_000_000), say });
process.exit(isWell ? 0 : 1);
