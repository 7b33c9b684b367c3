/**
 * One admitted socket: what it has begun to say, whether it is alive, and why it is not read now. It enforces what can be
 * seen without understanding a message: half messages that never end, floods, peers that are gone.
 */
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { CloseName } from '../../shared/close-codes.ts';
import type { RoomAddress } from '../../shared/rooms.ts';
import type { SignedIn } from '../accounts/accounts.ts';
import type { Limits } from '../limits.ts';
import type { RoomSession } from '../room/effects.ts';
import { TokenBucket } from '../room/token-bucket.ts';
import type { PersonSockets } from './person-sockets.ts';

/** Bytes of a masked control frame beside its payload. */
const CONTROL_HEAD_BYTES = 6;
/** What keeping a piece of a message costs beside its bytes: a trickle of single bytes is not small. */
const PIECE_BYTES = 512;

export interface LiveSocketOptions {
  readonly socket: WebSocket;
  /** The connection under it. */
  readonly stream: Duplex;
  readonly address: RoomAddress;
  readonly session: RoomSession;
  readonly signedIn: SignedIn;
  /** Whose it is, with all their other sockets. */
  readonly person: PersonSockets;
  readonly limits: Limits;
  readonly now: () => number;
  readonly expel: (row: CloseName) => void;
}

export class LiveSocket {
  readonly address: RoomAddress;
  readonly session: RoomSession;
  readonly signedIn: SignedIn;
  readonly #options: LiveSocketOptions;
  readonly #pings: TokenBucket;
  readonly #pausedBy = new Set<'room' | 'person'>();
  /** Something came since the last look. */
  #wasHeard = true;
  /** Of a message that has begun and not ended: its bytes, the pieces in which they came, and when it began. */
  #begunBytes = 0;
  #begunPieces = 0;
  #begunAtMs = 0;

  constructor(options: LiveSocketOptions) {
    this.#options = options;
    const { socket, stream, limits, now } = options;
    this.address = options.address;
    this.session = options.session;
    this.signedIn = options.signedIn;
    this.#pings = new TokenBucket(limits.pingsPerSecond, limits.pingBurst, now());
    // Before the library reads the same bytes: what it then finds whole is taken off again.
    stream.prependListener('data', (chunk: Buffer) => this.#read(chunk.length));
    socket.on('ping', (payload: Buffer) => this.#ping(payload));
    socket.on('pong', (payload: Buffer) => this.#tookControl(payload));
    options.person.add(this);
  }

  get queuedBytes(): number {
    return this.#options.socket.bufferedAmount;
  }

  /** Sends, or drops a person for whom too much waits already. */
  send(bytes: Uint8Array): void {
    const { socket, person, expel } = this.#options;
    if (socket.readyState !== socket.OPEN) return;
    if (person.mayQueue(this, bytes.length)) socket.send(bytes);
    else expel('tooSlow');
  }

  /** A message is whole. */
  tookMessage(): void {
    this.#keep(-this.#begunBytes);
    this.#count();
  }

  /** Stops reading for this reason. */
  pause(reason: 'room' | 'person'): void {
    this.#pausedBy.add(reason);
    this.#options.socket.pause();
  }

  /** Reads again when no other reason is left. */
  resume(reason: 'room' | 'person'): void {
    this.#pausedBy.delete(reason);
    if (this.#pausedBy.size > 0) return;
    // The time in which it was not read does not count against it.
    this.#begunAtMs = this.#options.now();
    this.#wasHeard = true;
    this.#options.socket.resume();
  }

  /** Cuts a peer that is gone or never ends its message, else asks whether it is there. Call every `limits.pingMs`. */
  tick(nowMs: number): void {
    const { socket, limits } = this.#options;
    // What is not read cannot be heard answering.
    if (this.#pausedBy.size > 0) return;
    const isEndless = this.#begunBytes > 0 && nowMs - this.#begunAtMs > limits.messageMs;
    if (!this.#wasHeard || isEndless) {
      socket.terminate();
      return;
    }
    this.#wasHeard = false;
    socket.ping();
  }

  /** The socket is gone: nothing of it is kept. */
  end(): void {
    const { person, now } = this.#options;
    this.#keep(-this.#begunBytes);
    person.delete(this, now());
  }

  #read(bytes: number): void {
    const { socket, person, now, expel } = this.#options;
    const nowMs = now();
    this.#wasHeard = true;
    if (this.#begunBytes === 0) this.#begunAtMs = nowMs;
    this.#keep(bytes);
    const waitMs = person.budget.read(nowMs, bytes);
    if (waitMs > 0) person.holdBack(waitMs);
    if (!person.budget.isHoarding) return;
    expel('tooFast');
    // While it closes nothing more of it is gathered; the end of patience with a closing socket frees the rest.
    socket.pause();
  }

  /** More of a begun message is kept, or (negative) less. */
  #keep(bytes: number): void {
    const before = this.#begunBytes + this.#begunPieces * PIECE_BYTES;
    this.#begunBytes = Math.max(0, this.#begunBytes + bytes);
    this.#begunPieces = this.#begunBytes === 0 ? 0 : this.#begunPieces + (bytes > 0 ? 1 : 0);
    this.#options.person.budget.keeps(this.#begunBytes + this.#begunPieces * PIECE_BYTES - before);
  }

  #count(): void {
    const { person, now } = this.#options;
    const waitMs = person.budget.message(now());
    if (waitMs > 0) person.holdBack(waitMs);
  }

  /** A control frame is whole: it may stand between the pieces of a message, which are kept still. */
  #tookControl(payload: Buffer): void {
    this.#keep(-(payload.length + CONTROL_HEAD_BYTES));
    this.#count();
  }

  /** Answered by hand: the library would queue an answer to each for a peer that reads none. */
  #ping(payload: Buffer): void {
    const { socket, now, expel } = this.#options;
    this.#tookControl(payload);
    if (this.#pings.take(now())) socket.pong(payload);
    else expel('tooFast');
  }
}
