/**
 * One room as a pure machine: sessions and bytes go in, effects come out. No sockets, no clock, no database; whoever
 * drives it (the registry in sync/, a unit test, the simulation) performs the effects in order and reports back.
 *
 * How to drive it:
 *   const room = createRoom({ address, generation, limits, now });   // starts loading; begin the read of the store now
 *   room.join(session)            // any time; while loading the session and its frames wait (R1)
 *   room.loaded(stored)           // or room.loadFailed(): everybody is closed with `storeFailed`
 *   room.receive(sessionId, bytes)
 *   room.committed(commits)       // for every `append` effect, in order; what became durable together is told together
 *   room.storeFailed()            // instead of committed: the room is dead, load a new one at the next join (R8)
 *   room.leave(sessionId)         // the socket is gone; not needed after a `close` effect
 *   room.absorb(update, seq)      // the store took an update from elsewhere (record events): tell the sessions
 *   room.announceFreeze()         // ends with one `flushed` effect
 *   room.tick()                   // every few seconds: keepalive
 * On joining a session gets `hello`, SyncStep1, then presence. It is sent others' updates from the answer to its own
 * SyncStep1 on: that answer holds everything before, so nothing is ever sent ahead of what it builds on.
 * Here is the life of a room; what is said with one session is conversation.ts, what is taken of an update intake.ts,
 * what leaves and when sending.ts.
 */
import type { CloseName } from '../../shared/close-codes.ts';
import { BODY_ROOTS, type RoomAddress, roomKey } from '../../shared/rooms.ts';
import { AppendsUnderWay, type UpdateUnderWay } from './appends-under-way.ts';
import { Attestation } from './attestation.ts';
import { RoomAwareness } from './awareness.ts';
import { Conversation } from './conversation.ts';
import type { Deferred } from './deferred-sends.ts';
import { EarlyArrivals } from './early-arrivals.ts';
import type { Commit, RoomEffect, RoomOptions, RoomSession, StoredRoom } from './effects.ts';
import type { Ending } from './ending.ts';
import { Freezing } from './freezing.ts';
import { UpdateIntake } from './intake.ts';
import { LiveDocument } from './live-document.ts';
import { LogTail } from './log-tail.ts';
import { Recovery } from './recovery.ts';
import { createSeat, type Seat } from './seat.ts';
import { Sending } from './sending.ts';
import type { TokenBucket } from './token-bucket.ts';

/** A new room, loading. */
export function createRoom(options: RoomOptions): Room {
  return new Room(options);
}

export class Room {
  readonly address: RoomAddress;
  readonly #options: RoomOptions;
  readonly #content: LiveDocument;
  readonly #seats = new Map<string, Seat>();
  readonly #attestation: Attestation;
  #phase: 'loading' | 'open' | 'over' = 'loading';
  /** Null once it is loaded. */
  #early: EarlyArrivals | null = new EarlyArrivals();
  readonly #appends = new AppendsUnderWay();
  readonly #freezing = new Freezing();
  readonly #intake: UpdateIntake;
  readonly #sending: Sending;
  readonly #conversation: Conversation;
  #lastSeq = 0;
  readonly #tail: LogTail;
  #effects: RoomEffect[] = [];

