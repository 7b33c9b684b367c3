/** Events of a demonstration document under keys that are always the same: what was said about its tasks. */
import type { DemoDocument } from '../../shared/demo/demo-types.ts';
import { makeUlid } from '../../shared/ids.ts';

/** What somebody said at a time, with the key it has among the events of its room. */
export interface DemoEvent {
  readonly by: string;
  readonly ulid: string;
  readonly value: object;
}

/** The demonstration happens in China's time zone. */
export function localToMs(local: string): number {
  return Date.parse(`${local}:00+08:00`);
}

/** A ulid that is always the same for the n-th event of a room. */
export function demoUlid(atMs: number, n: number): string {
  return makeUlid(atMs, (count) => new Uint8Array(count).fill(n));
}

/** The work room's events, oldest first. */
export function workEvents({ tasks }: DemoDocument): DemoEvent[] {
  const inTurn = tasks
    .flatMap((task) => task.work.map((work) => ({ ...work, taskId: task.taskId, atMs: localToMs(work.at) })))
    .sort((a, b) => a.atMs - b.atMs);
  return inTurn.map(({ taskId, by, atMs, event }, n) => ({ by, ulid: demoUlid(atMs, n), value: { taskId, ...event } }));
}
