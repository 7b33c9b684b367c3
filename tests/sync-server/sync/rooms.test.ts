/** The open rooms on a real store: one load for all, failure and recovery, slow readers, too much at once. */
import { describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import type { CloseName } from '../../../shared/close-codes.ts';
import { type RoomAddress, roomKey } from '../../../shared/rooms.ts';
import { decodeMessage, encodeMessage, type Message } from '../../../shared/wire/messages.ts';
import { LIMITS, type Limits } from '../../../sync-server/limits.ts';
import { createLog } from '../../../sync-server/log.ts';
import { type Meter, NO_METER } from '../../../sync-server/operation/meter-contract.ts';
import type { WriteRequest } from '../../../sync-server/store/requests.ts';
import type { Writer } from '../../../sync-server/store/writer.ts';
import type { OpenRoom } from '../../../sync-server/sync/open-room.ts';
import type { Link } from '../../../sync-server/sync/room-lines.ts';
import { Rooms } from '../../../sync-server/sync/rooms.ts';
import { eventually } from '../../support/eventually.ts';
import { TEST_KEY } from '../../support/test-key.ts';
import { makeSession } from '../room/room-stage.ts';
import { stageStore, uuid } from '../store/store-stage.ts';

const ADDRESS: RoomAddress = { documentId: uuid(4, 1), room: 'body' };

function openHouse(limits: Partial<Limits> = {}, meter: Meter = NO_METER) {
  const stage = stageStore();
  const trouble = { isDiskFull: false, isBehind: false };
  const clock = { nowMs: 0 };
  const requests: WriteRequest[] = [];
  const writer: Writer = {
    append: (one) => {
      const { room, update, author, carrier, agencyId, role, connection, newClientIds } = one;
      const row = { room, update, author, carrier, agencyId, role, connection, newClientIds };
      void writer.write({ kind: 'append', ...row }).then((reply) => {
        if (reply.kind === 'appended') one.durable();
        else one.failed(reply.kind === 'failed' ? reply.message : reply.kind);
      });
    },
    isBehind: () => trouble.isBehind,
    write: async (request) => {
      requests.push(request);
      if (trouble.isDiskFull && request.kind === 'append') return { kind: 'failed', of: 'store', message: 'disk full' };
      return stage.at(0, request);
    },
    trouble: null,
    close: async () => undefined,
  };
  const rooms = new Rooms({
    writer,
    reader: stage.reader,
    generation: 'g',
    signingKey: TEST_KEY,
    observedRules: new Set(),
    limits: { ...LIMITS, ...limits },
    now: () => clock.nowMs,
    log: createLog('silent'),
    onCommitted: () => undefined,
    meter,
    compact: () => undefined,
  });
  const join = (sessionId: string, address = ADDRESS) => {
    const doc = new Y.Doc();
    const link = {
      sent: [] as Message[],
      closed: null as CloseName | null,
      isPaused: false,
      bufferedBytes: 0,
      breaks: false,
    };
    const line: Link<OpenRoom> = {
      room: null,
      largestBytes: 0,
      send: (bytes) => {
        if (link.breaks) throw new Error('a bug');
        const decoded = decodeMessage(bytes);
        if (decoded.ok) link.sent.push(decoded.message);
      },
      close: (row) => {
        link.closed = row;
      },
      get bufferedBytes() {
        return link.bufferedBytes;
      },
      pause: () => {
        link.isPaused = true;
      },
      resume: () => {
        link.isPaused = false;
      },
    };
    rooms.enter(address, makeSession(sessionId, { wireVersion: null }), line);
    const sayBytes = (bytes: Uint8Array) => rooms.receive(line, sessionId, bytes);
    const say = (message: Message) => sayBytes(encodeMessage(message));
    say({ type: 'syncStep1', stateVector: Y.encodeStateVector(doc) });
    doc.on('update', (update) => say({ type: 'update', update }));
    const has = (type: Message['type']) => link.sent.some((message) => message.type === type);
    return { doc, link, say, sayBytes, has };
  };
  return { rooms, join, trouble, clock, requests, stage };
}

/** So long that a room parks in which nothing is under way. */
function rest(rooms: Rooms, clock: { nowMs: number }): void {
  rooms.tick();
  clock.nowMs += LIMITS.parkMs;
  rooms.tick();
}

describe('open rooms', () => {
  it('[R1] load a room once for everybody who comes at the same time', async () => {
    const { rooms, join, requests } = openHouse();
    const people = ['a', 'b', 'c'].map((sessionId) => join(sessionId));
    await eventually(() => expect(people.every((person) => person.has('syncStep2'))).toBe(true));
    expect(requests.filter((request) => request.kind === 'settle')).toHaveLength(1);
    expect(rooms.countIn(ADDRESS)).toBe(3);
  });

  it('count each update with its size and the time until it was durable, and that one was not', async () => {
    const counted: unknown[] = [];
    const { join, trouble, clock } = openHouse(
      {},
      {
        ...NO_METER,
        wrote: (...what) => counted.push(what),
        updateStored: (bytes) => counted.push(bytes),
        echoed: (seconds) => counted.push(seconds),
      },
    );
    const writer = join('a');
    await eventually(() => expect(writer.has('syncStep2')).toBe(true));
    writer.doc.getText('prose').insert(0, '写');
    clock.nowMs += 20;
    const bytes = Y.encodeStateAsUpdate(writer.doc).length;
    await eventually(() => expect(counted).toEqual([['append', true, 0.02], bytes, 0.02]));
    trouble.isDiskFull = true;
    writer.doc.getText('prose').insert(1, '下');
    await eventually(() => expect(counted.slice(3)).toEqual([['append', false, 0]]));
  });

  it('[R4] forget a room when the last has left, and give it back whole', async () => {
    const { rooms, join } = openHouse();
    const first = join('a');
    await eventually(() => expect(first.has('syncStep2')).toBe(true));
    first.doc.getText('prose').insert(0, '写下的');
    rooms.leave('a');
    await eventually(() => expect(rooms.openCount).toBe(0));
    const second = join('b');
    await eventually(() => expect(second.has('syncStep2')).toBe(true));
    const copy = new Y.Doc();
    for (const message of second.link.sent) if (message.type === 'syncStep2') Y.applyUpdate(copy, message.update);
    expect(copy.getText('prose').toString()).toBe('写下的');
  });

  it('[R14] a room that is not what was written is refused and named, and the others go on', async () => {
    const { rooms, join, stage } = openHouse();
    const writer = join('a');
    await eventually(() => expect(writer.has('syncStep2')).toBe(true));
    writer.doc.getText('prose').insert(0, '写下的');
    rooms.leave('a');
    await eventually(() => expect(rooms.openCount).toBe(0));
    stage.db.exec("UPDATE log SET payload = x'0000'");
    const damaged = join('b');
    const other = join('c', { documentId: uuid(4, 2), room: 'body' });
    await eventually(() => expect(damaged.link.closed).toBe('storeFailed'));
    await eventually(() => expect(other.has('syncStep2')).toBe(true));
    expect(damaged.has('syncStep2')).toBe(false);
    expect(other.link.closed).toBeNull();
    expect(rooms.damaged).toEqual([roomKey(ADDRESS)]);
  });

  it('[R8] when the disk is full nobody is told "saved", everybody comes back, and then nothing is missing', async () => {
    const { rooms, join, trouble } = openHouse();
    const writer = join('a');
    const other = join('b');
    await eventually(() => expect(writer.has('syncStep2') && other.has('syncStep2')).toBe(true));
    trouble.isDiskFull = true;
    writer.doc.getText('prose').insert(0, '没有落盘');
    writer.say({ type: 'barrier', number: 1 });
    await eventually(() => expect(writer.link.closed).toBe('storeFailed'));
    expect(other.link.closed).toBe('storeFailed');
    expect(writer.has('barrier') || other.has('update')).toBe(false);
    expect(rooms.openCount).toBe(0);

    trouble.isDiskFull = false;
    const again = join('a2');
    await eventually(() => expect(again.has('syncStep2')).toBe(true));
    // The replica still has its words and hands them in, as every reconnecting client does.
    again.say({ type: 'syncStep2', update: Y.encodeStateAsUpdate(writer.doc) });
    again.say({ type: 'barrier', number: 2 });
    await eventually(() => expect(again.has('barrier')).toBe(true));
  });

  it('[R22] read a parked room when somebody writes in it, once, and everybody has every word', async () => {
    const { rooms, join, clock, stage } = openHouse();
    const [a, b] = [join('a'), join('b')];
    await eventually(() => expect(a.has('syncStep2') && b.has('syncStep2')).toBe(true));
    a.doc.getText('prose').insert(0, '先写的');
    await eventually(() => expect(b.has('update')).toBe(true));
    const loads = vi.spyOn(stage.reader, 'loadRoom');
    rest(rooms, clock);
    expect([rooms.openCount, rooms.parkedCount]).toEqual([1, 1]);
    expect(rooms.header(ADDRESS)).toBeNull();
    b.doc.getText('prose').insert(0, '后写的');
    b.doc.getText('prose').insert(0, '再写的');
    b.say({ type: 'barrier', number: 7 });
    expect(b.has('barrier')).toBe(false);
    await eventually(() => expect(b.has('barrier')).toBe(true));
    expect(loads).toHaveBeenCalledTimes(1);
    for (const message of a.link.sent) if (message.type === 'update') Y.applyUpdate(a.doc, message.update);
    const words = a.doc.getText('prose').toString();
    for (const each of ['先写的', '后写的', '再写的']) expect(words).toContain(each);
    rest(rooms, clock);
    const late = join('c');
    await eventually(() => expect(late.has('syncStep2')).toBe(true));
    for (const message of late.link.sent) if (message.type === 'syncStep2') Y.applyUpdate(late.doc, message.update);
    expect(late.doc.getText('prose').toString()).toBe(words);
    expect([a, b].every(({ link }) => link.closed === null)).toBe(true);
  });

  it('[R22] [R14] a parked room that is not what was written any more is refused when it is read again', async () => {
    const { rooms, join, clock, stage } = openHouse();
    const [a, b] = [join('a'), join('b')];
    await eventually(() => expect(a.has('syncStep2') && b.has('syncStep2')).toBe(true));
    a.doc.getText('prose').insert(0, '写下的');
    await eventually(() => expect(b.has('update')).toBe(true));
    rest(rooms, clock);
    stage.db.exec("UPDATE log SET payload = x'0000'");
    b.doc.getText('prose').insert(0, '又');
    expect([a.link.closed, b.link.closed]).toEqual(['storeFailed', 'storeFailed']);
    expect(rooms.damaged).toEqual([roomKey(ADDRESS)]);
    expect(rooms.openCount).toBe(0);
  });

  it('drop a reader that lets answers pile up, and nobody else', async () => {
    const { join } = openHouse();
    const writer = join('a');
    const slow = join('slow');
    await eventually(() => expect(writer.has('syncStep2') && slow.has('syncStep2')).toBe(true));
    slow.link.bufferedBytes = LIMITS.outboundBytes * 2;
    writer.doc.getText('prose').insert(0, '一');
    await eventually(() => expect(slow.link.closed).toBe('tooSlow'));
    expect(writer.link.closed).toBeNull();
  });

  it('let a slow reader finish one large answer while others write, but not gather more', async () => {
    const { join } = openHouse({ outboundBytes: 200 });
    const writer = join('a');
    await eventually(() => expect(writer.has('syncStep2')).toBe(true));
    writer.doc.getText('prose').insert(0, '长'.repeat(5_000));
    writer.say({ type: 'barrier', number: 1 });
    await eventually(() => expect(writer.has('barrier')).toBe(true));
    const slow = join('slow');
    await eventually(() => expect(slow.has('syncStep2')).toBe(true));
    const updates = () => slow.link.sent.filter((message) => message.type === 'update').length;
    slow.link.bufferedBytes = 14_000;
    writer.doc.getText('prose').insert(0, '一');
    await eventually(() => expect(updates()).toBe(1));
    expect(slow.link.closed).toBeNull();
    slow.link.bufferedBytes = 16_000;
    writer.doc.getText('prose').insert(0, '二');
    await eventually(() => expect(slow.link.closed).toBe('tooSlow'));
  });

  it('[R19] let no more wait for a reader than the bound when no single answer is larger', async () => {
    const { join } = openHouse({ outboundBytes: 10_000 });
    const writer = join('a');
    const slow = join('slow');
    await eventually(() => expect(slow.has('syncStep2')).toBe(true));
    const write = () => writer.doc.getText('prose').insert(0, '长'.repeat(1_000));
    const updates = () => slow.link.sent.filter((message) => message.type === 'update').length;
    slow.link.bufferedBytes = 6_900;
    write();
    await eventually(() => expect(updates()).toBe(1));
    slow.link.bufferedBytes = 7_000;
    write();
    await eventually(() => expect(slow.link.closed).toBe('tooSlow'));
    expect(updates()).toBe(1);
  });

  it('[R5] a frame that a room cannot digest ends that room, not the process', async () => {
    const { join } = openHouse();
    const sender = join('a');
    await eventually(() => expect(sender.has('syncStep2')).toBe(true));
    // A frame whose bytes cannot be read at all stands for any bug behind the socket.
    sender.sayBytes(
      new Proxy(new Uint8Array(3), {
        get: () => {
          throw new Error('bug');
        },
      }),
    );
    expect(sender.link.closed).toBe('storeFailed');
    const again = join('a2');
    await eventually(() => expect(again.has('syncStep2')).toBe(true));
  });

  it('stop reading a room while too much is on its way to the disk', async () => {
    const { join } = openHouse({ pendingAppends: 4 });
    const writer = join('a');
    await eventually(() => expect(writer.has('syncStep2')).toBe(true));
    for (let n = 0; n < 8; n++) writer.doc.getText('prose').insert(0, '字');
    expect(writer.link.isPaused).toBe(true);
    await eventually(() => expect(writer.link.isPaused).toBe(false));
  });

  it('are looked after a part at a time, each once in a round', async () => {
    const { rooms, join, clock } = openHouse();
    const people = [1, 2, 3, 4, 5].map((n) => join(`s${n}`, { documentId: uuid(4, n), room: 'body' }));
    await eventually(() => expect(people.every(({ has }) => has('syncStep2'))).toBe(true));
    clock.nowMs = LIMITS.keepaliveMs;
    const kept = () => people.map(({ link }) => link.sent.filter(({ type }) => type === 'awareness').length);
    const sums: number[] = [];
    for (let index = 0; index < 3; index++) {
      rooms.tick({ index, of: 3 });
      sums.push(kept().reduce((sum, count) => sum + count));
    }
    expect(sums).toEqual([1, 3, 5]);
    expect(kept()).toEqual([1, 1, 1, 1, 1]);
  });

  it('[R5] end the life of the room in which a bug shows itself, whatever set it off, and no other', async () => {
    const { rooms, join, clock } = openHouse();
    const here = join('a');
    const elsewhere = join('b', { documentId: uuid(4, 2), room: 'body' });
    await eventually(() => expect(here.has('syncStep2') && elsewhere.has('syncStep2')).toBe(true));
    here.link.breaks = true;
    clock.nowMs = 10 * 60_000;
    expect(() => rooms.tick()).not.toThrow();
    expect(here.link.closed).toBe('storeFailed');
    expect(elsewhere.link.closed).toBeNull();
    const again = join('c');
    await eventually(() => expect(again.has('syncStep2')).toBe(true));
  });
});
