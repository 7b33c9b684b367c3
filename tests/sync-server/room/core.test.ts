/** The rules of the relay, on the room core alone: no sockets, no clock, a store that commits when told. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { encodeMessage } from '../../../shared/wire/messages.ts';
import { EMPTY_ROOM, joinClient, makeSession, stageRoom } from './room-stage.ts';

const write = (words: string) => (doc: Y.Doc) => doc.getText('prose').insert(doc.getText('prose').length, words);
const wordsOf = (doc: Y.Doc) => doc.getText('prose').toString();

/** Everything a store with these words would hold. */
function storedWords(words: string) {
  const doc = new Y.Doc();
  doc.getText('prose').insert(0, words);
  return {
    ...EMPTY_ROOM,
    updates: [Y.encodeStateAsUpdate(doc)],
    ownersByClient: new Map([[doc.clientID, 'person-before']]),
    lastSeq: 1,
  };
}

describe('loading', () => {
  it('[R1] answers nothing before the stored updates are loaded, and then everything in order', () => {
    const stage = stageRoom('body', null);
    const client = joinClient(stage, 'a');
    client.edit(write('离线写的'));
    client.barrier(1);
    expect(stage.effects).toEqual([]);
    stage.perform(stage.room.loaded(storedWords('早先的。')));
    stage.commit();
    expect(stage.sentTo('a').map((message) => message.type)).toEqual([
      'hello',
      'syncStep1',
      'syncStep2',
      'owners',
      'owners',
      'barrier',
    ]);
    client.catchUp();
    expect(wordsOf(client.doc)).toContain('早先的。');
  });

  it('[R1] a failed load closes everybody to try again, and never shows an empty document', () => {
    const stage = stageRoom('body', null);
    joinClient(stage, 'a');
    stage.perform(stage.room.loadFailed());
    expect(stage.closeOf('a')).toBe('storeFailed');
    expect(stage.sentTo('a')).toEqual([]);
    expect(stage.effects.at(-1)?.type).toBe('unload');
  });

  it('[R1] a store whose updates do not stand alone counts as a failed load', () => {
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.on('update', (update) => updates.push(update));
    write('一')(doc);
    write('二')(doc);
    const stage = stageRoom('body', null);
    joinClient(stage, 'a');
    stage.perform(stage.room.loaded({ ...EMPTY_ROOM, updates: updates.slice(1) }));
    expect(stage.closeOf('a')).toBe('storeFailed');
  });

  it('bounds what waits while the room loads', () => {
    const stage = stageRoom('body', null, { loadQueueBytes: 100 });
    const client = joinClient(stage, 'a');
    client.edit(write('字'.repeat(60)));
    expect(stage.closeOf('a')).toBe('tooFast');
  });
});

describe('joining', () => {
  it('[R9] says hello and SyncStep1 before any SyncStep2', () => {
    const stage = stageRoom();
    joinClient(stage, 'a');
    expect(stage.sentTo('a').map((message) => message.type)).toEqual(['hello', 'syncStep1', 'syncStep2']);
    expect(stage.sentTo('a')[0]).toMatchObject({
      hello: { generation: 'generation-1', personId: 'person-a', capability: 'write', documentState: 'draft' },
    });
  });

  it('[R2] answers a newcomer only when everything in the answer is durable', () => {
    const stage = stageRoom();
    const writer = joinClient(stage, 'a');
    writer.edit(write('未落盘'));
    const newcomer = joinClient(stage, 'b');
    expect(newcomer.messages('syncStep2')).toEqual([]);
    stage.commit();
    newcomer.catchUp();
    expect(wordsOf(newcomer.doc)).toBe('未落盘');
  });

  it('sends a newcomer nothing ahead of the answer it builds on', () => {
    const stage = stageRoom();
    const writer = joinClient(stage, 'a');
    writer.edit(write('一'));
    const newcomer = joinClient(stage, 'b');
    writer.edit(write('二'));
    stage.commit();
    expect(newcomer.messages('update')).toHaveLength(1);
    const types = stage.sentTo('b').map((message) => message.type);
    expect(types.indexOf('update')).toBeGreaterThan(types.indexOf('syncStep2'));
    newcomer.catchUp();
    expect(newcomer.doc.store.pendingStructs).toBeNull();
    expect(wordsOf(newcomer.doc)).toBe('一二');
  });
});

