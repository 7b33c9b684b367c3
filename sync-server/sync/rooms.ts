/**
 * The rooms that are open now: drives each room core, carries its effects to sockets and store, and reports back. One
 * shared load per room; a room that failed is loaded anew at the next join, a parked one when something happens in it.
 */
import { CLOSE, type CloseName } from '../../shared/close-codes.ts';
import { type RoomAddress, roomKey } from '../../shared/rooms.ts';
import type { ObservableRule } from '../gate/content-rules.ts';
import type { Limits } from '../limits.ts';
import { type Log, stackOf } from '../log.ts';
import type { Meter } from '../operation/meter-contract.ts';
import { createRoom } from '../room/core.ts';
import type { RoomEffect, RoomHouse, RoomSession } from '../room/effects.ts';
import { pass } from '../steps.ts';
import type { StoreReader } from '../store/reader.ts';
import type { RecordEvent } from '../store/requests.ts';
import { DamagedRoomError } from '../store/room-reading.ts';
import type { SigningKey } from '../store/signing-key.ts';
import type { Writer } from '../store/writer.ts';
import { inOnePiece } from './one-piece.ts';
import { OpenRoom } from './open-room.ts';
import { isIn, WHOLE } from './part.ts';
import { type AppendHearer, RoomAppend } from './room-append.ts';
import { type Link, RoomLines } from './room-lines.ts';

export interface RoomsOptions {
  readonly writer: Writer;
  readonly reader: StoreReader;
  readonly generation: string;
  readonly signingKey: Pick<SigningKey, 'sign' | 'verify'>;
  /** In a store into which a backup was put back; null in any other. */
  readonly recovery?: RoomHouse['recovery'];
  readonly observedRules: ReadonlySet<ObservableRule>;
  readonly limits: Limits;
  readonly now: () => number;
  readonly log: Log;
  /** A room's content has durably changed, and with it perhaps the fields of its header. */
  readonly onCommitted: (address: RoomAddress, mayHaveNewHeader: boolean) => void;
  readonly meter: Meter;
  /** Makes a snapshot of a room, by its key, when there is time. */
  readonly compact: (room: string) => void;
}

/** Notes whose detail is one of a few words, so that it can be counted by. */
const WITH_REASON = new Set(['editRefused', 'ruleObserved']);

