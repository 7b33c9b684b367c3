/**
 * The random clientIDs of this device, and putting what stands under one of them under another: for the accident that somebody
 * else took the same. The words, their places and what was deleted stay as they were.
 */
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { clientIdLike, typingClientId } from '../../shared/typing-runs.ts';
import type { Randomness } from './environment.ts';

/** 52 random bits: two replicas of one room never meet by accident, as long as chance is chance. */
export function randomTypingClientId(random: Randomness): number {
  return typingClientId(randomNumber(random));
}

/** Another clientID for the use that this one had. */
export function freshClientId(clientId: number, random: Randomness): number {
  return clientIdLike(clientId, randomNumber(random));
}

function randomNumber(random: Randomness): number {
  const bytes = new DataView(random.bytes(8).buffer);
  return (bytes.getUint32(0) & 0x1fffff) * 0x1_0000_0000 + bytes.getUint32(4);
}

/** The same update with `to` wherever it says `from`. */
export function withClientId(update: Uint8Array, from: number, to: number): Uint8Array {
  const { structs, ds } = Y.decodeUpdate(update);
  const moved = (id: Y.ID) => (id.client === from ? Y.createID(to, id.clock) : id);
  const byClient = new Map<number, typeof structs>();
  for (const struct of structs) {
    struct.id = moved(struct.id);
    if (struct instanceof Y.Item) {
      if (struct.origin !== null) struct.origin = moved(struct.origin);
      if (struct.rightOrigin !== null) struct.rightOrigin = moved(struct.rightOrigin);
      // Fresh from its bytes the parent is a name, an id, or not said.
      const parent: unknown = struct.parent;
      if (parent instanceof Y.ID) struct.parent = moved(parent);
    }
    const own = byClient.get(struct.id.client);
    if (own === undefined) byClient.set(struct.id.client, [struct]);
    else own.push(struct);
  }
  const encoder = new Y.UpdateEncoderV1();
  const { restEncoder } = encoder;
  encoding.writeVarUint(restEncoder, byClient.size);
  for (const [client, own] of byClient) {
    encoding.writeVarUint(restEncoder, own.length);
    encoder.writeClient(client);
    encoding.writeVarUint(restEncoder, own[0]?.id.clock ?? 0);
    for (const struct of own) struct.write(encoder, 0);
  }
  encoding.writeVarUint(restEncoder, ds.clients.size);
  for (const [client, ranges] of ds.clients) {
    encoding.writeVarUint(restEncoder, client === from ? to : client);
    encoding.writeVarUint(restEncoder, ranges.length);
    for (const { clock, len } of ranges) {
      encoding.writeVarUint(restEncoder, clock);
      encoding.writeVarUint(restEncoder, len);
    }
  }
  return encoder.toUint8Array();
}
