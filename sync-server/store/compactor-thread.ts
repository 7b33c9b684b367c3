/**
 * The thread that makes snapshots, so that nobody waits for one: reads a room as it is stored, through a connection of its
 * own, and answers with its state. A composition root; compaction.ts does the work, the writer thread stores the result.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { goBehindOthers } from './behind-others.ts';
import { compactRoom } from './compaction.ts';
import type { CompactorReply } from './compactor.ts';
import { openForReading } from './database.ts';
import { loadRoom } from './room-reading.ts';

const port = parentPort;
if (port === null) throw new Error('compactor-thread.ts runs as a worker only');

const db = openForReading(workerData as string);
goBehindOthers();

port.on('message', (room: string) => {
  let reply: CompactorReply;
  try {
    reply = { room, compacted: compactRoom(loadRoom(db, room)) };
  } catch (error) {
    reply = { room, failure: error instanceof Error ? error.message : String(error) };
  }
  // Handed over, not copied: a state is written out into memory of its own.
  const moved = 'compacted' in reply && reply.compacted !== null ? [reply.compacted.state.buffer as ArrayBuffer] : [];
  port.postMessage(reply, moved);
});
