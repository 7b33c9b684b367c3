/**
 * The bytes on `/sync/<documentId>/<room>`: the y-websocket wire (0 sync, 1 awareness, 3 query awareness; formats of
 * y-protocols) and our own message numbers from 100, which the stock client ignores. `decodeMessage` is total: it
 * returns a message or the reason why not, and a message always encodes back to the same bytes. Content is not judged here.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { z } from 'zod';
import { putVarUint, varUintBytes } from './var-uint.ts';

/** What the relay says first on every connection. */
export const helloSchema = z.strictObject({
  wireVersion: z.number().int(),
  /** Random id of the store; another one after every restore of a backup. */
  generation: z.string().max(64),
  personId: z.string().max(64),
  capability: z.enum(['read', 'write']),
  documentState: z.enum(['draft', 'freezing', 'frozen']),
  /** A backup was put back: say first whose clientIDs you hold (`owners`) and which are your own (`claim`). */
  isRecovering: z.literal(true).optional(),
});
type Hello = z.infer<typeof helloSchema>;

/** Why an edit was refused, sent just before the connection is closed. */
export const REFUSAL_REASONS = [
  'may-not-write',
  'frozen',
  'client-id-of-another',
  'unknown-root',
  'key-of-another',
  'value-not-allowed',
] as const;
export const refusalSchema = z.strictObject({ reason: z.enum(REFUSAL_REASONS) });
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

export type Message =
  | { readonly type: 'syncStep1'; readonly stateVector: Uint8Array }
  | { readonly type: 'syncStep2'; readonly update: Uint8Array }
  | { readonly type: 'update'; readonly update: Uint8Array }
  | { readonly type: 'awareness'; readonly update: Uint8Array }
  | { readonly type: 'queryAwareness' }
  /** Client: "tell me when all I sent before this is durable"; relay: the same number back when it is. */
  | { readonly type: 'barrier'; readonly number: number }
  | { readonly type: 'hello'; readonly hello: Hello }
  | { readonly type: 'refused'; readonly reason: RefusalReason }
  /** The body is about to freeze: send what you have, then a barrier, and stop writing. */
  | { readonly type: 'freezing' }
  /** Relay: whose clientIDs these are (ownership.ts), signed by it; a client gives it back after a backup was put back. */
  | { readonly type: 'owners'; readonly statement: Uint8Array; readonly signature: Uint8Array }
  /** Client: what it writes, or wrote and nobody confirmed, under these clientIDs is its own. */
  | { readonly type: 'claim'; readonly clientIds: readonly number[] }
  /** Relay, just before `refused`: this clientID is somebody else's by accident. Say your words again under another. */
  | { readonly type: 'clash'; readonly clientId: number };

export type Decoded =
  | { readonly ok: true; readonly message: Message }
  | { readonly ok: false; readonly reason: 'empty' | 'unknown-type' | 'truncated' | 'trailing-bytes' | 'bad-content' };

const SYNC = 0;
const AWARENESS = 1;
const QUERY_AWARENESS = 3;
const BARRIER = 100;
const HELLO = 101;
const REFUSED = 102;
const FREEZING = 103;
const OWNERS = 104;
const CLAIM = 105;
const CLASH = 106;
const STEP1 = 0;
const STEP2 = 1;
const UPDATE = 2;

/** A message as the bytes of one WebSocket frame. */
export function encodeMessage(message: Message): Uint8Array {
  switch (message.type) {
    case 'syncStep1':
      return syncFrame(STEP1, message.stateVector);
    case 'syncStep2':
      return syncFrame(STEP2, message.update);
    case 'update':
      return syncFrame(UPDATE, message.update);
    default:
      return otherFrame(message);
  }
}

function otherFrame(message: Exclude<Message, { type: 'syncStep1' | 'syncStep2' | 'update' }>): Uint8Array {
  const encoder = encoding.createEncoder();
  switch (message.type) {
    case 'awareness':
      encoding.writeVarUint(encoder, AWARENESS);
      encoding.writeVarUint8Array(encoder, message.update);
      break;
    case 'queryAwareness':
      encoding.writeVarUint(encoder, QUERY_AWARENESS);
      break;
    case 'barrier':
      encoding.writeVarUint(encoder, BARRIER);
      encoding.writeVarUint(encoder, message.number);
      break;
    case 'hello':
      encoding.writeVarUint(encoder, HELLO);
      encoding.writeVarString(encoder, JSON.stringify(helloSchema.parse(message.hello)));
      break;
    case 'refused':
      encoding.writeVarUint(encoder, REFUSED);
      encoding.writeVarString(encoder, message.reason);
      break;
    case 'freezing':
      encoding.writeVarUint(encoder, FREEZING);
      break;
    case 'owners':
      encoding.writeVarUint(encoder, OWNERS);
      encoding.writeVarUint8Array(encoder, message.statement);
      encoding.writeVarUint8Array(encoder, message.signature);
      break;
    case 'claim':
      encoding.writeVarUint(encoder, CLAIM);
      encoding.writeVarUint(encoder, message.clientIds.length);
      for (const clientId of message.clientIds) encoding.writeVarUint(encoder, clientId);
      break;
    case 'clash':
      encoding.writeVarUint(encoder, CLASH);
      encoding.writeVarUint(encoder, message.clientId);
      break;
  }
  return encoding.toUint8Array(encoder);
}

