/** A socket of the library with one hearer: everything that happens reaches it, and what goes wrong does not end the process. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { HeardSocket, tellOfPieces } from '../../../sync-server/sync/heard-socket.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

async function meet(isHeard = true) {
  const server = createServer();
  const sockets = new WebSocketServer({ noServer: true, WebSocket: HeardSocket, autoPong: false });
  const heard: string[] = [];
  const met = new Promise<HeardSocket>((resolve) => {
    server.on('upgrade', (request, stream, head) => {
      sockets.handleUpgrade(request, stream, head, (socket) => {
        tellOfPieces(stream, {
          pieceComes: (bytes) => heard.push(`${bytes} bytes`),
          pieceWasRead: () => heard.push('read'),
        });
        socket.failed = ({ message }) => heard.push(message);
        if (isHeard) {
          socket.hearer = {
            message: (data, isBinary) => heard.push(`${isBinary ? 'binary' : 'text'} ${data.toString()}`),
            ping: (payload) => heard.push(`ping ${payload.toString()}`),
            pong: (payload) => heard.push(`pong ${payload.toString()}`),
            closed: () => heard.push('closed'),
          };
        }
        resolve(socket);
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => server.close());
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, {
    perMessageDeflate: false,
  });
  await once(client, 'open');
  ends.push(() => client.terminate());
  return { client, socket: await met, heard };
}

it('hears each thing once, between the coming of a piece and its end', async () => {
  const { client, socket, heard } = await meet();
  const onClose = vi.fn();
  socket.once('close', onClose);
  client.send(Buffer.from('甲'));
  await vi.waitFor(() => expect(heard).toEqual(['9 bytes', 'binary 甲', 'read']));
  heard.length = 0;
  client.ping('a');
  await vi.waitFor(() => expect(heard).toEqual(['7 bytes', 'ping a', 'read']));
  client.pong('b');
  await vi.waitFor(() => expect(heard).toContain('pong b'));
  client.close();
  await vi.waitFor(() => expect(onClose).toHaveBeenCalledTimes(1));
  expect(heard.filter((each) => each === 'closed')).toHaveLength(1);
});

it('[R5] says what is wrong with a malformed frame, and closes', async () => {
  const { client, heard } = await meet();
  const closed = once(client, 'close');
  // A reserved bit is set, and nothing is masked.
  (client as unknown as { _socket: Socket })._socket.write(Buffer.from([0xf2, 0x01, 0x00]));
  expect((await closed)[0]).toBe(1002);
  await vi.waitFor(() => expect(heard).toContain('closed'));
  expect(heard.some((each) => each.includes('Invalid WebSocket frame'))).toBe(true);
});

it('lets pass what is said when nobody hears it', async () => {
  const { client, socket, heard } = await meet(false);
  client.send('words');
  client.ping();
  await vi.waitFor(() => expect(heard.filter((each) => each === 'read').length).toBeGreaterThan(0));
  expect(socket.emit('error', new Error('a bug'))).toBe(true);
  expect(heard).toContain('a bug');
});

it('pings, answers and closes with a reason, and keeps nothing that it writes with', async () => {
  const { client, socket } = await meet();
  const said: string[] = [];
  client.on('ping', (payload) => said.push(`ping ${payload}`));
  client.on('pong', (payload) => said.push(`pong ${payload}`));
  const closed = once(client, 'close');
  socket.ping('a');
  socket.pong(Buffer.from('b'));
  socket.ping();
  socket.close(4403, '没有权限');
  const [code, reason] = await closed;
  expect([...said, code, `${reason}`]).toEqual(['ping a', 'pong b', 'ping ', 4403, '没有权限']);
  expect(socket._writing).toBeNull();
  // Said too late, it is dropped as it always was.
  socket.ping('c');
  expect(socket.bufferedAmount).toBe(0);
});
