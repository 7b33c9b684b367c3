/** What every command is carried out with: the open transaction, and the time and chance of its request. Nothing of the command. */
import type { ActivityLog } from '../store/activity.ts';
import type { RoomLog } from '../store/room-log.ts';
import type { Database } from '../store/sqlite.ts';

export interface CommandContext {
  readonly db: Database;
  readonly log: RoomLog;
  readonly activity: ActivityLog;
  readonly atMs: number;
  readonly randomBytes: (count: number) => Uint8Array;
  /** The time for the next ulid: the clock, but never the same twice, so that record lines sort as they were written. */
  readonly nextUlidMs: () => number;
}
