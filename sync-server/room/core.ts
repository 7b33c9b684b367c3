/**
 * One room as a pure machine: sessions and bytes go in, effects come out. No sockets, no clock, no database; whoever
 * drives it (the registry in sync/, a unit test, the simulation) performs the effects in order and reports back.
 *
 * How to drive it:
 *   const room = createRoom(address, { generation, limits, now, … });   // starts loading; begin the read of the store now
 *   room.join(session)            // any time; while loading the session and its frames wait (R1)
 *   room.loaded(stored)           // or room.loadFailed(): everybody is closed with `storeFailed`
 *   room.receive(sessionId, bytes)
 *   room.committed(commit)        // the last append that is durable now: all before it are, and are told together with it
 *   room.storeFailed()            // instead of committed: the room is dead, load a new one at the next join (R8)
 *   room.leave(sessionId)         // the socket is gone; not needed after a `close` effect
 *   room.absorb(update, seq)      // the store took an update from elsewhere (record events): tell the sessions
 *   room.announceFreeze()         // ends with one `flushed` effect
 *   room.tick()                   // every few seconds: keepalive, parking
 * A room in which nothing has happened for a while parks: it keeps who is here and lets go of all that the store gives back
 * (room-at-work.ts). What needs it back emits `load`; answer with loaded() or loadFailed() as at the beginning, also at once.
 * On joining a session gets `hello`, SyncStep1, then presence. It is sent others' updates from the answer to its own
 * SyncStep1 on: that answer holds everything before, so nothing is ever sent ahead of what it builds on.
 * Here is the life of a room; what is said with one session is conversation.ts, what is taken of an update intake.ts,
 * what leaves and when sending.ts.
 */
import type { CloseName } from '../../shared/close-codes.ts';
import { BODY_ROOTS, type RoomAddress, roomKey } from '../../shared/rooms.ts';
import { decodeMessage } from '../../shared/wire/messages.ts';
import { RoomAwareness } from './awareness.ts';
import { EarlyArrivals } from './early-arrivals.ts';
import type { Commit, RoomEffect, RoomHouse, RoomSession, SeatLine, StoredRoom } from './effects.ts';
import type { Ending } from './ending.ts';
import { RatePerPerson } from './rate-per-person.ts';
import { Recovery } from './recovery.ts';
import { RoomAtWork } from './room-at-work.ts';
import { createSeat, forgetRates, numberAnew, type Seat } from './seat.ts';

/** A new room, loading. */
export function createRoom(address: RoomAddress, house: RoomHouse): Room {
  return new Room(address, house);
}

export class Room {
  readonly address: RoomAddress;
  readonly #house: RoomHouse;
  readonly #seats = new Map<string, Seat>();
  readonly #awareness: RoomAwareness;
  readonly #recovery: Recovery | null;
  /** Null while everybody may bring as many as ever. */
  #newClientIds: RatePerPerson | null = null;
  #phase: 'loading' | 'open' | 'parked' | 'over' = 'loading';
  /** Null while it is parked and nobody speaks. */
  #work: RoomAtWork | null = null;
  /** Null while it does not load. */
  #early: EarlyArrivals | null = new EarlyArrivals();
  /** The last update of the log that is in the document; and that everybody was told of, null before the first loading. */
  #lastSeq = 0;
  #toldSeq: number | null = null;
  /** Whether a snapshot is worth its cost should the last one leave while it is parked. */
  #isWorthEnding = false;
  /** Null for none. */
  #effects: RoomEffect[] | null = null;

  constructor(address: RoomAddress, house: RoomHouse) {
    const { generation, key, recovery, limits } = house;
    const { claimsPerPerson } = limits;
    this.#house = house;
    this.address = address;
    this.#awareness = new RoomAwareness(limits);
    this.#recovery = recovery
      ? new Recovery({ ...recovery, room: roomKey(address), generation, verify: key.verify, claimsPerPerson })
      : null;
  }

