/**
 * The outbox: commands made on this device, durable before anything is sent, replayed over HTTP in the order in which they
 * were made until each is answered done or refused. Sending twice is harmless (the uuid), skipping is not: a command without
 * an answer holds up those after it. A refused one stays until the person has seen it. One that made a case or a document is
 * kept for a while after it was done, unseen: when a backup was put back at the relay, it is offered again.
 */
import { z } from 'zod';
import {
  type Command,
  type CommandResult,
  commandSchema,
  documentMadeBy,
  type SaidRefusal,
  saidRefusalSchema,
} from '../../shared/commands.ts';
import type { Answer, ApiClient } from './api-client.ts';
import type { Observable, OutboxEntry, StoreFailure } from './contract.ts';
import type { Clock, Log, WithLock } from './environment.ts';
import type { LocalStore } from './local-store.ts';
import { observableOf } from './observable.ts';
import type { Stored } from './room-store.ts';

const storedEntrySchema = z.object({
  /** Grows with every command made on this device; the order of replay. */
  order: z.number(),
  command: commandSchema,
  state: z.enum(['waiting', 'refused', 'done']),
  reason: saidRefusalSchema.optional(),
  /** Only of what is done: in which of the relay's stores, and when. */
  doneIn: z.string().optional(),
  doneAtMs: z.number().optional(),
});
type StoredEntry = z.infer<typeof storedEntrySchema>;

export interface Outbox {
  readonly entries: Observable<readonly OutboxEntry[]>;
  /** Why the last write into the store failed; null when it did not. */
  readonly storeProblem: Observable<StoreFailure | null>;
  /** Rejects when the command could not be stored: then it does not exist. */
  submit(command: Command): Promise<void>;
  dismiss(commandId: string): Promise<void>;
  /** The store was lost: what is known is put into it again. */
  rewrite(): Promise<void>;
  /** Reads what the store has (at start, and when another tab changed it). */
  load(): Promise<void>;
  /** Sends what waits, one after the other, until one gets no answer. */
  drain(): Promise<void>;
  close(): void;
}

export interface OutboxParts {
  readonly store: LocalStore;
  readonly api: Pick<ApiClient, 'command'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly withLock: WithLock;
  /** The relay's store as it is known now. */
  readonly generation: () => string;
  /** False while nothing may be sent: offline, signed out, another person's cookie. */
  readonly maySend: () => boolean;
  readonly onDone: (command: Command) => Promise<void>;
  readonly onSignedOut: () => void;
  /** Tells the other tabs. */
  readonly onChange: () => void;
}

const problemOf = (stored: Stored<unknown>) => (stored.ok ? null : { why: stored.why, message: stored.reason });

