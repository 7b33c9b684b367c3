/**
 * People who type, in a process of their own so that what they cost is not the server's: asked by IPC to join rooms and to
 * type one character at a time at a given pace; answers how many edits reached the others and how long each took.
 */
import { WebSocket } from 'ws';
import * as Y from 'yjs';

const STEP_MS = 10;
const UPDATE = 2;
const typists = [];
/** By clientID: when each character was typed, by its clock. */
const typedAt = new Map();
let delays = [];
let deliveries = 0;

/** The update inside a frame of the sync protocol `0 2 <length> <update>`; null for any other frame. */
function updateIn(frame) {
  if (frame[0] !== 0 || frame[1] !== UPDATE) return null;
  let at = 2;
  while (frame[at] >= 128) at++;
  return frame.subarray(at + 1);
}

function heard(frame) {
  const update = updateIn(frame);
  if (update === null) return;
  const now = performance.now();
  for (const { id, length } of Y.decodeUpdate(update).structs) {
    for (let clock = id.clock; clock < id.clock + length; clock++) {
      const at = typedAt.get(id.client)?.[clock];
      if (at === undefined) continue;
      deliveries++;
      delays.push(now - at);
    }
  }
}

function frameOf(update) {
  const length = [];
  let rest = update.length;
  for (; rest >= 128; rest = Math.floor(rest / 128)) length.push((rest % 128) + 128);
  return Buffer.concat([Buffer.from([0, UPDATE, ...length, rest]), update]);
}

function join({ url, cookie, origin }) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { headers: { cookie }, origin, perMessageDeflate: false });
    socket.binaryType = 'nodebuffer';
    const doc = new Y.Doc();
    const text = doc.getText('prose');
    typedAt.set(doc.clientID, []);
    doc.on('update', (update) => socket.send(frameOf(update)));
    socket.on('message', heard);
    socket.on('error', reject);
    socket.on('close', (code) => reject(new Error(`a typist was cut off: ${code}`)));
    socket.on('open', () => {
      // Asks for what is there (nothing): from the answer on it is sent what others type.
      socket.send(Buffer.from([0, 0, 1, 0]));
      resolve({ doc, text, socket });
    });
  });
}

/** `perSecond` edits in all, in turns, for `seconds`; then waits until nothing has arrived for a while. */
async function type({ perSecond, seconds, people }) {
  delays = [];
  deliveries = 0;
  const start = performance.now();
  let edits = 0;
  await new Promise((resolve) => {
    const timer = setInterval(() => {
      const passed = performance.now() - start;
      for (const due = Math.min(passed / 1000, seconds) * perSecond; edits < due; edits++) {
        const { doc, text } = typists[edits % typists.length];
        typedAt.get(doc.clientID).push(performance.now());
        text.insert(text.length, 'a');
      }
      if (passed >= seconds * 1000) {
        clearInterval(timer);
        resolve();
      }
    }, STEP_MS);
  });
  const wanted = edits * (people - 1);
  const giveUp = performance.now() + 10_000;
  while (deliveries < wanted && performance.now() < giveUp)
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  delays.sort((a, b) => a - b);
  const at = (share) => delays[Math.min(delays.length - 1, Math.floor(delays.length * share))];
  return { deliveries, wanted, p50: at(0.5), p99: at(0.99), ms: performance.now() - start };
}

process.on('message', async (asked) => {
  try {
    if (asked.join !== undefined) {
      for (const place of asked.join) typists.push(await join(place));
      process.send({ done: {} });
    } else process.send({ done: await type(asked.type) });
  } catch (error) {
    process.send({ failed: String(error) });
  }
});
