/**
 * Programs of different versions meet, against the real process: a page that is one wire older works, a newer one is asked to
 * reload, and an older program leaves a newer store alone.
 */
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { CLOSE } from '../../shared/close-codes.ts';
import { PROSE_SCHEMA_VERSION, WIRE_VERSION } from '../../shared/versions.ts';
import { encodeMessage, type Message } from '../../shared/wire/messages.ts';
import {
  type ApiUser,
  type RelayProcess,
  runRelay,
  setUpCase,
  startRelay,
  type TestCase,
} from '../support/relay-process.ts';
import { connectWire } from '../support/wire-client.ts';
import { type MessageOf1, readAsVersion1 } from '../support/wire-version-1.ts';

describe('a page and a relay of different versions', () => {
  let relay: RelayProcess;
  let house: TestCase;
  let mediator: ApiUser;

  beforeAll(async () => {
    relay = await startRelay();
    house = await setUpCase(relay);
    mediator = await house.addMember('mediator', 'mediator');
  });
  afterAll(async () => {
    await relay.stop('SIGTERM');
  });

  it('[C5] a page of wire version 1 reads every frame, writes, is told that it is saved, and is forwarded others', async () => {
    const documentId = await house.addDocument();
    const address = { documentId, room: 'body' } as const;
    const newer = connectWire({
      origin: relay.origin,
      address,
      cookie: house.administrator.cookie,
      query: `?v=${WIRE_VERSION}`,
    });
    await newer.synced();
    newer.doc.getText('prose').insert(0, '新');
    await newer.saved();

    const query = `?as=${mediator.personId}&v=1&sv=${PROSE_SCHEMA_VERSION}`;
    const older = connectOlder(`${relay.origin.replace('http', 'ws')}/sync/${documentId}/body${query}`, mediator);
    await older.until((heard) => heard.some(({ type }) => type === 'syncStep2'));
    older.type('旧');
    older.send({ type: 'barrier', number: 1 });
    await older.until((heard) => heard.some(({ type }) => type === 'barrier'));
    await newer.until(() => newer.doc.getText('prose').toString().includes('旧'));
    newer.doc.getText('prose').insert(0, '又');
    await older.until(() => older.doc.getText('prose').toString() === newer.doc.getText('prose').toString());
    expect(older.heard.filter(({ type }) => type === 'unreadable')).toEqual([]);
    // Today's page was told who owns what, beside the same words.
    expect(newer.received.some(({ type }) => type === 'owners')).toBe(true);
    older.end();
    newer.cut();
  });

  it('[C5] a page that is newer than the relay is asked to reload before it is sent anything', async () => {
    const address = { documentId: await house.addDocument(), room: 'body' } as const;
    const query = `?v=${WIRE_VERSION + 1}`;
    const page = connectWire({ origin: relay.origin, address, cookie: mediator.cookie, query });
    await page.until(() => page.closed !== null);
    const { code, reason } = CLOSE.updateClient;
    expect(page.closed).toEqual({ code, reason });
    expect(page.received).toEqual([]);
  });
});

it('[C5] an older program says in words that the store is newer, ends, and changes nothing in it', async () => {
  const relay = await startRelay();
  await setUpCase(relay);
  await relay.stop('SIGTERM');
  const path = join(relay.dataDirectory, 'concord.sqlite');
  const setVersion = (version: number) => {
    const db = new DatabaseSync(path);
    const before = Number(db.prepare('PRAGMA user_version').get()?.user_version);
    db.exec(`PRAGMA user_version = ${version}`);
    db.close();
    return before;
  };
  const own = setVersion(9999);
  const { code, output } = await runRelay({ dataDirectory: relay.dataDirectory });
  expect(code).toBe(1);
  expect(output).toContain('it was written by a newer Concord');
  expect(setVersion(own)).toBe(9999);
  const again = await startRelay({ dataDirectory: relay.dataDirectory });
  expect(await again.stop('SIGTERM')).toBe(0);
});

/** A page of wire version 1: a document on a socket that reads as it did. */
function connectOlder(url: string, { cookie }: ApiUser) {
  const socket = new WebSocket(url, { headers: { cookie }, origin: new URL(url).origin.replace('ws', 'http') });
  socket.binaryType = 'nodebuffer';
  const doc = new Y.Doc();
  const heard: MessageOf1[] = [];
  const waiters = new Set<() => void>();
  const send = (message: Message) => socket.send(encodeMessage(message));
  socket.on('open', () => send({ type: 'syncStep1', stateVector: Y.encodeStateVector(doc) }));
  socket.on('message', (data) => {
    const message = readAsVersion1(new Uint8Array(data as Buffer));
    heard.push(message);
    if (message.type === 'syncStep1') {
      send({ type: 'syncStep2', update: Y.encodeStateAsUpdate(doc, message.payload) });
    } else if (message.type === 'syncStep2' || message.type === 'update') Y.applyUpdate(doc, message.payload);
    for (const look of [...waiters]) look();
  });
  return {
    doc,
    heard,
    send,
    type: (text: string) => {
      const before = Y.encodeStateVector(doc);
      doc.getText('prose').insert(0, text);
      send({ type: 'update', update: Y.encodeStateAsUpdate(doc, before) });
    },
    until: (condition: (heard: readonly MessageOf1[]) => boolean) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (!condition(heard)) return;
          waiters.delete(look);
          resolve();
        };
        waiters.add(look);
        look();
      }),
    end: () => socket.terminate(),
  };
}
