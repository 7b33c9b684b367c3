/**
 * Builds what is older than its sources: `buildIfStale('client')`, `buildIfStale('server')`. Several processes may ask at
 * once (tests do); one builds, the others wait for it.
 */
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const SOURCES = {
  client: ['client', 'shared', 'vite.config.ts', 'package-lock.json'],
  server: ['sync-server', 'shared', 'vite.config.ts', 'package-lock.json'],
};
const ARGUMENTS = { client: [], server: ['--mode', 'server'] };
/** A lock older than this was left by a process that died. */
const STALE_LOCK_MS = 300_000;

/** Builds one half when its sources are newer than its last build. Throws when the build fails. */
export async function buildIfStale(half) {
  if (isFresh(half)) return;
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  const lock = join(ROOT, 'dist', `${half}.lock`);
  for (;;) {
    try {
      closeSync(openSync(lock, 'wx'));
      break;
    } catch {
      if (existsSync(lock) && Date.now() - statSync(lock).mtimeMs > STALE_LOCK_MS) rmSync(lock, { force: true });
      await delay(200);
    }
  }
  try {
    if (isFresh(half)) return;
    const startedAt = new Date();
    const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
    const built = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn', ...ARGUMENTS[half]], {
      cwd: ROOT,
      // Whoever asks may be a test or a benchmark: what is built is the product all the same.
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    if (built.status !== 0) throw new Error(`building the ${half} failed`);
    writeFileSync(marker(half), '');
    // The time the build began: what changed meanwhile counts as newer.
    utimesSync(marker(half), startedAt, startedAt);
  } finally {
    rmSync(lock, { force: true });
  }
}

function marker(half) {
  return join(ROOT, 'dist', half, '.built-at');
}

function isFresh(half) {
  if (!existsSync(marker(half))) return false;
  const builtMs = statSync(marker(half)).mtimeMs;
  return SOURCES[half].every((source) => newestMs(join(ROOT, source)) <= builtMs);
}

function newestMs(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  // A directory's own time changes when a file is removed.
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestMs(join(path, name))), stat.mtimeMs);
}
