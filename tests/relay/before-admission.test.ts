/** What somebody may cost the real process before it knows who they are. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { LIMITS } from '../../sync-server/limits.ts';
import { ownTimeMs, residentBytes } from '../support/process-figures.ts';
import { ask, type RelayProcess, setUpCase, startRelay, type TestCase } from '../support/relay-process.ts';
import { connectWire } from '../support/wire-client.ts';

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

  const port = () => Number(new URL(relay.origin).port);

  it('[R7] a refused connection hears why and cannot have a large frame gathered for it', async () => {
    const socket = connectTcp(port(), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(upgradeTo(`/sync/${randomUUID()}/body`));
    let heard = '';
    socket.on('data', (data) => {
      heard += data.toString('latin1');
    });
    await once(socket, 'data');
    const startedAt = ownTimeMs(relay.pid);
    // A masked binary frame that says it has 20 MB: it is cut at its head, not when the patience with a closing one ends.
    const head = Buffer.alloc(14);
    head.set([0x82, 0xff]);
    head.writeBigUInt64BE(20_000_000n, 2);
    socket.write(head);
    await once(socket, 'close');
    expect(heard).toContain('sign-in');
    expect(ownTimeMs(relay.pid) - startedAt).toBeLessThan(2_000);
  });

  it('a large body is read from somebody who is signed in only, and only as a held edit', async () => {
    const documentId = await house.addDocument();
    const doc = new Y.Doc();
    doc.getText('prose').insert(0, 'A'.repeat(3_000_000));
    const update = Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64');
    const held = { heldId: randomUUID(), room: 'body', reason: 'frozen', update };
    expect((await ask(relay.origin, 'POST', `/api/held/${documentId}`, held)).status).toBe(401);
    const large = { ...held, update: 'A'.repeat(300_000) };
    expect((await ask(relay.origin, 'POST', '/api/session', large)).status).toBe(413);
    expect((await ask(relay.origin, 'POST', '/api/commands', large)).status).toBe(401);
    expect((await house.administrator.ask('POST', '/api/commands', large)).status).toBe(413);
    expect((await house.administrator.ask('POST', `/api/held/${documentId}`, held)).status).toBe(204);
  });

  /** How long the relay keeps a connection that says `first` and then a byte of `trickle` every half second. */
  const lifeOf = async (first: string, trickle: string) => {
    const socket = connectTcp(port(), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.resume();
    const startedAt = ownTimeMs(relay.pid);
    socket.write(first);
    let at = 0;
    const timer = setInterval(() => socket.write(trickle[at++ % trickle.length] ?? ''), 500);
    await once(socket, 'close');
    clearInterval(timer);
    return ownTimeMs(relay.pid) - startedAt;
  };

  it('[R18] a deadline that traffic cannot extend ends silence, slow headers, slow bodies and slow handshakes', async () => {
    const upgrade = `GET /sync/${randomUUID()}/body HTTP/1.1\r\nHost: relay\r\n`;
    const body = `POST /api/session HTTP/1.1\r\nHost: relay\r\nContent-Type: application/json\r\n`;
    const lives = await Promise.all([
      lifeOf('', ''),
      lifeOf('GET / HTTP/1.1\r\n', 'X-Slow: 1\r\n'),
      lifeOf(`${upgrade}Upgrade: websocket\r\nConnection: Upgrade\r\n`, 'X-Slow: 1\r\n'),
      lifeOf(`${body}Content-Length: 5000\r\n\r\n`, 'a'),
      lifeOf(`${body}Transfer-Encoding: chunked\r\n\r\n`, '1\r\na\r\n'),
      lifeOf(`GET / HTTP/1.1\r\nHost: relay\r\nContent-Length: 5000\r\n\r\n`, 'a'),
    ]);
    for (const life of lives) expect(life).toBeLessThan(13_000);
  });

  const pile = (count: number, first: string) =>
    Promise.all(
      Array.from({ length: count }, async () => {
        const socket = connectTcp(port(), '127.0.0.1');
        socket.on('error', () => undefined);
        socket.resume();
        await once(socket, 'connect');
        await new Promise<void>((resolve) => socket.write(first, () => resolve()));
        return socket;
      }),
    );
  const upgradeTo = (path: string, more = '') =>
    `GET ${path} HTTP/1.1\r\nHost: relay\r\nOrigin: ${relay.origin}\r\nUpgrade: websocket\r\n` +
    `Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n${more}\r\n`;

  it('[R18] a thousand unknown connections that say half of something cost less than 64 KiB each', async () => {
    const before = residentBytes(relay.pid);
    const sockets = await pile(1_000, `GET /sync/${randomUUID()}/body HTTP/1.1\r\nX-Large: ${'a'.repeat(12_000)}`);
    expect((await ask(relay.origin, 'GET', '/health')).status).toBe(200);
    const grown = residentBytes(relay.pid) - before;
    for (const socket of sockets) socket.destroy();
    expect(grown / sockets.length).toBeLessThan(64 * 1024);
  });

  it('[R18] who piles up connections loses their own, and who is signed in or comes now is served', async () => {
    const documentId = await house.addDocument();
    const known = connectTcp(port(), '127.0.0.1');
    const answers: string[] = [];
    known.on('data', (data) => answers.push(data.toString('latin1')));
    const asks = `GET /api/session HTTP/1.1\r\nHost: relay\r\nCookie: ${house.administrator.cookie}\r\n\r\n`;
    const askAgain = async () => {
      known.write(asks);
      await once(known, 'data');
    };
    await askAgain();
    const first = await pile(1_100, 'GET / HTTP/1.1\r\n');
    await askAgain();
    const second = await pile(1_100, 'GET / HTTP/1.1\r\n');
    await askAgain();
    expect(answers.every((answer) => answer.startsWith('HTTP/1.1 200'))).toBe(true);
    const member = connectWire({
      origin: relay.origin,
      address: { documentId, room: 'body' },
      cookie: house.administrator.cookie,
    });
    await member.synced();
    expect(member.closed).toBeNull();
    member.cut();
    expect(first.filter(({ destroyed }) => destroyed).length).toBeGreaterThanOrEqual(100);
    expect(second.filter(({ destroyed }) => destroyed).length).toBe(0);
    for (const socket of [known, ...first, ...second]) socket.destroy();
  });

  it('[R18] refused sockets that do not go are cut, and beyond a number not even greeted', async () => {
    const startedAt = ownTimeMs(relay.pid);
    const knockedAt = performance.now();
    let lastGreetedAt = knockedAt;
    const path = `/sync/${randomUUID()}/body`;
    const heard = await Promise.all(
      Array.from({ length: LIMITS.refusedSockets + 100 }, async () => {
        const socket = connectTcp(port(), '127.0.0.1');
        let text = '';
        socket.on('error', () => undefined);
        socket.on('data', (data) => {
          text += data.toString('latin1');
          lastGreetedAt = performance.now();
        });
        socket.write(upgradeTo(path));
        await once(socket, 'close');
        return text;
      }),
    );
    expect(ownTimeMs(relay.pid) - startedAt).toBeLessThan(LIMITS.closeMs + 5_000);
    const greeted = heard.filter((text) => text.includes('sign-in')).length;
    expect(greeted).toBeGreaterThan(0);
    // On a machine so slow that the first are cut before the last have knocked, others come in their place.
    const turns = 1 + Math.floor((lastGreetedAt - knockedAt) / LIMITS.closeMs);
    expect(greeted).toBeLessThanOrEqual(LIMITS.refusedSockets * turns);
  });

  it('[R7] paths that are no addresses are answered, and compression is not agreed to even when it is offered', async () => {
    for (const path of ['/sync//', '/sync/%', '/sync/\\', `/sync/${randomUUID()}/body?as=%ff&v=x`]) {
      const socket = connectTcp(port(), '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(upgradeTo(path, 'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n'));
      const [heard] = (await once(socket, 'data')) as [Buffer];
      expect(heard.toString('latin1')).toContain('101 Switching Protocols');
      expect(heard.toString('latin1').toLowerCase()).not.toContain('permessage-deflate');
      socket.destroy();
    }
    expect(relay.output()).not.toContain('admissionFailed');
  });
});
