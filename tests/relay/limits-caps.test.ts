/** How many sockets and rooms the real process lets somebody have, and what a reader that never reads costs and comes back to. */
import { connect as connectTcp } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { ROOM_KINDS, type RoomKind } from '../../shared/rooms.ts';
import { LIMITS } from '../../sync-server/limits.ts';
import { eventually } from '../support/eventually.ts';
import { residentBytes } from '../support/process-figures.ts';
import {
  type ApiUser,
  ask,
  type RelayProcess,
  setUpCase,
  startRelay,
  type TestCase,
} from '../support/relay-process.ts';
import { connectWire } from '../support/wire-client.ts';

const MIB = 1024 * 1024;

describe('at most', () => {
  let relay: RelayProcess;
  let house: TestCase;
  let people = 0;
  let opened: WebSocket[] = [];
  beforeAll(async () => {
    relay = await startRelay();
    house = await setUpCase(relay);
  });
  afterAll(async () => {
    await relay.stop('SIGTERM');
  });

  const addMember = () => house.addMember(`member ${++people}`, 'participant');

  /** Opens a socket and leaves it open: 'in' when the relay greets it, else the reason why not. */
  const knock = (user: ApiUser, documentId: string, room: RoomKind = 'body') =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(`${relay.origin.replace(/^http/, 'ws')}/sync/${documentId}/${room}`, {
        origin: relay.origin,
        headers: { cookie: user.cookie },
      });
      opened.push(socket);
      socket.once('message', () => resolve('in'));
      socket.once('close', (_code, reason) => resolve(reason.toString()));
    });
  const knockTimes = (count: number, user: ApiUser, documentId: string) =>
    Promise.all(Array.from({ length: count }, () => knock(user, documentId)));
  const leaveAll = async () => {
    for (const socket of opened) socket.terminate();
    opened = [];
    const isEmpty = async () =>
      (await (await ask(relay.origin, 'GET', '/metrics')).text()).includes('sockets_open 0\n');
    await eventually(async () => expect(await isEmpty()).toBe(true));
  };

  it('[R19] so many sockets of one person and in one room; who is refused may come when another has left', async () => {
    const documentId = await house.addDocument();
    const [first, second, third] = [await addMember(), await addMember(), await addMember()];
    const own = await knockTimes(LIMITS.socketsPerPerson, first, documentId);
    expect(own.every((answer) => answer === 'in')).toBe(true);
    expect(await knock(first, documentId)).toBe('too-many');
    expect((await knockTimes(200, second, documentId)).every((answer) => answer === 'in')).toBe(true);
    const rest = LIMITS.socketsPerRoom - LIMITS.socketsPerPerson - 200;
    expect((await knockTimes(rest, third, documentId)).every((answer) => answer === 'in')).toBe(true);
    expect(await knock(third, documentId)).toBe('too-many');
    expect(await knock(third, await house.addDocument())).toBe('in');
    opened[0]?.terminate();
    await eventually(async () => expect(await knock(third, documentId)).toBe('in'));
    await leaveAll();
  });

  it('[R19] so many rooms of one person, whichever they are', async () => {
    const member = await addMember();
    const answers: string[] = [];
    for (let n = 0; n <= LIMITS.roomsPerPerson / ROOM_KINDS.length; n++) {
      const documentId = await house.addDocument();
      for (const room of ROOM_KINDS) answers.push(await knock(member, documentId, room));
    }
    expect(answers.slice(0, LIMITS.roomsPerPerson).every((answer) => answer === 'in')).toBe(true);
    expect(new Set(answers.slice(LIMITS.roomsPerPerson))).toEqual(new Set(['too-many']));
    await leaveAll();
  });

  it('[R19] 4 MiB wait for a reader that never reads; then it is dropped, and finds everything when it comes back', async () => {
    const documentId = await house.addDocument();
    const address = { documentId, room: 'body' as const };
    const reader = await addMember();
    const writer = connectWire({ origin: relay.origin, address, cookie: house.administrator.cookie });
    await writer.synced();
    // Joins and asks for all, as every client does; then it reads no byte more.
    const socket = connectTcp({ port: Number(new URL(relay.origin).port), host: '127.0.0.1' });
    socket.on('error', () => undefined);
    socket.write(
      `GET /sync/${documentId}/body HTTP/1.1\r\nHost: relay\r\nOrigin: ${relay.origin}\r\nCookie: ${reader.cookie}\r\n` +
        'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n' +
        'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    );
    await new Promise((resolve) => socket.once('readable', resolve));
    socket.write(Buffer.from([0x82, 0x84, 0, 0, 0, 0, 0, 0, 1, 0]));
    const before = residentBytes(relay.pid);
    const isDropped = async () =>
      (await (await ask(relay.origin, 'GET', '/metrics')).text()).includes('concord_closed_total{reason="too-slow"} 1');
    let words = 0;
    for (; words < 400 && !(await isDropped()); words++) {
      writer.doc.getText('prose').insert(0, `${words}`.padEnd(64 * 1024, '字'));
      await writer.saved();
    }
    const sent = (words * 64 * 1024 * 3) / MIB;
    expect(await isDropped()).toBe(true);
    expect(writer.closed).toBeNull();
    // What the kernel holds on its way is not the relay's; Linux lets one line have some MiB.
    expect(sent).toBeLessThan(24);
    expect(residentBytes(relay.pid) - before).toBeLessThan(100 * MIB);
    const again = connectWire({ origin: relay.origin, address, cookie: reader.cookie });
    await again.synced();
    expect(again.doc.getText('prose').toString()).toBe(writer.doc.getText('prose').toString());
    for (const client of [writer, again]) client.cut();
    socket.destroy();
  });
});