const FIRST = 'outbox';
const RETRY_MS = 5_000;
/** How long a done command is kept: as long as the relay takes back what a restore lost. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

export function createOutbox(parts: OutboxParts): Outbox {
  const { store, clock, log } = parts;
  const entries = observableOf<readonly OutboxEntry[]>([]);
  const storeProblem = observableOf<StoreFailure | null>(null);
  let stored: StoredEntry[] = [];
  let draining: Promise<void> | null = null;
  let cancelRetry = () => {};
  let isClosed = false;
  /** Done in an earlier store of the relay, offered to this one and not taken: not again before the next opening. */
  const declined = new Set<string>();

  function publish() {
    entries.set(
      stored.flatMap(({ command, state, reason }) => {
        if (state === 'done') return [];
        return [reason === undefined ? { command, state } : { command, state, reason }];
      }),
    );
  }

  /** Whether it is to be sent: it waits, or it was done in a store of the relay that is no more. */
  function isDue({ state, command, doneIn }: StoredEntry): boolean {
    if (state === 'waiting') return true;
    return state === 'done' && doneIn !== parts.generation() && !declined.has(command.commandId);
  }

  async function load() {
    const read = await store.readRecords(FIRST, storedEntrySchema);
    storeProblem.set(problemOf(read));
    if (!read.ok) return;
    stored = [...read.value].sort((a, b) => a.order - b.order);
    publish();
    for (const entry of stored) if (clock.nowMs() - (entry.doneAtMs ?? clock.nowMs()) > KEPT_MS) await remove(entry);
  }

  const keyOf = (entry: StoredEntry) => [FIRST, entry.order, entry.command.commandId] as const;

  async function remove(entry: StoredEntry): Promise<boolean> {
    const removed = await store.deleteRecord(keyOf(entry));
    storeProblem.set(problemOf(removed));
    if (!removed.ok) return false;
    stored = stored.filter((other) => other !== entry);
    publish();
    parts.onChange();
    return true;
  }

  async function refuse(entry: StoredEntry, reason: SaidRefusal): Promise<boolean> {
    if (entry.state !== 'done') return change(entry, { ...entry, state: 'refused', reason });
    // It was done once and nobody waits for it: whoever may do it now does.
    declined.add(entry.command.commandId);
    log('outbox.declined', { reason });
    return true;
  }

  async function done(entry: StoredEntry): Promise<boolean> {
    await parts.onDone(entry.command);
    if (documentMadeBy(entry.command) === null) return remove(entry);
    return change(entry, { ...entry, state: 'done', doneIn: parts.generation(), doneAtMs: clock.nowMs() });
  }

  async function change(entry: StoredEntry, next: StoredEntry): Promise<boolean> {
    const written = await store.writeRecord(keyOf(entry), next);
    storeProblem.set(problemOf(written));
    if (!written.ok) return false;
    stored = stored.map((other) => (other === entry ? next : other));
    publish();
    parts.onChange();
    return true;
  }

  /** Whether the next command may be sent. */
  async function settle(entry: StoredEntry, answer: Answer<CommandResult>): Promise<boolean> {
    switch (answer.kind) {
      case 'ok':
        if (answer.value.outcome === 'refused') return refuse(entry, answer.value.reason);
        return done(entry);
      case 'refused':
        // Not an answer of the commands' table: the server does not take it in this form, now or later.
        log('outbox.rejected', { status: answer.status });
        return refuse(entry, 'not-allowed');
      case 'signedOut':
        parts.onSignedOut();
        return false;
      case 'tooFast':
      case 'unreachable':
        cancelRetry();
        cancelRetry = clock.after(RETRY_MS, () => void drain());
        return false;
    }
  }

  const isWaiting = () => stored.some(isDue);

  /** Whether everything was sent, as opposed to stopping at one without an answer. */
  async function sendAll(): Promise<boolean> {
    // Another tab may have sent or added some.
    await load();
    for (;;) {
      const entry = stored.find(isDue);
      if (entry === undefined) return true;
      if (isClosed || !parts.maySend()) return false;
      const answer = await parts.api.command(entry.command);
      if (isClosed || !(await settle(entry, answer))) return false;
    }
  }

  async function run(): Promise<void> {
    try {
      let isEmptied = true;
      while (isEmptied && isWaiting()) {
        isEmptied = false;
        await parts.withLock(`${store.name}/outbox`, 'wait', async () => {
          isEmptied = await sendAll();
        });
      }
    } finally {
      // In the same turn as the last look, so that no command slips in between; also when the browser gave no lock.
      draining = null;
    }
  }

  async function drain(): Promise<void> {
    if (isClosed || !parts.maySend() || !isWaiting()) return;
    draining ??= run();
    await draining;
  }

  return {
    entries,
    storeProblem,
    load,
    drain,
    rewrite: async () => {
      for (const entry of stored) storeProblem.set(problemOf(await store.writeRecord(keyOf(entry), entry)));
    },
    submit: async (command) => {
      const parsed = commandSchema.parse(command);
      if (stored.some((entry) => entry.command.commandId === parsed.commandId)) return;
      const newest = Math.max(0, ...stored.map(({ order }) => order));
      const entry: StoredEntry = { order: Math.max(newest + 1, clock.nowMs()), command: parsed, state: 'waiting' };
      const written = await store.writeRecord(keyOf(entry), entry);
      storeProblem.set(problemOf(written));
      if (!written.ok) throw new Error(written.reason);
      stored = [...stored, entry];
      publish();
      parts.onChange();
      void drain();
    },
    dismiss: async (commandId) => {
      const entry = stored.find(({ command, state }) => command.commandId === commandId && state === 'refused');
      if (entry !== undefined) await remove(entry);
    },
    close: () => {
      isClosed = true;
      cancelRetry();
    },
  };
}
