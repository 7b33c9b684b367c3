/**
 * The heart of the writer thread, without the thread: runs a batch of requests in one transaction and replies when it is
 * durable. A request that fails by itself is undone alone (R16); when the store fails, everything in the batch has failed
 * and this executor is spent: its connection may believe what the disk does not hold (see reopening-executor.ts).
 */
import { beginFreeze, carryOut } from '../commands/carry-out.ts';
import type { CommandContext } from '../commands/context.ts';
import { LIMITS } from '../limits.ts';
import { pass } from '../steps.ts';
import { ActivityLog } from './activity.ts';
import { foldEntries, noteFolded } from './fold.ts';
import { signHeads } from './heads.ts';
import { takeHeld } from './held.ts';
import { entriesOf, placeOf } from './journal.ts';
import type { JournalEntry } from './journal-entries.ts';
import { putAgency, putPerson } from './people.ts';
import type {
  AppendRequest,
  Envelope,
  FoldRequest,
  LostUpdate,
  ReplyEnvelope,
  WriteReply,
  WriteRequest,
} from './requests.ts';
import { RoomLog } from './room-log.ts';
import type { SigningKey } from './signing-key.ts';
import { putSnapshot } from './snapshots.ts';
import type { Database } from './sqlite.ts';
import { isStoreError } from './store-error.ts';

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The answers to a batch of which nothing was kept. */
export function failAll(batch: readonly Envelope[], error: unknown): ReplyEnvelope[] {
  return batch.map(({ id }) => ({ id, reply: { kind: 'failed', of: 'store', message: messageOf(error) } }));
}

export class Executor {
  readonly #db: Database;
  readonly #log: RoomLog;
  readonly #activity: ActivityLog;
  readonly #signingKey: SigningKey;
  readonly #randomBytes: (count: number) => Uint8Array;
  readonly #heldLimits: Parameters<typeof takeHeld>[2];
  #isSpent = false;
  #lastUlidMs = 0;

  constructor(
    db: Database,
    signingKey: SigningKey,
    randomBytes: (count: number) => Uint8Array,
    heldLimits: Parameters<typeof takeHeld>[2] = LIMITS,
  ) {
    this.#heldLimits = heldLimits;
    this.#db = db;
    this.#signingKey = signingKey;
    this.#log = new RoomLog(db);
    this.#activity = new ActivityLog(db);
    this.#randomBytes = randomBytes;
  }

  /** The store has failed under it: nothing more may be written through this connection. */
  get isSpent(): boolean {
    return this.#isSpent;
  }

  /** Runs the batch as one transaction. Never throws for a store error: that is every reply's `failed`. */
  run(batch: readonly Envelope[]): ReplyEnvelope[] {
    try {
      // Hardly ever does a request fail by itself: only then is every request of its batch set apart from the others.
      return this.#runTogether(batch) ?? this.#runApart(batch);
    } catch (error) {
      this.#isSpent = true;
      return failAll(batch, error);
    }
  }

  /** Null when a request failed by itself; nothing of the batch is kept then. */
  #runTogether(batch: readonly Envelope[]): ReplyEnvelope[] | null {
    this.#db.exec('BEGIN IMMEDIATE');
    let replies: ReplyEnvelope[];
    try {
      replies = batch.map((envelope) => ({ id: envelope.id, reply: this.#carryOut(envelope) }));
    } catch (error) {
      this.#throwOfStore(error);
      this.#db.exec('ROLLBACK');
      this.#forget();
      return null;
    }
    this.#keep();
    return replies;
  }

  #runApart(batch: readonly Envelope[]): ReplyEnvelope[] {
    this.#db.exec('BEGIN IMMEDIATE');
    const replies = batch.map((envelope) => ({ id: envelope.id, reply: this.#carryOutApart(envelope) }));
    this.#keep();
    return replies;
  }

  #keep(): void {
    this.#log.writeHeads();
    pass('beforeCommit');
    this.#db.exec('COMMIT');
    pass('afterCommit');
  }

  #carryOutApart(envelope: Envelope): WriteReply {
    const { request } = envelope;
    if (request.kind === 'fold') return this.#foldApart(request);
    return this.#apart(
      () => this.#carryOut(envelope),
      (message): WriteReply => ({ kind: 'failed', of: 'request', message }),
    );
  }

  /** Nothing of what fails by itself is kept. */
  #apart<Result>(act: () => Result, failed: (message: string) => Result): Result {
    this.#db.exec('SAVEPOINT one');
    try {
      const result = act();
      this.#db.exec('RELEASE one');
      return result;
    } catch (error) {
      this.#throwOfStore(error);
      this.#db.exec('ROLLBACK TO one; RELEASE one');
      this.#forget();
      return failed(messageOf(error));
    }
  }

  /** Throws on what the store could not do. After some errors (disk full) it has rolled everything back by itself. */
  #throwOfStore(error: unknown): void {
    if (isStoreError(error) || !this.#db.isTransaction) throw error;
  }

