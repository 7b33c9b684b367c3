/** A connection that is paused, with a real socket: what its peer goes on sending stays with the kernel. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { stopWhenPaused } from '../../../sync-server/sync/stop-when-paused.ts';

const PIECES = 500;

it('[R21] takes one piece after it was paused, however many more come, and all of them when it is read again', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const peer = connect({ port: address.port, host: '127.0.0.1', noDelay: true });
  const [socket] = (await once(server, 'connection')) as [Socket];
  onTestFinished(() => {
    peer.destroy();
    socket.destroy();
  });
  let heard = 0;
  socket.on('data', (bytes: Buffer) => {
    heard += bytes.length;
  });
  stopWhenPaused(socket);
  socket.pause();
  peer.write(Buffer.alloc(1));
  while (socket.bytesRead === 0) await nextTurn();
  for (let n = 0; n < PIECES; n++) {
    await new Promise((resolve) => peer.write(Buffer.alloc(1), resolve));
    await nextTurn();
  }
  expect([socket.bytesRead, heard]).toEqual([1, 0]);
  socket.resume();
  while (heard < 1 + PIECES) await nextTurn();
  expect(socket.bytesRead).toBe(1 + PIECES);
});