export class Rooms {
  readonly #options: RoomsOptions;
  readonly #open = new Map<string, OpenRoom>();
  readonly #house: RoomHouse;
  readonly #lines: RoomLines<OpenRoom>;
  readonly #damaged = new Set<string>();
  readonly #appends: AppendHearer = {
    durable: (one) => this.#appendDurable(one),
    failed: (one, why) => this.#appendFailed(one, why),
  };
  /** Rooms that are told at the end of this turn what became durable in it. */
  #toTell: OpenRoom[] = [];
  #lives = 0;

  constructor(options: RoomsOptions) {
    this.#options = options;
    const { generation, signingKey: key, recovery = null, observedRules, limits, now } = options;
    this.#house = { generation, key, recovery, observedRules, limits, now };
    this.#lines = new RoomLines(limits);
  }

  /** Sessions in a room now. */
  countIn(address: RoomAddress): number {
    return this.#open.get(roomKey(address))?.room.sessionCount ?? 0;
  }

  get openCount(): number {
    return this.#open.size;
  }

  /** Of the open ones, how many hold no content now. */
  get parkedCount(): number {
    let count = 0;
    for (const { room } of this.#open.values()) if (room.isParked) count++;
    return count;
  }

  /** Keys of the rooms that were refused when they were last asked for: what is stored is not what was written. */
  get damaged(): string[] {
    return [...this.#damaged];
  }

  /** The header fields of an open room, by their keys; null when it is not open. */
  header(address: RoomAddress): ReadonlyMap<string, unknown> | null {
    return this.#open.get(roomKey(address))?.room.header() ?? null;
  }

  /** The same address in the words that are kept already, or in words that hold on to nothing else. */
  addressLike({ documentId, room }: RoomAddress): RoomAddress {
    const key = roomKey({ documentId, room });
    return this.#open.get(key)?.room.address ?? { documentId: inOnePiece(documentId), room };
  }

  /** Lets an admitted session in; loads the room when it is the first. @returns the room's key, in the words that are kept of it */
  enter(address: RoomAddress, session: RoomSession, link: Link<OpenRoom>): string {
    const open = this.#open.get(roomKey(address)) ?? this.#openRoom(address, link);
    this.#lines.open(session.sessionId, open, link);
    this.#drive(open, session.sessionId, () => open.room.join(session, link));
    return open.key;
  }

  /** What came on the link of a session. */
  receive({ room: open }: Link<OpenRoom>, sessionId: string, bytes: Uint8Array): void {
    pass('received', bytes);
    if (open === null) return;
    // As #drive does, without a function made for each keystroke.
    try {
      this.#perform(open, open.room.receive(sessionId, bytes));
    } catch (error) {
      this.#failed(open, sessionId, error);
    }
  }

  /** The socket is gone. */
  leave(sessionId: string): void {
    const open = this.#forget(sessionId);
    if (open !== null) this.#drive(open, sessionId, () => open.room.leave(sessionId));
  }

  /** Closes a session from outside. */
  expel(sessionId: string, row: CloseName): void {
    const open = this.#lines.roomOf(sessionId);
    if (open !== null) this.#drive(open, sessionId, () => open.room.expel(sessionId, row));
  }

  /** Tells open record rooms what a command wrote. */
  absorb(events: readonly RecordEvent[]): void {
    for (const { room, seq, update } of events) {
      const open = this.#open.get(room);
      if (open !== undefined) this.#drive(open, null, () => open.room.absorb(update, seq));
    }
  }

  /** Announces a freeze in a body room; resolves when all writers have handed in what they had, or have left. */
  announceFreeze(address: RoomAddress): Promise<void> {
    const open = this.#open.get(roomKey(address));
    if (open === undefined) return Promise.resolve();
    return new Promise((resolve) => {
      open.onFlushed = [...(open.onFlushed ?? []), resolve];
      this.#drive(open, null, () => open.room.announceFreeze());
    });
  }

  /** Keeps silent lines alive; call it for each part every few seconds. */
  tick(part = WHOLE): void {
    for (const open of [...this.#open.values()]) {
      if (isIn(open.number, part)) this.#drive(open, null, () => open.room.tick());
    }
  }

  /** @param link of who comes first: loading is done in their time */
  #openRoom(address: RoomAddress, link: Link<OpenRoom>): OpenRoom {
    const key = inOnePiece(roomKey(address));
    const open = new OpenRoom(key, createRoom(address, this.#house), ++this.#lives);
    this.#open.set(key, open);
    void this.#load(open, link);
    return open;
  }

  /** A bug that something sets off ends this life of its room, not the process with everybody else's rooms. */
  #drive(open: OpenRoom, sessionId: string | null, act: () => readonly RoomEffect[]): void {
    try {
      this.#perform(open, act());
    } catch (error) {
      this.#failed(open, sessionId, error);
    }
  }

  #failed(open: OpenRoom, sessionId: string | null, error: unknown): void {
    this.#options.log.error({ event: 'roomFailed', room: open.key, connection: sessionId, stack: stackOf(error) });
    this.#perform(open, open.room.storeFailed());
  }

  async #load(open: OpenRoom, link: Link<OpenRoom>): Promise<void> {
    const { writer, log } = this.#options;
    // Writes of an earlier life of this room may still be under way; the load must see them.
    const settled = await writer.write({ kind: 'settle' });
    if (settled.kind === 'failed') {
      log.error({ event: 'loadFailed', room: open.key, detail: settled.message });
      this.#drive(open, null, () => open.room.loadFailed());
      return;
    }
    const act = () => this.#drive(open, null, () => this.#read(open));
    if (link.takingTime === undefined) act();
    else link.takingTime(act);
  }

  #read({ key, room }: OpenRoom): RoomEffect[] {
    const { reader, log } = this.#options;
    try {
      const stored = reader.loadRoom(key);
      this.#damaged.delete(key);
      return room.loaded(stored);
    } catch (error) {
      if (error instanceof DamagedRoomError) this.#damaged.add(key);
      log.error({ event: 'loadFailed', room: key, detail: error instanceof Error ? error.message : 'unknown' });
      return room.loadFailed();
    }
  }

  #perform(open: OpenRoom, effects: readonly RoomEffect[]): void {
    for (const effect of effects) {
      switch (effect.type) {
        case 'send':
          for (const { session, line } of effect.to) {
            if (!this.#lines.send(line, effect.bytes, effect.isAnswer)) this.expel(session.sessionId, 'tooSlow');
          }
          break;
        case 'load':
          // At once: a parked room has nothing under way that the store does not show yet, unless the store is in trouble.
          this.#drive(open, null, () =>
            this.#options.writer.isBehind(open.key) ? open.room.loadFailed() : this.#read(open),
          );
          break;
        case 'append':
          pass('gated');
          this.#options.writer.append(new RoomAppend(open, effect.append, this.#options.now(), this.#appends));
          break;
        case 'close':
          this.#lines.close(effect.sessionId, effect.row);
          this.#forget(effect.sessionId);
          this.#options.log.info({
            event: 'closed',
            room: open.key,
            connection: effect.sessionId,
            reason: CLOSE[effect.row].reason,
          });
          break;
        case 'snapshot': {
          const { seq, state, stateVector } = effect;
          pass('compacted');
          void this.#options.writer.write({ kind: 'snapshot', room: open.key, seq, state, stateVector });
          break;
        }
        case 'compact':
          this.#options.compact(open.key);
          break;
        case 'flushed':
          for (const resolve of open.onFlushed ?? []) resolve();
          open.onFlushed = null;
          break;
        case 'unload':
          if (this.#open.get(open.key) === open) this.#open.delete(open.key);
          break;
        case 'note':
          this.#options.meter.refused(effect.event, WITH_REASON.has(effect.event) ? effect.detail : '');
          this.#options.log.warn({
            event: effect.event,
            room: open.key,
            connection: effect.sessionId,
            detail: effect.detail,
          });
          break;
      }
    }
    this.#lines.holdBack(open, open.room.pendingAppends);
  }

  #appendDurable(one: RoomAppend): void {
    const { now, meter } = this.#options;
    const { open, atMs, update } = one;
    const seconds = (now() - atMs) / 1000;
    meter.wrote('append', true, seconds);
    meter.updateStored(update.length);
    meter.echoed(seconds);
    // The others that became durable with it follow in this turn: the room is told of all of them together.
    if (open.durable === null && this.#toTell.push(open) === 1) queueMicrotask(this.#tellAll);
    open.durable = one;
  }

  #appendFailed({ open, atMs, connection }: RoomAppend, why: string): void {
    const { now, meter, log } = this.#options;
    meter.wrote('append', false, (now() - atMs) / 1000);
    log.error({ event: 'storeFailed', room: open.key, detail: why });
    this.#tellCommitted(open);
    this.#drive(open, connection, () => open.room.storeFailed());
  }

  readonly #tellAll = (): void => {
    const rooms = this.#toTell;
    this.#toTell = [];
    for (const open of rooms) this.#tellCommitted(open);
  };

  #tellCommitted(open: OpenRoom): void {
    const { durable } = open;
    if (durable === null) return;
    open.durable = null;
    try {
      this.#perform(open, open.room.committed(durable));
    } catch (error) {
      this.#failed(open, null, error);
    }
    this.#options.onCommitted(open.room.address, open.room.takeHeaderNews());
  }

  #forget(sessionId: string): OpenRoom | null {
    const open = this.#lines.roomOf(sessionId);
    this.#lines.forget(sessionId);
    return open;
  }
}
