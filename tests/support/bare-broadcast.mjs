/**
 * The least a server can do, for benchmarks: hands every frame to everybody else at the same path. It checks nothing, reads
 * nothing and stores nothing. Prints its port; ends with its signal.
 */
import { WebSocketServer } from 'ws';

const rooms = new Map();
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
server.on('connection', (socket, request) => {
  const room = rooms.get(request.url) ?? new Set();
  rooms.set(request.url, room.add(socket));
  socket.on('message', (data) => {
    for (const other of room) if (other !== socket) other.send(data);
  });
  socket.on('close', () => room.delete(socket));
});
server.on('listening', () => process.stdout.write(`${server.address().port}\n`));
