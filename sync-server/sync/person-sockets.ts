/**
 * All sockets of one person: what they cost together is paid from one budget, and when it is spent none of them is read
 * until it has filled again, or until others have had their share of the relay's time. Remembers nothing of what was said.
 */
import type { Limits } from '../limits.ts';
import type { LiveSocket } from './live-socket.ts';
import { PersonBudget } from './person-budget.ts';
import type { TimeShare } from './time-share.ts';

/** Why none of somebody's sockets is read now: more came than flows in, or others have their turn. */
type Hold = 'budget' | 'turn';

export class PersonSockets {
  readonly budget: PersonBudget;
  readonly #limits: Limits;
  readonly #share: TimeShare;
  readonly #live = new Set<LiveSocket>();
  readonly #heldBy = new Set<Hold>();
  /** Who is read again next, of those that a hold stopped; whoever was read again last is the last. */
  readonly #toRead = new Map<Hold, Set<LiveSocket>>();
  /** Who of this person comes in when others have had their share. */
  readonly #atDoor: (() => void)[] = [];
  /** When the last one left, or it was made. */
  #emptySinceMs: number;

  constructor(limits: Limits, nowMs: number, share: TimeShare) {
    this.#limits = limits;
    this.#share = share;
    this.#emptySinceMs = nowMs;
    this.budget = new PersonBudget(limits, nowMs);
  }

  get count(): number {
    return this.#live.size;
  }

  /** The one that has been open longest. */
  get first(): LiveSocket | undefined {
    const [first] = this.#live;
    return first;
  }

  add(live: LiveSocket): void {
    this.#live.add(live);
    for (const hold of this.#heldBy) this.#stop(live, hold);
  }

  delete(live: LiveSocket, nowMs: number): void {
    this.#live.delete(live);
    for (const line of this.#toRead.values()) line.delete(live);
    this.#emptySinceMs = nowMs;
  }

  /** Whether nothing of this person is left to remember: coming back at once is no new allowance. */
  isForgotten(nowMs: number): boolean {
    return this.#live.size === 0 && nowMs - this.#emptySinceMs > this.#limits.budgetMs;
  }

  /** Reads nothing of this person for so long. */
  holdBack(forMs: number): void {
    this.#hold('budget', (end) => setTimeout(end, forMs).unref());
  }

  /** Does something for this person, in their share of the relay's time. */
  work(act: () => void): void {
    const fromMs = this.workBegins();
    act();
    this.workEnds(fromMs);
  }

  /** As `work`, of something that is done with every keystroke. @returns what `workEnds` is to be told */
  workBegins(): number {
    return this.#share.clock();
  }

  workEnds(fromMs: number): void {
    this.#rest(this.#share.worked(fromMs));
  }

  /** Lets one more of theirs in, in their share of the time; false when too many wait for it already. */
  comesIn(act: () => void): boolean {
    if (!this.#heldBy.has('turn')) this.work(act);
    else if (this.#atDoor.length < this.#limits.socketsPerPerson) this.#atDoor.push(act);
    else return false;
    return true;
  }

  /** A piece of something came; it is read until `pieceEnds`. */
  pieceBegins(): void {
    this.#share.begins();
  }

  /** @param isCrumb it was short and ended nothing */
  pieceEnds(isCrumb: boolean): void {
    const { crumbMs, pieceMs } = this.#limits;
    this.#rest(this.#share.ends(isCrumb ? crumbMs : pieceMs));
  }

  #rest(forMs: number | null): void {
    if (forMs === null) return;
    this.#hold('turn', (end) => (forMs === 0 ? setImmediate(end) : setTimeout(end, forMs).unref()));
  }

  #hold(hold: Hold, until: (end: () => void) => void): void {
    if (this.#heldBy.has(hold)) return;
    this.#heldBy.add(hold);
    for (const live of this.#live) this.#stop(live, hold);
    until(() => {
      this.#heldBy.delete(hold);
      this.#readNext(hold);
      while (this.#atDoor.length > 0 && !this.#heldBy.has('turn')) this.work(this.#atDoor.shift() ?? (() => {}));
    });
  }

  #stop(live: LiveSocket, hold: Hold): void {
    const line = this.#toRead.get(hold) ?? new Set();
    this.#toRead.set(hold, line);
    line.add(live);
    live.pause(hold);
  }

  /** One, then in each turn of the event loop twice as many, as long as nothing holds them again. */
  #readNext(hold: Hold, count = 1): void {
    const line = this.#toRead.get(hold);
    if (line === undefined || this.#heldBy.has(hold)) return;
    let left = count;
    for (const live of line) {
      if (left === 0) break;
      line.delete(live);
      live.resume(hold);
      left -= 1;
    }
    if (line.size === 0) this.#toRead.delete(hold);
    else setImmediate(() => this.#readNext(hold, count * 2));
  }

  /** Whether so many more bytes may wait for this one: its own bound is the room's, this is the one of all together. */
  mayQueue(live: LiveSocket, bytes: number): boolean {
    const own = live.bufferedBytes;
    const { queuedBytesPerPerson } = this.#limits;
    // One answer is always sent: a single line can be slow, and a room large.
    if (own === 0 && this.#live.size === 1) return true;
    // Adding up is worth its cost only when this one alone could be part of a pile.
    if ((own + bytes) * this.#live.size <= queuedBytesPerPerson) return true;
    let queued = bytes;
    for (const other of this.#live) queued += other.bufferedBytes;
    return queued === bytes || queued <= queuedBytesPerPerson;
  }
}
