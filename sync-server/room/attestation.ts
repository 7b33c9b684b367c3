/**
 * The relay's signed word on whose the clientIDs of one room are, as frames: all of them for who enters, the new ones for
 * everybody once they are durable. One signature for each new one, or for all; none for an update. What it is good for is
 * told in room/recovery.ts.
 */
import { roomKey } from '../../shared/rooms.ts';
import { encodeMessage } from '../../shared/wire/messages.ts';
import { encodeOwnership, type Ownership } from '../../shared/wire/ownership.ts';
import type { RoomOptions, RoomSession } from './effects.ts';
import type { Seat } from './seat.ts';

/** The wire that first knew of owners. */
const OWNERS_WIRE = 2;

/** Whether a session can read statements about owners: the stock client and ours of before cannot. */
export function knowsOwners({ wireVersion }: Pick<RoomSession, 'wireVersion'>): boolean {
  return wireVersion !== null && wireVersion >= OWNERS_WIRE;
}

/** Whether news about owners go to this seat: before its first answer, that will hold them. */
export function hearsOfOwners({ session, answeredFrom }: Seat): boolean {
  return answeredFrom !== null && knowsOwners(session);
}

export class Attestation {
  readonly #options: Pick<RoomOptions, 'address' | 'generation' | 'key'>;
  /** By append, in their order: what its author owns once it is durable. */
  #underWay: Map<number, ReadonlyMap<number, string>> | null = null;
  /** The last frame about all, and how many it tells of: owners are only ever added. */
  #whole: { readonly count: number; readonly frame: Uint8Array } | null = null;

  constructor(options: Pick<RoomOptions, 'address' | 'generation' | 'key'>) {
    this.#options = options;
  }

  /** All owners, as of the last append that was handed over; null for nobody. */
  whole(ownersByClient: ReadonlyMap<number, string>): Uint8Array | null {
    if (ownersByClient.size === 0) return null;
    if (this.#whole?.count !== ownersByClient.size) {
      this.#whole = { count: ownersByClient.size, frame: this.#frame(true, ownersByClient) };
    }
    return this.#whole.frame;
  }

  begin(appendId: number, clientIds: readonly number[], personId: string): void {
    if (clientIds.length === 0) return;
    this.#underWay ??= new Map();
    this.#underWay.set(appendId, new Map(clientIds.map((id) => [id, personId])));
  }

  /** What became known with the appends up to this one, now that they are durable; null for nothing. */
  settle(upTo: number): Uint8Array | null {
    const underWay = this.#underWay;
    if (underWay === null) return null;
    const owners = new Map<number, string>();
    for (const [appendId, ownersByClient] of underWay) {
      if (appendId > upTo) break;
      for (const [clientId, personId] of ownersByClient) owners.set(clientId, personId);
      underWay.delete(appendId);
    }
    if (underWay.size === 0) this.#underWay = null;
    return owners.size === 0 ? null : this.#frame(false, owners);
  }

  #frame(isWhole: boolean, ownersByClient: Ownership['ownersByClient']): Uint8Array {
    const { address, generation, key } = this.#options;
    const statement = encodeOwnership({ room: roomKey(address), generation, isWhole, ownersByClient });
    return encodeMessage({ type: 'owners', statement, signature: key.sign(statement) });
  }
}
