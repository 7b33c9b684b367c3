/**
 * The main thread's end of the compactor thread: one room after the other, each at most once in the line. The thread starts
 * with the first room; one that dies is replaced at the next. A room that was not compacted is still whole in its log.
 */
import { Worker } from 'node:worker_threads';
import { pass } from '../steps.ts';
import type { Compacted } from './compaction.ts';

export type CompactorReply =
  | { readonly room: string; readonly compacted: Compacted | null }
  | { readonly room: string; readonly failure: string };

export interface Compactor {
  /** Makes a snapshot of what is durable in a room, when its turn comes. */
  compact(room: string): void;
  close(): Promise<void>;
}

export interface CompactorOptions {
  /** Where the thread's program is. */
  readonly threadUrl: URL;
  readonly databasePath: string;
  readonly onCompacted: (room: string, compacted: Compacted) => void;
  readonly onFailed: (room: string, detail: string) => void;
}

export function createCompactor({ threadUrl, databasePath, onCompacted, onFailed }: CompactorOptions): Compactor {
  const line = new Set<string>();
  let worker: Worker | null = null;
  let isClosed = false;

  const next = () => {
    const [room] = line;
    if (room !== undefined && !isClosed) (worker ?? start()).postMessage(room);
  };
  const start = (): Worker => {
    const started = new Worker(threadUrl, { workerData: databasePath });
    worker = started;
    started.on('message', (reply: CompactorReply) => {
      line.delete(reply.room);
      if ('failure' in reply) onFailed(reply.room, reply.failure);
      else if (reply.compacted !== null) {
        pass('compacted');
        onCompacted(reply.room, reply.compacted);
      }
      next();
    });
    let detail = 'the compactor thread ended';
    started.once('error', (error) => {
      detail = error instanceof Error ? error.message : String(error);
    });
    started.once('exit', () => {
      worker = null;
      const [room] = line;
      if (room === undefined || isClosed) return;
      // Not tried again at once: it may be the one that ended the thread.
      line.delete(room);
      onFailed(room, detail);
      next();
    });
    return started;
  };

  return {
    compact(room) {
      line.add(room);
      if (line.size === 1) next();
    },
    async close() {
      isClosed = true;
      await worker?.terminate();
    },
  };
}
