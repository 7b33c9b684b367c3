/**
 * The built relay with one number changed: rooms park as soon as nothing happens in them, instead of after a minute that no test
 * waits for. All else is the program as it is.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfStale } from '../../sync-server/build.mjs';

const ROOT = join(import.meta.dirname, '../..');
const PARKING = /parkMs: [\d.e]+/;

export interface RestlessRelay {
  readonly program: string;
  remove(): void;
}

export async function buildRestlessRelay(): Promise<RestlessRelay> {
  await buildIfStale('server');
  // Inside the tree, so that the relay finds its packages.
  const folder = mkdtempSync(join(ROOT, 'dist', 'restless-'));
  cpSync(join(ROOT, 'dist/server'), folder, { recursive: true });
  const scripts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.js'));
  const changed = scripts.filter((path) => {
    const text = readFileSync(join(folder, path), 'utf8');
    if (!PARKING.test(text)) return false;
    writeFileSync(join(folder, path), text.replace(PARKING, 'parkMs: 1'));
    return true;
  });
  if (changed.length !== 1) throw new Error(`the limit is in ${changed.length} places`);
  return { program: join(folder, 'main.js'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
