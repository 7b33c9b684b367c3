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
  readonly sessionId: string;
  readonly personId: string;
  /** The clock told to others; counts up by itself so that a reconnecting client is seen at once. */
  readonly clock: number;
  /** The stamped state as JSON. */
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
  readonly #bytes: RatePerPerson;

  constructor(limits: Limits) {
    this.#limits = limits;
    this.#bytes = new RatePerPerson(limits.awarenessBytesPerSecond, limits.awarenessByteBurst);
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
      if (isForeign(clientId) || (entry !== undefined && entry.personId !== session.personId)) continue;
      if (state === 'null') {
        if (entry !== undefined) outgoing.push(this.#remove(clientId, entry));
        continue;
      }
      if (state.length > this.#limits.awarenessStateBytes) continue;
      const stamped = stamp(state, session);
      if (stamped === null) continue;
      if (entry === undefined && this.#countOf(session.sessionId) >= this.#limits.awarenessEntriesPerSession) continue;
      const nextClock = Math.max((entry?.clock ?? this.#goneClocks?.get(clientId) ?? -1) + 1, clock);
      if (!Number.isSafeInteger(nextClock + 1)) continue;
      this.#goneClocks?.delete(clientId);
      this.#entries.set(clientId, {
        sessionId: session.sessionId,
        personId: session.personId,
        clock: nextClock,
        state: stamped,
      });
      outgoing.push({ clientId, clock: nextClock, state: stamped });
    }
    if (outgoing.length === 0) return null;
    const update = encodeStates(outgoing);
    // What is not told now is told with the next state: clients send theirs again every few seconds.
    return this.#bytes.take(session.personId, update.length, nowMs) ? update : null;
  }

  /** Everybody's current state except this session's own, for a newcomer; null when there is none. */
  statesFor(sessionId: string): Uint8Array | null {
    const states = [...this.#entries]
      .filter(([, entry]) => entry.sessionId !== sessionId)
      .map(([clientId, { clock, state }]) => ({ clientId, clock, state }));
    return states.length === 0 ? null : encodeStates(states);
  }

  /** Whose presence this session shows: its own, and what it repeats. */
  clientIdsOf(sessionId: string): number[] {
    return [...this.#entries].flatMap(([clientId, entry]) => (entry.sessionId === sessionId ? [clientId] : []));
  }

  /** Takes out what the session showed; the payload that tells the others, null when it showed nothing. */
  leave(sessionId: string): Uint8Array | null {
    const removed: ClientState[] = [];
    for (const [clientId, entry] of this.#entries) {
      if (entry.sessionId === sessionId) removed.push(this.#remove(clientId, entry));
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
    for (const entry of this.#entries.values()) if (entry.sessionId === sessionId) count++;
    return count;
  }
}

/** The state with the relay's word on who this is; null when the state is no JSON object. */
function stamp(state: string, session: RoomSession): string | null {
  let value: unknown;
  try {
    value = JSON.parse(state);
  } catch {
    // Presence is passing: a broken state is left out, it is not worth a connection.
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { personId, personName: name, agencyName, role } = session;
  return JSON.stringify({ ...value, person: { personId, name, agencyName, role } });
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
