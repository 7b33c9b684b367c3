/** What the kernel says of another process: its memory, and how long it wanted a processor and got none. Linux only. */
import { readdirSync, readFileSync } from 'node:fs';

/** Bytes of the process that are in memory now. */
export function residentBytes(pid: number): number {
  const found = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (found === undefined) throw new Error(`no memory of process ${pid}`);
  return Number(found) * 1024;
}

/** Bytes of memory that only this process has: what would be free without it. */
export function privateBytes(pid: number): number {
  const found = /Private_Dirty:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
  if (found === undefined) throw new Error(`no memory of process ${pid}`);
  return Number(found) * 1024;
}

/**
 * Milliseconds since its start in which the process could have gone on if other processes had left it a processor: its main
 * thread, and the one of its other threads that waited longest.
 */
function starvedMs(pid: number): number {
  const main = waitOf(pid, String(pid));
  const others = readdirSync(`/proc/${pid}/task`).filter((thread) => thread !== String(pid));
  return main + Math.max(0, ...others.map((thread) => waitOf(pid, thread)));
}

/**
 * Milliseconds on a clock that stands still while the process, or this one, could have gone on if others had left it a
 * processor: what is measured with it is theirs, however busy the machine.
 */
export function ownTimeMs(pid: number): number {
  return performance.now() - starvedMs(pid) - starvedMs(process.pid);
}

function waitOf(pid: number, thread: string): number {
  // Time on a processor, time in the queue for one (both in nanoseconds), and how often it ran.
  return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[1]) / 1e6;
}
