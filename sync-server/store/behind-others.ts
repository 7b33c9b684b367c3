/**
 * What a thread of the store does can mostly wait, and comes in bursts: once a second it folds all that was written. Where there
 * are fewer processors than there is to do, people are to be served first.
 */
import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';

/** A tenth of the weight of a thread that people wait for. */
const NICE = 10;

/** Puts the thread that calls this behind those of usual priority. Only Linux gives a thread one of its own; elsewhere nothing changes. */
export function goBehindOthers(): void {
  if (process.platform !== 'linux') return;
  let thread: number;
  try {
    // <process>/task/<thread>
    thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
  } catch {
    // Nothing is mounted there: the thread stays as it is.
    return;
  }
  setPriority(thread, NICE);
}
