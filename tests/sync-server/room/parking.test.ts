/** A room in which nothing happens keeps who is here and nothing else, and is the same room when something does. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Message } from '../../../shared/wire/messages.ts';
import type { StoredRoom } from '../../../sync-server/room/effects.ts';
import { EMPTY_ROOM, joinClient, type Stage, type StageClient, stageRoom } from './room-stage.ts';

const PARK_MS = 1_000;

function quietRoom() {
  const stage = stageRoom('body', EMPTY_ROOM, { parkMs: PARK_MS, keepaliveMs: 500 });
  const a = joinClient(stage, 'a');
  const b = joinClient(stage, 'b');
  type(a, '和衷');
  stage.commit();
  return { stage, a, b };
}

function type({ edit }: StageClient, words: string): void {
  edit((doc) => doc.getText('prose').insert(0, words));
}

/** What the store holds of the room; each client has written under its own clientID. */
function storedOf({ durable }: Stage, clients: readonly StageClient[]): StoredRoom {
  return {
    updates: durable,
    ownersByClient: new Map(clients.map(({ doc, sessionId }) => [doc.clientID, `person-${sessionId}`])),
    lastSeq: durable.length,
    updatesSinceSnapshot: durable.length,
  };
}

/** So long that a room parks in which nothing is under way. */
function rest(stage: Stage): void {
  stage.perform(stage.room.tick());
  stage.nowMs += PARK_MS;
  stage.perform(stage.room.tick());
}

/** A presence message with one entry, under the clientID of somebody. */
function presenceOf({ doc }: StageClient, state: object): Message {
  const update = encoding.encode((encoder) => {
    for (const number of [1, doc.clientID, 1]) encoding.writeVarUint(encoder, number);
    encoding.writeVarString(encoder, JSON.stringify(state));
  });
  return { type: 'awareness', update };
}

/** The presence somebody was shown, entry by entry. */
function statesIn(client: StageClient): unknown[] {
  return client.messages('awareness').flatMap((message) => {
    const decoder = decoding.createDecoder(message.type === 'awareness' ? message.update : new Uint8Array());
    return Array.from({ length: decoding.readVarUint(decoder) }, () => {
      decoding.readVarUint(decoder);
      decoding.readVarUint(decoder);
      return JSON.parse(decoding.readVarString(decoder)) as unknown;
    });
  });
}

const loads = (stage: Stage) => stage.effects.filter(({ type }) => type === 'load').length;
const isParked = (stage: Stage) => stage.room.isParked;
const proseOf = ({ doc }: StageClient) => doc.getText('prose').toString();

