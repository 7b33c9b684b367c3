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
  readonly seq: number;
  readonly atMs: number;
  readonly #append: Append;
  readonly #hearer: AppendHearer;

  /** @param atMs when it came */
  constructor(open: OpenRoom, append: Append, atMs: number, hearer: AppendHearer) {
    this.open = open;
    this.seq = open.room.seqOf(append.appendId);
    this.atMs = atMs;
    this.#append = append;
    this.#hearer = hearer;
  }

  get appendId(): number {
    return this.#append.appendId;
  }

  get room(): string {
    return this.open.key;
  }

  get update(): Uint8Array {
    return this.#append.update;
  }

  get author(): string {
    return this.#append.author;
  }

  get carrier(): string {
    return this.#append.by.personId;
  }

  // For which agency somebody acted whose words are brought back by others, the relay does not know.
  get agencyId(): string | null {
    return this.#isOwn ? this.#append.by.agencyId : null;
  }

  get role(): Role | null {
    return this.#isOwn ? this.#append.by.role : null;
  }

  get connection(): string {
    return this.#append.by.sessionId;
  }

  get newClientIds(): readonly number[] {
    return this.#append.newClientIds;
  }

  get #isOwn(): boolean {
    return this.author === this.carrier;
  }

  durable(): void {
    this.#hearer.durable(this);
  }

  failed(why: string): void {
    this.#hearer.failed(this, why);
  }
}
