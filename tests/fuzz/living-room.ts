/**
 * A real room with people in it, driven one move at a time, that watches itself: honest people write and read while others
 * send anything at all. After every move it knows what must hold, by an account of its own (who owns which clientID, the
 * log applied with plain Yjs), and throws a `Fault` when it does not. Moves are data, so that a run can be kept and replayed.
 */
import * as Y from 'yjs';
import { CLOSE } from '../../shared/close-codes.ts';
import { EVENTS_ROOT, isRootAllowed, type RoomKind, roomKey } from '../../shared/rooms.ts';
import { decodeMessage, encodeMessage, type Message } from '../../shared/wire/messages.ts';
import { encodeOwnership } from '../../shared/wire/ownership.ts';
import { LIMITS } from '../../sync-server/limits.ts';
import { createRoom, type Room } from '../../sync-server/room/core.ts';
import type { Append, RoomEffect } from '../../sync-server/room/effects.ts';
import { isSentTo } from '../support/sent-to.ts';
import { TEST_KEY } from '../support/test-key.ts';
import { HonestPerson, sessionOf } from './honest-person.ts';
import type { Recording } from './recorded-sessions.ts';

/** Slowest frame that is let pass, as quality.md has it. */
/** A room parks within the waits of one run. */
const PARK_MS = 400;
const MAX_MS = 250;
const DOCUMENT_ID = '00000000-0000-4000-8000-00000000d0c1';

export type Move =
  | { readonly type: 'frame'; readonly who: Hostile; readonly bytes: Uint8Array }
  | { readonly type: 'commit'; readonly count: number }
  | { readonly type: 'wait'; readonly ms: number }
  /** Somebody honest writes, somewhere. */
  | { readonly type: 'edit'; readonly at: number }
  /** The line of somebody hostile is lost, and they come back. */
  | { readonly type: 'leave'; readonly who: Hostile }
  | { readonly type: 'tick' }
  | { readonly type: 'freeze' }
  /** What the store has read arrives; frames before it wait. */
  | { readonly type: 'loaded' };

/** What a room begins with. */
export type Start = Pick<Recording, 'room' | 'stored' | 'owners' | 'proven'>;

/** Who sends anything at all: the authors of the recording, also from a second tab, and people with fewer rights. */
export const HOSTILE = {
  'writer-a': { personId: 'person-0', capability: 'write', documentState: 'draft' },
  'second-a': { personId: 'person-0', capability: 'write', documentState: 'draft' },
  'writer-b': { personId: 'person-1', capability: 'write', documentState: 'draft' },
  stranger: { personId: 'person-9', capability: 'write', documentState: 'draft' },
  reader: { personId: 'person-2', capability: 'read', documentState: 'draft' },
  'late-writer': { personId: 'person-1', capability: 'read', documentState: 'frozen' },
} as const;
export type Hostile = keyof typeof HOSTILE;

/** A rule of the relay was broken. */
export class Fault extends Error {}

export class LivingRoom {
  readonly outcomes = new Map<string, number>();
  slowestMs = 0;
  readonly #room: Room;
  readonly #kind: RoomKind;
  readonly #recording: Pick<Start, 'stored' | 'owners'>;
  /** In a room that was put back: whose clientIDs the relay once said were whose, and whether somebody showed it. */
  readonly #proven: Start['proven'];
  #isShown: 'no' | 'perhaps' | 'yes' = 'no';
  readonly #pending: Append[] = [];
  /** By an account of its own: the log applied with plain Yjs, owners, events that stand. */
  readonly #mirror = new Y.Doc();
  readonly #owners: Map<number, string>;
  readonly #honest: readonly HonestPerson[];
  readonly #sessionIds = new Map<Hostile, string>();
  readonly #closed = new Set<string>();
  #sessions = 0;
  #rows = 1;
  #nowMs = 0;
  #isLoaded = false;
  #edits = 0;

  constructor({ room, stored, owners, proven }: Start) {
    this.#kind = room;
    this.#recording = { stored, owners };
    this.#owners = new Map(owners);
    this.#proven = proven;
    Y.applyUpdate(this.#mirror, stored);
    this.#room = createRoom(
      { documentId: DOCUMENT_ID, room },
      {
        generation: 'generation-1',
        key: TEST_KEY,
        recovery: proven === null ? null : { mayCarry: () => true },
        limits: { ...LIMITS, parkMs: PARK_MS },
        now: () => this.#nowMs,
      },
    );
    const mayWrite = room !== 'record';
    this.#honest = [
      new HonestPerson('honest-writer', room, mayWrite, 500_001),
      new HonestPerson('honest-reader', room, false, 500_002),
    ];
    for (const person of this.#honest) this.#do(person.name, () => this.#room.join(person.session));
    for (const name of Object.keys(HOSTILE) as Hostile[]) this.#enter(name);
  }

