/**
 * Whose clientIDs are whose in one room, as far as this device has to remember: what the relay stated, unread but for its
 * own, and under which clientIDs it wrote that nobody has confirmed yet. All of it is needed once, after a backup was put
 * back at the relay. Decides what is kept; room-log.ts keeps it, room-replica.ts says it.
 */
import { digest } from 'lib0/hash/sha256';
import * as Y from 'yjs';
import { decodeMessage, encodeMessage, type Message } from '../../shared/wire/messages.ts';
import { decodeOwnership } from '../../shared/wire/ownership.ts';

export type OwnersMessage = Extract<Message, { type: 'owners' }>;

/** One statement of the relay, as it is kept. */
export interface StoredStatement {
  /** Follows from the statement, so that several tabs keep it once. */
  readonly key: string;
  /** The frame as the relay sent it. */
  readonly frame: Uint8Array;
}

/** A change to what is kept, to be made in one transaction. */
export interface StatementChange {
  readonly put: readonly StoredStatement[];
  readonly remove: readonly string[];
  /** Own clientIDs that the relay has confirmed. */
  readonly confirmed: readonly number[];
}

interface Known extends StoredStatement {
  readonly message: OwnersMessage;
  readonly generation: string;
  readonly ownersByClient: ReadonlyMap<number, string>;
}

export interface RoomOwnership {
  /** What was kept before. */
  load(stored: readonly StoredStatement[]): void;
  /** The relay states something: what to keep of it; null when it is nothing new. */
  hear(message: OwnersMessage): StatementChange | null;
  /** Statements of stores that are no more. */
  former(generation: string | null): readonly OwnersMessage[];
  /** The store of this generation has everything: what former ones stated is not needed any more. */
  settled(generation: string): StatementChange | null;
  /** Everything that is known, for a store that is empty. */
  all(): StatementChange;
  /** Notes the clientIDs of a change that was made here. */
  wrote(update: Uint8Array): void;
  /** Notes clientIDs as this person's. */
  own(clientIds: readonly number[]): void;
  /** Own clientIDs that the relay has not confirmed. */
  unconfirmed(): readonly number[];
  /** All own clientIDs: what was confirmed once, a relay that lost its key cannot read any more. */
  mine(): readonly number[];
}

export function createRoomOwnership(personId: string): RoomOwnership {
  let known: readonly Known[] = [];
  const own = new Set<number>();

  const isConfirmed = (clientId: number) =>
    known.some(({ ownersByClient }) => ownersByClient.get(clientId) === personId);

  function note(clientIds: Iterable<number>) {
    for (const clientId of clientIds) if (!own.has(clientId) && !isConfirmed(clientId)) own.add(clientId);
  }

  function without(gone: readonly Known[]): StatementChange | null {
    if (gone.length === 0) return null;
    known = known.filter((statement) => !gone.includes(statement));
    return { put: [], remove: gone.map(({ key }) => key), confirmed: [] };
  }

  return {
    load: (stored) => {
      known = stored.flatMap((each) => knownOf(each) ?? []);
    },
    hear: (message) => {
      const next = knownOf(storedOf(message));
      if (next === null || known.some(({ key }) => key === next.key)) return null;
      const { isWhole, generation } = next;
      // Owners are only ever added while a store lives: all of them hold what was said before.
      const gone = isWhole ? known.filter((statement) => statement.generation === generation) : [];
      known = [...known.filter((statement) => !gone.includes(statement)), next];
      const confirmed = [...own].filter(isConfirmed);
      for (const clientId of confirmed) own.delete(clientId);
      return { put: [next], remove: gone.map(({ key }) => key), confirmed };
    },
    former: (generation) =>
      known.filter((statement) => statement.generation !== generation).map(({ message }) => message),
    settled: (generation) => without(known.filter((statement) => statement.generation !== generation)),
    all: () => ({ put: known, remove: [], confirmed: [] }),
    wrote: (update) => note(Y.parseUpdateMeta(update).from.keys()),
    own: note,
    unconfirmed: () => [...own],
    mine: () => [...own, ...ownClientIds(personId, known)],
  };
}

/** The person's own clientIDs in statements. */
export function ownClientIds(personId: string, stored: readonly StoredStatement[]): number[] {
  return stored.flatMap((each) =>
    [...(knownOf(each)?.ownersByClient ?? [])].flatMap(([clientId, owner]) => (owner === personId ? [clientId] : [])),
  );
}

function storedOf(message: OwnersMessage): StoredStatement {
  const hash = digest(message.statement).slice(0, 8);
  const key = [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return { key, frame: encodeMessage(message) };
}

function knownOf(stored: StoredStatement): (Known & { readonly isWhole: boolean }) | null {
  const decoded = decodeMessage(stored.frame);
  if (!decoded.ok || decoded.message.type !== 'owners') return null;
  const said = decodeOwnership(decoded.message.statement);
  if (said === null) return null;
  const { generation, isWhole, ownersByClient } = said;
  return { ...stored, message: decoded.message, generation, isWhole, ownersByClient };
}
