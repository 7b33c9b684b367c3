/**
 * People who type, in a process of their own so that what they cost is not the server's: asked by IPC to join rooms and to
 * type one character at a time at a given pace; answers how many edits reached the others and how long each took. They keep
 * no document: everybody types on behind their own last character, and those updates are written by hand.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';

const STEP_MS = 1;
const UPDATE = 2;
const PRESENCE = 1;
const ROOT = 'prose';
/** A string behind an origin; a string at the beginning of a root. */
const BEHIND = 0b10000100;
const AT_THE_BEGINNING = 0b00000100;
const typists = [];
/** By clientID: when each character was typed, by its clock. */
const typedAt = new Map();
/** Deliveries by how long they took, in steps of STEP_OF_DELAY_MS; the last one holds all that took longer. */
const STEP_OF_DELAY_MS = 0.02;
const deliveriesByDelay = new Uint32Array(100_000);
/** One frame often comes to everybody: it is read once. */
let lastFrame = Buffer.alloc(0);
let lastTypedAt = [];

/** When the characters that a frame brings were typed; none when it is no update. */
function typedTimesIn(frame) {
  if (frame[0] !== 0 || frame[1] !== UPDATE) return [];
  if (frame.equals(lastFrame)) return lastTypedAt;
  lastTypedAt = timesOf(decoding.createDecoder(frame.subarray(2)));
  lastFrame = frame;
  return lastTypedAt;
}

/** Reads no more of an update than what these people write: as Yjs reads it, it would cost more than the servers that are measured. */
function timesOf(decoder) {
  const number = () => decoding.readVarUint(decoder);
  const skip = (bytes) => {
    decoder.pos += bytes;
  };
  const times = [];
  number();
  for (let clients = number(); clients > 0; clients--) {
    let structs = number();
    const typed = typedAt.get(number()) ?? [];
    for (let clock = number(); structs > 0; structs--) {
      const info = decoding.readUint8(decoder);
      if (info === BEHIND) {
        number();
        number();
      } else if (info === AT_THE_BEGINNING) {
        number();
        skip(number());
      } else throw new Error(`nobody here writes structs of kind ${info}`);
      // Every character is one byte.
      const length = number();
      skip(length);
      for (const end = clock + length; clock < end; clock++) if (clock < typed.length) times.push(typed[clock]);
    }
  }
  return times;
}

function heard(frame) {
  const now = performance.now();
  for (const at of typedTimesIn(frame)) {
    const step = Math.floor((now - at) / STEP_OF_DELAY_MS);
    deliveriesByDelay[Math.min(step, deliveriesByDelay.length - 1)]++;
  }
}

/** The sync frame with the update that puts one more character behind the last one of this client. */
function nextFrame(client, clock) {
  const update = encoding.encode((encoder) => {
    for (const number of [1, 1, client, clock]) encoding.writeVarUint(encoder, number);
    encoding.writeUint8(encoder, clock === 0 ? AT_THE_BEGINNING : BEHIND);
    if (clock === 0) {
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarString(encoder, ROOT);
    } else {
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, clock - 1);
    }
    encoding.writeVarString(encoder, 'a');
    encoding.writeVarUint(encoder, 0);
  });
  return encoding.encode((encoder) => {
    for (const number of [0, UPDATE]) encoding.writeVarUint(encoder, number);
    encoding.writeVarUint8Array(encoder, update);
  });
}

/** What a page says when it comes: an answer that has nothing new, and where its caret is. */
function greetings(client) {
  const presence = encoding.encode((encoder) => {
    for (const number of [1, client, 0]) encoding.writeVarUint(encoder, number);
    encoding.writeVarString(encoder, JSON.stringify({ caret: { anchor: 0, head: 0 } }));
  });
  return [
    Buffer.from([0, 1, 2, 0, 0]),
    encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, PRESENCE);
      encoding.writeVarUint8Array(encoder, presence);
    }),
  ];
}

function join({ url, cookie, origin }, isShown) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { headers: { cookie }, origin, perMessageDeflate: false });
    socket.binaryType = 'nodebuffer';
    const client = new Y.Doc().clientID;
    typedAt.set(client, []);
    socket.on('message', heard);
    socket.on('error', reject);
    let isIn = false;
    socket.on('close', (code) => {
      const cutOff = new Error(`somebody was cut off: ${code}`);
      // Nobody waits for the one who had come in: the process ends with it.
      if (isIn) throw cutOff;
      reject(cutOff);
    });
    socket.on('open', () => {
      // Asks for what is there (nothing): from the answer on it is sent what others type.
      socket.send(Buffer.from([0, 0, 1, 0]));
      if (isShown) for (const frame of greetings(client)) socket.send(frame);
      isIn = true;
      resolve({ client, socket });
    });
  });
}

/** `perSecond` edits in all, in turns, for `seconds`; then waits until all have arrived, or for ten seconds. */
async function type({ perSecond, seconds, people }) {
  deliveriesByDelay.fill(0);
  const start = performance.now();
  let edits = 0;
  await new Promise((resolve) => {
    const timer = setInterval(() => {
      const passed = performance.now() - start;
      for (const due = Math.min(passed / 1000, seconds) * perSecond; edits < due; edits++) {
        const { client, socket } = typists[edits % typists.length];
        const times = typedAt.get(client);
        times.push(performance.now());
        socket.send(nextFrame(client, times.length - 1));
      }
      if (passed >= seconds * 1000) {
        clearInterval(timer);
        resolve();
      }
    }, STEP_MS);
  });
  const wanted = edits * (people - 1);
  const giveUp = performance.now() + 10_000;
  while (arrived() < wanted && performance.now() < giveUp) await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  return { deliveries: arrived(), wanted, p50: delayOf(0.5), p99: delayOf(0.99), ms: performance.now() - start };
}

function arrived() {
  return deliveriesByDelay.reduce((sum, count) => sum + count, 0);
}

/** Milliseconds that this share of the deliveries took at most. */
function delayOf(share) {
  let rest = arrived() * share;
  const step = deliveriesByDelay.findIndex((count) => {
    rest -= count;
    return rest <= 0;
  });
  return step * STEP_OF_DELAY_MS;
}

process.on('message', async (asked) => {
  try {
    if (asked.join !== undefined) {
      for (const place of asked.join) typists.push(await join(place, asked.isShown));
      process.send({ done: {} });
    } else process.send({ done: await type(asked.type) });
  } catch (error) {
    process.send({ failed: String(error) });
  }
});