describe('edits', () => {
  it('[R2] forwards an update and echoes the barrier after it only when it is durable', () => {
    const stage = stageRoom();
    const writer = joinClient(stage, 'a');
    const other = joinClient(stage, 'b');
    writer.edit(write('一'));
    writer.barrier(7);
    expect(other.messages('update')).toEqual([]);
    expect(writer.messages('barrier')).toEqual([]);
    stage.commit();
    expect(other.messages('update')).toHaveLength(1);
    expect(writer.messages('barrier')).toEqual([{ type: 'barrier', number: 7 }]);
  });

  it('[R2] a barrier waits for the earlier appends of its session, not for those of others', () => {
    const stage = stageRoom();
    const a = joinClient(stage, 'a');
    const b = joinClient(stage, 'b');
    a.edit(write('一'));
    b.edit(write('二'));
    a.barrier(1);
    b.barrier(2);
    stage.commit(1);
    expect(a.messages('barrier')).toHaveLength(1);
    expect(b.messages('barrier')).toHaveLength(0);
    stage.commit(1);
    expect(b.messages('barrier')).toHaveLength(1);
  });

  it('[R3] an update reaches every other session in the room and never its sender', () => {
    const stage = stageRoom();
    const clients = ['a', 'b', 'c', 'd'].map((name) => joinClient(stage, name));
    const [writer, ...others] = clients;
    writer?.edit(write('一'));
    stage.commit();
    expect(writer?.messages('update')).toEqual([]);
    for (const other of others) {
      other.catchUp();
      expect(wordsOf(other.doc)).toBe('一');
    }
  });

  it('[R3] what became durable together is one frame for each session, without what it sent itself', () => {
    const stage = stageRoom();
    const [a, b, c] = ['a', 'b', 'c'].map((name) => joinClient(stage, name));
    if (a === undefined || b === undefined || c === undefined) throw new Error('three clients');
    for (const letter of '甲乙') a.edit(write(letter));
    b.edit(write('丙'));
    const late = joinClient(stage, 'late');
    late.edit(write('丁'));
    stage.commitTogether(4);
    expect(c.messages('update')).toHaveLength(1);
    expect([a, b].map((one) => one.messages('update').length)).toEqual([1, 1]);
    // Its answer held the first three and it wrote the fourth itself.
    expect(late.messages('update')).toEqual([]);
    for (const one of [a, b, c, late]) one.catchUp();
    expect(wordsOf(c.doc)).toHaveLength(4);
    for (const one of [a, b, late]) expect(wordsOf(one.doc)).toBe(wordsOf(c.doc));
    const clientsSentTo = (one: typeof a) =>
      one
        .messages('update')
        .flatMap((message) =>
          message.type === 'update' ? Y.decodeUpdate(message.update).structs.map(({ id }) => id.client) : [],
        );
    expect(clientsSentTo(a)).not.toContain(a.doc.clientID);
    expect(clientsSentTo(b)).not.toContain(b.doc.clientID);
  });

  it('[R12] an update with no effect is neither logged nor forwarded, whoever sends it', () => {
    const stage = stageRoom();
    const writer = joinClient(stage, 'a');
    writer.edit(write('一二三'));
    writer.edit((doc) => doc.getText('prose').delete(0, 1));
    stage.commit();
    const reader = joinClient(stage, 'r', { capability: 'read', role: 'observer' });
    reader.catchUp();
    const before = stage.effects.length;
    reader.send({ type: 'syncStep2', update: Y.encodeStateAsUpdate(reader.doc) });
    writer.send({ type: 'update', update: Y.encodeStateAsUpdate(writer.doc) });
    expect(stage.effects.slice(before)).toEqual([]);
    reader.barrier(1);
    expect(reader.messages('barrier')).toHaveLength(1);
  });

  it('logs and forwards only what an update really changes', () => {
    const stage = stageRoom();
    const writer = joinClient(stage, 'a');
    writer.edit(write('很长的第一段。'.repeat(50)));
    stage.commit();
    write('尾')(writer.doc);
    writer.send({ type: 'update', update: Y.encodeStateAsUpdate(writer.doc) });
    expect(stage.pending[0]?.update.length).toBeLessThan(40);
  });

  it('[R6] an edit of a session that may not write changes nothing, and its author is told', () => {
    const stage = stageRoom();
    const writer = joinClient(stage, 'a');
    const reader = joinClient(stage, 'r', { capability: 'read', role: 'observer' });
    reader.edit(write('不该有'));
    expect(stage.pending).toEqual([]);
    expect(reader.messages('refused')).toEqual([{ type: 'refused', reason: 'may-not-write' }]);
    expect(stage.closeOf('r')).toBe('editRefused');
    expect(writer.messages('update')).toEqual([]);
    expect(stage.room.sessionIds).not.toContain('r');
  });

  it('[R6] a deletion by a session that may not write is refused too, though it has no struct', () => {
    const stage = stageRoom();
    const writer = joinClient(stage, 'a');
    writer.edit(write('一二三'));
    stage.commit();
    const reader = joinClient(stage, 'r', { capability: 'read', role: 'observer' });
    reader.catchUp();
    reader.edit((doc) => doc.getText('prose').delete(0, 3));
    expect(stage.pending).toEqual([]);
    expect(stage.closeOf('r')).toBe('editRefused');
  });

  it('says kindly when the document froze, or when somebody who wrote here may not any more', () => {
    const stage = stageRoom();
    const writer = joinClient(stage, 'a', { personId: 'person-p' });
    writer.edit(write('一'));
    stage.commit();
    const frozen = joinClient(stage, 'f', { capability: 'read', documentState: 'frozen' });
    frozen.edit(write('迟到'));
    expect(frozen.messages('refused')).toEqual([{ type: 'refused', reason: 'frozen' }]);
    expect(stage.closeOf('f')).toBe('editTooLate');
    const demoted = joinClient(stage, 'd', { personId: 'person-p', capability: 'read', role: 'observer' });
    demoted.edit(write('迟到'));
    expect(stage.closeOf('d')).toBe('editTooLate');
  });

  it("[R10] a struct under another person's clientID is refused, and no other session sees it", () => {
    const stage = stageRoom();
    const victim = joinClient(stage, 'v');
    victim.edit(write('我的话'));
    stage.commit();
    const forger = joinClient(stage, 'f');
    forger.catchUp();
    forger.doc.clientID = victim.doc.clientID;
    forger.edit(write('伪造'));
    expect(stage.pending).toEqual([]);
    expect(forger.messages('refused')).toEqual([{ type: 'refused', reason: 'client-id-of-another' }]);
    expect(victim.messages('update')).toEqual([]);
  });

  it('[R10] a clientID keeps its owner over a restart and for all devices of one person', () => {
    const stored = storedWords('早先的');
    const [clientId = 0] = stored.ownersByClient.keys();
    const stage = stageRoom('body', stored);
    const same = joinClient(stage, 'same', { personId: 'person-before' });
    same.catchUp();
    same.doc.clientID = clientId;
    same.edit(write('，接着写'));
    expect(stage.pending).toHaveLength(1);
    stage.commit();
    const other = joinClient(stage, 'other');
    other.catchUp();
    other.doc.clientID = clientId;
    other.edit(write('冒充'));
    expect(stage.closeOf('other')).toBe('editRefused');
  });

  it('[R11] a refused update leaves room, log and others as they were, also when half of it is fine', () => {
    const stage = stageRoom();
    const writer = joinClient(stage, 'a');
    writer.edit(write('原文'));
    stage.commit();
    const before = stage.room.encodedState();
    const bad = joinClient(stage, 'b');
    bad.catchUp();
    bad.edit((doc) => {
      write('好的部分')(doc);
      doc.getMap('unknown').set('key', 1);
    });
    expect(bad.messages('refused')).toEqual([{ type: 'refused', reason: 'unknown-root' }]);
    expect(stage.room.encodedState()).toEqual(before);
    expect(stage.durable).toHaveLength(1);
    expect(writer.messages('update')).toEqual([]);
    writer.edit(write('，继续'));
    stage.commit();
    expect(stage.durable).toHaveLength(2);
  });
});

