/**
 * The main thread's end of the writer thread: one callback per request, called in order when the request is durable. What
 * is asked in one turn crosses together and is one transaction. Knows whether the store is well; decides nothing.
 */
import { Worker } from 'node:worker_threads';
import type { CheckpointReport, Envelope, OpenReport, ReplyEnvelope, WriteReply, WriteRequest } from './requests.ts';

export interface WriterLink {
  /** What the thread said when it had opened the store. */
  readonly opened: OpenReport;
  /** @param atMs the relay's clock. A store error is a reply (`failed`), not an exception. */
  ask(request: WriteRequest, atMs: number, told: (reply: WriteReply) => void): void;
  /** The last store error; null again once something was written. */
  readonly trouble: string | null;
  /** Finishes what was asked and ends the thread. */
  close(): Promise<void>;
}

/** The answer to what is asked of a writer that has ended. */
export const ENDED = { kind: 'failed', of: 'store', message: 'the writer thread ended' } as const satisfies WriteReply;

/**
 * Starts the thread; resolves when the database is open, rejects when it cannot be opened. A thread that dies later is
 * followed by another one with the next request.
 * @param threadUrl where the thread's program is
 */
export async function linkWriter(threadUrl: URL, databasePath: string): Promise<WriterLink> {
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

  const start = (onOpen: (report: OpenReport) => void = () => {}): Worker => {
    const started = new Worker(threadUrl, { workerData: databasePath });
    worker = started;
    started.on('message', (message: OpenReport | CheckpointReport | ReplyEnvelope[]) => {
      if ('journalLap' in message) onOpen(message);
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

  const opened = await new Promise<OpenReport>((resolve, reject) => {
    const first = start(resolve);
    first.once('error', reject);
    first.once('exit', () => reject(new Error(ENDED.message)));
  });

  const post = () => {
    if (asked.length === 0) return;
    (worker ?? start()).postMessage(asked);
    asked = [];
  };

  return {
    opened,
    get trouble() {
      return trouble ?? checkpointTrouble;
    },
    ask(request, atMs, told) {
      if (isClosed) {
        told(ENDED);
        return;
      }
      const id = ++lastId;
      waiting.set(id, { kind: request.kind, told });
      if (asked.push({ id, atMs, request }) === 1) setImmediate(post);
    },
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
