/**
 * What one room has been shown since it was opened, in a store into which a backup was put back: the relay's own statements
 * of before about owners, which any session may show, and what each person says of their own new clientIDs. The gate decides
 * by it (gate/recovery.ts). Also keeps count of what is new, so that whoever waits is asked again only then.
 */
import { decodeOwnership } from '../../shared/wire/ownership.ts';
import type { RecoveryKnowledge } from '../gate/recovery.ts';
import type { CarryingBack } from './effects.ts';
import type { Seat } from './seat.ts';

export interface RecoveryOptions extends CarryingBack {
  /** `<documentId>/<room>` */
  readonly room: string;
  /** The store's own generation: what was stated in it was not lost with another. */
  readonly generation: string;
  readonly verify: (bytes: Uint8Array, signature: Uint8Array) => boolean;
  readonly claimsPerPerson: number;
}

export class Recovery {
  readonly #options: RecoveryOptions;
  readonly #owners = new Map<number, string>();
  readonly #claims = new Map<string, Set<number>>();
  readonly #waitingSince = new Map<Seat, number>();
  /** Seats that showed a statement: they come with what others did. */
  readonly #carriers = new WeakSet<Seat>();
  /** Seats of the stock client that have shown themselves. */
  readonly #heard = new WeakSet<Seat>();
  #news = 0;

  constructor(options: RecoveryOptions) {
    this.#options = options;
  }

  /** A session shows what the relay once stated. What this relay did not sign, or stated of another room, counts nothing. */
  show(seat: Seat, statement: Uint8Array, signature: Uint8Array): void {
    const said = decodeOwnership(statement);
    const { room, generation, verify } = this.#options;
    if (said === null || said.room !== room || said.generation === generation) return;
    if (!verify(statement, signature)) return;
    this.#carriers.add(seat);
    for (const [clientId, personId] of said.ownersByClient) this.#owners.set(clientId, personId);
    this.#news++;
  }

  /** A person says that these clientIDs are their own; more than a person can have are not listened to. */
  claim(personId: string, clientIds: readonly number[]): void {
    const claims = this.#claims.get(personId) ?? new Set();
    this.#claims.set(personId, claims);
    for (const clientId of clientIds) if (claims.size < this.#options.claimsPerPerson) claims.add(clientId);
    this.#news++;
  }

  /**
   * The stock client can claim nothing in words; what it shows first of itself is the clientID that it writes with. What it
   * shows later may be somebody else's: it repeats what it hears.
   */
  hearPresence(seat: Seat, shown: () => readonly number[]): void {
    if (seat.session.wireVersion !== null || this.#heard.has(seat)) return;
    this.#heard.add(seat);
    const clientIds = shown();
    if (clientIds.length === 1) this.claim(seat.session.personId, clientIds);
  }

  knowledgeFor(seat: Seat, isStep2: boolean): RecoveryKnowledge {
    const claims = this.#claims.get(seat.session.personId);
    return {
      provenOwner: (clientId) => this.#owners.get(clientId),
      isClaimed: (clientId) => claims?.has(clientId) ?? false,
      mayCarry: this.#options.mayCarry(),
      isCarrying: isStep2 && this.#carriers.has(seat),
    };
  }

  /** Something was taken: what waited for it may be told again. */
  taken(): void {
    this.#news++;
  }

  /** What this session has is not all here: it is asked again when there is something new. */
  waits(seat: Seat): void {
    this.#waitingSince.set(seat, this.#news);
  }

  /** Whether anybody is to be asked again when there is something new. */
  get isWaitedFor(): boolean {
    return this.#waitingSince.size > 0;
  }

  isOver(seat: Seat): void {
    this.#waitingSince.delete(seat);
  }

  /** Who is to be asked again now. */
  takeDue(): Seat[] {
    const due = [...this.#waitingSince].flatMap(([seat, since]) => (since < this.#news ? [seat] : []));
    for (const seat of due) this.#waitingSince.delete(seat);
    return due;
  }
}
