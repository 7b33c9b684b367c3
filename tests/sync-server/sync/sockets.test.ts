/** The door, with real sockets and rooms that are none: who is let in, and what is done for those who knock and who have gone. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { type RoomAddress, roomKey } from '../../../shared/rooms.ts';
import { encodeMessage } from '../../../shared/wire/messages.ts';
import type { Accounts } from '../../../sync-server/accounts/accounts.ts';
import { sessionCookie } from '../../../sync-server/accounts/cookie.ts';
import { LIMITS } from '../../../sync-server/limits.ts';
import { createLog } from '../../../sync-server/log.ts';
import { NO_METER } from '../../../sync-server/operation/meter-contract.ts';
import type { StoreReader } from '../../../sync-server/store/reader.ts';
import type { Rooms } from '../../../sync-server/sync/rooms.ts';
import { Sockets, type SocketsOptions } from '../../../sync-server/sync/sockets.ts';
import { eventually } from '../../support/eventually.ts';
import { uuid } from '../store/store-stage.ts';

const ORIGIN = 'http://concord.test';
const PERSON = uuid(1, 1);
const COOKIE = sessionCookie('known', false).split(';')[0];

const standing = {
  documentId: uuid(4, 1),
  caseId: uuid(3, 1),
  audience: 'joint',
  audienceAgencyId: null,
  state: 'draft',
  member: { role: 'participant', agencyId: uuid(2, 1), agencyName: 'A', isRemoved: false },
};

/** Who is at the door is known by their cookie; nobody without one. */
function stageDoor(changed: Partial<SocketsOptions> = {}) {
  const received: [string, number][] = [];
  const left: string[] = [];
  let sessions = 0;
  const sockets = new Sockets({
    accounts: {
      session: (token: string | undefined) =>
        token === undefined ? null : { personId: PERSON, tokenHash: token, expiresAtMs: Number.POSITIVE_INFINITY },
    } as unknown as Accounts,
    reader: { standing: () => standing, person: () => ({ name: '甲' }) } as unknown as StoreReader,
    rooms: {
      countIn: () => 0,
      addressLike: (address: RoomAddress) => address,
      enter: (address: RoomAddress) => roomKey(address),
      receive: (_line: unknown, sessionId: string, bytes: Uint8Array) => received.push([sessionId, bytes[1] ?? -1]),
      leave: (sessionId: string) => left.push(sessionId),
    } as unknown as Rooms,
    limits: LIMITS,
    log: createLog('silent'),
    generation: 'g',
    recovery: null,
    minProseVersion: 1,
    origin: () => ORIGIN,
    now: () => performance.now(),
    clock: () => performance.now(),
    newSessionId: () => `s${++sessions}`,
    sealing: new Set(),
    meter: NO_METER,
    ...changed,
  });
  return { sockets, received, left };
}

async function listen(sockets: Sockets): Promise<(cookie?: string) => WebSocket> {
  const server = createServer().on('upgrade', sockets.upgrade).listen(0, '127.0.0.1');
  const clients: WebSocket[] = [];
  onTestFinished(() => {
    for (const client of clients) client.terminate();
    server.close();
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return (cookie) => {
    const client = new WebSocket(`ws://127.0.0.1:${port}/sync/${standing.documentId}/body`, {
      origin: ORIGIN,
      headers: cookie === undefined ? {} : { cookie },
    });
    client.on('error', () => undefined);
    clients.push(client);
    return client;
  };
}

describe('the door', () => {
  /** How a socket ends when this part of the store cannot be read. */
  const knock = async (broken: 'session' | 'standing' | 'person') => {
    const breaks = (part: string) => {
      if (part === broken) throw new Error('disk I/O error');
    };
    const { sockets } = stageDoor({
      accounts: {
        session: () => {
          breaks('session');
          return { personId: PERSON, tokenHash: 'h', expiresAtMs: Number.POSITIVE_INFINITY };
        },
      } as unknown as Accounts,
      reader: {
        standing: () => {
          breaks('standing');
          return standing;
        },
        person: () => {
          breaks('person');
          return { name: '甲' };
        },
      } as unknown as StoreReader,
    });
    const connect = await listen(sockets);
    const [code, reason] = (await once(connect(), 'close')) as [number, Buffer];
    return { code, reason: reason.toString(), isInside: sockets.count > 0 };
  };

  it('says "try later" when the store cannot be read, whatever it was read for, and keeps nobody half inside', async () => {
    for (const part of ['session', 'standing', 'person'] as const) {
      expect(await knock(part)).toEqual({ code: 4503, reason: 'store-failed', isInside: false });
    }
  });

  it('[R19] refuses strangers in one share of the time, and the rest of them without a word', async () => {
    let nowMs = 0;
    const { sockets, received } = stageDoor({
      // Everything takes a while, and whoever has spent their time rests for hours.
      clock: () => (nowMs += 10),
      limits: { ...LIMITS, timeBurst: 0, timePerSecond: 0.001, companyMs: 1_000_000, refusedSockets: 2 },
    });
    const connect = await listen(sockets);
    const known = connect(COOKIE);
    await once(known, 'open');
    // Somebody is at work.
    known.send(Uint8Array.of(1, 0));
    await eventually(() => expect(received).toHaveLength(1));
    expect(await once(connect(), 'close')).toEqual([4401, Buffer.from('sign-in')]);
    const ends: number[] = [];
    for (let n = 0; n < 3; n++) connect().on('close', (code) => ends.push(code));
    await eventually(() => expect(ends).toEqual([1006]));
    expect(known.readyState).toBe(WebSocket.OPEN);
  });

  it('[R21] takes what somebody wrote who has gone before it was read, and answers nothing of what they asked', async () => {
    const { sockets, received, left } = stageDoor({
      limits: { ...LIMITS, messageBurstPerPerson: 2, messagesPerPersonPerSecond: 50 },
    });
    const socket = (await listen(sockets))(COOKIE);
    await once(socket, 'open');
    for (let n = 0; n < 10; n++) socket.send(encodeMessage({ type: 'syncStep1', stateVector: Uint8Array.of(0) }));
    socket.send(encodeMessage({ type: 'update', update: Uint8Array.of(0, 0) }));
    socket.terminate();
    await eventually(() => expect(left).toEqual(['s1']));
    // The first two came before anything held them back.
    expect(received.map(([, step]) => step)).toEqual([0, 0, 2]);
  });
});
