/**
 * What the relay says of the clientIDs of one room: whose they are, in which generation of its store it says so. The bytes
 * are what it signs; a client keeps them unread but for its own, and gives them back when a backup was put back that no
 * longer knows. Decoding is total. Signing is the relay's affair.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

export interface Ownership {
  /** `<documentId>/<room>` */
  readonly room: string;
  /** The relay's store that knew this. */
  readonly generation: string;
  /** All that the relay knew of this room, as opposed to what was new. */
  readonly isWhole: boolean;
  readonly ownersByClient: ReadonlyMap<number, string>;
}

/** Says what the signed bytes are, so that they stand for nothing else. */
const PURPOSE = 'concord owners 1';

export function encodeOwnership({ room, generation, isWhole, ownersByClient }: Ownership): Uint8Array {
  const clientIdsByPerson = new Map<string, number[]>();
  for (const [clientId, personId] of ownersByClient) {
    const clientIds = clientIdsByPerson.get(personId);
    if (clientIds === undefined) clientIdsByPerson.set(personId, [clientId]);
    else clientIds.push(clientId);
  }
  const encoder = encoding.createEncoder();
  encoding.writeVarString(encoder, PURPOSE);
  encoding.writeVarString(encoder, room);
  encoding.writeVarString(encoder, generation);
  encoding.writeUint8(encoder, isWhole ? 1 : 0);
  encoding.writeVarUint(encoder, clientIdsByPerson.size);
  for (const [personId, clientIds] of clientIdsByPerson) {
    encoding.writeVarString(encoder, personId);
    encoding.writeVarUint(encoder, clientIds.length);
    for (const clientId of clientIds) encoding.writeVarUint(encoder, clientId);
  }
  return encoding.toUint8Array(encoder);
}

/** Null for any other bytes. Never throws. */
export function decodeOwnership(bytes: Uint8Array): Ownership | null {
  const decoder = decoding.createDecoder(bytes);
  try {
    if (decoding.readVarString(decoder) !== PURPOSE) return null;
    const room = decoding.readVarString(decoder);
    const generation = decoding.readVarString(decoder);
    const isWhole = decoding.readUint8(decoder) === 1;
    const ownersByClient = new Map<number, string>();
    for (let people = decoding.readVarUint(decoder); people > 0; people--) {
      const personId = decoding.readVarString(decoder);
      for (let left = decoding.readVarUint(decoder); left > 0; left--) {
        ownersByClient.set(decoding.readVarUint(decoder), personId);
      }
    }
    return decoding.hasContent(decoder) ? null : { room, generation, isWhole, ownersByClient };
  } catch {
    // lib0 throws when the bytes end early or a number is over 2^53.
    return null;
  }
}