  #forget(): void {
    this.#log.forget();
    this.#activity.forget();
  }

  #carryOut({ request, atMs }: Envelope): WriteReply {
    if (request.kind === 'settle') return { kind: 'done' };
    if (request.kind === 'fold') return this.#fold(request);
    return request.kind === 'append' ? this.#append(request, atMs) : this.#perform(request, atMs);
  }

  #append(request: AppendRequest, atMs: number): WriteReply {
    const { room, update, author, carrier = author, agencyId, role, connection, newClientIds } = request;
    const seq = this.#log.lastSeq(room) + 1;
    const entry = { room, seq, update, author, carrier, agencyId, role, connection, atMs, newClientIds };
    foldEntries({ log: this.#log, activity: this.#activity }, [entry]);
    return { kind: 'appended', seq };
  }

  #fold({ blocks, ends }: FoldRequest): WriteReply {
    foldEntries({ log: this.#log, activity: this.#activity }, entriesOf(blocks), ends);
    this.#noteFolded(blocks);
    return { kind: 'folded', lost: [] };
  }

  #foldApart({ blocks, ends }: FoldRequest): WriteReply {
    const parts = { log: this.#log, activity: this.#activity };
    const entries = entriesOf(blocks);
    const isWhole = this.#apart(
      () => {
        foldEntries(parts, entries, ends);
        return true;
      },
      () => false,
    );
    const lost = isWhole ? [] : this.#foldEach(entries);
    // What the log does not take is not tried again: whoever wrote it is told, and other rows take its place.
    this.#noteFolded(blocks);
    return { kind: 'folded', lost };
  }

  #foldEach(entries: readonly JournalEntry[]): LostUpdate[] {
    const lost: LostUpdate[] = [];
    for (const entry of entries) {
      const { room, seq } = entry;
      const isWhole = this.#apart(
        () => this.#foldAlone(entry, this.#activity),
        () => false,
      );
      // It was acknowledged: it is kept though what people read of it cannot be noted.
      if (isWhole) continue;
      this.#apart(
        () => this.#foldAlone(entry, null),
        (message) => lost.push({ room, seq, message }) > 0,
      );
    }
    return lost;
  }

  #noteFolded(blocks: readonly Uint8Array[]): void {
    const last = blocks.at(-1);
    if (last !== undefined) noteFolded(this.#db, placeOf(last));
  }

  #foldAlone(entry: JournalEntry, activity: ActivityLog | null): true {
    foldEntries({ log: this.#log, activity }, [entry]);
    return true;
  }

  #perform(request: Exclude<WriteRequest, { kind: 'append' | 'fold' | 'settle' }>, atMs: number): WriteReply {
    const db = this.#db;
    const nextUlidMs = () => {
      this.#lastUlidMs = Math.max(atMs, this.#lastUlidMs + 1);
      return this.#lastUlidMs;
    };
    const context: CommandContext = {
      db,
      log: this.#log,
      activity: this.#activity,
      atMs,
      randomBytes: this.#randomBytes,
      nextUlidMs,
    };
    switch (request.kind) {
      case 'snapshot':
        pass('beforeSwap');
        putSnapshot(db, request);
        pass('afterSwap');
        return { kind: 'done' };
      case 'command':
        return { kind: 'command', ...carryOut(context, request.personId, request.command) };
      case 'beginFreeze': {
        const answered = beginFreeze(context, request.personId, request.command);
        return answered === null ? { kind: 'freezing' } : { kind: 'command', ...answered };
      }
      case 'callOffFreeze':
        db.prepare("UPDATE documents SET state = 'draft' WHERE document_id = ? AND state = 'freezing'").run(
          request.documentId,
        );
        return { kind: 'done' };
      case 'project':
        db.prepare('UPDATE documents SET title = coalesce(?, title), changed_at_ms = ? WHERE document_id = ?').run(
          request.title,
          atMs,
          request.documentId,
        );
        // A case's own document has the case's id, and no other document can have it: its title is the case's.
        db.prepare('UPDATE cases SET title = coalesce(?, title) WHERE case_id = ?').run(
          request.title,
          request.documentId,
        );
        return { kind: 'done' };
      case 'noteChange':
        db.prepare('UPDATE documents SET changed_at_ms = max(changed_at_ms, ?) WHERE document_id = ?').run(
          atMs,
          request.documentId,
        );
        return { kind: 'done' };
      case 'putAgency':
        putAgency(db, request.agencyId, request.agency);
        return { kind: 'done' };
      case 'putPerson':
        return putPerson(db, request.person);
      case 'setup':
        if (db.prepare('SELECT 1 FROM people').get() !== undefined) return { kind: 'refused', code: 'already-set-up' };
        putAgency(db, request.agencyId, request.agency);
        return putPerson(db, request.person);
      case 'openSession':
        db.prepare('DELETE FROM sessions WHERE expires_at_ms < ?').run(atMs);
        db.prepare('INSERT INTO sessions (token_hash, person_id, expires_at_ms) VALUES (?, ?, ?)').run(
          request.tokenHash,
          request.personId,
          request.expiresAtMs,
        );
        return { kind: 'done' };
      case 'closeSession':
        db.prepare('DELETE FROM sessions WHERE token_hash = ?').run(request.tokenHash);
        return { kind: 'done' };
      case 'hold': {
        const refused = takeHeld(db, { ...request, atMs }, this.#heldLimits);
        return refused === null ? { kind: 'done' } : { kind: 'refused', code: refused };
      }
      case 'signHeads':
        this.#log.writeHeads();
        return { kind: 'signed', head: signHeads(db, this.#signingKey, atMs) };
    }
  }
}
