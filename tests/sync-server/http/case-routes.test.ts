/** How many commands one person may give: beyond it they wait, unread, and nobody else does. */
import { expect, it } from 'vitest';
import type { Accounts } from '../../../sync-server/accounts/accounts.ts';
import type { CommandDesk } from '../../../sync-server/commands/command-desk.ts';
import { caseRoutes } from '../../../sync-server/http/case-routes.ts';
import { createHttpServer } from '../../../sync-server/http/server.ts';
import { LIMITS } from '../../../sync-server/limits.ts';
import { createLog } from '../../../sync-server/log.ts';
import type { StoreReader } from '../../../sync-server/store/reader.ts';
import { uuid } from '../store/store-stage.ts';

it('[R19] commands of one person are read at a bounded pace, over all the ways to give one', async () => {
  const limits = { ...LIMITS, commandsPerMinute: 3 };
  const app = await createHttpServer({
    limits,
    log: createLog('silent'),
    origin: () => 'http://concord.test',
    tls: null,
    now: () => 0,
    isKnown: () => true,
  });
  caseRoutes(app, {
    accounts: {
      session: (token: string) => ({ personId: token, tokenHash: token, expiresAtMs: Number.POSITIVE_INFINITY }),
    } as unknown as Accounts,
    reader: {} as StoreReader,
    desk: { run: async () => ({ outcome: 'done' }) } as unknown as CommandDesk,
    limits,
    randomUuid: () => uuid(9, 1),
  });
  const give = async (person: string, n: number) => {
    const headers = { cookie: `concord_session=${person}` };
    const payload = { title: '欠薪', category: 'wageArrears', agencyId: uuid(2, 1) };
    const command = { ...payload, commandId: uuid(9, n), type: 'createCase', caseId: uuid(3, n) };
    const { statusCode } =
      n % 2 === 0
        ? await app.inject({ method: 'PUT', url: `/api/cases/${uuid(3, n)}`, headers, payload })
        : await app.inject({ method: 'POST', url: '/api/commands', headers, payload: command });
    return statusCode;
  };
  const statuses = [];
  for (let n = 0; n < 5; n++) statuses.push(await give('one', n));
  expect(statuses).toEqual([200, 200, 200, 429, 429]);
  expect(await give('another', 0)).toBe(200);
});