/** Most frames are these, and the payload may be a whole document: written at once into memory of their own size. */
function syncFrame(step: number, payload: Uint8Array): Uint8Array {
  const frame = new Uint8Array(2 + varUintBytes(payload.length) + payload.length);
  frame[0] = SYNC;
  frame[1] = step;
  frame.set(payload, putVarUint(frame, 2, payload.length));
  return frame;
}

/** Reads one frame. Payloads are views on the given bytes, not copies. Never throws. */
export function decodeMessage(bytes: Uint8Array): Decoded {
  if (bytes.length === 0) return { ok: false, reason: 'empty' };
  const decoder = decoding.createDecoder(bytes);
  let decoded: Decoded;
  try {
    decoded = readMessage(decoder);
  } catch {
    // lib0 throws when the bytes end early or a number is over 2^53: the same answer for both.
    return { ok: false, reason: 'truncated' };
  }
  if (!decoded.ok) return decoded;
  if (decoding.hasContent(decoder)) return { ok: false, reason: 'trailing-bytes' };
  return isShortestForm(decoded.message, bytes) ? decoded : { ok: false, reason: 'bad-content' };
}

/** Whether the frame is the one form of its message: numbers not padded, JSON as we write it. Payloads are not compared. */
function isShortestForm(message: Message, bytes: Uint8Array): boolean {
  const payload =
    'update' in message ? message.update.length : message.type === 'syncStep1' ? message.stateVector.length : null;
  if (payload !== null) {
    const typeBytes = message.type === 'awareness' ? 1 : 2;
    return bytes.length === typeBytes + varUintBytes(payload) + payload;
  }
  const own = encodeMessage(message);
  return own.length === bytes.length && own.every((byte, index) => byte === bytes[index]);
}

function readMessage(decoder: decoding.Decoder): Decoded {
  const type = decoding.readVarUint(decoder);
  switch (type) {
    case SYNC:
      return readSync(decoder);
    case AWARENESS:
      return ok({ type: 'awareness', update: decoding.readVarUint8Array(decoder) });
    case QUERY_AWARENESS:
      return ok({ type: 'queryAwareness' });
    case BARRIER:
      return ok({ type: 'barrier', number: decoding.readVarUint(decoder) });
    case HELLO:
      return readHello(decoding.readVarString(decoder));
    case REFUSED: {
      const refusal = refusalSchema.safeParse({ reason: decoding.readVarString(decoder) });
      return refusal.success
        ? ok({ type: 'refused', reason: refusal.data.reason })
        : { ok: false, reason: 'bad-content' };
    }
    case FREEZING:
      return ok({ type: 'freezing' });
    case OWNERS: {
      const statement = decoding.readVarUint8Array(decoder);
      return ok({ type: 'owners', statement, signature: decoding.readVarUint8Array(decoder) });
    }
    case CLAIM:
      return ok({ type: 'claim', clientIds: readClientIds(decoder) });
    case CLASH:
      return ok({ type: 'clash', clientId: decoding.readVarUint(decoder) });
    default:
      return { ok: false, reason: 'unknown-type' };
  }
}

function readSync(decoder: decoding.Decoder): Decoded {
  const step = decoding.readVarUint(decoder);
  const payload = decoding.readVarUint8Array(decoder);
  switch (step) {
    case STEP1:
      return ok({ type: 'syncStep1', stateVector: payload });
    case STEP2:
      return ok({ type: 'syncStep2', update: payload });
    case UPDATE:
      return ok({ type: 'update', update: payload });
    default:
      return { ok: false, reason: 'unknown-type' };
  }
}

function readClientIds(decoder: decoding.Decoder): number[] {
  const clientIds: number[] = [];
  // A count is no reason to reserve anything: each id takes a byte at least, or lib0 throws.
  for (let left = decoding.readVarUint(decoder); left > 0; left--) clientIds.push(decoding.readVarUint(decoder));
  return clientIds;
}

function readHello(text: string): Decoded {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, reason: 'bad-content' };
  }
  const hello = helloSchema.safeParse(value);
  return hello.success ? ok({ type: 'hello', hello: hello.data }) : { ok: false, reason: 'bad-content' };
}

function ok(message: Message): Decoded {
  return { ok: true, message };
}
