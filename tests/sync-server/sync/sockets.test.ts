/** The door when the store cannot be read: whoever comes hears "try later", and the process goes on. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Accounts } from '../../../sync-server/accounts/accounts.ts';
import { LIMITS } from '../../../sync-server/limits.ts';
import { createLog } from '../../../sync-server/log.ts';
import { NO_METER } from '../../../sync-server/operation/meter-contract.ts';
import type { StoreReader } from '../../../sync-server/store/reader.ts';
import type { Rooms } from '../../../sync-server/sync/rooms.ts';
import { Sockets } from '../../../sync-server/sync/sockets.ts';
import { uuid } from '../store/store-stage.ts';

const ORIGIN = 'http://concord.test';
const PERSON = uuid(1, 1);

const standing = {
  documentId: uuid(4, 1),
  caseId: uuid(3, 1),
  audience: 'joint',
  audienceAgencyId: null,
  state: 'draft',
  member: { role: 'participant', agencyId: uuid(2, 1), agencyName: 'A', isRemoved: false },
};

describe('the door', () => {
  const ends: (() => void)[] = [];
  afterEach(() => {
    for (const end of ends.splice(0)) end();
  });

  /** How a socket ends when this part of the store cannot be read. */
  const knock = async (broken: 'session' | 'standing' | 'person') => {
    const breaks = (part: string) => {
      if (part === broken) throw new Error('disk I/O error');
    };
    const sockets = new Sockets({
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
      rooms: { countIn: () => 0 } as unknown as Rooms,
      limits: LIMITS,
      log: createLog('silent'),
      generation: 'g',
      recovery: null,
      minProseVersion: 1,
      origin: () => ORIGIN,
      now: () => 0,
      clock: () => 0,
      newSessionId: () => 's',
      sealing: new Set(),
      meter: NO_METER,
    });
    const server = createServer().on('upgrade', sockets.upgrade).listen(0, '127.0.0.1');
    ends.push(() => server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/sync/${standing.documentId}/body`, { origin: ORIGIN });
    const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
    return { code, reason: reason.toString(), isInside: sockets.count > 0 };
  };

  it('says "try later" when the store cannot be read, whatever it was read for, and keeps nobody half inside', async () => {
    for (const part of ['session', 'standing', 'person'] as const) {
      expect(await knock(part)).toEqual({ code: 4503, reason: 'store-failed', isInside: false });
    }
  });
});
