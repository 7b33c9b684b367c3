/**
 * The content of an open room: one Y.Doc, who owns which clientID in it, and how large it is. The document is never
 * asked for a typed root (getText, getMap…): a typed root makes Yjs tidy formatting by itself and write.
 */
import * as Y from 'yjs';
import type { Capability } from '../../shared/permissions.ts';
import type { RoomKind } from '../../shared/rooms.ts';
import { judgeUpdate, type Verdict } from '../gate/judge.ts';
import type { RecoveryKnowledge } from '../gate/recovery.ts';
import type { WorkMeter } from '../gate/work.ts';
import type { RoomSession, StoredRoom } from './effects.ts';
import { TouchedClients } from './touched-clients.ts';

/** Who wants to change something, with the rights they were admitted with. */
type Writer = Pick<RoomSession, 'personId' | 'documentState'> & { readonly capability: Capability };

export class LiveDocument {
  readonly #doc = new Y.Doc();
  readonly #room: RoomKind;
  readonly #owners = new Map<number, string>();
  readonly #clients = new TouchedClients();
  /** What was judged last, and whose clocks it moves: it is applied next. */
  #accepted: { readonly update: Uint8Array; readonly clientIds: ReadonlySet<number> } | null = null;
  /** Estimate of the stored size: exact after a snapshot, else an upper bound. */
  #bytes = 0;

  constructor(room: RoomKind) {
    this.#room = room;
    this.#doc.store.clients = this.#clients;
  }

  /** At most so many bytes are stored of it: what was deleted since it was last measured still counts. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Whether so many bytes more stay within a limit. */
  hasRoomFor(bytes: number, limit: number): boolean {
    // The running size counts what has been deleted since; before anybody is refused it is measured.
    const isWithin = (held: number) => held + bytes <= limit;
    return isWithin(this.#bytes) || isWithin(this.encode().length);
  }

  /** Fills the document from the store; false when what is stored does not stand alone. */
  load(stored: StoredRoom): boolean {
    this.#doc.transact(() => {
      for (const update of stored.updates) Y.applyUpdate(this.#doc, update);
    });
    for (const [clientId, personId] of stored.ownersByClient) this.#owners.set(clientId, personId);
    this.#bytes = stored.updates.reduce((sum, update) => sum + update.length, 0);
    return this.#isWhole();
  }

  /** What the gate says to an update of this session, within the work it may cost. Changes nothing. */
  judge(update: Uint8Array, session: Writer, work?: WorkMeter, recovery?: RecoveryKnowledge): Verdict {
    const verdict = judgeUpdate({
      update,
      doc: this.#doc,
      room: this.#room,
      personId: session.personId,
      capability: session.capability,
      isFrozen: session.documentState === 'frozen',
      ownerOf: (clientId) => this.#owners.get(clientId),
      ...(work === undefined ? {} : { work }),
      ...(recovery === undefined ? {} : { recovery }),
    });
    this.#accepted = verdict.type === 'accepted' ? { update, clientIds: new Set(verdict.clientIds) } : null;
    return verdict;
  }

  /**
   * Applies an accepted update.
   * @returns its effect as an update of its own, empty when it has none; null when Yjs could not apply it whole: the document
   * is spoilt then
   */
  apply(update: Uint8Array): Uint8Array | null {
    let effective: Uint8Array = new Uint8Array();
    const keep = (bytes: Uint8Array) => {
      effective = bytes;
    };
    this.#doc.on('update', keep);
    try {
      if (this.#accepted?.update !== update) Y.applyUpdate(this.#doc, update);
      else this.#clients.showing(this.#accepted.clientIds, () => Y.applyUpdate(this.#doc, update));
    } catch {
      // The gate let through what Yjs cannot apply; the caller ends this life of the room.
      return null;
    } finally {
      this.#accepted = null;
      this.#doc.off('update', keep);
    }
    this.#bytes += effective.length;
    return this.#isWhole() ? effective : null;
  }

  /** Owner of a clientID; undefined while nobody has written with it. */
  ownerOf(clientId: number): string | undefined {
    return this.#owners.get(clientId);
  }

  /** Owner of every clientID that has written, durable or not. */
  get owners(): ReadonlyMap<number, string> {
    return this.#owners;
  }

  own(clientIds: readonly number[], personId: string): void {
    for (const clientId of clientIds) this.#owners.set(clientId, personId);
  }

  /** Whether this person has ever written here. */
  hasWritten(personId: string): boolean {
    for (const owner of this.#owners.values()) if (owner === personId) return true;
    return false;
  }

  stateVector(): Uint8Array {
    return Y.encodeStateVector(this.#doc);
  }

  /** What somebody with this state vector lacks; null when the state vector cannot be read. */
  diff(stateVector: Uint8Array): Uint8Array | null {
    try {
      return Y.encodeStateAsUpdate(this.#doc, stateVector);
    } catch {
      // The state vector is the only input that can be wrong here.
      return null;
    }
  }

  /** Everything as one update. */
  encode(): Uint8Array {
    const state = Y.encodeStateAsUpdate(this.#doc);
    this.#bytes = state.length;
    return state;
  }

  /** The entries of a root map as they are now, durable or not; read without giving the root a type. */
  entriesOf(root: string): Map<string, unknown> {
    const items = this.#doc.share.get(root)?._map ?? new Map<string, Y.Item>();
    return new Map(
      [...items].flatMap(([key, item]) => (item.deleted ? [] : [[key, item.content.getContent()[item.length - 1]]])),
    );
  }

  destroy(): void {
    this.#doc.destroy();
  }

  #isWhole(): boolean {
    return this.#doc.store.pendingStructs === null && this.#doc.store.pendingDs === null;
  }
}
