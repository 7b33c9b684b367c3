/** An edit that the store refuses while it is well: its room begins anew, nobody else notices, and health does not cry wolf. */
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect, it } from 'vitest';
import { ask, setUpCase, startRelay } from '../support/relay-process.ts';
import { connectWire } from '../support/wire-client.ts';

it('[R16] an edit that fails by itself is never "saved"; other rooms go on, and the store counts as well', async () => {
  const relay = await startRelay();
  const house = await setUpCase(relay);
  const [documentId, other] = [await house.addDocument(), await house.addDocument()];
  const { cookie } = house.administrator;
  const connect = (to: string) =>
    connectWire({ origin: relay.origin, address: { documentId: to, room: 'body' }, cookie });
  const [writer, neighbour] = [connect(documentId), connect(other)];
  await Promise.all([writer.synced(), neighbour.synced()]);
  const store = new DatabaseSync(join(relay.dataDirectory, 'concord.sqlite'), { timeout: 5_000 });
  store.exec(`CREATE TRIGGER broken BEFORE INSERT ON log WHEN new.room = '${documentId}/body'
    BEGIN SELECT RAISE(ABORT, 'not this one'); END`);

  writer.doc.getText('prose').insert(0, '没有落盘');
  writer.send({ type: 'barrier', number: 77 });
  neighbour.doc.getText('prose').insert(0, '隔壁');
  await Promise.all([writer.until(() => writer.closed !== null), neighbour.saved()]);
  expect(writer.closed).toEqual({ code: 4503, reason: 'store-failed' });
  expect(writer.received).not.toContainEqual({ type: 'barrier', number: 77 });
  expect(neighbour.closed).toBeNull();
  expect(await (await ask(relay.origin, 'GET', '/health')).json()).toMatchObject({ status: 'ok', reasons: [] });

  store.exec('DROP TRIGGER broken');
  store.close();
  const reader = connect(documentId);
  await reader.synced();
  expect(reader.doc.getText('prose').toString()).toBe('');
  reader.doc.getText('prose').insert(0, '落盘了');
  await reader.saved();
  expect(reader.closed).toBeNull();
  reader.cut();
  expect(await relay.stop('SIGTERM')).toBe(0);
});
