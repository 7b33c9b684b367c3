/**
 * The least a durable server can do, for benchmarks: what is sent to /log is appended to a file (the second argument) and
 * synced, all that came meanwhile together, and a barrier is echoed behind it; whoever asks at /blob is answered with the
 * bytes of another file (the third). It checks nothing and reads nothing. Prints its port; ends with its signal.
 */
import { fdatasync, openSync, readFileSync, write } from 'node:fs';
import { WebSocketServer } from 'ws';

const BARRIER = 100;
const [, , logPath, blobPath] = process.argv;
const log = openSync(logPath, 'a');
const blob = readFileSync(blobPath);
let waiting = [];
let isWriting = false;

function append() {
  if (isWriting || waiting.length === 0) return;
  const batch = waiting;
  waiting = [];
  isWriting = true;
  const whole = Buffer.concat(batch.filter(({ isBarrier }) => !isBarrier).map(({ data }) => data));
  write(log, whole, (failure) => {
    if (failure) throw failure;
    fdatasync(log, (error) => {
      if (error) throw error;
      isWriting = false;
      for (const { isBarrier, data, socket } of batch) if (isBarrier) socket.send(data);
      append();
    });
  });
}

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
server.on('connection', (socket, request) => {
  socket.on('message', (data) => {
    if (request.url === '/blob') socket.send(blob);
    else if (waiting.push({ isBarrier: data[0] === BARRIER, data, socket }) === 1) setImmediate(append);
  });
});
server.on('listening', () => process.stdout.write(`${server.address().port}\n`));
