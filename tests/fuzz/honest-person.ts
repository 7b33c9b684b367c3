/**
 * Somebody honest in a room full of forgers: a plain document that takes what the room sends and answers what it asks. Their
 * replica does not tidy formatting by itself, as ours does not.
 */
import * as Y from 'yjs';
import { makeUlid } from '../../shared/ids.ts';
import { BODY_ROOTS, EVENTS_ROOT, type RoomKind } from '../../shared/rooms.ts';
import { WIRE_VERSION } from '../../shared/versions.ts';
import { encodeMessage, type Message } from '../../shared/wire/messages.ts';
import type { RoomSession } from '../../sync-server/room/effects.ts';

export class HonestPerson {
  readonly name: string;
  readonly session: RoomSession;
  readonly doc = new Y.Doc();
  readonly #room: RoomKind;
  readonly #mayWrite: boolean;
  #lastBarrier = 0;
  #lastEcho = 0;

  constructor(name: string, room: RoomKind, mayWrite: boolean, clientId: number) {
    this.name = name;
    this.#room = room;
    this.#mayWrite = mayWrite;
    const capability = mayWrite ? 'write' : 'read';
    this.session = sessionOf(name, { personId: `person-${name}`, capability, documentState: 'draft' }, room);
    this.doc.clientID = clientId;
    this.doc.on('afterTransaction', (transaction: Y.Transaction) => {
      transaction._needFormattingCleanup = false;
    });
  }

  /** A barrier that was sent was not echoed. */
  get isWaiting(): boolean {
    return this.#lastEcho < this.#lastBarrier;
  }

  /** Writes something and asks when it is durable; the frames that say so. */
  edit(at: number, count: number): Uint8Array[] {
    if (!this.#mayWrite) return [];
    const frames: Uint8Array[] = [];
    const keep = (update: Uint8Array) => frames.push(encodeMessage({ type: 'update', update }));
    this.doc.on('update', keep);
    this.doc.transact(() => this.#write(at, count));
    this.doc.off('update', keep);
    return [...frames, encodeMessage({ type: 'barrier', number: ++this.#lastBarrier })];
  }

  /** Takes a message of the room; the frames that answer it. */
  hear(message: Message): readonly Uint8Array[] {
    switch (message.type) {
      case 'hello': {
        const asking = encodeMessage({ type: 'syncStep1', stateVector: Y.encodeStateVector(this.doc) });
        const claiming = encodeMessage({ type: 'claim', clientIds: [this.doc.clientID] });
        return message.hello.isRecovering ? [claiming, asking] : [asking];
      }
      case 'syncStep1': {
        const update = Y.encodeStateAsUpdate(this.doc, message.stateVector);
        return [encodeMessage({ type: 'syncStep2', update })];
      }
      case 'syncStep2':
      case 'update':
        Y.applyUpdate(this.doc, message.update);
        if (this.doc.store.pendingStructs !== null || this.doc.store.pendingDs !== null) {
          throw new Error('it builds on what was never sent');
        }
        return [];
      case 'barrier':
        this.#lastEcho = Math.max(this.#lastEcho, message.number);
        return [];
      case 'freezing':
        return [encodeMessage({ type: 'barrier', number: ++this.#lastBarrier })];
      default:
        return [];
    }
  }

  #write(at: number, count: number): void {
    if (this.#room !== 'body') {
      const ulid = makeUlid(count, (length) => new Uint8Array(length).fill(count % 256));
      this.doc.getMap(EVENTS_ROOT).set(`person-${this.name}/${ulid}`, { type: 'comment', words: `${count}` });
      return;
    }
    const prose = this.doc.getText(BODY_ROOTS.prose);
    const index = prose.length === 0 ? 0 : at % prose.length;
    if (count % 4 === 3 && prose.length > 0) prose.delete(index, 1);
    else if (count % 4 === 2) prose.format(index, Math.min(2, prose.length - index), { bold: true });
    else prose.insert(index, '诚');
  }
}

/** A session with these rights; nobody writes in `record`. */
export function sessionOf(
  sessionId: string,
  rights: Pick<RoomSession, 'personId' | 'capability' | 'documentState'>,
  room: RoomKind,
): RoomSession {
  return {
    sessionId,
    personName: `name of ${sessionId}`,
    agencyId: 'agency-1',
    agencyName: 'agency one',
    role: 'mediator',
    wireVersion: WIRE_VERSION,
    ...rights,
    capability: room === 'record' ? 'read' : rights.capability,
  };
}
