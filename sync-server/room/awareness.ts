/**
 * Who is here: the presence states of one room. Wire format of y-protocols. An entry belongs to the person who used its
 * clientID first; entries of others are stripped from a message, never punished. What a state says about the person
 * (`state.person`) is written by the relay. Nothing here is stored.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { Limits } from '../limits.ts';
import type { RoomSession } from './effects.ts';
import { RatePerPerson } from './rate-per-person.ts';

interface Entry {
  readonly session: RoomSession;
  /** The clock told to others; counts up by itself so that a reconnecting client is seen at once. */
  readonly clock: number;
  /** The state as JSON, without what the relay says of the person: many are kept, and few are ever told again. */
  readonly state: string;
}

interface ClientState {
  readonly clientId: number;
  readonly clock: number;
  readonly state: string;
}

/** The message that says nothing: keeps a line alive. */
export const EMPTY_AWARENESS = encodeStates([]);

/** Presence of one room. */
export class RoomAwareness {
  readonly #entries = new Map<number, Entry>();
  /** Clocks of entries that are gone, so that their clientIDs can come back. */
  #goneClocks: Map<number, number> | null = null;
  readonly #limits: Limits;
  /** Null while everybody may bring as much as ever. */
  #bytes: RatePerPerson | null = null;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Whether a message speaks only of what is shown already, so that nothing else has to be known to take it. */
  isOfKnown(payload: Uint8Array): boolean {
    return decodeStates(payload)?.every(({ clientId }) => this.#entries.has(clientId)) ?? true;
  }

  /** Whether nothing is shown under a clientID with which somebody else has written. */
  isOwn(isForeign: (clientId: number, personId: string) => boolean): boolean {
    for (const [clientId, { session }] of this.#entries) if (isForeign(clientId, session.personId)) return false;
    return true;
  }

  /** Forgets how much was brought lately, as far as as much may be brought again. */
  forgetRates(nowMs: number): void {
    if (this.#bytes?.isFull(nowMs)) this.#bytes = null;
  }

  /**
   * Takes a session's message.
   * @param isForeign whether a clientID is known to belong to another person for other reasons
   * @returns the payload for the others, null when nothing of it counts, 'malformed' when it cannot be read
   */
  receive(
    session: RoomSession,
    payload: Uint8Array,
    isForeign: (clientId: number) => boolean,
    nowMs: number,
  ): Uint8Array | null | 'malformed' {
    const incoming = decodeStates(payload);
    if (incoming === null) return 'malformed';
    const outgoing: ClientState[] = [];
    for (const { clientId, clock, state } of incoming) {
      const entry = this.#entries.get(clientId);
      if (isForeign(clientId) || (entry !== undefined && entry.session.personId !== session.personId)) continue;
      if (state === 'null') {
        if (entry !== undefined) outgoing.push(this.#remove(clientId, entry));
        continue;
      }
      if (state.length > this.#limits.awarenessStateBytes) continue;
      const own = withoutPerson(state);
      if (own === null) continue;
      if (entry === undefined && this.#countOf(session.sessionId) >= this.#limits.awarenessEntriesPerSession) continue;
      const nextClock = Math.max((entry?.clock ?? this.#goneClocks?.get(clientId) ?? -1) + 1, clock);
      if (!Number.isSafeInteger(nextClock + 1)) continue;
      this.#goneClocks?.delete(clientId);
      const shown: Entry = { session, clock: nextClock, state: own };
      this.#entries.set(clientId, shown);
      outgoing.push(told(clientId, shown));
    }
    if (outgoing.length === 0) return null;
    const update = encodeStates(outgoing);
    // What is not told now is told with the next state: clients send theirs again every few seconds.
    const { awarenessBytesPerSecond, awarenessByteBurst } = this.#limits;
    this.#bytes ??= new RatePerPerson(awarenessBytesPerSecond, awarenessByteBurst);
    return this.#bytes.take(session.personId, update.length, nowMs) ? update : null;
  }

  /** Everybody's current state except this session's own, for a newcomer; null when there is none. */
  statesFor(sessionId: string): Uint8Array | null {
    const states = [...this.#entries]
      .filter(([, { session }]) => session.sessionId !== sessionId)
      .map(([clientId, entry]) => told(clientId, entry));
    return states.length === 0 ? null : encodeStates(states);
  }

  /** Whose presence this session shows: its own, and what it repeats. */
  clientIdsOf(sessionId: string): number[] {
    return [...this.#entries].flatMap(([clientId, { session }]) => (session.sessionId === sessionId ? [clientId] : []));
  }

  /** Takes out what the session showed; the payload that tells the others, null when it showed nothing. */
  leave(sessionId: string): Uint8Array | null {
    const removed: ClientState[] = [];
    for (const [clientId, entry] of this.#entries) {
      if (entry.session.sessionId === sessionId) removed.push(this.#remove(clientId, entry));
    }
    return removed.length === 0 ? null : encodeStates(removed);
  }

  #remove(clientId: number, entry: Entry): ClientState {
    this.#entries.delete(clientId);
    this.#goneClocks ??= new Map();
    this.#goneClocks.set(clientId, entry.clock + 1);
    const [oldest] = this.#goneClocks.keys();
    if (this.#goneClocks.size > 1000 && oldest !== undefined) this.#goneClocks.delete(oldest);
    return { clientId, clock: entry.clock + 1, state: 'null' };
  }

  #countOf(sessionId: string): number {
    let count = 0;
    for (const { session } of this.#entries.values()) if (session.sessionId === sessionId) count++;
    return count;
  }
}

/** The state without any word on who this is; null when the state is no JSON object. */
function withoutPerson(state: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(state);
  } catch {
    // Presence is passing: a broken state is left out, it is not worth a connection.
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { person: _, ...own } = value as { readonly person?: unknown };
  return JSON.stringify(own);
}

/** The state with the relay's word on who this is. */
function told(clientId: number, { session, clock, state }: Entry): ClientState {
  const { personId, personName: name, agencyName, role } = session;
  const person = `"person":${JSON.stringify({ personId, name, agencyName, role })}}`;
  const own = state.slice(0, -1);
  return { clientId, clock, state: own === '{' ? own + person : `${own},${person}` };
}

function decodeStates(payload: Uint8Array): ClientState[] | null {
  const decoder = decoding.createDecoder(payload);
  const states: ClientState[] = [];
  try {
    const count = decoding.readVarUint(decoder);
    if (count > payload.length) return null;
    for (let i = 0; i < count; i++) {
      const clientId = decoding.readVarUint(decoder);
      const clock = decoding.readVarUint(decoder);
      states.push({ clientId, clock, state: decoding.readVarString(decoder) });
    }
  } catch {
    // lib0 throws when the bytes end early: not a presence message.
    return null;
  }
  return decoding.hasContent(decoder) ? null : states;
}

function encodeStates(states: readonly ClientState[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, states.length);
  for (const { clientId, clock, state } of states) {
    encoding.writeVarUint(encoder, clientId);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarString(encoder, state);
  }
  return encoding.toUint8Array(encoder);
}
