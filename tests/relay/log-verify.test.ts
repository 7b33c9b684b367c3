/** The operator's tool on a real store, while the relay runs and after somebody has changed a byte. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect, it } from 'vitest';
import { setUpCase, startRelay } from '../support/relay-process.ts';
import { connectWire } from '../support/wire-client.ts';

const verify = (...args: string[]) => {
  const { status, stdout } = spawnSync(process.execPath, ['sync-server/tools/run.mjs', 'log-verify', ...args], {
    encoding: 'utf8',
  });
  return { status, said: stdout.trim().split('\n') };
};

it('log-verify finds nothing in a store as it was written, and names the room and row of what was changed', async () => {
  const relay = await startRelay();
  const house = await setUpCase(relay);
  const documentId = await house.addDocument();
  const { cookie } = house.administrator;
  const writer = connectWire({ origin: relay.origin, address: { documentId, room: 'body' }, cookie });
  await writer.synced();
  writer.doc.getText('prose').insert(0, '写下的');
  await writer.saved();
  const whole = verify(relay.dataDirectory);
  expect(whole).toMatchObject({
    status: 0,
    said: [expect.stringMatching(/^\d+ rooms, \d+ rows \(0 erased\), 0 faults$/)],
  });
  writer.cut();
  expect(await relay.stop('SIGTERM')).toBe(0);

  const store = new DatabaseSync(join(relay.dataDirectory, 'concord.sqlite'));
  store.prepare("UPDATE log SET author = 'somebody else' WHERE room = ? AND seq = 1").run(`${documentId}/body`);
  store.close();
  const { status, said } = verify(relay.dataDirectory);
  expect(status).toBe(1);
  expect(said[0]).toBe(`${documentId}/body row 1: row-changed`);

  expect(verify().status).toBe(2);
  expect(verify(mkdtempSync(join(tmpdir(), 'concord-none-'))).status).toBe(2);
});
