/**
 * What honest people sent into a room: for a body the frames of real replicas with the real editor at work in the simulated
 * world, for rooms of events those of plain documents. The first half of it is what the room holds already.
 */
import * as Y from 'yjs';
import { makeUlid } from '../../shared/ids.ts';
import { EVENTS_ROOT, RELAY_AUTHOR, type RoomKind } from '../../shared/rooms.ts';
import { decodeMessage, encodeMessage } from '../../shared/wire/messages.ts';
import { act, type Page, showPage } from '../simulation/page.ts';
import { type Random, randomFrom } from '../support/random.ts';
import { World } from '../support/world.ts';

interface SentFrame {
  readonly personId: string;
  readonly bytes: Uint8Array;
}

export interface Recording {
  readonly room: RoomKind;
  /** What the room holds, as one update, and whose the clientIDs in it are. */
  readonly stored: Uint8Array;
  readonly owners: ReadonlyMap<number, string>;
  /**
   * The room is of a backup that was put back: whose the clientIDs of all frames are, by the relay's word from before. Null in
   * a room that lost nothing.
   */
  readonly proven: ReadonlyMap<number, string> | null;
  /** What was sent after that. */
  readonly frames: readonly SentFrame[];
}

/** The same room put back to what was stored: everything after it is to be brought again. */
export function putBack(recording: Recording): Recording {
  return { ...recording, proven: new Map([...ownersIn(recording.frames), ...recording.owners]) };
}

/** The writers of every recording; somebody who only reads; somebody nobody knows. */
export const WRITERS = ['person-0', 'person-1'] as const;

const EDITS = 60;

/** Two people at the real editor, and what their replicas send. */
export async function recordBody(seed: number): Promise<Recording> {
  const world = new World(seed);
  const sent: SentFrame[] = [];
  const { relay, random, clock } = world;
  const receive = relay.receive.bind(relay);
  relay.receive = (connection) => {
    const [bytes] = connection.toRelay;
    if (bytes !== undefined) sent.push({ personId: connection.entrant.personId, bytes });
    receive(connection);
  };
  const pages: Page[] = [];
  for (const _ of WRITERS) {
    const tab = world.openTab(world.addPerson('write'));
    await world.settle();
    pages.push(showPage(tab, () => clock.nowMs()));
  }
  let token = 0x4e00;
  let rows = 0;
  const newRow = () => `00000000-0000-4000-8000-${String(rows++).padStart(12, '0')}`;
  let stored: Uint8Array = new Uint8Array();
  let already = 0;
  for (let n = 0; n < 2 * EDITS; n++) {
    if (n === EDITS) {
      stored = Y.encodeStateAsUpdate(relay.durable);
      already = sent.length;
    }
    act(random.pick(pages), random, () => String.fromCharCode(token++), newRow);
    if (random.chance(0.4)) await world.settle();
  }
  await world.settle();
  for (const page of pages) page.destroy();
  for (const tab of [...world.tabs]) world.killTab(tab);
  return { room: 'body', stored, owners: ownersIn(sent.slice(0, already)), proven: null, frames: sent.slice(already) };
}

/** Two people (in `record` the relay) who each write their own events. */
export function recordEvents(room: Exclude<RoomKind, 'body'>, seed: number): Recording {
  const random = randomFrom(seed);
  const writers = room === 'record' ? [RELAY_AUTHOR] : WRITERS;
  const sent: SentFrame[] = [];
  const all = new Y.Doc();
  for (let n = 0; n < EDITS; n++) {
    const personId = random.pick(writers);
    const update = eventUpdate(random, personId, n);
    sent.push({ personId, bytes: encodeMessage({ type: 'update', update }) });
    if (n < EDITS / 2) Y.applyUpdate(all, update);
  }
  const before = sent.slice(0, EDITS / 2);
  return {
    room,
    stored: Y.encodeStateAsUpdate(all),
    owners: ownersIn(before),
    proven: null,
    frames: sent.slice(EDITS / 2),
  };
}

function eventUpdate(random: Random, personId: string, n: number): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 1_000 + n;
  const ulid = makeUlid(n, (count) => Uint8Array.from({ length: count }, () => random.int(256)));
  doc.getMap(EVENTS_ROOT).set(`${personId}/${ulid}`, { type: 'comment', words: `第${n}条`, on: ['a', n] });
  return Y.encodeStateAsUpdate(doc);
}

/** The update in a frame; null when there is none. */
export function updateIn(bytes: Uint8Array): Uint8Array | null {
  const decoded = decodeMessage(bytes);
  if (!decoded.ok) return null;
  const { message } = decoded;
  return message.type === 'update' || message.type === 'syncStep2' ? message.update : null;
}

/** The first to write with a clientID owns it. */
function ownersIn(frames: readonly SentFrame[]): ReadonlyMap<number, string> {
  const owners = new Map<number, string>();
  for (const { personId, bytes } of frames) {
    const update = updateIn(bytes);
    for (const { id } of update === null ? [] : Y.decodeUpdate(update).structs) {
      if (!owners.has(id.client)) owners.set(id.client, personId);
    }
  }
  return owners;
}
