/** The operator's tool that erases, on a real store: the words are gone from the disk, the relay goes on, devices come back. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { journalFiles } from '../../sync-server/store/journal-file.ts';
import { STOPPABLE } from '../support/kill-world.ts';
import { runTool } from '../support/operator-tools.ts';
import { setUpCase, startRelay } from '../support/relay-process.ts';
import { connectWire, type WireClient } from '../support/wire-client.ts';

it('erase takes words from the disk that people deleted, then a whole document, and the evidence holds', async () => {
  const relay = await startRelay();
  const { dataDirectory } = relay;
  const house = await setUpCase(relay);
  const documentId = await house.addDocument();
  const { cookie } = house.administrator;
  const address = { documentId, room: 'body' } as const;
  const writer = connectWire({ origin: relay.origin, address, cookie });
  await writeAndReplace(writer);
  writer.cut();

  expect(await tool('erase', dataDirectory, documentId, 'deleted')).toMatchObject({ status: 2 });
  expect(await relay.stop('SIGTERM')).toBe(0);
  expect(onDisk(dataDirectory)).toContain('NAME-OF-A-PARTY');
  expect(await tool('erase', dataDirectory, 'no-document', 'deleted')).toMatchObject({ status: 2 });
  expect(await tool('erase', dataDirectory, documentId, 'deleted')).toMatchObject({ status: 0 });
  expect(onDisk(dataDirectory)).not.toContain('NAME-OF-A-PARTY');
  expect(await tool('log-verify', dataDirectory)).toMatchObject({ status: 0 });

  const again = await startRelay({ dataDirectory });
  const reader = connectWire({ origin: again.origin, address, cookie });
  await reader.synced();
  expect(reader.doc.getText('prose').toString()).toBe('what-stands');
  reader.cut();
  expect(await again.stop('SIGTERM')).toBe(0);
  expect(await tool('erase', dataDirectory, documentId, 'all')).toMatchObject({ status: 0 });
  expect(onDisk(dataDirectory)).not.toContain('what-stands');

  const last = await startRelay({ dataDirectory });
  // The first writer's device holds all of it, comes back, and is given the erasure.
  const device = connectWire({ origin: last.origin, address, cookie, doc: writer.doc });
  await device.synced();
  expect(device.doc.getText('prose').toString()).toBe('');
  device.doc.getText('prose').insert(0, 'anew');
  await device.saved();
  device.cut();
  expect(await last.stop('SIGTERM')).toBe(0);
  expect(onDisk(dataDirectory)).not.toContain('what-stands');
  expect(await tool('log-verify', dataDirectory)).toMatchObject({ status: 0 });
});

it('erase after a kill: the words are gone from the journal too, whether the database had them or not', async () => {
  const relay = await startRelay();
  const { dataDirectory } = relay;
  const house = await setUpCase(relay);
  const documentId = await house.addDocument();
  const { cookie } = house.administrator;
  const address = { documentId, room: 'body' } as const;
  await relay.stop('SIGTERM');
  const orders = join(mkdtempSync(join(tmpdir(), 'concord-orders-')), 'stop-at');
  writeFileSync(orders, '');
  const doomed = await startRelay({ dataDirectory, env: { STOP_AT: orders }, nodeArgs: STOPPABLE });
  const writer = connectWire({ origin: doomed.origin, address, cookie });
  await writeAndReplace(writer);
  expect(writer.closed).toBeNull();
  writeFileSync(orders, 'afterJournal 1');
  writer.doc.getText('prose').insert(11, '!');
  expect(await doomed.ended).toBeNull();
  const journal = () => journalFiles(join(dataDirectory, 'concord.sqlite')).map((path) => readFileSync(path, 'latin1'));
  expect(journal().join('')).toContain('NAME-OF-A-PARTY');

  expect(await tool('erase', dataDirectory, documentId, 'deleted')).toMatchObject({ status: 0 });
  expect(onDisk(dataDirectory)).not.toContain('NAME-OF-A-PARTY');
  expect(await tool('log-verify', dataDirectory)).toMatchObject({ status: 0 });
  const again = await startRelay({ dataDirectory });
  const reader = connectWire({ origin: again.origin, address, cookie });
  await reader.synced();
  expect(reader.doc.getText('prose').toString()).toBe('what-stands!');
  reader.doc.getText('prose').insert(0, 'later-');
  await reader.saved();
  await again.stop('SIGKILL');
  expect(await tool('erase', dataDirectory, documentId, 'all')).toMatchObject({ status: 0 });
  expect(onDisk(dataDirectory)).not.toMatch(/NAME-OF-A-PARTY|what-stands|later-/);
  const last = await startRelay({ dataDirectory });
  const empty = connectWire({ origin: last.origin, address, cookie });
  await empty.synced();
  expect(empty.doc.getText('prose').toString()).toBe('');
  empty.cut();
  expect(await last.stop('SIGTERM')).toBe(0);
});

/** A name is written and saved, and then deleted for what is to stand. */
async function writeAndReplace(writer: WireClient): Promise<void> {
  await writer.synced();
  const text = writer.doc.getText('prose');
  text.insert(0, 'NAME-OF-A-PARTY');
  await writer.saved();
  text.delete(0, 15);
  text.insert(0, 'what-stands');
  await writer.saved();
}

const tool = (name: string, ...args: string[]) => runTool(name, args);

function onDisk(directory: string): string {
  return readdirSync(directory)
    .map((name) => readFileSync(join(directory, name)).toString('latin1'))
    .join('\n');
}
