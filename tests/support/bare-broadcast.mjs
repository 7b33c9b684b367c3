/**
 * The least a server can do, for benchmarks: hands every frame to everybody else at the same path. It checks nothing, reads
 * nothing and stores nothing; with a path as its argument it is the least a durable one can do: what came meanwhile is
 * appended to that file and synced together before it is handed on. Prints its port; ends with its signal.
 */
import { fdatasync, openSync, write } from 'node:fs';
import { WebSocketServer } from 'ws';

const [, , logPath] = process.argv;
const log = logPath === undefined ? null : openSync(logPath, 'a');
const rooms = new Map();
let waiting = [];
let isWriting = false;

function handOn({ data, room, socket }) {
  for (const other of room) if (other !== socket) other.send(data);
}

function append() {
  if (isWriting || waiting.length === 0) return;
  const batch = waiting;
  waiting = [];
  isWriting = true;
  write(log, Buffer.concat(batch.map(({ data }) => data)), (failure) => {
    if (failure) throw failure;
    fdatasync(log, (error) => {
      if (error) throw error;
      isWriting = false;
      for (const one of batch) handOn(one);
      append();
    });
  });
}

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
server.on('connection', (socket, request) => {
  const room = rooms.get(request.url) ?? new Set();
  rooms.set(request.url, room.add(socket));
  socket.on('message', (data) => {
    if (log === null) handOn({ data, room, socket });
    else if (waiting.push({ data, room, socket }) === 1) setImmediate(append);
  });
  socket.on('close', () => room.delete(socket));
});
server.on('listening', () => process.stdout.write(`${server.address().port}\n`));
