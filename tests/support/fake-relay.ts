/**
 * One room of the relay in memory: the real room core and gate, a durable log that commits when told to, connections as
 * queues that deliver when told to. Nothing happens by itself, so a crash can be put between any two steps. It watches
 * itself: whatever it sends must be durable (R2). Known bugs can be planted to prove that the oracles see them.
 */
import * as Y from 'yjs';
import { CLOSE, type CloseName } from '../../shared/close-codes.ts';
import type { Capability, DocumentState } from '../../shared/permissions.ts';
import type { RoomAddress } from '../../shared/rooms.ts';
import { WIRE_VERSION } from '../../shared/versions.ts';
import { decodeMessage, type Message } from '../../shared/wire/messages.ts';
import { LIMITS } from '../../sync-server/limits.ts';
import { createRoom, type Room } from '../../sync-server/room/core.ts';
import type { Append, RoomEffect, StoredRoom } from '../../sync-server/room/effects.ts';
import { TEST_KEY } from './test-key.ts';

export type RelayBug = 'echoesBeforeCommit' | 'forwardsBeforeCommit' | 'losesACommit';

export interface Entrant {
  readonly personId: string;
  readonly capability: Exclude<Capability, 'none'>;
  /** What the client says it knows of this store. */
  readonly generation: string | null;
}

/** One socket: two queues of frames. `toClient` ends with the close. */
export interface Connection {
  readonly id: string;
  readonly entrant: Entrant;
  readonly toRelay: Uint8Array[];
  readonly toClient: ({ readonly frame: Uint8Array } | { readonly close: CloseName | null })[];
  /** Every frame of content delivered so far, for delivering some of them again. */
  readonly delivered: Uint8Array[];
  isOpen: boolean;
}

export class FakeRelay {
  readonly address: RoomAddress;
  generation = 'store-1';
  documentState: DocumentState = 'draft';
  isUp = true;
  /** The content of the durable log, kept beside it for looking things up. */
  durable = new Y.Doc();
  /** What went wrong here, by oracle. */
  readonly faults: string[] = [];
  /** Rows of the log by who wrote them. */
  readonly rowsByPerson = new Map<string, number>();
  /** How often a parked room was needed again. */
  wokenTimes = 0;
  /** A backup was put back at least once. */
  isRestored = false;
  #log: Uint8Array[] = [];
  /** What the log says of its rows, beside them. */
  #rows: Pick<Append, 'update' | 'author' | 'newClientIds'>[] = [];
  #owners = new Map<number, string>();
  #room: Room | null = null;
  #pending: Append[] = [];
  #isWaking = false;
  #connections = new Map<string, Connection>();
  #nextId = 1;
  readonly #bug: RelayBug | null;
  readonly #now: () => number;

  constructor(address: RoomAddress, now: () => number, bug: RelayBug | null = null) {
    this.address = address;
    this.#now = now;
    this.#bug = bug;
  }

  /** Appends that are not durable yet. */
  get pendingCommits(): number {
    return this.#pending.length;
  }

  get connections(): readonly Connection[] {
    return [...this.#connections.values()];
  }

  /** A socket is made; a refused one is closed at once, as the real relay does. */
  connect(entrant: Entrant): Connection {
    const connection: Connection = {
      id: `s${this.#nextId++}`,
      entrant,
      toRelay: [],
      toClient: [],
      delivered: [],
      isOpen: true,
    };
    if (!this.isUp) {
      connection.toClient.push({ close: null });
    } else if (entrant.generation !== null && entrant.generation !== this.generation) {
      connection.toClient.push({ close: 'otherGeneration' });
    } else {
      this.#connections.set(connection.id, connection);
      const isNew = this.#room === null;
      this.#room ??= this.#newRoom();
      const room = this.#room;
      this.#perform(
        room.join({
          sessionId: connection.id,
          personId: entrant.personId,
          personName: entrant.personId,
          agencyId: 'agency',
          agencyName: 'agency',
          role: 'participant',
          wireVersion: WIRE_VERSION,
          capability: entrant.capability,
          documentState: this.documentState,
        }),
      );
      if (isNew) this.#perform(room.loaded(this.#stored()));
    }
    return connection;
  }

