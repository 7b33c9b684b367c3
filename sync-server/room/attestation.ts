/**
 * The relay's signed word on whose the clientIDs of one room are, as frames: all of them for who enters, the new ones for
 * everybody once they are durable. One signature for each new one, or for all; none for an update. What it is good for is
 * told in room/recovery.ts.
 */
import { encodeMessage } from '../../shared/wire/messages.ts';
import { encodeOwnership, type Ownership } from '../../shared/wire/ownership.ts';
import type { RoomSession } from './effects.ts';
import type { Seat } from './seat.ts';

export interface AttestationOptions {
  /** `<documentId>/<room>` */
  readonly room: string;
  readonly generation: string;
  readonly sign: (bytes: Uint8Array) => Uint8Array;
}

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
  readonly #options: AttestationOptions;
  /** By append: what its author owns once it is durable. */
  readonly #underWay = new Map<number, ReadonlyMap<number, string>>();
  /** The last frame about all, and how many it tells of: owners are only ever added. */
  #whole: { readonly count: number; readonly frame: Uint8Array } | null = null;

  constructor(options: AttestationOptions) {
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
    if (clientIds.length > 0) this.#underWay.set(appendId, new Map(clientIds.map((id) => [id, personId])));
  }

  /** What became known with these appends, now that they are durable; null for nothing. */
  settle(appendIds: readonly number[]): Uint8Array | null {
    if (this.#underWay.size === 0) return null;
    const owners = new Map<number, string>();
    for (const appendId of appendIds) {
      for (const [clientId, personId] of this.#underWay.get(appendId) ?? []) owners.set(clientId, personId);
      this.#underWay.delete(appendId);
    }
    return owners.size === 0 ? null : this.#frame(false, owners);
  }

  #frame(isWhole: boolean, ownersByClient: Ownership['ownersByClient']): Uint8Array {
    const { room, generation, sign } = this.#options;
    const statement = encodeOwnership({ room, generation, isWhole, ownersByClient });
    return encodeMessage({ type: 'owners', statement, signature: sign(statement) });
  }
}
