/**
 * The main thread's end of the writer thread: one promise per request, settled in order when the request is durable.
 * Knows whether the store is well; decides nothing.
 */
import { Worker } from 'node:worker_threads';
import type { AppendRequest, CheckpointReport, Envelope, ReplyEnvelope, WriteReply, WriteRequest } from './requests.ts';

/** Asks for writes. A store error is a reply (`failed`), not an exception. */
export interface Writer {
  /**
   * The hot path, without a promise. Replies of one transaction come in one turn, before any microtask: whoever is told can
   * act on all of them together.
   */
  append(request: AppendRequest, told: (reply: WriteReply) => void): void;
  /** The reply comes when the request is durable, in the order of the requests. */
  write(request: WriteRequest): Promise<WriteReply>;
  /** The last store error; null again once something was written. */
  readonly trouble: string | null;
  /** Finishes what was asked and ends the thread. */
  close(): Promise<void>;
}

export interface WriterOptions {
  /** Where the thread's program is. */
  readonly threadUrl: URL;
  readonly databasePath: string;
  readonly now: () => number;
}

/** Starts the thread; resolves when the database is open, rejects when it cannot be opened. */
export async function startWriter({ threadUrl, databasePath, now }: WriterOptions): Promise<Writer> {
  const worker = new Worker(threadUrl, { workerData: databasePath });
  const waiting = new Map<number, { readonly kind: WriteRequest['kind']; told(reply: WriteReply): void }>();
  /** What was asked in this turn: it crosses to the thread as one message. */
  let asked: Envelope[] = [];
  let lastId = 0;
  let trouble: string | null = null;
  let checkpointTrouble: string | null = null;
  let isOver = false;

  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      isOver = true;
      // A thread that died owes answers: they are failures, nothing of them is certain.
      for (const { told } of waiting.values())
        told({ kind: 'failed', of: 'store', message: 'the writer thread ended' });
      if (waiting.size > 0) trouble = 'the writer thread ended';
      waiting.clear();
      resolve();
    });
  });

  await new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    worker.on('message', (message: 'open' | CheckpointReport | ReplyEnvelope[]) => {
      if (message === 'open') {
        worker.off('error', reject);
        worker.on('error', (error) => {
          trouble = error instanceof Error ? error.message : String(error);
        });
        resolve();
        return;
      }
      if ('checkpointTrouble' in message) {
        checkpointTrouble = message.checkpointTrouble;
        return;
      }
      for (const { id, reply } of message) {
        const one = waiting.get(id);
        waiting.delete(id);
        // One request that failed alone says nothing about the store, and neither does a settle: it writes nothing.
        if (reply.kind !== 'failed') trouble = one?.kind === 'settle' ? trouble : null;
        else if (reply.of === 'store') trouble = reply.message;
        one?.told(reply);
      }
    });
  });

  const post = () => {
    worker.postMessage(asked);
    asked = [];
  };
  const ask = (request: WriteRequest, told: (reply: WriteReply) => void) => {
    if (isOver) {
      trouble ??= 'the writer thread ended';
      told({ kind: 'failed', of: 'store', message: 'the writer thread ended' });
      return;
    }
    const id = ++lastId;
    waiting.set(id, { kind: request.kind, told });
    // Everything that is read from sockets in this turn shares one message: waking a thread costs more than a row.
    if (asked.push({ id, atMs: now(), request }) === 1) setImmediate(post);
  };

  return {
    get trouble() {
      return trouble ?? checkpointTrouble;
    },
    append: ask,
    write: (request) => new Promise((resolve) => ask(request, resolve)),
    close: async () => {
      if (!isOver) setImmediate(() => worker.postMessage('close'));
      await ended;
    },
  };
}
