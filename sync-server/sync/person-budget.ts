/**
 * What one person may cost the relay over all of their sockets together, so that two hundred tabs are not two hundred
 * allowances. Who sends more than flows in is not read for a while (TCP then holds the sender back): nothing honest is
 * lost by that. Pure arithmetic on times that are given; whoever drives it pauses the sockets.
 */
import type { Limits } from '../limits.ts';
import { TokenBucket } from '../room/token-bucket.ts';

export class PersonBudget {
  /** Of judging what they send and answering what they ask, shared by all rooms they are in. */
  readonly work: TokenBucket;
  readonly #limits: Limits;
  readonly #messages: TokenBucket;
  readonly #bytes: TokenBucket;
  readonly #entries: TokenBucket;
  /** By room: sockets of this person in it. */
  readonly #rooms = new Map<string, number>();
  /** Bytes kept of messages that have begun and not ended, over all sockets. */
  #unfinished = 0;

  constructor(limits: Limits, nowMs: number) {
    this.#limits = limits;
    this.work = new TokenBucket(limits.workPerSecond, limits.workBurst, nowMs);
    this.#messages = new TokenBucket(limits.messagesPerPersonPerSecond, limits.messageBurstPerPerson, nowMs);
    this.#bytes = new TokenBucket(limits.bytesPerPersonPerSecond, limits.byteBurstPerPerson, nowMs);
    this.#entries = new TokenBucket(limits.entriesPerPersonPerSecond, limits.entryBurstPerPerson, nowMs);
  }

  /** Rooms this person would be in with this one. */
  roomsWith(roomKey: string): number {
    return this.#rooms.size + (this.#rooms.has(roomKey) ? 0 : 1);
  }

  /** Whether another socket may enter now; every entry reads the store, and may load a room. */
  takeEntry(nowMs: number): boolean {
    return this.#entries.take(nowMs);
  }

  entered(roomKey: string): void {
    this.#rooms.set(roomKey, (this.#rooms.get(roomKey) ?? 0) + 1);
  }

  left(roomKey: string): void {
    const rest = (this.#rooms.get(roomKey) ?? 1) - 1;
    if (rest === 0) this.#rooms.delete(roomKey);
    else this.#rooms.set(roomKey, rest);
  }

  /** Bytes have arrived. @returns for how many milliseconds nothing more is to be read of this person */
  read(nowMs: number, bytes: number): number {
    return this.#bytes.charge(nowMs, bytes);
  }

  /** So many bytes more are kept of messages that have begun and not ended; less when negative. */
  keeps(bytes: number): void {
    this.#unfinished += bytes;
  }

  /** More is half-assembled for this person than anybody needs. */
  get isHoarding(): boolean {
    return this.#unfinished > this.#limits.unfinishedBytesPerPerson;
  }

  /** A message is whole. @returns for how many milliseconds nothing more is to be read of this person */
  message(nowMs: number): number {
    return this.#messages.charge(nowMs, 1);
  }
}
