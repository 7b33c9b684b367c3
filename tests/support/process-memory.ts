/** Memory of another process as the kernel counts it; Linux only, like the machines that run the tests. */
import { readFileSync } from 'node:fs';

/** Bytes of the process that are in memory now. */
export function residentBytes(pid: number): number {
  const found = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (found === undefined) throw new Error(`no memory of process ${pid}`);
  return Number(found) * 1024;
}