describe('holes', () => {
  it('[R13] asks for a resync at a gap and echoes no barrier until it is answered', () => {
    const stage = stageRoom();
    const writer = joinClient(stage, 'a');
    write('丢了')(writer.doc); // never sent
    writer.edit(write('后文'));
    writer.barrier(1);
    expect(stage.pending).toEqual([]);
    expect(writer.messages('syncStep1')).toHaveLength(2);
    expect(writer.messages('barrier')).toEqual([]);
    // The answer to the SyncStep1 of joining is on its way still and does not count.
    writer.send({ type: 'syncStep2', update: Y.encodeStateAsUpdate(new Y.Doc()) });
    expect(writer.messages('barrier')).toEqual([]);
    writer.send({ type: 'syncStep2', update: Y.encodeStateAsUpdate(writer.doc) });
    expect(writer.messages('barrier')).toEqual([]);
    stage.commit();
    expect(writer.messages('barrier')).toEqual([{ type: 'barrier', number: 1 }]);
    const reader = joinClient(stage, 'b');
    reader.catchUp();
    expect(wordsOf(reader.doc)).toBe('丢了后文');
  });

  it('[R13] a deletion of what the relay does not hold asks for a resync too', () => {
    const stage = stageRoom();
    const writer = joinClient(stage, 'a');
    write('丢了')(writer.doc);
    writer.edit((doc) => doc.getText('prose').delete(0, 1));
    writer.barrier(1);
    expect(writer.messages('syncStep1')).toHaveLength(2);
    expect(writer.messages('barrier')).toEqual([]);
  });

  it('[R13] echoes no barrier after an update was dropped', () => {
    const stage = stageRoom();
    const writer = joinClient(stage, 'a');
    writer.edit((doc) => doc.getText('prose').insert(0, '粗体', { bold: true }));
    stage.commit();
    const reader = joinClient(stage, 'r', { capability: 'read', role: 'observer' });
    reader.catchUp();
    // What a reader's Yjs may do by itself: remove formatting marks.
    reader.edit((doc) => doc.getText('prose').format(0, 2, { bold: null }));
    reader.barrier(1);
    expect(reader.messages('barrier')).toEqual([]);
    expect(stage.pending).toEqual([]);
  });

  it('gives up on a peer whose answers leave the same hole', () => {
    const stage = stageRoom();
    const writer = joinClient(stage, 'a');
    write('丢了')(writer.doc);
    const updates: Uint8Array[] = [];
    writer.doc.on('update', (update) => updates.push(update));
    write('后文')(writer.doc);
    const [hole = new Uint8Array()] = updates;
    writer.send({ type: 'update', update: hole });
    for (let n = 0; n < 8 && stage.closeOf('a') === null; n++) writer.send({ type: 'syncStep2', update: hole });
    expect(stage.closeOf('a')).toBe('malformed');
  });
});

