/**
 * Somebody hostile, in a process of their own so that what an attack costs its maker is not the server's: raw TCP and frames
 * made by hand. Asked by IPC for one attack by name; answers when it is over: all said, cut off, or its time is up. Sockets
 * that still stand are left open until it is told to let go.
 */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import * as Y from 'yjs';

const BINARY = 2;
const CONTINUED = 0;
const PING = 9;
const PONG = 10;
const BARRIER = 100;
/** What the relay answers to that barrier. */
const ECHO = Buffer.from([0x82, 2, BARRIER, 77]);
/** One attack takes at most so long; who is held back by the relay stops then. */
const MOST_MS = 1_000;
const open = new Set();

/** One masked WebSocket frame; `says` is the length it announces when that is not the payload's. */
function frame(opcode, payload, { isLast = true, says = payload.length } = {}) {
  const head = [(isLast ? 0x80 : 0) | opcode];
  if (says < 126) head.push(0x80 | says);
  else if (says < 65_536) head.push(0x80 | 126, says >> 8, says & 255);
  else head.push(0x80 | 127, 0, 0, 0, 0, (says >>> 24) & 255, (says >>> 16) & 255, (says >>> 8) & 255, says & 255);
  // A mask of zeros leaves the payload as it is.
  return Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), payload]);
}

function varUint(value) {
  const bytes = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return [...bytes, rest];
}

const sync = (kind, payload) => frame(BINARY, Buffer.from([0, kind, ...varUint(payload.length), ...payload]));
const update = (payload) => sync(2, payload);
/** "I have only one thing that nobody knows: send me all." Never twice the same, so that no answer can be used again. */
const askAll = (n) => sync(0, Uint8Array.from([1, ...varUint(50_000_000 + n), 1]));

function presence(clientId, clock, state) {
  const text = Buffer.from(JSON.stringify(state));
  const entry = Buffer.from([1, ...varUint(clientId), ...varUint(clock), ...varUint(text.length), ...text]);
  return frame(BINARY, Buffer.concat([Buffer.from([1, ...varUint(entry.length)]), entry]));
}

