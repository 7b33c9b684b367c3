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

const ENDED = { kind: 'failed', of: 'store', message: 'the writer thread ended' } as const satisfies WriteReply;

/**
 * Starts the thread; resolves when the database is open, rejects when it cannot be opened. A thread that dies later is
 * followed by another one with the next request.
 */
export async function startWriter({ threadUrl, databasePath, now }: WriterOptions): Promise<Writer> {
  const waiting = new Map<number, { readonly kind: WriteRequest['kind']; told(reply: WriteReply): void }>();
  /** What was asked in this turn: it crosses to the thread as one message. */
  let asked: Envelope[] = [];
  let lastId = 0;
  let trouble: string | null = null;
  let checkpointTrouble: string | null = null;
  let isClosed = false;
  let worker: Worker | null = null;

  const hear = (replies: readonly ReplyEnvelope[]) => {
    for (const { id, reply } of replies) {
      const one = waiting.get(id);
      waiting.delete(id);
      // One request that failed alone says nothing about the store, and neither does a settle: it writes nothing.
      if (reply.kind !== 'failed') trouble = one?.kind === 'settle' ? trouble : null;
      else if (reply.of === 'store') trouble = reply.message;
      one?.told(reply);
    }
  };

  const start = (onOpen: () => void = () => {}): Worker => {
    const started = new Worker(threadUrl, { workerData: databasePath });
    worker = started;
    started.on('message', (message: 'open' | CheckpointReport | ReplyEnvelope[]) => {
      if (message === 'open') onOpen();
      else if ('checkpointTrouble' in message) checkpointTrouble = message.checkpointTrouble;
      else hear(message);
    });
    let detail: string = ENDED.message;
    started.on('error', (error) => {
      detail = error instanceof Error ? error.message : String(error);
    });
    started.once('exit', () => {
      worker = null;
      // It owes answers: they are failures, nothing of them is certain. What was not handed over yet builds on them.
      asked = [];
      const owed = [...waiting.values()];
      waiting.clear();
      if (!isClosed) trouble = detail;
      for (const { told } of owed) told(ENDED);
    });
    return started;
  };

  await new Promise<void>((resolve, reject) => {
    const first = start(resolve);
    first.once('error', reject);
    first.once('exit', () => reject(new Error(ENDED.message)));
  });

  const post = () => {
    if (asked.length === 0) return;
    (worker ?? start()).postMessage(asked);
    asked = [];
  };
  const ask = (request: WriteRequest, told: (reply: WriteReply) => void) => {
    if (isClosed) {
      told(ENDED);
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
    close: () =>
      new Promise((resolve) => {
        isClosed = true;
        // After what was asked in this turn.
        setImmediate(() => {
          if (worker === null) {
            resolve();
            return;
          }
          worker.once('exit', () => resolve());
          worker.postMessage('close');
        });
      }),
  };
}