describe('bad frames', () => {
  const frames: [string, Uint8Array][] = [
    ['nothing', new Uint8Array()],
    ['an unknown type', Uint8Array.of(77)],
    ['half a sync message', Uint8Array.of(0, 2, 200)],
    ['trailing bytes', Uint8Array.of(3, 0)],
    ['a message only the relay says', encodeMessage({ type: 'freezing' })],
    ['an update that is none', encodeMessage({ type: 'update', update: Uint8Array.of(9, 9, 9) })],
    ['a broken state vector', encodeMessage({ type: 'syncStep1', stateVector: Uint8Array.of(200, 200) })],
    ['broken presence', encodeMessage({ type: 'awareness', update: Uint8Array.of(5, 1) })],
    [
      'an update of version 2',
      encodeMessage({
        type: 'update',
        update: (() => {
          const doc = new Y.Doc();
          doc.getText('prose').insert(0, '二版');
          return Y.encodeStateAsUpdateV2(doc);
        })(),
      }),
    ],
  ];
  for (const [name, bytes] of frames) {
    it(`[R5] ${name} closes that session only`, () => {
      const stage = stageRoom();
      joinClient(stage, 'bad');
      const good = joinClient(stage, 'good');
      stage.perform(stage.room.receive('bad', bytes));
      expect(stage.closeOf('bad')).toBe('malformed');
      good.edit(write('照常'));
      good.barrier(1);
      stage.commit();
      expect(good.messages('barrier')).toHaveLength(1);
    });
  }

  it('closes what is too big or too fast', () => {
    const stage = stageRoom('body', EMPTY_ROOM, { frameBytes: 200, framesPerSecond: 1, frameBurst: 5 });
    const big = joinClient(stage, 'big');
    big.edit(write('字'.repeat(100)));
    expect(stage.closeOf('big')).toBe('tooBig');
    const fast = joinClient(stage, 'fast');
    for (let n = 0; n < 10; n++) fast.barrier(n);
    expect(stage.closeOf('fast')).toBe('tooFast');
  });

  it('limits new clientIDs of one person', () => {
    const stage = stageRoom('body', EMPTY_ROOM, { newClientIdBurst: 3 });
    const flooder = joinClient(stage, 'a');
    for (let n = 0; n < 5; n++) {
      flooder.doc.clientID = 1000 + n;
      flooder.edit(write('字'));
    }
    expect(stage.closeOf('a')).toBe('tooFast');
    expect(stage.pending).toHaveLength(3);
  });

  it('closes a room that grows over its bound as too big', () => {
    const stage = stageRoom('body', EMPTY_ROOM, { roomBytes: 500 });
    const client = joinClient(stage, 'a');
    client.edit(write('字'.repeat(300)));
    expect(stage.closeOf('a')).toBe('tooBig');
    expect(stage.pending).toEqual([]);
  });
});

