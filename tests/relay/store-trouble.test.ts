/** The store fails under the real process: nobody is told "saved", health says so until a write works, nothing is lost. */
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect, it } from 'vitest';
import { ask, setUpCase, startRelay } from '../support/relay-process.ts';
import { connectWire } from '../support/wire-client.ts';

it('[R8] a store that takes no edits shows in /health, also while people come back, and is well again by itself', async () => {
  const relay = await startRelay();
  const house = await setUpCase(relay);
  const documentId = await house.addDocument();
  const { cookie } = house.administrator;
  const connect = () => connectWire({ origin: relay.origin, address: { documentId, room: 'body' }, cookie });
  const health = async () => (await ask(relay.origin, 'GET', '/health')).json();
  const writer = connect();
  await writer.synced();
  const store = new DatabaseSync(join(relay.dataDirectory, 'concord.sqlite'), { timeout: 5_000 });
  store.exec("CREATE TRIGGER broken BEFORE INSERT ON log BEGIN SELECT RAISE(ABORT, 'broken disk'); END");

  writer.doc.getText('prose').insert(0, '没有落盘');
  writer.send({ type: 'barrier', number: 77 });
  await writer.until(() => writer.closed !== null);
  expect(writer.closed).toEqual({ code: 4503, reason: 'store-failed' });
  expect(writer.received).not.toContainEqual({ type: 'barrier', number: 77 });
  expect(await health()).toMatchObject({ status: 'degraded', reasons: ['store-failed'] });

  const reader = connect();
  await reader.synced();
  expect(reader.doc.getText('prose').toString()).toBe('');
  expect(await health()).toMatchObject({ status: 'degraded', reasons: ['store-failed'] });

  store.exec('DROP TRIGGER broken');
  store.close();
  reader.doc.getText('prose').insert(0, '落盘了');
  await reader.saved();
  expect(await health()).toMatchObject({ status: 'ok', reasons: [] });
  reader.cut();
  expect(await relay.stop('SIGTERM')).toBe(0);
});
