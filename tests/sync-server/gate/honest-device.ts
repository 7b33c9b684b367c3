/**
 * An honest device at a staged room: a plain Yjs document with undo, a store that may lose what the relay has, a line that may
 * break with everything on it. Each opening of a page is a new document with a new clientID, filled from the store.
 */
import * as Y from 'yjs';
import { makeUlid } from '../../../shared/ids.ts';
import { EVENTS_ROOT, type RoomKind } from '../../../shared/rooms.ts';
import { insertTyped, isOwnUnit, typingClientId } from '../../../shared/typing-runs.ts';
import { decodeMessage, encodeMessage, type Message } from '../../../shared/wire/messages.ts';
import type { Random } from '../../support/random.ts';
import { isSentTo } from '../../support/sent-to.ts';
import { makeSession, type Stage } from '../room/room-stage.ts';

/** What all pages of one person on one device share: the store, and that they tell each other. */
export class Device {
  readonly personId: string;
  readonly capability: 'read' | 'write';
  readonly pages: Page[] = [];
  readonly store: Uint8Array[] = [];

  constructor(personId: string, capability: 'read' | 'write') {
    this.personId = personId;
    this.capability = capability;
  }
}

export class Page {
  readonly doc = new Y.Doc();
  readonly device: Device;
  readonly #stage: Stage;
  readonly #room: RoomKind;
  readonly #random: Random;
  readonly #undo: Y.UndoManager;
  readonly #fromTabs: Uint8Array[] = [];
  /** The line: what was sent and has not arrived, in both directions. */
  #line: { readonly sessionId: string; readonly toRelay: Uint8Array[]; seen: number } | null = null;
  #acts = 0;

  constructor(stage: Stage, room: RoomKind, device: Device, random: Random) {
    this.#stage = stage;
    this.#room = room;
    this.#random = random;
    this.device = device;
    this.doc.clientID = typingClientId(random.int(2 ** 30) * 2 ** 20 + random.int(2 ** 20));
    for (const update of device.store) Y.applyUpdate(this.doc, update, 'store');
    this.#undo = new Y.UndoManager([this.doc.getText('prose'), this.doc.getMap('fields')], {
      trackedOrigins: new Set(['here']),
      captureTimeout: 0,
    });
    this.doc.on('update', (update: Uint8Array, origin: unknown) => this.#changed(update, origin));
    device.pages.push(this);
  }

  get isOnline(): boolean {
    return this.#line !== null;
  }

  /** Connects and asks, as every client does first. What is typed from now on is sent, whether it has synced or not. */
  connect(sessionId: string): void {
    if (this.#line !== null) return;
    const { personId, capability } = this.device;
    this.#line = { sessionId, toRelay: [], seen: this.#stage.effects.length };
    this.#stage.perform(this.#stage.room.join(makeSession(sessionId, { personId, capability })));
    this.#send({ type: 'syncStep1', stateVector: Y.encodeStateVector(this.doc) });
  }

  /** The line breaks, and what was on it is lost. */
  cut(): void {
    if (this.#line === null) return;
    const { sessionId } = this.#line;
    this.#line = null;
    this.#stage.perform(this.#stage.room.leave(sessionId));
  }

  /** The page is closed. */
  close(): void {
    this.cut();
    this.device.pages.splice(this.device.pages.indexOf(this), 1);
    this.#undo.destroy();
    this.doc.destroy();
  }

  /** The relay reads one frame; false when there is none. */
  arrive(): boolean {
    const bytes = this.#line?.toRelay.shift();
    if (bytes === undefined || this.#line === null) return false;
    this.#stage.perform(this.#stage.room.receive(this.#line.sessionId, bytes));
    return true;
  }

  /** Reads the next thing that the room or another page said; false when there is none. */
  hear(): boolean {
    const told = this.#fromTabs.shift();
    if (told !== undefined) {
      Y.applyUpdate(this.doc, told, 'tab');
      return true;
    }
    while (this.#line !== null && this.#line.seen < this.#stage.effects.length) {
      const effect = this.#stage.effects[this.#line.seen++];
      if (effect === undefined || !isSentTo(this.#line.sessionId, effect)) continue;
      const decoded = decodeMessage(effect.bytes);
      if (!decoded.ok) throw new Error(decoded.reason);
      this.#take(decoded.message);
      return true;
    }
    return false;
  }

  /** Does something a person can do. */
  act(): void {
    if (this.device.capability !== 'write') return;
    this.#acts++;
    if (this.#room === 'body') this.doc.transact(() => this.#write(), 'here');
    else if (this.#room !== 'record') this.doc.transact(() => this.#appendEvent(), 'here');
    if (this.#room === 'body' && this.#random.chance(0.15)) this.#undo.undo();
    if (this.#room === 'body' && this.#random.chance(0.05)) this.#undo.redo();
  }

  #changed(update: Uint8Array, origin: unknown): void {
    if (origin === 'store') return;
    this.device.store.push(update);
    if (origin === 'relay') return;
    this.#send({ type: 'update', update });
    if (origin === 'tab') return;
    for (const page of this.device.pages) if (page !== this) page.#fromTabs.push(update);
  }

  #take(message: Message): void {
    switch (message.type) {
      case 'syncStep1':
        this.#send({ type: 'syncStep2', update: Y.encodeStateAsUpdate(this.doc, message.stateVector) });
        return;
      case 'syncStep2':
      case 'update':
        Y.applyUpdate(this.doc, message.update, 'relay');
        return;
      default:
    }
  }

  #send(message: Message): void {
    this.#line?.toRelay.push(encodeMessage(message));
  }

  #appendEvent(): void {
    const ulid = makeUlid(this.#acts, (count) => Uint8Array.from({ length: count }, () => this.#random.int(256)));
    const value = { type: 'comment', words: '请补充证据。', n: this.#acts };
    this.doc.getMap(EVENTS_ROOT).set(`${this.device.personId}/${ulid}`, value);
  }

  #write(): void {
    const random = this.#random;
    const prose = this.doc.getText('prose');
    const at = random.int(prose.length + 1);
    const rest = prose.length - at;
    switch (random.int(10)) {
      case 0:
        prose.insertEmbed(at, { block: `b${this.#acts}` });
        return;
      case 1:
      case 2:
        if (rest > 0) prose.delete(at, Math.min(rest, 1 + random.int(6)));
        return;
      case 3:
      case 4:
        // One word, by everybody: what Yjs tidies by itself.
        prose.format(Math.min(2, at), Math.min(4, prose.length - Math.min(2, at)), {
          [random.pick(['bold', 'italic'])]: random.pick([true, null]),
        });
        return;
      case 5: {
        const fields = this.doc.getMap('fields');
        const key = `header/${random.pick(['place', 'date'])}/${random.int(3)}`;
        if (random.chance(0.4)) fields.delete(key);
        else fields.set(key, { v: this.#acts, by: this.device.personId });
        return;
      }
      case 6: {
        const cell = this.doc.getText('t/header/place');
        if (cell.length > 3 && random.chance(0.5)) cell.delete(random.int(cell.length - 1), 1);
        else cell.insert(random.int(cell.length + 1), '会议室');
        return;
      }
      default: {
        const words = random.pick(['字', '双方确认', '😀', 'ab']);
        insertTyped(prose, isOwnUnit(prose, at - 1), () => prose.insert(at, words));
      }
    }
  }
}