/** A connection that has asked to be a socket of the room; `reads` drops what it is told, else the relay's words pile up. */
function join({ port, origin, cookie, path }, { reads = true } = {}) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  open.add(socket);
  socket.on('error', () => undefined);
  socket.on('close', () => open.delete(socket));
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: relay\r\nOrigin: ${origin}\r\nCookie: ${cookie}\r\nUpgrade: websocket\r\n` +
      'Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  );
  return new Promise((resolve) => {
    socket.once('close', () => resolve(socket));
    socket.once('readable', () => {
      if (reads) socket.resume();
      resolve(socket);
    });
  });
}

const joinMany = (place, count, how) => Promise.all(Array.from({ length: count }, () => join(place, how)));

/** Hands over bytes as fast as they are taken; false when the connection is gone or the time is up. */
async function say(socket, bytes, until) {
  if (socket.destroyed || performance.now() > until) return false;
  if (socket.write(bytes)) return true;
  await new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.max(0, until - performance.now()));
    const done = () => {
      clearTimeout(timer);
      socket.off('drain', done);
      socket.off('close', done);
      resolve();
    };
    socket.once('drain', done);
    socket.once('close', done);
  });
  return !socket.destroyed && performance.now() < until;
}

/** Until the relay has handled all that this socket said, or has closed it. */
function handled(socket) {
  if (socket.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, MOST_MS);
    const done = () => {
      clearTimeout(timer);
      socket.off('data', look);
      resolve();
    };
    const look = (data) => {
      if (data.includes(ECHO)) done();
    };
    socket.on('data', look);
    socket.once('close', done);
    socket.write(frame(BINARY, Buffer.from([BARRIER, 77])));
  });
}

/** Frames from each socket, by its number; then until they are handled, as far as anybody reads the answers. */
async function sayAll(sockets, framesOf, { reads = true } = {}) {
  const until = performance.now() + MOST_MS;
  await Promise.all(
    sockets.map(async (socket, n) => {
      for (const bytes of framesOf(n)) if (!(await say(socket, bytes, until))) return;
      if (reads) await handled(socket);
    }),
  );
  if (!reads) await new Promise((resolve) => setTimeout(resolve, until - performance.now()));
}

const times = (count, make) => Array.from({ length: count }, (_, n) => make(n));
/** Many small frames in one write, as a script would. */
const together = (count, bytes) => Buffer.concat(times(count, () => bytes));

function editOf(clientID) {
  const doc = new Y.Doc();
  doc.clientID = clientID;
  doc.getText('prose').insert(0, 'x');
  return Y.encodeStateAsUpdate(doc);
}

/** An update whose beginning nobody was sent. */
function unplaceable(clientID) {
  const doc = new Y.Doc();
  doc.clientID = clientID;
  doc.getText('prose').insert(0, 'ab');
  const before = Y.encodeStateVector(doc);
  doc.getText('prose').insert(2, 'c');
  return Y.encodeStateAsUpdate(doc, before);
}

const ATTACKS = {
  /** No attack: as busy as `trickle`, with a server of its own. What others notice of it is this machine's, not the relay's. */
  elsewhere: async () => {
    const server = createServer((socket) => socket.pause()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const sockets = times(30, () => connect({ port: server.address().port, host: '127.0.0.1', noDelay: true }));
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    const until = performance.now() + MOST_MS;
    while (performance.now() < until) {
      for (const socket of sockets) socket.write(Buffer.alloc(1));
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (const socket of sockets) socket.destroy();
    server.close();
  },
  newClientIds: async (place) => {
    const frames = times(5_000, (n) => update(editOf(10_000_000 + n)));
    await sayAll([await join(place)], () => frames);
  },
  unplaceableUpdates: async (place) => {
    const frames = times(3_000, (n) => update(unplaceable(20_000_000 + n)));
    await sayAll([await join(place)], () => frames);
  },
  unreadSyncAnswers: async (place) => {
    const sockets = await joinMany(place, 100, { reads: false });
    await sayAll(sockets, (n) => times(50, (k) => askAll(n * 50 + k)), { reads: false });
  },
  largePresence: async (place) => {
    const large = { text: 'x'.repeat(1024 * 1024) };
    const frames = times(20, (n) => presence(30_000_000, n, large));
    await sayAll(await joinMany(place, 4), () => frames);
  },
  presenceFlood: async (place) => {
    const state = { text: 'x'.repeat(3_000) };
    const framesOf = (n) => times(300, (k) => presence(40_000_000 + n * 8 + (k % 8), k, state));
    await sayAll(await joinMany(place, 40), framesOf);
  },
  pings: async (place) => {
    const flood = together(20_000, frame(PING, Buffer.alloc(100)));
    await sayAll(await joinMany(place, 10), () => [flood]);
  },
  pongs: async (place) => {
    const flood = together(40_000, frame(PONG, Buffer.alloc(0)));
    await sayAll(await joinMany(place, 10), () => [flood]);
  },
  smallMessages: async (place) => {
    const flood = together(50_000, update(Uint8Array.of(0, 0)));
    await sayAll(await joinMany(place, 10), () => [flood]);
  },
  halfMessages: async (place) => {
    const megabyte = Buffer.alloc(1024 * 1024);
    const head = frame(BINARY, Buffer.alloc(0), { says: 20 * 1024 * 1024 });
    const sockets = await joinMany(place, 100);
    await sayAll(sockets, () => [head, ...times(19, () => megabyte)], { reads: false });
  },
  trickle: async (place) => {
    const sockets = await joinMany(place, 30);
    const until = performance.now() + MOST_MS;
    for (const socket of sockets) socket.write(frame(BINARY, Buffer.alloc(0), { says: 1_000_000 }));
    while (performance.now() < until && open.size > 0) {
      for (const socket of sockets) if (!socket.destroyed) socket.write(Buffer.alloc(1));
      await new Promise((resolve) => setImmediate(resolve));
    }
  },
  manyFragments: async (place) => {
    const piece = frame(CONTINUED, Buffer.alloc(1), { isLast: false });
    const begin = frame(BINARY, Buffer.alloc(1), { isLast: false });
    await sayAll(await joinMany(place, 10), () => [begin, together(20_000, piece)]);
  },
  malformedFrames: async (place) => {
    const until = performance.now() + MOST_MS;
    for (let n = 0; n < 300 && performance.now() < until; n++) {
      const socket = await join(place);
      socket.write(Buffer.from([0xff, 0xff, 0xff, 0xff]));
      if (!socket.destroyed) await new Promise((resolve) => socket.once('close', resolve));
    }
  },
  comingAndGoing: async (place) => {
    const until = performance.now() + MOST_MS;
    for (let n = 0; n < 100 && performance.now() < until; n++) {
      for (const socket of await joinMany(place, 10)) socket.destroy();
    }
  },
  strangers: async (place) => {
    const until = performance.now() + MOST_MS;
    for (let n = 0; n < 100 && performance.now() < until; n++) {
      for (const socket of await joinMany({ ...place, cookie: '' }, 20)) socket.destroy();
    }
  },
};

process.on('message', async ({ attack, place }) => {
  try {
    if (attack === null) for (const socket of open) socket.destroy();
    else await ATTACKS[attack](place);
    process.send({ done: true, open: open.size });
  } catch (error) {
    process.send({ failed: String(error) });
  }
});
