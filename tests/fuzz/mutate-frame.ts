/**
 * Whole frames as an attacker would send them: mutated updates in honest envelopes, honest frames at the wrong time or from the
 * wrong person, broken envelopes, questions and presence with wrong numbers, and plain noise.
 */
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { encodeMessage, type Message } from '../../shared/wire/messages.ts';
import type { Random } from '../support/random.ts';
import { type Known, mutateUpdate } from './mutate-update.ts';

export interface MutatedFrame {
  readonly bytes: Uint8Array;
  /** What was done to it. */
  readonly mutations: readonly string[];
}

const NUMBERS = [0, 1, 127, 128, 2 ** 20, 2 ** 31, 2 ** 53 - 1];

/** A frame, from the frames and updates that honest people sent. */
export function mutateFrame(random: Random, known: Known, honest: readonly Uint8Array[]): MutatedFrame {
  const chance = random.next();
  if (chance < 0.62) return updateFrame(random, known);
  if (chance < 0.72) return { bytes: random.pick(honest), mutations: ['said again'] };
  if (chance < 0.8) return { bytes: broken(random, random.pick(honest)), mutations: ['broken bytes'] };
  if (chance < 0.87) return one('presence', { type: 'awareness', update: presence(random, known) });
  if (chance < 0.9) return one('a question', { type: 'syncStep1', stateVector: stateVector(random, known) });
  if (chance < 0.93) return one('a barrier', { type: 'barrier', number: random.pick(NUMBERS) });
  if (chance < 0.95) return { bytes: wrongEnvelope(random, known), mutations: ['a wrong envelope'] };
  if (chance < 0.96) return one('who is here', { type: 'queryAwareness' });
  return { bytes: noise(random), mutations: ['noise'] };
}

function one(mutation: string, message: Message): MutatedFrame {
  return { bytes: encodeMessage(message), mutations: [mutation] };
}

function updateFrame(random: Random, known: Known): MutatedFrame {
  const { update, mutations } = mutateUpdate(random, known);
  const type = random.chance(0.75) ? 'update' : 'syncStep2';
  if (random.chance(0.85)) return { bytes: encodeMessage({ type, update }), mutations };
  const bytes = encodeMessage({ type, update: broken(random, update) });
  return { bytes, mutations: [...mutations, 'broken bytes'] };
}

/** A few bytes changed, put in, left out, or the end cut off. */
function broken(random: Random, whole: Uint8Array): Uint8Array {
  const bytes = [...whole];
  for (let hit = random.int(4); hit >= 0; hit--) {
    const at = random.int(bytes.length + 1);
    switch (random.int(4)) {
      case 0:
        bytes.splice(at, 0, random.int(256));
        break;
      case 1:
        bytes.splice(at, 1 + random.int(3));
        break;
      case 2:
        bytes.length = Math.min(bytes.length, at);
        break;
      default:
        if (at < bytes.length) bytes[at] = random.chance(0.5) ? random.int(256) : random.pick([0, 127, 128, 255]);
    }
  }
  return Uint8Array.from(bytes);
}

function presence(random: Random, known: Known): Uint8Array {
  const encoder = encoding.createEncoder();
  const count = random.pick([0, 1, 1, 2, 12]);
  encoding.writeVarUint(encoder, random.chance(0.9) ? count : random.pick(NUMBERS));
  for (let n = 0; n < count; n++) {
    encoding.writeVarUint(encoder, random.chance(0.5) ? random.pick(known.clients) : random.pick(NUMBERS));
    encoding.writeVarUint(encoder, random.pick(NUMBERS));
    const long = JSON.stringify({ words: 'x'.repeat(random.pick([10, 5_000])) });
    const states = ['null', '{}', '{"person":{"name":"县长"}}', '{"__proto__":{"a":1}}', '[1]', '{', '"x"', long];
    encoding.writeVarString(encoder, random.pick(states));
  }
  return encoding.toUint8Array(encoder);
}

function stateVector(random: Random, known: Known): Uint8Array {
  const encoder = encoding.createEncoder();
  const count = random.pick([0, 1, 3, 300]);
  encoding.writeVarUint(encoder, random.chance(0.8) ? count : random.pick(NUMBERS));
  for (let n = 0; n < count; n++) {
    encoding.writeVarUint(encoder, random.chance(0.8) ? random.pick(known.clients) : random.int(2 ** 31));
    encoding.writeVarUint(encoder, random.chance(0.8) ? random.int(50) : random.pick(NUMBERS));
  }
  return encoding.toUint8Array(encoder);
}

function wrongEnvelope(random: Random, known: Known): Uint8Array {
  const update = random.pick(known.updates);
  const encoder = encoding.createEncoder();
  switch (random.int(6)) {
    case 0:
      // The second encoding of Yjs, which nobody here speaks.
      return encodeMessage({ type: 'update', update: Y.convertUpdateFormatV1ToV2(update) });
    case 1:
      return encodeMessage({ type: 'refused', reason: 'frozen' });
    case 2:
      return encodeMessage({ type: 'freezing' });
    case 3:
      // A length that is not the payload's.
      for (const number of [0, random.int(3), random.pick(NUMBERS)]) encoding.writeVarUint(encoder, number);
      encoding.writeUint8Array(encoder, update);
      return encoding.toUint8Array(encoder);
    case 4:
      return Uint8Array.of(...encodeMessage({ type: 'update', update }), random.int(256));
    default:
      // A number written longer than it is.
      return Uint8Array.of(100, 129, 128, 0);
  }
}

function noise(random: Random): Uint8Array {
  const length = random.pick([0, 1, 2, 5, 30, 400]);
  return Uint8Array.from({ length }, (_, at) =>
    at === 0 && random.chance(0.7) ? random.pick([0, 1, 3, 100, 101, 102, 103]) : random.int(256),
  );
}