describe('ends', () => {
  it('[R4] is forgotten only without sessions and after its last append has settled', () => {
    const stage = stageRoom();
    const writer = joinClient(stage, 'a');
    writer.edit(write('最后一句'));
    stage.perform(stage.room.leave('a'));
    stage.perform(stage.room.leave('watcher'));
    expect(stage.effects.some((effect) => effect.type === 'unload')).toBe(false);
    stage.commit();
    expect(stage.effects.at(-1)).toEqual({ type: 'unload' });
  });

  it('[R8] when the store fails nothing is forwarded or echoed and everybody is told to come back', () => {
    const stage = stageRoom();
    const writer = joinClient(stage, 'a');
    const other = joinClient(stage, 'b');
    writer.edit(write('落不了盘'));
    writer.barrier(1);
    stage.perform(stage.room.storeFailed());
    stage.commit();
    expect(other.messages('update')).toEqual([]);
    expect(writer.messages('barrier')).toEqual([]);
    expect(stage.closeOf('a')).toBe('storeFailed');
    expect(stage.closeOf('b')).toBe('storeFailed');
    expect(stage.effects.filter((effect) => effect.type === 'unload')).toHaveLength(1);
    expect(stage.room.join(makeSession('c'))).toEqual([{ type: 'close', sessionId: 'c', row: 'storeFailed' }]);
  });

  it('asks for a snapshot when its log has grown long, and again only when it has grown by a share of the room', () => {
    const stage = stageRoom('body', EMPTY_ROOM, { updatesPerSnapshot: 5 });
    const writer = joinClient(stage, 'a');
    const asked = () => stage.effects.filter(({ type }) => type === 'snapshot').length;
    const type = (times: number) => {
      for (let n = 0; n < times; n++) writer.edit(write(String(n % 10)));
      stage.commit();
    };
    // The first comes with the fifth at the latest: when exactly is another moment for each room.
    for (let n = 0; n < 5 && asked() === 0; n++) type(1);
    expect(asked()).toBe(1);
    writer.edit(write('一'.repeat(2_000)));
    stage.commit();
    type(4);
    expect(asked()).toBe(2);
    // A few keystrokes are little beside so many words; fifty rows are many, however short.
    type(49);
    expect(asked()).toBe(2);
    type(1);
    expect(asked()).toBe(3);
  });

  it('gives the store a snapshot that holds exactly what is durable, when everybody has gone at the latest', () => {
    const stage = stageRoom('body', EMPTY_ROOM, { updatesPerSnapshot: 50 });
    const writer = joinClient(stage, 'a');
    for (let n = 0; n < 6; n++) writer.edit(write(String(n)));
    stage.commit(5);
    for (const sessionId of ['a', 'watcher']) stage.perform(stage.room.leave(sessionId));
    expect(stage.effects.filter(({ type }) => type === 'snapshot')).toEqual([]);
    stage.commit();
    const [snapshot, unload] = stage.effects.slice(-2);
    expect([snapshot, unload]).toMatchObject([{ type: 'snapshot', seq: 6 }, { type: 'unload' }]);
    const copy = new Y.Doc();
    if (snapshot?.type === 'snapshot') {
      Y.applyUpdate(copy, snapshot.state);
      expect(snapshot.stateVector).toEqual(Y.encodeStateVector(copy));
    }
    expect(wordsOf(copy)).toBe('012345');
  });

  it('leaves the snapshot of a large room to somebody who reads the log, when it rests or has not for long', () => {
    const large = (updatesPerSnapshot = 5) =>
      stageRoom('body', EMPTY_ROOM, { updatesPerSnapshot, ownSnapshotBytes: 20 });
    const resting = large();
    const writer = joinClient(resting, 'a');
    for (let n = 0; n < 5; n++) writer.edit(write(String(n)));
    resting.commit();
    expect(resting.effects.at(-1)).toEqual({ type: 'compact' });
    const restless = large();
    const typist = joinClient(restless, 'a');
    for (let n = 0; n < 60; n++) typist.edit(write(String(n % 10)));
    restless.commit(49);
    expect(restless.effects.filter(({ type }) => type === 'compact' || type === 'snapshot')).toEqual([]);
    restless.commit(1);
    expect(restless.effects.at(-1)).toEqual({ type: 'compact' });
  });

  it('writes the snapshot of a room that never rests as of the last append it has handed over', () => {
    const stage = stageRoom('body', EMPTY_ROOM, { updatesPerSnapshot: 5 });
    const writer = joinClient(stage, 'a');
    for (let n = 0; n < 9; n++) writer.edit(write(String(n)));
    stage.commit(5);
    const snapshot = stage.effects.find((effect) => effect.type === 'snapshot');
    expect(snapshot?.seq).toBe(9);
    const copy = new Y.Doc();
    if (snapshot !== undefined) Y.applyUpdate(copy, snapshot.state);
    expect(wordsOf(copy)).toBe('012345678');
  });

  it('says when the fields of its header may have changed: not when somebody only types on', () => {
    const stage = stageRoom();
    const writer = joinClient(stage, 'a');
    writer.edit(write('一'));
    const news = (change: (doc: Y.Doc) => void) => {
      writer.edit(change);
      return stage.room.takeHeaderNews();
    };
    expect([stage.room.takeHeaderNews(), stage.room.takeHeaderNews()]).toEqual([true, false]);
    expect(news(write('二'))).toBe(false);
    expect(news((doc) => void doc.getMap('fields').set('header/title/r1', '标题'))).toBe(true);
    expect(news((doc) => void doc.getMap('fields').delete('header/title/r1'))).toBe(true);
    expect(news(write('三'))).toBe(false);
  });

  it('keeps silent lines alive', () => {
    const stage = stageRoom();
    const client = joinClient(stage, 'a');
    stage.nowMs = 20_000;
    stage.perform(stage.room.tick());
    stage.perform(stage.room.tick());
    expect(client.messages('awareness')).toHaveLength(1);
  });

  it('takes in what the store got from elsewhere, once, and tells the sessions', () => {
    const stage = stageRoom('record');
    const reader = joinClient(stage, 'a', { capability: 'read' });
    const doc = new Y.Doc();
    doc.getMap('events').set('relay/x', { type: 'frozen' });
    const update = Y.encodeStateAsUpdate(doc);
    stage.perform(stage.room.absorb(update, 1));
    stage.perform(stage.room.absorb(update, 1));
    expect(reader.messages('update')).toHaveLength(1);
  });
});