  /** Does one move and holds what comes of it against the rules. */
  move(move: Move): void {
    switch (move.type) {
      case 'frame':
        this.#frame(move.who, move.bytes);
        return;
      case 'commit':
        if (this.#isLoaded) this.#commit(move.count);
        return;
      case 'wait':
        this.#nowMs += move.ms;
        return;
      case 'edit':
        for (const bytes of this.#isLoaded ? (this.#honest[0]?.edit(move.at, this.#edits++) ?? []) : []) {
          this.#do('honest-writer', () => this.#room.receive('honest-writer', bytes));
        }
        return;
      case 'leave': {
        const sessionId = this.#sessionIds.get(move.who) ?? '';
        this.#do(sessionId, () => this.#room.leave(sessionId));
        this.#enter(move.who);
        return;
      }
      case 'tick':
        this.#do('', () => this.#room.tick());
        return;
      case 'freeze':
        this.#do('', () => this.#room.announceFreeze());
        return;
      case 'loaded': {
        if (this.#isLoaded) return;
        this.#isLoaded = true;
        const { stored, owners } = this.#recording;
        const loaded = { updates: [stored], ownersByClient: owners, lastSeq: 1, updatesSinceSnapshot: 1 };
        this.#do('', () => this.#room.loaded(loaded));
      }
    }
  }

  /** Everything is committed and heard: everybody honest, the room and the log say the same. */
  check(): void {
    this.move({ type: 'loaded' });
    while (this.#pending.length > 0) this.#commit(this.#pending.length);
    // A room that has parked is asked for.
    const question = encodeMessage({ type: 'syncStep1', stateVector: Y.encodeStateVector(this.#mirror) });
    this.#do('honest-reader', () => this.#room.receive('honest-reader', question));
    const state = this.#room.encodedState();
    if (state === null) throw new Fault('the room has ended');
    const room = new Y.Doc();
    Y.applyUpdate(room, state);
    const expected = contentOf(this.#mirror, this.#kind);
    if (contentOf(room, this.#kind) !== expected) throw new Fault('the room differs from its log');
    if (!Y.equalSnapshots(Y.snapshot(room), Y.snapshot(this.#mirror))) throw new Fault('the room holds other ids');
    for (const person of this.#honest) {
      if (contentOf(person.doc, this.#kind) !== expected) throw new Fault(`${person.name} sees other content`);
      if (person.isWaiting) throw new Fault(`${person.name} waits for an acknowledgement for ever`);
    }
  }

  #enter(name: Hostile): void {
    const sessionId = `${name}-${this.#sessions++}`;
    this.#sessionIds.set(name, sessionId);
    this.#do(sessionId, () => this.#room.join(sessionOf(sessionId, HOSTILE[name], this.#kind)));
  }

  #frame(name: Hostile, bytes: Uint8Array): void {
    // Somebody who was closed comes back.
    if (this.#closed.has(this.#sessionIds.get(name) ?? '')) this.#enter(name);
    const sessionId = this.#sessionIds.get(name) ?? '';
    if (this.#proven !== null && isSameBytes(bytes, statementFrame(this.#kind, this.#proven))) {
      // Who leaves before the room has loaded was not heard.
      this.#isShown = this.#isLoaded ? 'yes' : this.#isShown === 'yes' ? 'yes' : 'perhaps';
    }
    const startedAt = performance.now();
    const cpuBefore = process.cpuUsage();
    const effects = this.#do(sessionId, () => this.#room.receive(sessionId, bytes));
    const { user, system } = process.cpuUsage(cpuBefore);
    // The machine may have done something else meanwhile: then less was computed than time went by.
    const ms = Math.min(performance.now() - startedAt, (user + system) / 1_000);
    this.slowestMs = Math.max(this.slowestMs, ms);
    if (ms > MAX_MS) throw new Fault(`a frame of ${bytes.length} bytes took ${ms.toFixed(0)} ms`);
    const outcome = outcomeOf(sessionId, effects);
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
    if (this.#closed.has(sessionId) && effects.some(({ type }) => type === 'append')) {
      throw new Fault('closed, and taken all the same');
    }
  }

  /** What became durable together. */
  #commit(count: number): void {
    const durable = this.#pending.splice(0, count);
    this.#rows += durable.length;
    const last = durable.at(-1);
    if (last !== undefined)
      this.#do('', () => this.#room.committed({ appendId: last.appendId, seq: this.#rows }), true);
  }

  /** Lets the room do something, and looks at all it wants done for it. */
  #do(causeId: string, act: () => RoomEffect[], isCommit = false): RoomEffect[] {
    let effects: RoomEffect[];
    try {
      effects = act();
    } catch (error) {
      throw new Fault(`threw ${error instanceof Error ? error.stack : error}`);
    }
    for (const effect of effects) this.#look(effect, causeId, isCommit);
    return effects;
  }

  #look(effect: RoomEffect, causeId: string, isCommit: boolean): void {
    switch (effect.type) {
      case 'send':
        for (const { session } of effect.to) this.#lookAtSent(session.sessionId, effect.bytes, causeId, isCommit);
        return;
      case 'append':
        this.#lookAtAppend(effect.append, causeId);
        return;
      case 'close':
        if (causeId !== '' && effect.sessionId !== causeId)
          throw new Fault(`${causeId} had ${effect.sessionId} closed`);
        if (this.#honest.some(({ name }) => name === effect.sessionId))
          throw new Fault(`${effect.sessionId} was closed`);
        if (!(effect.row in CLOSE) || effect.row === 'storeFailed') throw new Fault(`closed as ${effect.row}`);
        this.#closed.add(effect.sessionId);
        return;
      case 'load': {
        if (this.#pending.length > 0) throw new Fault('parked with appends under way');
        const updates = [Y.encodeStateAsUpdate(this.#mirror)];
        const stored = { updates, ownersByClient: this.#owners, lastSeq: this.#rows, updatesSinceSnapshot: 1 };
        this.#do(causeId, () => this.#room.loaded(stored));
        return;
      }
      case 'unload':
        throw new Fault('the room has ended');
      case 'note':
        if (effect.event === 'unappliable') throw new Fault('the gate let through what Yjs cannot apply');
        return;
      case 'snapshot':
      case 'compact':
      case 'flushed':
        return;
    }
  }

  #lookAtSent(sessionId: string, bytes: Uint8Array, causeId: string, isCommit: boolean): void {
    const decoded = decodeMessage(bytes);
    if (!decoded.ok) throw new Fault(`the room sent a frame that is ${decoded.reason}`);
    const { message } = decoded;
    // What one sends is shown to others only by a commit, or as presence.
    const isAskedAgain = this.#proven !== null && message.type === 'syncStep1';
    const isHeard = isCommit || sessionId === causeId || causeId === '' || message.type === 'awareness' || isAskedAgain;
    if (!isHeard) throw new Fault(`${sessionId} was sent ${message.type} because of ${causeId}`);
    const person = this.#honest.find(({ name }) => name === sessionId);
    if (person === undefined) return;
    const answers = this.#heard(person, message);
    for (const answer of answers) this.#do(sessionId, () => this.#room.receive(sessionId, answer));
  }

  #heard(person: HonestPerson, message: Message): readonly Uint8Array[] {
    try {
      return person.hear(message);
    } catch (error) {
      throw new Fault(`${person.name} cannot take what the room sent: ${error instanceof Error ? error.stack : error}`);
    }
  }

  #lookAtAppend(append: Append, causeId: string): void {
    const { by, author, update, newClientIds } = append;
    if (by.sessionId !== causeId && causeId !== '') throw new Fault('written in the name of another');
    for (const clientId of newClientIds) {
      if (this.#owners.has(clientId)) throw new Fault('a clientID was given away twice');
      this.#owners.set(clientId, author);
    }
    const decoded = Y.decodeUpdate(update);
    const proven = (this.#isShown === 'no' ? null : this.#proven) ?? new Map<number, string>();
    for (const { id } of decoded.structs) {
      const isProven = proven.get(id.client) === author;
      const isOwned = this.#owners.get(id.client) === author && !(this.#isShown === 'yes' && proven.has(id.client));
      if (!isProven && !isOwned) throw new Fault('written under the clientID of another');
    }
    const isBrought = this.#proven !== null && decoded.structs.every(({ id }) => proven.get(id.client) === author);
    if (author !== by.personId && !isBrought) throw new Fault('written in the name of another');
    if (by.capability !== 'write' && !isBrought) throw new Fault('somebody who may only read has written');
    const eventsBefore = this.#kind === 'body' ? null : new Map(this.#mirror.getMap(EVENTS_ROOT).entries());
    if (eventsBefore !== null && decoded.ds.clients.size > 0) throw new Fault('an event was deleted');
    Y.applyUpdate(this.#mirror, update);
    if (this.#mirror.store.pendingStructs !== null || this.#mirror.store.pendingDs !== null) {
      throw new Fault('the log has a hole');
    }
    for (const root of this.#mirror.share.keys()) {
      if (!isRootAllowed(this.#kind, root)) throw new Fault(`the root ${root} came to be`);
    }
    if (eventsBefore !== null) this.#lookAtEvents(eventsBefore, author);
    this.#pending.push(append);
  }

  #lookAtEvents(before: ReadonlyMap<string, unknown>, personId: string): void {
    for (const [key, value] of this.#mirror.getMap(EVENTS_ROOT).entries()) {
      if (before.has(key) && before.get(key) !== value) throw new Fault('an event was changed');
      if (!before.has(key) && !key.startsWith(`${personId}/`)) throw new Fault('an event in the name of another');
    }
    for (const key of before.keys())
      if (!this.#mirror.getMap(EVENTS_ROOT).has(key)) throw new Fault('an event is gone');
  }
}

/** The relay's word of before about these clientIDs, as a client shows it. */
export function statementFrame(room: RoomKind, ownersByClient: ReadonlyMap<number, string>): Uint8Array {
  const said = { room: roomKey({ documentId: DOCUMENT_ID, room }), generation: 'generation-0', isWhole: true };
  const statement = encodeOwnership({ ...said, ownersByClient });
  return encodeMessage({ type: 'owners', statement, signature: TEST_KEY.sign(statement) });
}

const isSameBytes = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, at) => byte === b[at]);

/** What became of a frame: taken, closed with a row, or let pass. */
function outcomeOf(sessionId: string, effects: readonly RoomEffect[]): string {
  let isAsked = false;
  for (const effect of effects) {
    if (effect.type === 'append') return 'accepted';
    if (effect.type === 'close' && effect.sessionId === sessionId) {
      const refusal = effects.find((each) => each.type === 'note' && each.event === 'editRefused');
      return refusal?.type === 'note' ? `refused: ${refusal.detail}` : `closed: ${effect.row}`;
    }
    if (isSentTo(sessionId, effect)) {
      const decoded = decodeMessage(effect.bytes);
      isAsked ||= decoded.ok && decoded.message.type === 'syncStep1';
    }
  }
  return isAsked ? 'asked for a resync' : 'no effect';
}

/** Everything a document says, read without changing how it behaves. */
function contentOf(doc: Y.Doc, room: RoomKind): string {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  if (room !== 'body') return JSON.stringify(Object.entries(copy.getMap(EVENTS_ROOT).toJSON()).sort());
  const roots = [...copy.share.keys()].sort();
  // Maps first: as a text, a root has no keys.
  const maps = roots.map((name) => [name, Object.entries(copy.getMap(name).toJSON()).sort()]);
  const again = new Y.Doc();
  Y.applyUpdate(again, Y.encodeStateAsUpdate(doc));
  const texts = roots.map((name) => [name, plainRuns(again.getText(name).toDelta())]);
  return JSON.stringify([maps, texts]);
}

/** A delta in which equal neighbours are one: where Yjs cuts a run is no content. */
function plainRuns(delta: readonly { insert?: unknown; attributes?: Record<string, unknown> }[]): unknown[] {
  const runs: [unknown, string][] = [];
  for (const { insert: said, attributes } of delta) {
    // Whose caret was inside an emoji has two broken halves of it, for themselves.
    const insert = typeof said === 'string' ? said.replaceAll(/[\ud800-\udfff]/g, '\ufffd') : said;
    const marks = JSON.stringify(Object.entries(attributes ?? {}).sort());
    const last = runs.at(-1);
    if (last !== undefined && typeof insert === 'string' && typeof last[0] === 'string' && last[1] === marks) {
      last[0] += insert;
    } else runs.push([insert, marks]);
  }
  return runs;
}