describe('a parked room', () => {
  it('[R22] takes the first edit after it has read the room, and what comes meanwhile in order', () => {
    const { stage, a, b } = quietRoom();
    rest(stage);
    expect(isParked(stage)).toBe(true);
    type(b, '再');
    b.barrier(1);
    a.edit((doc) => doc.getText('prose').insert(2, '共济'));
    expect(loads(stage)).toBe(1);
    expect(stage.pending).toEqual([]);
    stage.perform(stage.room.loaded(storedOf(stage, [a])));
    expect(stage.pending).toHaveLength(2);
    // R2 holds for a room that was parked as for any other.
    expect(b.messages('barrier')).toEqual([]);
    stage.commit();
    expect(b.messages('barrier')).toEqual([{ type: 'barrier', number: 1 }]);
    a.catchUp();
    b.catchUp();
    expect(proseOf(a)).toBe(proseOf(b));
    expect(proseOf(a)).toContain('再');
    expect(proseOf(a)).toContain('和衷共济');
  });

  it('[R22] greets who comes and nobody else again', () => {
    const { stage, a, b } = quietRoom();
    rest(stage);
    const toldA = stage.sentTo('a').length;
    const c = joinClient(stage, 'c');
    expect(c.messages('hello')).toEqual([]);
    stage.perform(stage.room.loaded(storedOf(stage, [a])));
    c.catchUp();
    expect(proseOf(c)).toBe('和衷');
    expect(c.messages('hello')).toHaveLength(1);
    expect(stage.sentTo('a')).toHaveLength(toldA);
    expect(b.messages('hello')).toHaveLength(1);
  });

  it('[R22] goes on showing who is here, on lines that are kept alive, without reading the room', () => {
    const { stage, a, b } = quietRoom();
    a.send(presenceOf(a, { caret: 1 }));
    rest(stage);
    a.send(presenceOf(a, { caret: 2 }));
    expect(statesIn(b).at(-1)).toMatchObject({ caret: 2, person: { personId: 'person-a' } });
    b.send({ type: 'queryAwareness' });
    stage.nowMs += 500;
    const before = stage.sentTo('b').length;
    stage.perform(stage.room.tick());
    expect(stage.sentTo('b').length).toBeGreaterThan(before);
    // Of a clientID that was not shown before it has to know whose it is.
    expect(loads(stage)).toBe(0);
    b.send(presenceOf(a, { caret: 3 }));
    expect(loads(stage)).toBe(0);
    b.send(presenceOf(b, { caret: 4 }));
    expect(loads(stage)).toBe(1);
    stage.perform(stage.room.loaded(storedOf(stage, [a])));
    expect(statesIn(a).at(-1)).toMatchObject({ caret: 4 });
    expect(statesIn(b).at(-1)).toMatchObject({ caret: 2 });
  });

  it('[R22] tells who stays that somebody has gone, and is forgotten when nobody is left', () => {
    const { stage, a, b } = quietRoom();
    a.send(presenceOf(a, { caret: 1 }));
    rest(stage);
    stage.perform(stage.room.leave('a'));
    expect(statesIn(b).at(-1)).toBeNull();
    stage.perform(stage.room.expel('watcher', 'rightsChanged'));
    expect(stage.closeOf('watcher')).toBe('rightsChanged');
    stage.perform(stage.room.leave('b'));
    expect(stage.effects.at(-1)).toEqual({ type: 'unload' });
    expect(loads(stage)).toBe(0);
  });

  it('[R22] tells what the store took from elsewhere once, also when it was read before it was told', () => {
    const { stage, a, b } = quietRoom();
    rest(stage);
    const doc = new Y.Doc();
    doc.getMap('fields').set('x/y', 1);
    const first = Y.encodeStateAsUpdate(doc);
    const between = Y.encodeStateVector(doc);
    doc.getMap('fields').set('x/z', 2);
    const second = Y.encodeStateAsUpdate(doc, between);
    const toldB = () => b.messages('update').length;
    const before = toldB();
    stage.perform(stage.room.absorb(first, 2));
    expect(toldB()).toBe(before + 1);
    expect(loads(stage)).toBe(0);
    stage.durable.push(first, second);
    type(b, '再');
    stage.perform(stage.room.loaded(storedOf(stage, [a])));
    stage.perform(stage.room.absorb(second, 3));
    expect(toldB()).toBe(before + 2);
    stage.perform(stage.room.absorb(second, 3));
    expect(toldB()).toBe(before + 2);
  });

  it('[R22] asks every writer when a freeze is announced, and waits for what they have', () => {
    const { stage, a, b } = quietRoom();
    rest(stage);
    const isFlushed = () => stage.effects.some((effect) => effect.type === 'flushed');
    stage.perform(stage.room.announceFreeze());
    stage.perform(stage.room.loaded(storedOf(stage, [a])));
    expect(a.messages('freezing')).toHaveLength(1);
    expect(isFlushed()).toBe(false);
    for (const client of [a, b]) {
      const unsent = new Y.Doc();
      unsent.getText('prose').insert(0, client.sessionId);
      // Their greeting was not answered on this stage: the first answer is to that.
      client.send({ type: 'syncStep2', update: Y.encodeStateAsUpdate(client.doc) });
      client.send({ type: 'syncStep2', update: Y.encodeStateAsUpdate(unsent) });
      client.barrier(1);
    }
    expect(isFlushed()).toBe(false);
    stage.commit();
    expect(isFlushed()).toBe(true);
  });

  it('[R22] [R8] closes everybody when it cannot be read, and a freeze does not wait for it', () => {
    const { stage, b } = quietRoom();
    rest(stage);
    type(b, '再');
    stage.perform(stage.room.announceFreeze());
    stage.perform(stage.room.loadFailed());
    for (const sessionId of ['a', 'b', 'watcher']) expect(stage.closeOf(sessionId)).toBe('storeFailed');
    expect(stage.effects.map(({ type }) => type).slice(-2)).toEqual(['flushed', 'unload']);
    expect(stage.pending).toEqual([]);
  });

  it('[R22] gives nobody a new allowance', () => {
    const stage = stageRoom('body', EMPTY_ROOM, {
      parkMs: PARK_MS,
      newClientIdsPerSecond: 0.001,
      newClientIdBurst: 2,
      syncRequestsPerSecond: 0.001,
      syncRequestBurst: 2,
    });
    const a = joinClient(stage, 'a');
    const asNew = (name: string) => {
      const doc = new Y.Doc();
      doc.getText('prose').insert(0, name);
      a.send({ type: 'update', update: Y.encodeStateAsUpdate(doc) });
      return doc.clientID;
    };
    const ids = [asNew('一'), asNew('二')];
    stage.commit();
    rest(stage);
    expect(isParked(stage)).toBe(true);
    asNew('三');
    const ownersByClient = new Map(ids.map((id) => [id, 'person-a']));
    stage.perform(stage.room.loaded({ ...storedOf(stage, []), ownersByClient }));
    expect(stage.closeOf('a')).toBe('tooFast');
    const b = joinClient(stage, 'b');
    b.send({ type: 'syncStep1', stateVector: Uint8Array.of(0) });
    rest(stage);
    b.send({ type: 'syncStep1', stateVector: Uint8Array.of(0) });
    stage.perform(stage.room.loaded({ ...storedOf(stage, []), ownersByClient }));
    expect(stage.closeOf('b')).toBe('tooFast');
  });
});