describe('freezing', () => {
  it('waits for every writer to have read the announcement and to be durable', () => {
    const stage = stageRoom();
    const a = joinClient(stage, 'a');
    const b = joinClient(stage, 'b');
    const isFlushed = () => stage.effects.some((effect) => effect.type === 'flushed');
    for (const client of [a, b]) client.send({ type: 'syncStep2', update: Y.encodeStateAsUpdate(client.doc) });
    stage.perform(stage.room.announceFreeze());
    expect(a.messages('freezing')).toHaveLength(1);
    // A barrier that was on its way before the client read the announcement does not count.
    a.barrier(1);
    a.edit(write('最后一句'));
    a.send({ type: 'syncStep2', update: Y.encodeStateAsUpdate(a.doc) });
    a.barrier(2);
    expect(isFlushed()).toBe(false);
    stage.commit();
    expect(isFlushed()).toBe(false);
    stage.perform(stage.room.leave('b'));
    expect(isFlushed()).toBe(true);
  });

  it('is over at once when nobody can write', () => {
    const stage = stageRoom();
    stage.perform(stage.room.announceFreeze());
    expect(stage.effects.at(-1)).toEqual({ type: 'flushed' });
  });
});

describe('presence', () => {
  const presence = (clientId: number, clock: number, state: unknown) => {
    const json = new TextEncoder().encode(JSON.stringify(state));
    const lengthBytes = json.length < 128 ? [json.length] : [(json.length & 127) | 128, json.length >> 7];
    return Uint8Array.of(1, clientId, clock, ...lengthBytes, ...json);
  };

  it('is stamped by the relay, waits behind the commits of its session, and goes with it', () => {
    const stage = stageRoom();
    const a = joinClient(stage, 'a');
    const b = joinClient(stage, 'b');
    a.edit(write('一'));
    a.send({ type: 'awareness', update: presence(5, 1, { caret: 1, person: { name: '冒名' } }) });
    expect(b.messages('awareness')).toEqual([]);
    stage.commit();
    const types = stage.sentTo('b').map((message) => message.type);
    expect(types.slice(-3)).toEqual(['update', 'owners', 'awareness']);
    const [message] = b.messages('awareness');
    const text = message?.type === 'awareness' ? new TextDecoder().decode(message.update) : '';
    expect(text).toContain('"name":"name of a"');
    expect(text).not.toContain('冒名');
    stage.perform(stage.room.leave('a'));
    expect(b.messages('awareness')).toHaveLength(2);
  });

  it("strips another person's entries without punishing, and shows newcomers who is here", () => {
    const stage = stageRoom();
    const a = joinClient(stage, 'a');
    const b = joinClient(stage, 'b');
    a.send({ type: 'awareness', update: presence(5, 1, { caret: 1 }) });
    b.send({ type: 'awareness', update: presence(5, 9, { caret: 99 }) });
    b.send({ type: 'awareness', update: presence(5, 10, null) });
    expect(stage.closeOf('b')).toBeNull();
    expect(a.messages('awareness')).toEqual([]);
    const newcomer = joinClient(stage, 'c');
    expect(newcomer.messages('awareness')).toHaveLength(1);
    newcomer.send({ type: 'queryAwareness' });
    expect(newcomer.messages('awareness')).toHaveLength(2);
  });

  it('leaves out what is too large, too many or too fast', () => {
    const stage = stageRoom('body', EMPTY_ROOM, { awarenessStateBytes: 50, awarenessEntriesPerSession: 2 });
    const a = joinClient(stage, 'a');
    const b = joinClient(stage, 'b');
    a.send({ type: 'awareness', update: presence(1, 1, { words: 'x'.repeat(60) }) });
    expect(b.messages('awareness')).toEqual([]);
    for (const clientId of [1, 2, 3, 4]) a.send({ type: 'awareness', update: presence(clientId, 1, {}) });
    expect(b.messages('awareness')).toHaveLength(2);
    for (let clock = 2; clock < 200; clock++) a.send({ type: 'awareness', update: presence(1, clock % 128, {}) });
    expect(b.messages('awareness').length).toBeLessThan(70);
    expect(stage.closeOf('a')).toBeNull();
  });
});

describe('privacy', () => {
  it('[P1] sends nothing to a session that has left or was closed', () => {
    const stage = stageRoom();
    const gone = joinClient(stage, 'gone');
    const writer = joinClient(stage, 'a');
    stage.perform(stage.room.expel('gone', 'rightsChanged'));
    const before = stage.sentTo('gone').length;
    writer.edit(write('之后'));
    stage.commit();
    gone.send({ type: 'syncStep1', stateVector: Uint8Array.of(0) });
    expect(stage.sentTo('gone')).toHaveLength(before);
  });

  it('[R7] a session that did not join is not listened to', () => {
    const stage = stageRoom();
    expect(stage.room.receive('stranger', encodeMessage({ type: 'queryAwareness' }))).toEqual([]);
  });
});
