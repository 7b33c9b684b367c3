/** What somebody may cost the real process before it knows who they are. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, type RelayProcess, setUpCase, startRelay, type TestCase } from '../support/relay-process.ts';

describe('before admission', () => {
  let relay: RelayProcess;
  let house: TestCase;
  beforeAll(async () => {
    relay = await startRelay();
    house = await setUpCase(relay);
  });
  afterAll(async () => {
    await relay.stop('SIGTERM');
  });

  it('[R7] a refused connection hears why and cannot have a large frame gathered for it', async () => {
    const port = Number(new URL(relay.origin).port);
    const socket = connectTcp(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(
      `GET /sync/${randomUUID()}/body HTTP/1.1\r\nHost: localhost:${port}\r\nOrigin: ${relay.origin}\r\n` +
        'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n' +
        'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    );
    let heard = '';
    socket.on('data', (data) => {
      heard += data.toString('latin1');
    });
    await once(socket, 'data');
    const startedAt = performance.now();
    // A masked binary frame that says it has 20 MB: it is cut at its head, not when the patience with a closing one ends.
    const head = Buffer.alloc(14);
    head.set([0x82, 0xff]);
    head.writeBigUInt64BE(20_000_000n, 2);
    socket.write(head);
    await once(socket, 'close');
    expect(heard).toContain('sign-in');
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('a large body is read from somebody who is signed in only, and only as a held edit', async () => {
    const documentId = await house.addDocument();
    const held = { heldId: randomUUID(), room: 'body', reason: 'frozen', update: 'A'.repeat(4_000_000) };
    expect((await ask(relay.origin, 'POST', `/api/held/${documentId}`, held)).status).toBe(401);
    const large = { ...held, update: 'A'.repeat(300_000) };
    for (const path of ['/api/commands', '/api/session']) {
      expect((await ask(relay.origin, 'POST', path, large)).status).toBe(413);
    }
    expect((await house.administrator.ask('POST', `/api/held/${documentId}`, held)).status).toBe(204);
  });
});