  constructor(options: RoomOptions) {
    const { address, generation, key, recovery, limits, now } = options;
    const { claimsPerPerson } = limits;
    const emit = (effect: RoomEffect) => this.#emit(effect);
    const content = new LiveDocument(address.room, options.observedRules);
    const attestation = new Attestation(options);
    const parts = {
      content,
      attestation,
      appends: this.#appends,
      recovery: recovery
        ? new Recovery({ ...recovery, room: roomKey(address), generation, verify: key.verify, claimsPerPerson })
        : null,
      limits,
      now,
      emit,
    };
    const intake = new UpdateIntake(parts);
    const sending = new Sending({
      seats: this.#seats,
      appends: this.#appends,
      now,
      emit,
      onBarrier: (seat) => {
        if (this.#freezing.hasHandedIn(seat)) this.#checkFlushed();
      },
    });
    this.#options = options;
    this.address = address;
    this.#content = content;
    this.#attestation = attestation;
    this.#intake = intake;
    this.#sending = sending;
    this.#conversation = new Conversation({
      ...parts,
      generation,
      awareness: new RoomAwareness(limits),
      intake,
      sending,
    });
    this.#tail = new LogTail(limits);
  }

  /** Everybody in the room, also while it loads. */
  get sessionIds(): readonly string[] {
    return [...this.#seats.keys()];
  }

  /** Appends that are not durable yet. */
  get pendingAppends(): number {
    return this.#appends.pending;
  }

  /** The whole content as one update, durable or not. Null while loading or when over. */
  encodedState(): Uint8Array | null {
    return this.#phase === 'open' ? this.#content.encode() : null;
  }

  /** The header fields by their keys, durable or not; for projections. Null while loading or when over. */
  header(): ReadonlyMap<string, unknown> | null {
    return this.#phase === 'open' ? this.#content.entriesOf(BODY_ROOTS.fields) : null;
  }

  join(session: RoomSession, work?: TokenBucket): RoomEffect[] {
    return this.#run(() => {
      if (this.#phase === 'over') {
        this.#emit({ type: 'close', sessionId: session.sessionId, row: 'storeFailed' });
        return;
      }
      const { limits, now } = this.#options;
      const seat = createSeat(session, limits, now(), work);
      this.#seats.set(session.sessionId, seat);
      if (this.#phase === 'open') this.#conversation.greet(seat);
    });
  }

  loaded(stored: StoredRoom): RoomEffect[] {
    return this.#run(() => {
      if (this.#phase !== 'loading') return;
      if (!this.#content.load(stored)) {
        // What is stored does not stand alone: serving it would spread the hole.
        this.#fail();
        return;
      }
      this.#lastSeq = stored.lastSeq;
      this.#tail.begin(stored);
      this.#phase = 'open';
      // Left long by an end without an ending.
      if (this.#tail.isLong(this.#content.bytes)) this.#compact();
      const early = this.#early?.take();
      this.#early = null;
      for (const { update, seq } of early?.updates ?? []) this.#takeIn(update, seq);
      for (const seat of [...this.#seats.values()]) this.#conversation.greet(seat);
      for (const { sessionId, bytes } of early?.frames ?? []) this.#handle(sessionId, bytes);
      this.#unloadIfIdle();
    });
  }

  loadFailed(): RoomEffect[] {
    return this.#run(() => this.#fail());
  }

  storeFailed(): RoomEffect[] {
    return this.#run(() => this.#fail());
  }

  receive(sessionId: string, bytes: Uint8Array): RoomEffect[] {
    return this.#run(() => this.#handle(sessionId, bytes));
  }

  /** These appends are durable now: their updates leave as one frame for each session. */
  committed(commits: readonly Commit[]): RoomEffect[] {
    return this.#run(() => {
      if (this.#phase !== 'open') return;
      const updates: UpdateUnderWay[] = [];
      const due: Deferred[] = [];
      for (const { appendId, seq } of commits) {
        const settled = this.#appends.settle(appendId);
        if (settled.done !== undefined) {
          updates.push(settled.done);
          this.#tail.grow(settled.done.update.length);
        }
        due.push(...settled.due);
        this.#lastSeq = Math.max(this.#lastSeq, seq);
      }
      const owners = this.#attestation.settle(commits.map(({ appendId }) => appendId));
      this.#sending.tellDurable({ updates, owners, due });
      const mayCompact = this.#writesOwnSnapshot || this.pendingAppends === 0 || this.#tail.isOverdue;
      if (mayCompact && this.#tail.isLong(this.#content.bytes)) this.#compact();
      this.#unloadIfIdle();
    });
  }

  leave(sessionId: string): RoomEffect[] {
    return this.#run(() => {
      this.#remove(sessionId);
      this.#unloadIfIdle();
    });
  }

  /** Closes a session from outside: its rights changed, it signed out, the relay drains, it reads too slowly. */
  expel(sessionId: string, row: CloseName): RoomEffect[] {
    return this.#run(() => {
      if (this.#seats.has(sessionId)) this.#close(sessionId, row);
      this.#unloadIfIdle();
    });
  }

  /** An update that is durable already as log row `seq` and came from no session. */
  absorb(update: Uint8Array, seq: number): RoomEffect[] {
    return this.#run(() => {
      if (this.#phase === 'loading') this.#early?.keepUpdate({ update, seq });
      else if (this.#phase === 'open') this.#takeIn(update, seq);
    });
  }

  /** Tells every writer to hand in what it has; `flushed` follows when all have, or have left. */
  announceFreeze(): RoomEffect[] {
    return this.#run(() => {
      this.#freezing.begin();
      if (this.#phase === 'open') {
        for (const seat of this.#seats.values()) {
          if (seat.session.capability !== 'write') continue;
          this.#sending.say(seat, { type: 'freezing' });
          this.#conversation.ask(seat);
          this.#freezing.asked(seat);
        }
      }
      this.#checkFlushed();
    });
  }

  /** Says something on lines that have been silent. */
  tick(): RoomEffect[] {
    return this.#run(() => {
      const { limits, now } = this.#options;
      this.#sending.keepAlive(limits.keepaliveMs);
      this.#conversation.askWaiting();
      const isIdle = this.#phase === 'open' && this.pendingAppends === 0;
      if (isIdle && now() - this.#intake.lastAppendMs >= limits.sleepMs) this.#content.sleep();
    });
  }

  #takeIn(update: Uint8Array, seq: number): void {
    if (seq <= this.#lastSeq) return;
    this.#content.apply(update);
    this.#lastSeq = seq;
    this.#tail.grow(update.length);
    this.#sending.forward([{ appendId: Number.POSITIVE_INFINITY, sessionId: null, update }]);
  }

  #handle(sessionId: string, bytes: Uint8Array): void {
    const seat = this.#seats.get(sessionId);
    if (seat === undefined || this.#phase === 'over') return;
    if (this.#phase === 'loading') {
      const { loadQueueBytes } = this.#options.limits;
      const isKept = this.#early?.keepFrame({ sessionId, bytes }, loadQueueBytes);
      if (isKept === false) this.#close(sessionId, 'tooFast');
      return;
    }
    const end = this.#conversation.hear(seat, bytes);
    if (end !== null) this.#end(seat, end);
  }

  #end(seat: Seat, { row, says, isSpoilt }: Ending): void {
    for (const message of says) this.#sending.say(seat, message);
    this.#close(seat.session.sessionId, row);
    if (isSpoilt) this.#fail();
  }

  #close(sessionId: string, row: CloseName): void {
    this.#emit({ type: 'close', sessionId, row });
    this.#remove(sessionId);
  }

  #remove(sessionId: string): void {
    const seat = this.#seats.get(sessionId);
    if (seat === undefined) return;
    this.#seats.delete(sessionId);
    this.#early?.drop(sessionId);
    this.#conversation.leave(seat);
    this.#checkFlushed();
  }

  #checkFlushed(): void {
    if (this.#freezing.isFlushed(this.#seats.values())) this.#emit({ type: 'flushed' });
  }

  /** Ends this life of the room: nothing more is answered or forwarded; clients keep what they have and come back. */
  #fail(): void {
    if (this.#phase === 'over') return;
    this.#phase = 'over';
    for (const sessionId of this.sessionIds) this.#emit({ type: 'close', sessionId, row: 'storeFailed' });
    this.#seats.clear();
    this.#appends.dropDeferred();
    this.#checkFlushed();
    this.#emit({ type: 'unload' });
    this.#content.destroy();
  }

  #unloadIfIdle(): void {
    if (this.#phase !== 'open' || this.#seats.size > 0 || this.pendingAppends > 0) return;
    if (this.#tail.isWorthEnding(this.#content.bytes)) this.#compact();
    this.#phase = 'over';
    this.#emit({ type: 'unload' });
    this.#content.destroy();
  }

  get #writesOwnSnapshot(): boolean {
    return this.#content.bytes <= this.#options.limits.ownSnapshotBytes;
  }

  #compact(): void {
    this.#tail.end();
    if (!this.#writesOwnSnapshot) {
      this.#emit({ type: 'compact' });
      return;
    }
    // What is not durable yet is in the document too. The store has been asked for all of it before it is for this.
    const seq = this.#lastSeq + this.pendingAppends;
    this.#emit({ type: 'snapshot', seq, ...this.#content.whole() });
  }

  #emit(effect: RoomEffect): void {
    this.#effects.push(effect);
  }

  #run(act: () => void): RoomEffect[] {
    act();
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }
}