  /** Everybody in the room, also while it loads. */
  get sessionIds(): readonly string[] {
    return [...this.#seats.keys()];
  }

  get sessionCount(): number {
    return this.#seats.size;
  }

  /** Appends that are not durable yet. */
  get pendingAppends(): number {
    return this.#work?.appends.pending ?? 0;
  }

  /** Which number in the log an append is to have that is not durable yet. */
  seqOf(appendId: number): number {
    return this.#lastSeq + this.#atWork.appends.aheadOf(appendId);
  }

  /** Only who is here is kept of it now. */
  get isParked(): boolean {
    return this.#phase === 'parked';
  }

  /** The whole content as one update, durable or not. Null while it is not at hand. */
  encodedState(): Uint8Array | null {
    return this.#phase === 'open' ? this.#atWork.content.encode() : null;
  }

  /** The header fields by their keys, durable or not; for projections. Null while they are not at hand. */
  header(): ReadonlyMap<string, unknown> | null {
    return this.#phase === 'open' ? this.#atWork.content.entriesOf(BODY_ROOTS.fields) : null;
  }

  /** Whether the header fields may say something else than when this was last asked. */
  takeHeaderNews(): boolean {
    return this.#phase !== 'open' || this.#atWork.content.takeNewsOfKeys();
  }

  join(session: RoomSession, line: SeatLine = {}): RoomEffect[] {
    return this.#run(() => {
      if (this.#phase === 'over') {
        this.#emit({ type: 'close', sessionId: session.sessionId, row: 'storeFailed' });
        return;
      }
      const { limits, now } = this.#house;
      const seat = createSeat(session, limits, now(), line);
      this.#seats.set(session.sessionId, seat);
      if (this.#phase === 'open') this.#atWork.conversation.greet(seat);
      else if (this.#phase === 'parked') this.#wake();
    });
  }

  loaded(stored: StoredRoom): RoomEffect[] {
    return this.#run(() => {
      if (this.#phase !== 'loading') return;
      const { content, tail, conversation } = this.#atWork;
      if (!content.load(stored)) {
        // What is stored does not stand alone: serving it would spread the hole.
        this.#fail();
        return;
      }
      this.#lastSeq = stored.lastSeq;
      this.#toldSeq ??= stored.lastSeq;
      tail.begin(stored);
      this.#phase = 'open';
      // Left long by an end without an ending.
      if (tail.isLong(content.bytes)) this.#compact();
      const early = this.#early?.take();
      this.#early = null;
      for (const { update, seq } of early?.updates ?? []) this.#takeIn(update, seq);
      // Who was here when it parked has been greeted.
      for (const seat of [...this.#seats.values()]) if (seat.step1Sent === 0) conversation.greet(seat);
      for (const { sessionId, bytes } of early?.frames ?? []) this.#handle(sessionId, bytes);
      if (early?.isFreezeAnnounced) this.#announceFreeze();
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
    this.#handle(sessionId, bytes);
    return this.#takeEffects();
  }

  /** All appends up to this one are durable now: their updates leave as one frame for each session. */
  committed(last: Commit): RoomEffect[] {
    if (this.#phase === 'open') this.#settle(last);
    return this.#takeEffects();
  }

  #settle({ appendId, seq }: Commit): void {
    const { appends, attestation, content, sending, tail } = this.#atWork;
    const { updates, due } = appends.settle(appendId);
    for (const { update } of updates) tail.grow(update.length);
    this.#lastSeq = Math.max(this.#lastSeq, seq);
    this.#toldSeq = this.#lastSeq;
    const owners = attestation.settle(appendId);
    sending.tellDurable({ updates, owners, due });
    const mayCompact = this.#writesOwnSnapshot || this.pendingAppends === 0 || tail.isOverdue;
    if (mayCompact && tail.isLong(content.bytes)) this.#compact();
    this.#unloadIfIdle();
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

  /** An update that is durable already under the number `seq` and came from no session. */
  absorb(update: Uint8Array, seq: number): RoomEffect[] {
    return this.#run(() => {
      if (this.#phase === 'loading') this.#early?.keepUpdate({ update, seq });
      else if (this.#phase !== 'over') this.#takeIn(update, seq);
    });
  }

  /** Tells every writer to hand in what it has; `flushed` follows when all have, or have left. */
  announceFreeze(): RoomEffect[] {
    return this.#run(() => {
      if (this.#phase === 'parked') this.#wake();
      if (this.#phase === 'over') this.#emit({ type: 'flushed' });
      else if (this.#phase === 'loading') this.#early?.announceFreeze();
      else this.#announceFreeze();
    });
  }

  /** Says something on lines that have been silent, forgets what nobody needs, and parks when nothing happens. */
  tick(): RoomEffect[] {
    return this.#run(() => {
      const { limits, now } = this.#house;
      const nowMs = now();
      let isAnySilent = false;
      for (const seat of this.#seats.values()) {
        isAnySilent ||= nowMs - seat.lastSentMs >= limits.keepaliveMs;
        forgetRates(seat, nowMs);
      }
      this.#awareness.forgetRates(nowMs);
      if (isAnySilent) this.#atWork.sending.keepAlive(limits.keepaliveMs);
      if (this.#phase === 'parked' && this.#newClientIds?.isFull(nowMs)) this.#newClientIds = null;
      if (this.#phase !== 'open') return;
      this.#atWork.conversation.askWaiting();
      if (this.#atWork.isAtRest(nowMs)) this.#park();
    });
  }

  get #atWork(): RoomAtWork {
    return this.#work ?? this.#beginWork();
  }

  #beginWork(): RoomAtWork {
    const { limits } = this.#house;
    this.#newClientIds ??= new RatePerPerson(limits.newClientIdsPerSecond, limits.newClientIdBurst);
    const work = new RoomAtWork({
      address: this.address,
      house: this.#house,
      seats: this.#seats,
      awareness: this.#awareness,
      recovery: this.#recovery,
      newClientIds: this.#newClientIds,
      emit: (effect) => this.#emit(effect),
      onBarrier: (seat) => {
        if (this.#work?.freezing.hasHandedIn(seat)) this.#checkFlushed();
      },
    });
    this.#work = work;
    return work;
  }

  /** Lets go of all that the store gives back. */
  #park(): void {
    const { content, tail } = this.#atWork;
    if (tail.isWorthParking) this.#compact();
    this.#isWorthEnding = tail.isWorthEnding(content.bytes);
    for (const seat of this.#seats.values()) numberAnew(seat);
    content.destroy();
    this.#work = null;
    this.#phase = 'parked';
  }

  #wake(): void {
    this.#phase = 'loading';
    this.#early = new EarlyArrivals();
    this.#emit({ type: 'load' });
  }

  #takeIn(update: Uint8Array, seq: number): void {
    if (seq > this.#lastSeq) {
      if (this.#phase === 'open') {
        this.#atWork.content.apply(update);
        this.#atWork.tail.grow(update.length);
      }
      this.#lastSeq = seq;
    }
    // A room that was parked may have read it before it was told of it.
    if (seq <= (this.#toldSeq ?? 0)) return;
    this.#toldSeq = seq;
    this.#atWork.sending.forward([{ appendId: Number.POSITIVE_INFINITY, by: null, update }]);
  }

  #handle(sessionId: string, bytes: Uint8Array): void {
    const seat = this.#seats.get(sessionId);
    if (seat === undefined || this.#phase === 'over') return;
    if (this.#phase === 'parked' && !this.#isPresence(bytes)) this.#wake();
    if (this.#phase === 'loading') {
      const { loadQueueBytes } = this.#house.limits;
      const isKept = this.#early?.keepFrame({ sessionId, bytes }, loadQueueBytes);
      if (isKept === false) this.#close(sessionId, 'tooFast');
      return;
    }
    const end = this.#atWork.conversation.hear(seat, bytes);
    if (end !== null) this.#end(seat, end);
  }

  /** Pages show again every few seconds who is there: that is passed on without waking a room. */
  #isPresence(bytes: Uint8Array): boolean {
    const decoded = decodeMessage(bytes);
    if (!decoded.ok) return false;
    const { message } = decoded;
    return (
      message.type === 'queryAwareness' || (message.type === 'awareness' && this.#awareness.isOfKnown(message.update))
    );
  }

  #announceFreeze(): void {
    const { freezing, sending, conversation } = this.#atWork;
    freezing.begin();
    for (const seat of this.#seats.values()) {
      if (seat.session.capability !== 'write') continue;
      sending.say(seat, { type: 'freezing' });
      conversation.ask(seat);
      freezing.asked(seat);
    }
    this.#checkFlushed();
  }

  #end(seat: Seat, { row, says, isSpoilt }: Ending): void {
    for (const message of says) this.#atWork.sending.say(seat, message);
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
    this.#atWork.conversation.leave(seat);
    this.#checkFlushed();
  }

  #checkFlushed(): void {
    if (this.#work?.freezing.isFlushed(this.#seats.values())) this.#emit({ type: 'flushed' });
  }

  /** Ends this life of the room: nothing more is answered or forwarded; clients keep what they have and come back. */
  #fail(): void {
    if (this.#phase === 'over') return;
    this.#phase = 'over';
    for (const sessionId of this.sessionIds) this.#emit({ type: 'close', sessionId, row: 'storeFailed' });
    this.#seats.clear();
    this.#work?.appends.dropDeferred();
    if (this.#early?.take().isFreezeAnnounced) this.#emit({ type: 'flushed' });
    this.#checkFlushed();
    this.#emit({ type: 'unload' });
    this.#work?.content.destroy();
  }

  #unloadIfIdle(): void {
    if (this.#seats.size > 0 || this.pendingAppends > 0) return;
    if (this.#phase === 'open') {
      const { content, tail } = this.#atWork;
      if (tail.isWorthEnding(content.bytes)) this.#compact();
      content.destroy();
    } else if (this.#phase !== 'parked') return;
    else if (this.#isWorthEnding) this.#emit({ type: 'compact' });
    this.#phase = 'over';
    this.#emit({ type: 'unload' });
  }

  get #writesOwnSnapshot(): boolean {
    return this.#atWork.content.bytes <= this.#house.limits.ownSnapshotBytes;
  }

  #compact(): void {
    const { content, tail } = this.#atWork;
    tail.end();
    if (!this.#writesOwnSnapshot) {
      this.#emit({ type: 'compact' });
      return;
    }
    // What is not durable yet is in the document too. The store has been asked for all of it before it is for this.
    const seq = this.#lastSeq + this.pendingAppends;
    this.#emit({ type: 'snapshot', seq, ...content.whole() });
  }

  #emit(effect: RoomEffect): void {
    // Mostly it is the only one, and then it is made no room for others.
    if (this.#effects === null) this.#effects = [effect];
    else this.#effects.push(effect);
  }

  #run(act: () => void): RoomEffect[] {
    act();
    return this.#takeEffects();
  }

  #takeEffects(): RoomEffect[] {
    // What heard somebody in a parked room is not kept for the next time.
    if (this.#phase === 'parked') this.#work = null;
    const effects = this.#effects ?? [];
    this.#effects = null;
    return effects;
  }
}
