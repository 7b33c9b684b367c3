/**
 * An edit that the database refuses while it is well: it is durable in the journal by then and acknowledged; its room begins
 * anew, its device brings it again, nobody else notices, and health does not cry wolf.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect, it } from 'vitest';
import { STOPPABLE } from '../support/kill-world.ts';
import { ask, setUpCase, startRelay } from '../support/relay-process.ts';
import { connectWire } from '../support/wire-client.ts';

/** Makes the database refuse the rows of one room, until it is told to take them again. */
function refuseRows(dataDirectory: string, room: string): () => void {
  const store = new DatabaseSync(join(dataDirectory, 'concord.sqlite'), { timeout: 5_000 });
  store.exec(`CREATE TRIGGER broken BEFORE INSERT ON log WHEN new.room = '${room}'
    BEGIN SELECT RAISE(ABORT, 'not this one'); END`);
  return () => {
    store.exec('DROP TRIGGER broken');
    store.close();
  };
}

it('[R16] an edit that the database refuses by itself ends its room; others go on, the store counts as well, and its device brings it again', async () => {
  const relay = await startRelay();
  const house = await setUpCase(relay);
  const [documentId, other] = [await house.addDocument(), await house.addDocument()];
  const { cookie } = house.administrator;
  const connect = (to: string) =>
    connectWire({ origin: relay.origin, address: { documentId: to, room: 'body' }, cookie });
  const [writer, neighbour] = [connect(documentId), connect(other)];
  await Promise.all([writer.synced(), neighbour.synced()]);
  const takeAgain = refuseRows(relay.dataDirectory, `${documentId}/body`);

  const prose = writer.doc.getText('prose');
  prose.insert(0, '没有进库');
  neighbour.doc.getText('prose').insert(0, '隔壁');
  await Promise.all([writer.until(() => writer.closed !== null), neighbour.saved()]);
  expect(writer.closed).toEqual({ code: 4503, reason: 'store-failed' });
  expect(neighbour.closed).toBeNull();
  expect(await (await ask(relay.origin, 'GET', '/health')).json()).toMatchObject({ status: 'ok', reasons: [] });

  takeAgain();
  // What was refused is not there by itself, now or after a kill: other rows have taken its place.
  const reader = connect(documentId);
  await reader.synced();
  expect(reader.doc.getText('prose').toString()).toBe('');
  reader.doc.getText('prose').insert(0, '别人的话');
  await reader.saved();
  await relay.stop('SIGKILL');
  const again = await startRelay({ dataDirectory: relay.dataDirectory });
  const address = { documentId, room: 'body' } as const;
  const later = connectWire({ origin: again.origin, address, cookie });
  await later.synced();
  expect(later.closed).toBeNull();
  expect(later.doc.getText('prose').toString()).toBe('别人的话');

  // The device that wrote it still holds it.
  const device = connectWire({ origin: again.origin, address, cookie, doc: writer.doc });
  await device.synced();
  await device.saved();
  expect(device.closed).toBeNull();
  await later.until(() => later.doc.getText('prose').toString() === prose.toString());
  expect(prose.toString()).toMatch(/^(没有进库别人的话|别人的话没有进库)$/);
  for (const client of [later, device]) client.cut();
  expect(await again.stop('SIGTERM')).toBe(0);
});

it('[R2] an edit is saved once it is in the journal: a relay that is killed before the database has it finds it there', async () => {
  const relay = await startRelay();
  const { dataDirectory } = relay;
  const house = await setUpCase(relay);
  const documentId = await house.addDocument();
  const { cookie } = house.administrator;
  await relay.stop('SIGTERM');
  const orders = join(dataDirectory, 'stop-at');
  // As soon as the database is given the first row.
  writeFileSync(orders, 'beforeWrite 1');
  const doomed = await startRelay({ dataDirectory, env: { STOP_AT: orders }, nodeArgs: STOPPABLE });
  const address = { documentId, room: 'body' } as const;
  const writer = connectWire({ origin: doomed.origin, address, cookie });
  await writer.synced();
  writer.doc.getText('prose').insert(0, '只在日志里');
  await writer.saved();
  expect(writer.closed).toBeNull();
  expect(await doomed.ended).toBeNull();
  const rows = new DatabaseSync(join(dataDirectory, 'concord.sqlite'), { readOnly: true });
  expect(rows.prepare('SELECT count(*) AS n FROM log WHERE room = ?').get(`${documentId}/body`)).toEqual({ n: 0 });
  rows.close();

  const again = await startRelay({ dataDirectory });
  const reader = connectWire({ origin: again.origin, address, cookie });
  await reader.synced();
  expect(reader.doc.getText('prose').toString()).toBe('只在日志里');
  reader.cut();
  expect(await again.stop('SIGTERM')).toBe(0);
});