describe('a room does not park', () => {
  it('[R22] before it was quiet for long enough', () => {
    const { stage, b } = quietRoom();
    for (let n = 0; n < 3; n++) {
      stage.perform(stage.room.tick());
      stage.nowMs += PARK_MS - 1;
      stage.perform(stage.room.tick());
      expect(isParked(stage)).toBe(false);
      b.send({ type: 'syncStep1', stateVector: Y.encodeStateVector(b.doc) });
    }
  });

  it('[R22] as soon as others when it is large', () => {
    const limits = { parkMs: PARK_MS, parkLargeMs: 2 * PARK_MS, largeRoomBytes: 100 };
    const stage = stageRoom('body', EMPTY_ROOM, limits);
    type(joinClient(stage, 'a'), '长'.repeat(100));
    stage.commit();
    rest(stage);
    expect(isParked(stage)).toBe(false);
    rest(stage);
    expect(isParked(stage)).toBe(true);
  });

  it('[R22] [R2] while an edit is on its way to the disk', () => {
    const { stage, b } = quietRoom();
    type(b, '再');
    rest(stage);
    expect(isParked(stage)).toBe(false);
    stage.commit();
    rest(stage);
    expect(isParked(stage)).toBe(true);
  });

  it('[R22] [R13] while somebody owes what fills a hole', () => {
    const { stage, b } = quietRoom();
    b.doc.getText('prose').insert(0, '一');
    b.edit((doc) => doc.getText('prose').insert(1, '二'));
    b.barrier(1);
    rest(stage);
    rest(stage);
    expect(isParked(stage)).toBe(false);
    expect(b.messages('barrier')).toEqual([]);
    // The greeting's question and the one about the hole.
    for (let n = 0; n < 2; n++) b.send({ type: 'syncStep2', update: Y.encodeStateAsUpdate(b.doc) });
    stage.commit();
    expect(b.messages('barrier')).toHaveLength(1);
    rest(stage);
    expect(isParked(stage)).toBe(true);
  });

  it('[R22] while a freeze waits for what somebody has', () => {
    const { stage, a, b } = quietRoom();
    stage.perform(stage.room.announceFreeze());
    rest(stage);
    rest(stage);
    expect(isParked(stage)).toBe(false);
    for (const { sessionId } of [a, b]) stage.perform(stage.room.leave(sessionId));
    rest(stage);
    expect(isParked(stage)).toBe(true);
  });

  it('[R22] [R15] while somebody waits for what another is to bring back', () => {
    const stage = stageRoom('body', EMPTY_ROOM, { parkMs: PARK_MS }, { recovery: { mayCarry: () => true } });
    const a = joinClient(stage, 'a');
    const other = new Y.Doc();
    other.getText('prose').insert(0, '别人的');
    a.send({ type: 'syncStep2', update: Y.encodeStateAsUpdate(other) });
    a.barrier(1);
    rest(stage);
    rest(stage);
    expect(isParked(stage)).toBe(false);
  });
});
