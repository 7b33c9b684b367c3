/** The operator's tool on a real store, while the relay runs and after somebody has changed a byte. */
import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect, it } from 'vitest';
import { runTool } from '../support/operator-tools.ts';
import { expectOk, setUpCase, signIn, startRelay, TEST_PASSWORD } from '../support/relay-process.ts';
import { connectWire } from '../support/wire-client.ts';

const verify = (...args: string[]) => runTool('log-verify', args);

const headIn = (said: readonly string[]) => /\d+:[0-9a-f]{64}$/.exec(said.join('\n'))?.[0] ?? 'none';

it('[R14] log-verify finds nothing in a store as it was written, and names the room and row of what was changed, and a store put back', async () => {
  const relay = await startRelay();
  const house = await setUpCase(relay);
  const documentId = await house.addDocument();
  const { cookie } = house.administrator;
  const writer = connectWire({ origin: relay.origin, address: { documentId, room: 'body' }, cookie });
  await writer.synced();
  writer.doc.getText('prose').insert(0, '写下的');
  await writer.saved();
  const whole = await verify(relay.dataDirectory);
  // A moment later it is in the log.
  const waiting = 'The journal holds 1 updates that the log does not have yet.';
  expect({ ...whole, said: whole.said.filter((line) => line !== waiting) }).toMatchObject({
    status: 0,
    said: [
      expect.stringMatching(/^\d+ rooms, \d+ updates \(0 erased, \d+ not signed yet\), 0 faults$/),
      expect.stringMatching(/^Last signed head, of \S+: 1:[0-9a-f]{64}$/),
    ],
  });
  writer.cut();
  expect(await relay.stop('SIGTERM')).toBe(0);
  const ended = await verify(relay.dataDirectory, headIn(whole.said));
  expect(ended).toMatchObject({
    status: 0,
    said: [expect.stringContaining(', 0 not signed yet), 0 faults'), expect.stringContaining(': 2:')],
  });

  const path = join(relay.dataDirectory, 'concord.sqlite');
  const earlier = `${path}.earlier`;
  const copy = new DatabaseSync(path);
  copy.prepare('VACUUM INTO ?').run(earlier);
  copy.close();
  const again = await startRelay({ dataDirectory: relay.dataDirectory });
  const host = await signIn(again.origin, 'administrator', TEST_PASSWORD);
  const input = { caseId: house.caseId, kind: 'caseNote', title: '后来的', audience: 'joint' };
  await expectOk(host.ask('PUT', `/api/documents/${randomUUID()}`, input));
  await again.stop('SIGTERM');
  const later = headIn((await verify(relay.dataDirectory)).said);
  for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
  copyFileSync(earlier, path);
  expect(await verify(relay.dataDirectory)).toMatchObject({ status: 0 });
  expect(await verify(relay.dataDirectory, later)).toMatchObject({
    status: 1,
    said: expect.arrayContaining(['signed heads row 3: not-the-expected-head']),
  });

  const store = new DatabaseSync(path);
  store.prepare("UPDATE log SET author = 'somebody else' WHERE room = ? AND seq = 1").run(`${documentId}/body`);
  store.close();
  const { status, said } = await verify(relay.dataDirectory);
  expect(status).toBe(1);
  expect(said[0]).toBe(`${documentId}/body row 1: row-changed`);

  expect(await verify()).toMatchObject({ status: 2 });
  expect(await verify(mkdtempSync(join(tmpdir(), 'concord-none-')))).toMatchObject({ status: 2 });
});
