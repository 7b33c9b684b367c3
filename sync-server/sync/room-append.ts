/**
 * An update of an open room on its way to the disk: what the journal is to say of it, and where it is told that it is there. The
 * one object that is kept of it meanwhile, since thousands are under way at once. What comes of it is done by whoever hears.
 */
import type { Role } from '../../shared/permissions.ts';
import type { Append, Commit } from '../room/effects.ts';
import type { Appending } from '../store/writer.ts';
import type { OpenRoom } from './open-room.ts';

/** Who hears what became of updates. */
export interface AppendHearer {
  durable(one: RoomAppend): void;
  failed(one: RoomAppend, why: string): void;
}

export class RoomAppend implements Appending, Commit {
  readonly open: OpenRoom;
  readonly appendId: number;
  readonly room: string;
  readonly seq: number;
  readonly update: Uint8Array;
  readonly author: string;
  readonly carrier: string;
  readonly agencyId: string | null;
  readonly role: Role | null;
  readonly connection: string;
  readonly atMs: number;
  readonly newClientIds: readonly number[];
  readonly #hearer: AppendHearer;

  /** @param atMs when it came */
  constructor(
    open: OpenRoom,
    { appendId, update, author, by, newClientIds }: Append,
    atMs: number,
    hearer: AppendHearer,
  ) {
    const isOwn = author === by.personId;
    this.open = open;
    this.appendId = appendId;
    this.room = open.key;
    this.seq = open.room.seqOf(appendId);
    this.update = update;
    this.author = author;
    this.carrier = by.personId;
    // For which agency somebody acted whose words are brought back by others, the relay does not know.
    this.agencyId = isOwn ? by.agencyId : null;
    this.role = isOwn ? by.role : null;
    this.connection = by.sessionId;
    this.atMs = atMs;
    this.newClientIds = newClientIds;
    this.#hearer = hearer;
  }

  durable(): void {
    this.#hearer.durable(this);
  }

  failed(why: string): void {
    this.#hearer.failed(this, why);
  }
}
