/**
 * Disks that fail under the real relay: one that does when it is told to (faulty-disk.c, where there is a C compiler and
 * LD_PRELOAD) and one that is really full (a small file system in memory, where the tests may mount one). Where a machine
 * has neither, the tests say so and what is left is the failing connection of the store's own tests.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = fileURLToPath(new URL('faulty-disk.c', import.meta.url));

export const EIO = 5;
export const ENOSPC = 28;

/** The end of a name: of the write-ahead log, of the database, of the journal's files. */
export type FailingFile = '-wal' | '.sqlite' | '.journal-?';

export interface FaultyDisk {
  /** The environment that makes a relay use it. */
  readonly env: Readonly<Record<string, string>>;
  /** From the n-th such call on files whose name ends so, all of them fail: with an error number, or torn by a power cut. */
  fail(call: 'sync' | 'write', end: FailingFile, n: number, how: number | 'tear'): void;
  heal(): void;
  /** How many calls have failed since the last order to fail. */
  failures(): number;
}

/** Null where there is no C compiler. */
export function makeFaultyDisk(): FaultyDisk | null {
  if (process.platform !== 'linux') return null;
  const folder = mkdtempSync(join(tmpdir(), 'concord-disk-'));
  const library = join(folder, 'faulty-disk.so');
  const { status } = spawnSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, SOURCE, '-ldl', '-lpthread']);
  if (status !== 0) return null;
  const orders = join(folder, 'order');
  const order = (text: string) => writeFileSync(orders, text);
  order('');
  const failures = join(folder, 'failures');
  return {
    env: { LD_PRELOAD: library, DISK_ORDER: orders, DISK_FAILURES: failures },
    fail: (call, end, n, how) => {
      writeFileSync(failures, '');
      order(`${call} *${end} ${n} ${how}`);
    },
    heal: () => order(''),
    failures: () => readFileSync(failures).length,
  };
}

export interface SmallDisk {
  readonly directory: string;
  /** Makes it larger while it is in use. */
  grow(bytes: number): void;
  remove(): void;
}

/** Null where the tests may not mount a file system. */
export function mountSmallDisk(bytes: number): SmallDisk | null {
  const directory = mkdtempSync(join(tmpdir(), 'concord-small-'));
  const mount = (...options: string[]) =>
    spawnSync('mount', ['-t', 'tmpfs', '-o', ...options, 'tmpfs', directory]).status;
  if (mount(`size=${bytes}`) !== 0) {
    rmSync(directory, { recursive: true });
    return null;
  }
  return {
    directory,
    grow: (larger) => {
      if (mount(`remount,size=${larger}`) !== 0) throw new Error('the small disk does not grow');
    },
    remove: () => {
      // Lazily: a relay that a failed test left behind must not keep it.
      spawnSync('umount', ['-l', directory]);
      rmSync(directory, { recursive: true });
    },
  };
}
