/**
 * What health needs and nobody tells: how long the event loop keeps everybody waiting, and how much room the disk has left.
 * Looked at now and then, read at any time.
 */
import { statfs } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Vitals } from './health.ts';

export interface VitalSigns {
  read(): Pick<Vitals, 'loopDelayMs' | 'freeBytes'>;
  /** Looks again; call every `limits.vitalsMs`. */
  look(): Promise<void>;
}

/** How often the event loop is looked at, in milliseconds: people notice seconds, and each look wakes an idle process. */
export const LOOP_LOOK_MS = 250;
/** Nanoseconds in a millisecond. */
const NS_PER_MS = 1e6;

export function watchVitalSigns(dataDirectory: string): VitalSigns {
  const delays = monitorEventLoopDelay({ resolution: LOOP_LOOK_MS });
  delays.enable();
  let loopDelayMs = 0;
  let freeBytes: number | null = null;
  return {
    read: () => ({ loopDelayMs, freeBytes }),
    async look() {
      loopDelayMs = delays.percentile(99) / NS_PER_MS;
      delays.reset();
      freeBytes = await statfs(dataDirectory).then(
        ({ bavail, bsize }) => bavail * bsize,
        // A file system that does not say: not knowing is no reason to call for anybody.
        () => null,
      );
    },
  };
}
