/** Hostile peers against the real process: the room and everybody else go on as if nothing had been. */
import { connect as connectTcp } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { encodeMessage } from '../../shared/wire/messages.ts';
import { ownTimeMs } from '../support/process-figures.ts';
import { randomFrom } from '../support/random.ts';
import {
  type ApiUser,
  ask,
  type RelayProcess,
  setUpCase,
  startRelay,
  type TestCase,
} from '../support/relay-process.ts';
import { connectWire, type WireClient } from '../support/wire-client.ts';

const SEED = 7;

describe('hostile frames', () => {
  let relay: RelayProcess;
  let house: TestCase;
  let attacker: ApiUser;
  let documentId: string;
  let honest: WireClient;
  let words = 0;

  beforeAll(async () => {
    relay = await startRelay();
    house = await setUpCase(relay);
    attacker = await house.addMember('attacker', 'participant');
    documentId = await house.addDocument();
    honest = connect(house.administrator);
    await honest.synced();
  });
  afterAll(async () => {
    honest.cut();
    await relay.stop('SIGTERM');
  });

  const connect = (user: ApiUser) =>
    connectWire({ origin: relay.origin, address: { documentId, room: 'body' }, cookie: user.cookie });
  /** The honest client is answered on the same socket within the time, and its words are saved, as soon as the disk has them. */
  const expectGoesOn = async (withinMs: number) => {
    const startedAt = ownTimeMs(relay.pid);
    // Nothing of it is on its way to the disk: this is answered as soon as it is read.
    await honest.saved();
    const ms = ownTimeMs(relay.pid) - startedAt;
    honest.doc.getText('prose').insert(0, `字${++words}`);
    await honest.saved();
    expect(honest.closed).toBeNull();
    expect(ms).toBeLessThan(withinMs);
  };

  it('[R5] bombs and broken frames close their sender only', async () => {
    const bombs = [
      Uint8Array.of(0, 2, 7, 1, 0x80, 0xad, 0xe2, 0x04, 1, 0),
      Uint8Array.of(0, 2, 4, 0x80, 0xad, 0xe2, 0x04),
      Uint8Array.of(1, 4, 0xff, 0xff, 0xff, 0x0f),
      Uint8Array.of(0, 0, 4, 0xff, 0xff, 0xff, 0x0f),
      Uint8Array.of(0, 2, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
      encodeMessage({ type: 'update', update: Y.encodeStateAsUpdateV2(honest.doc) }),
    ];
    for (const bomb of bombs) {
      const client = connect(attacker);
      await client.synced();
      client.sendBytes(bomb);
      await Promise.all([client.until(() => client.closed !== null), expectGoesOn(250)]);
      expect(client.closed).toEqual({ code: 4400, reason: 'malformed' });
    }
  });

  it(`[R5] random frames never crash or hang it (seed ${SEED})`, async () => {
    const random = randomFrom(SEED);
    for (let round = 0; round < 30; round++) {
      const client = connect(attacker);
      await client.synced();
      for (let n = 0; n < 50; n++) {
        const type = random.pick([0, 1, 3, 100, 101, 102, 103, random.int(256)]);
        client.sendBytes(Uint8Array.from([type, ...Array.from({ length: random.int(60) }, () => random.int(256))]));
      }
      client.cut();
    }
    await expectGoesOn(1000);
  });

  it('[R5] a malformed WebSocket frame and half a handshake do not end the process', async () => {
    const port = Number(new URL(relay.origin).port);
    const head =
      `GET /sync/${documentId}/body HTTP/1.1\r\nHost: localhost:${port}\r\nOrigin: ${relay.origin}\r\n` +
      `Cookie: ${attacker.cookie}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n';
    for (const after of [Buffer.from([0xff, 0xff, 0xff, 0xff]), Buffer.from([0x82, 0x05, 1, 2, 3, 4, 5])]) {
      await new Promise<void>((resolve) => {
        const socket = connectTcp(port, '127.0.0.1', () => socket.write(head));
        socket.once('data', () => socket.write(after));
        socket.on('error', () => resolve());
        socket.on('close', () => resolve());
      });
      await expectGoesOn(1000);
    }
    await new Promise<void>((resolve) => {
      const socket = connectTcp(port, '127.0.0.1', () => {
        socket.write(head.slice(0, 80));
        socket.destroy();
        resolve();
      });
    });
    expect((await ask(relay.origin, 'GET', '/health')).status).toBe(200);
    await expectGoesOn(1000);
  });

  it('a new clientID for every edit is stopped before it freezes anybody', async () => {
    const client = connect(attacker);
    await client.synced();
    for (let n = 0; n < 700; n++) {
      const doc = new Y.Doc();
      doc.clientID = 1_000_000 + n;
      doc.getText('prose').insert(0, 'x');
      client.send({ type: 'update', update: Y.encodeStateAsUpdate(doc) });
    }
    await client.until(() => client.closed !== null);
    expect(client.closed).toEqual({ code: 4503, reason: 'too-fast' });
    await expectGoesOn(1000);
  });

  it('updates that can never be placed are not kept', async () => {
    const client = connect(attacker);
    await client.synced();
    for (let n = 0; n < 3000; n++) {
      const doc = new Y.Doc();
      doc.clientID = 5_000_000 + n;
      doc.getText('prose').insert(0, 'ab');
      const updates: Uint8Array[] = [];
      doc.on('update', (update) => updates.push(update));
      doc.getText('prose').insert(2, 'c');
      for (const update of updates) client.send({ type: 'update', update });
    }
    await expectGoesOn(1000);
    expect(honest.doc.store.pendingStructs).toBeNull();
    client.cut();
  });

  it('endless sync requests are refused', async () => {
    const client = connect(attacker);
    await client.synced();
    for (let n = 0; n < 200; n++) client.send({ type: 'syncStep1', stateVector: Uint8Array.of(0) });
    await client.until(() => client.closed !== null);
    expect(client.closed).toEqual({ code: 4503, reason: 'too-fast' });
    await expectGoesOn(1000);
  });
});
