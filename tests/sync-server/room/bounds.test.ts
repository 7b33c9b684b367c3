/** What one session may make the room keep, compute or repeat, beside the plain rates. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { encodeMessage } from '../../../shared/wire/messages.ts';
import { TokenBucket } from '../../../sync-server/room/token-bucket.ts';
import { handMade } from '../gate/hand-made.ts';
import { joinClient, makeSession, stageRoom } from './room-stage.ts';

describe('one session', () => {
  it('cannot fill the memory with empty frames while the room loads', () => {
    const stage = stageRoom('body', null, { loadQueueBytes: 1_000 });
    stage.perform(stage.room.join(makeSession('a')));
    for (let n = 0; n < 100; n++) stage.perform(stage.room.receive('a', new Uint8Array()));
    expect(stage.closeOf('a')).toBe('tooFast');
  });

  it('does not have others pay for what it sent while the room loads, here or gone', () => {
    const stage = stageRoom('body', null, { loadQueueBytes: 1_000 });
    for (const sessionId of ['flooder', 'gone', 'honest']) stage.perform(stage.room.join(makeSession(sessionId)));
    for (let n = 0; n < 10; n++) stage.perform(stage.room.receive('gone', new Uint8Array()));
    stage.perform(stage.room.leave('gone'));
    for (let n = 0; n < 100; n++) stage.perform(stage.room.receive('flooder', new Uint8Array()));
    stage.perform(stage.room.receive('honest', new Uint8Array(500)));
    expect([stage.closeOf('flooder'), stage.closeOf('honest')]).toEqual(['tooFast', null]);
  });

  it('has one answer kept for it however often it asks while a commit is under way, and lacks nothing afterwards', () => {
    const stage = stageRoom();
    const writer = joinClient(stage, 'a');
    const asking = joinClient(stage, 'b');
    const before = asking.messages('syncStep2').length;
    writer.edit((doc) => doc.getText('prose').insert(0, '一'));
    const nothing = Y.encodeStateVector(new Y.Doc());
    for (let n = 0; n < 20; n++) asking.send({ type: 'syncStep1', stateVector: nothing });
    writer.edit((doc) => doc.getText('prose').insert(1, '二'));
    expect(asking.messages('syncStep2').length).toBe(before);
    stage.commit();
    const answers = asking.messages('syncStep2');
    expect(answers.length).toBe(before + 1);
    const copy = new Y.Doc();
    for (const message of [...answers, ...asking.messages('update')])
      if ('update' in message) Y.applyUpdate(copy, message.update);
    expect(copy.getText('prose').toString()).toBe('一二');
    expect(stage.closeOf('b')).toBeNull();
  });

  it('cannot have everybody’s presence repeated without end', () => {
    const stage = stageRoom('body', undefined, { awarenessBurst: 5 });
    const shown = joinClient(stage, 'a');
    const asking = joinClient(stage, 'b');
    const state = new TextEncoder().encode('{}');
    shown.send({ type: 'awareness', update: Uint8Array.of(1, 7, 0, state.length, ...state) });
    const before = asking.messages('awareness').length;
    for (let n = 0; n < 100; n++) asking.send({ type: 'queryAwareness' });
    expect(asking.messages('awareness').length - before).toBe(5);
    expect(stage.closeOf('b')).toBeNull();
  });

  it('[R19] has only so many bytes of its presence told to everybody, however many sessions of the person send them', () => {
    const stage = stageRoom('body', undefined, { awarenessBytesPerSecond: 100, awarenessByteBurst: 1_000 });
    const shown = joinClient(stage, 'a');
    for (let n = 0; n < 5; n++) {
      const sender = joinClient(stage, `flooder ${n}`, { personId: 'flooder' });
      const state = new TextEncoder().encode(JSON.stringify({ text: 'x'.repeat(200) }));
      const length = [(state.length % 128) + 128, Math.floor(state.length / 128)];
      sender.send({ type: 'awareness', update: Uint8Array.of(1, n + 1, 0, ...length, ...state) });
    }
    const heard = shown.messages('awareness').length;
    expect(heard).toBeGreaterThan(0);
    expect(heard).toBeLessThan(5);
    expect(stage.closeOf('flooder 4')).toBeNull();
  });

  it('[R19] pays for whole answers from what all sessions of the person have together', () => {
    const stage = stageRoom();
    const writer = joinClient(stage, 'writer');
    writer.edit((doc) => doc.getText('prose').insert(0, 'x'.repeat(8_000)));
    stage.commit();
    const work = new TokenBucket(1, 3_000, 0);
    const nothing = Y.encodeStateVector(new Y.Doc());
    for (const id of ['one', 'two', 'three', 'four']) {
      stage.perform(stage.room.join(makeSession(id, { personId: 'asker' }), { work }));
      stage.perform(stage.room.receive(id, encodeMessage({ type: 'syncStep1', stateVector: nothing })));
    }
    expect(['one', 'two', 'three', 'four'].map((id) => stage.closeOf(id))).toEqual([null, null, 'tooFast', 'tooFast']);
  });

  it('[R19] is not answered again while the line has not taken the last answer, but asked in return', () => {
    const stage = stageRoom();
    const line = { isAnswering: false };
    stage.perform(stage.room.join(makeSession('slow'), line));
    const ask = () => {
      const before = stage.sentTo('slow').length;
      stage.perform(
        stage.room.receive('slow', encodeMessage({ type: 'syncStep1', stateVector: Y.encodeStateVector(new Y.Doc()) })),
      );
      return stage
        .sentTo('slow')
        .slice(before)
        .map(({ type }) => type);
    };
    expect(ask()).toEqual(['syncStep2']);
    line.isAnswering = true;
    expect(ask()).toEqual(['syncStep1']);
    line.isAnswering = false;
    expect(ask()).toEqual(['syncStep1', 'syncStep2']);
  });

  it('cannot have barriers kept without end while it owes a resync', () => {
    const stage = stageRoom('body', undefined, { heldBarriers: 10 });
    const client = joinClient(stage, 'a');
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.getText('prose').insert(0, '一');
    doc.on('update', (update) => updates.push(update));
    doc.getText('prose').insert(1, '二');
    for (const update of updates) client.send({ type: 'update', update });
    for (let n = 0; n < 11; n++) client.barrier(n);
    expect(client.messages('barrier')).toEqual([]);
    expect(stage.closeOf('a')).toBe('tooFast');
  });

  it('[R5] cannot ask with a state vector larger than any room has', () => {
    const stage = stageRoom('body', undefined, { stateVectorBytes: 20 });
    const client = joinClient(stage, 'a');
    client.send({ type: 'syncStep1', stateVector: new Uint8Array(21) });
    expect(stage.closeOf('a')).toBe('malformed');
  });
});

describe('the size of a room', () => {
  it('is measured before anybody is refused: what was deleted does not count', () => {
    const stage = stageRoom('body', undefined, { roomBytes: 1_000 });
    const client = joinClient(stage, 'a');
    for (let n = 0; n < 20; n++) {
      client.edit((doc) => doc.getText('prose').insert(0, 'x'.repeat(300)));
      client.edit((doc) => doc.getText('prose').delete(0, 300));
    }
    expect(stage.closeOf('a')).toBeNull();
    client.edit((doc) => doc.getText('prose').insert(0, 'x'.repeat(1_000)));
    expect(stage.closeOf('a')).toBe('tooBig');
  });

  it('[R17] is closed when its small frames make the room look at very many structs, and others go on', () => {
    const source = new Y.Doc();
    const prose = source.getText('prose');
    for (let n = 0; n < 1_000; n++) prose.insert(0, '字');
    const { clientID } = source;
    const stage = stageRoom(
      'body',
      {
        updates: [Y.encodeStateAsUpdate(source)],
        ownersByClient: new Map([[clientID, 'somebody']]),
        lastSeq: 1,
        updatesSinceSnapshot: 1,
      },
      { workBurst: 10_000, workPerSecond: 1_000 },
    );
    const flooder = joinClient(stage, 'flooder', { capability: 'read' });
    const honest = joinClient(stage, 'honest');
    honest.catchUp();
    honest.edit((doc) => doc.getText('prose').delete(0, 1_000));
    stage.commit();
    // Deletes what is deleted: no effect, but every struct is looked at.
    const update = handMade([], [[clientID, 0, 1_000]]);
    let sent = 0;
    while (stage.closeOf('flooder') === null && sent < 100) {
      flooder.send({ type: 'update', update });
      sent++;
    }
    expect(stage.closeOf('flooder')).toBe('tooFast');
    expect(sent).toBeLessThan(12);
    honest.edit((doc) => doc.getText('prose').insert(0, '继续'));
    stage.commit();
    expect(stage.closeOf('honest')).toBeNull();
    // At the pace of the limit the same is welcome.
    const calm = joinClient(stage, 'calm', { capability: 'read' });
    for (let n = 0; n < 30; n++) {
      stage.nowMs += 2_000;
      calm.send({ type: 'update', update });
    }
    expect(stage.closeOf('calm')).toBeNull();
  });
});
