/**
 * Documents that nobody has open, brought in step with the relay: first those with unsent work, then those of kept cases
 * that are behind. Few at a time, each with the four sockets of its rooms, which close as soon as it is done; what does
 * not work out is tried again later and said. Knows no rooms: how one document is synced is a port.
 */
import type { BackgroundProgress, Observable } from './contract.ts';
import type { Clock, Log } from './environment.ts';
import type { DueDocument } from './keeping.ts';
import { observableOf } from './observable.ts';

/** Documents at once: eight sockets, so that a device with many cases does not crowd out the page that is being used. */
const DOCUMENTS_AT_ONCE = 2;
const RETRY_MS = 60_000;

export interface BackgroundSync {
  readonly progress: Observable<BackgroundProgress>;
  /** Does what is due; asked for while it runs, it looks once more when it is through. Resolves when nothing is left to do now. */
  run(): Promise<void>;
  close(): void;
}

export interface BackgroundParts {
  readonly clock: Clock;
  readonly log: Log;
  /** Closed documents with edits that the relay has not acknowledged. */
  readonly unsent: () => Promise<DueDocument[]>;
  /** Closed documents of kept cases that are behind. */
  readonly behind: () => DueDocument[];
  readonly maySync: () => boolean;
  /** Brings one document in step; false when it is to be tried again later. */
  readonly syncOne: (due: DueDocument) => Promise<boolean>;
  /** Runs while no other tab of the person does the same; at once nothing when one does. */
  readonly alone: (work: () => Promise<void>) => Promise<void>;
  /** Everything due was looked at. */
  readonly onRound: () => Promise<void>;
}

export function createBackgroundSync(parts: BackgroundParts): BackgroundSync {
  const { clock, log } = parts;
  const progress = observableOf<BackgroundProgress>({ kind: 'idle' });
  let running: Promise<void> | null = null;
  let isAsked = false;
  let isClosed = false;
  let cancelRetry = () => {};

  const mayGoOn = () => !isClosed && parts.maySync();

  /** @returns ids of the documents that did not work out */
  async function round(): Promise<Set<string>> {
    const failed = new Set<string>();
    const seen = new Set<string>();
    let queue: DueDocument[] = [];
    let done = 0;
    const add = (due: readonly DueDocument[]) => {
      const fresh = due.filter(({ documentId }) => !seen.has(documentId));
      for (const { documentId } of fresh) seen.add(documentId);
      queue = [...queue, ...fresh];
    };
    const work = async () => {
      for (;;) {
        const next = queue.shift();
        if (next === undefined || !mayGoOn()) return;
        if (!(await parts.syncOne(next))) failed.add(next.documentId);
        done++;
        progress.set({ kind: 'running', done, total: seen.size });
      }
    };
    const workOff = async () => {
      if (queue.length > 0) progress.set({ kind: 'running', done, total: seen.size });
      await Promise.all(Array.from({ length: DOCUMENTS_AT_ONCE }, work));
    };
    // What only this device has comes before what it could fetch at any time.
    add(await parts.unsent());
    await workOff();
    add(parts.behind());
    await workOff();
    return failed;
  }

  async function runRounds(): Promise<void> {
    let failed = new Set<string>();
    try {
      while (isAsked && mayGoOn()) {
        isAsked = false;
        await parts.alone(async () => {
          failed = await round();
          if (mayGoOn()) await parts.onRound();
        });
      }
    } finally {
      running = null;
      if (isClosed || failed.size === 0) progress.set({ kind: 'idle' });
      else {
        log('background.failed', { documents: failed.size });
        progress.set({ kind: 'retrying', failed: failed.size });
        cancelRetry = clock.after(RETRY_MS, () => void run());
      }
    }
  }

  async function run(): Promise<void> {
    isAsked = true;
    if (!mayGoOn()) return;
    cancelRetry();
    running ??= runRounds();
    await running;
  }

  return {
    progress,
    run,
    close: () => {
      isClosed = true;
      cancelRetry();
    },
  };
}
