/**
 * The thread that owns the database: at its start it folds what the journal holds and the log lacks, then it carries out what
 * it is asked, many requests in one transaction. A composition root: it opens the store and touches real randomness; the work is
 * in executor.ts.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { LIMITS } from '../limits.ts';
import { goBehindOthers } from './behind-others.ts';
import { openForWriting, reopenForWriting } from './database.ts';
import { foldJournal, journalOf } from './fold.ts';
import { ReopeningExecutor } from './reopening-executor.ts';
import type { CheckpointReport, Envelope, OpenReport } from './requests.ts';
import { loadSigningKey } from './signing-key.ts';

const port = parentPort;
if (port === null) throw new Error('writer-thread.ts runs as a worker only');

const path = workerData as string;
const db = openForWriting(path, () => randomUUID());
const journal = journalOf(path, db);
foldJournal(db, journal);
const executor = new ReopeningExecutor(
  db,
  () => reopenForWriting(path),
  loadSigningKey(dirname(path)),
  (count) => randomBytes(count),
);

goBehindOthers();

port.on('message', (first: Envelope[] | 'close') => {
  const batch: Envelope[] = [];
  let isClosing = false;
  const take = (message: Envelope[] | 'close') => {
    if (message === 'close') isClosing = true;
    else batch.push(...message);
  };
  take(first);
  while (batch.length < LIMITS.commitMessages && !isClosing) {
    const next = receiveMessageOnPort(port) as { message: Envelope[] | 'close' } | undefined;
    if (next === undefined) break;
    take(next.message);
  }
  if (batch.length > 0) port.postMessage(executor.run(batch));
  const checkpointed = executor.checkpoint();
  if (checkpointed !== null) {
    port.postMessage({ checkpointTrouble: checkpointed.trouble } satisfies CheckpointReport);
  }
  if (isClosing) {
    executor.close();
    port.close();
  }
});

port.postMessage({ journalKey: journal.key, journalLap: journal.last?.lap ?? 0 } satisfies OpenReport);