  /** The relay reads the next frame of a connection. */
  receive(connection: Connection): void {
    const bytes = connection.toRelay.shift();
    if (bytes === undefined || this.#room === null || !this.#connections.has(connection.id)) return;
    const decoded = decodeMessage(bytes);
    if (this.#bug === 'echoesBeforeCommit' && decoded.ok && decoded.message.type === 'barrier') {
      connection.toClient.push({ frame: bytes });
      return;
    }
    this.#perform(this.#room.receive(connection.id, bytes));
  }

  /** The socket of a connection is gone, whatever the reason. */
  lose(connection: Connection): void {
    connection.isOpen = false;
    if (!this.#connections.delete(connection.id)) return;
    if (this.#room !== null) this.#perform(this.#room.leave(connection.id));
  }

  /** The next appends become durable together. `isTold` false: they are on disk, but the relay dies before it hears of it. */
  commit(isTold = true, count = 1): void {
    const appends = this.#pending.splice(0, count);
    for (const append of appends) if (this.#bug !== 'losesACommit' || append.appendId % 5 !== 0) this.#store(append);
    const last = appends.at(-1);
    if (isTold && this.#bug !== 'forwardsBeforeCommit' && last !== undefined) this.#tellCommitted(last);
  }

  /** kill -9: every connection is cut, what was not durable is gone. */
  crash(): void {
    this.isUp = false;
    this.#room = null;
    this.#isWaking = false;
    this.#pending = [];
    for (const connection of this.connections) {
      connection.isOpen = false;
      connection.toClient.push({ close: null });
    }
    this.#connections.clear();
  }

  restart(): void {
    this.isUp = true;
  }

  /** A backup is put back: only the first `rows` rows remain, and the store says that it is another one. */
  restore(rows: number): void {
    this.crash();
    this.#log = this.#log.slice(0, rows);
    this.durable = new Y.Doc();
    for (const update of this.#log) Y.applyUpdate(this.durable, update);
    this.#rows = this.#rows.slice(0, rows);
    this.#owners = new Map(this.#rows.flatMap(({ newClientIds, author }) => newClientIds.map((id) => [id, author])));
    this.isRestored = true;
    this.generation = `${this.generation}+`;
    this.restart();
  }

  /** Rows in the durable log. */
  get rows(): readonly Pick<Append, 'update' | 'author' | 'newClientIds'>[] {
    return this.#rows;
  }

  /** Some seconds have passed: the room asks again whoever waits. */
  tick(): void {
    if (this.#room !== null) this.#perform(this.#room.tick());
  }

  /** A parked room was needed and waits for what is stored of it. */
  get isWaking(): boolean {
    return this.#isWaking;
  }

  /** What is stored of it is there. */
  wake(): void {
    this.#isWaking = false;
    this.wokenTimes++;
    if (this.#room !== null) this.#perform(this.#room.loaded(this.#stored()));
  }

  /** Ends a connection from the relay's side. */
  expel(connection: Connection, name: CloseName): void {
    if (this.#room !== null) this.#perform(this.#room.expel(connection.id, name));
  }

  announceFreeze(): void {
    if (this.#room !== null) this.#perform(this.#room.announceFreeze());
  }

  /** Whether everything an update says is in the durable log. */
  holds(update: Uint8Array): boolean {
    const { structs, ds } = Y.decodeUpdate(update);
    const isKnown = structs.every((struct) => {
      if (struct.constructor.name === 'Skip') return true;
      return struct.id.clock + struct.length <= Y.getState(this.durable.store, struct.id.client);
    });
    if (!isKnown) return false;
    const durableDeletes = Y.createDeleteSetFromStructStore(this.durable.store);
    for (const [client, deletes] of ds.clients) {
      for (const { clock, len } of deletes) {
        for (let at = clock; at < clock + len; at++) {
          if (!Y.isDeleted(durableDeletes, Y.createID(client, at))) return false;
        }
      }
    }
    return true;
  }

  #newRoom(): Room {
    return createRoom(this.address, {
      generation: this.generation,
      key: TEST_KEY,
      recovery: this.isRestored ? { mayCarry: () => true } : null,
      // It parks at the second tick in which nothing was asked of it.
      limits: { ...LIMITS, newClientIdBurst: 1e6, syncRequestBurst: 1e6, parkMs: 0 },
      now: this.#now,
    });
  }

  #stored(): StoredRoom {
    const rows = this.#log.length;
    return { updates: this.#log, ownersByClient: this.#owners, lastSeq: rows, updatesSinceSnapshot: rows };
  }

  #store({ update, author, newClientIds }: Append): void {
    this.#log.push(update);
    this.#rows.push({ update, author, newClientIds });
    Y.applyUpdate(this.durable, update);
    for (const clientId of newClientIds) this.#owners.set(clientId, author);
    this.rowsByPerson.set(author, (this.rowsByPerson.get(author) ?? 0) + 1);
  }

  #tellCommitted({ appendId }: Append): void {
    if (this.#room !== null) this.#perform(this.#room.committed({ appendId, seq: this.#log.length }));
  }

  #perform(effects: readonly RoomEffect[]): void {
    for (const effect of effects) {
      switch (effect.type) {
        case 'send':
          for (const { session } of effect.to) this.#send(session.sessionId, effect.bytes);
          break;
        case 'load':
          this.#isWaking = true;
          break;
        case 'append':
          this.#pending.push(effect.append);
          if (this.#bug === 'forwardsBeforeCommit') {
            this.#tellCommitted(effect.append);
          }
          break;
        case 'close': {
          const connection = this.#connections.get(effect.sessionId);
          this.#connections.delete(effect.sessionId);
          connection?.toClient.push({ close: effect.row });
          break;
        }
        case 'unload':
          this.#room = null;
          this.#isWaking = false;
          break;
        case 'snapshot':
        case 'compact':
        case 'flushed':
          break;
        case 'note':
          // Connections are cut in the middle of nothing here; a note always says that somebody was refused.
          this.faults.push(`${effect.event} ${effect.detail}`);
          break;
      }
    }
  }

  #send(sessionId: string, bytes: Uint8Array): void {
    const decoded = decodeMessage(bytes);
    const message: Message | null = decoded.ok ? decoded.message : null;
    const isContent = message?.type === 'update' || message?.type === 'syncStep2';
    if (isContent && !this.holds(message.update)) this.faults.push('[R2] sent what is not durable');
    this.#connections.get(sessionId)?.toClient.push({ frame: bytes });
  }
}

/** Whether a client may come back by itself after this close. */
export function mayRetry(name: CloseName | null): boolean {
  return name === null || CLOSE[name].retry;
}
