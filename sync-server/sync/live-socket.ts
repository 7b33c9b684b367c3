/**
 * One admitted socket: what it has begun to say, whether it is alive, and why it is not read now. It enforces what can be
 * seen without understanding a message: half messages that never end, floods, peers that are gone.
 */
import type { Duplex } from 'node:stream';
import type { RawData } from 'ws';
import type { CloseName } from '../../shared/close-codes.ts';
import type { RoomAddress } from '../../shared/rooms.ts';
import type { SignedIn } from '../accounts/accounts.ts';
import type { Limits } from '../limits.ts';
import { ownBuffer } from '../room/own-memory.ts';
import { TokenBucket } from '../room/token-bucket.ts';
import { type BinaryFrames, FRAMED_BYTES } from './binary-frame.ts';
import type { DirectReader, DirectReading } from './direct-reading.ts';
import { type HeardSocket, type Hearer, tellOfPieces } from './heard-socket.ts';
import type { AdmittedSession } from './new-session.ts';
import type { OpenRoom } from './open-room.ts';
import type { PersonSockets } from './person-sockets.ts';
import type { Link } from './room-lines.ts';
import { SlicedSend, type SliceTurns } from './sliced-send.ts';
import type { SpareReceivers } from './spare-receivers.ts';
import { stopWhenPaused } from './stop-when-paused.ts';

/** Why a socket is not read: too much of its room is on its way to the disk, or its person is held back. */
type Pause = 'room' | 'budget' | 'turn';

/** Bytes of a masked control frame beside its payload. */
const CONTROL_HEAD_BYTES = 6;
/** What keeping a piece of a message costs beside its bytes: a trickle of single bytes is not small. */
const PIECE_BYTES = 512;
/** Messages that may wait when more is read, so that what waits of a flood does not grow. */
const WAITING_FEW = 100;
/** A pause in which the answer to a ping may have been missed. */
const LONG_PAUSE_MS = 1_000;
const NOTHING: readonly never[] = [];

/** What is the same for all sockets: one object, however many there are. */
export interface SocketHouse {
  /** One message to many is framed once. */
  readonly frames: BinaryFrames;
  /** Where all sockets take turns with what is long. */
  readonly turns: SliceTurns;
  /** What sockets read with, one at a time. */
  readonly receivers: SpareReceivers;
  /** What reads of sockets what is short. */
  readonly directly: DirectReading;
  readonly limits: Limits;
  readonly now: () => number;
  /** A whole message to be handled. */
  receive(live: LiveSocket, data: RawData | Uint8Array, isBinary: boolean): void;
  expel(live: LiveSocket, row: CloseName): void;
  close(live: LiveSocket, row: CloseName): void;
  /** The socket is gone, and all that came before was handled. */
  ended(live: LiveSocket): void;
}

export interface LiveSocketOptions {
  /** Counts the sockets that were let in. */
  readonly number: number;
  readonly socket: HeardSocket;
  /** The connection under it. */
  readonly stream: Duplex;
  readonly address: RoomAddress;
  readonly session: AdmittedSession;
  readonly signedIn: SignedIn;
  /** Whose it is, with all their other sockets. */
  readonly person: PersonSockets;
}

/** Thousands are open and say nothing: what few of them ever need is made when it is needed. */
export class LiveSocket implements Link<OpenRoom>, Hearer, DirectReader {
  readonly number: number;
  readonly socket: HeardSocket;
  readonly address: RoomAddress;
  readonly session: AdmittedSession;
  readonly signedIn: SignedIn;
  readonly person: PersonSockets;
  room: OpenRoom | null = null;
  largestBytes = 0;
  /** Kept here by what reads short messages. */
  begun: Buffer | null = null;
  readonly #stream: Duplex;
  readonly #house: SocketHouse;
  #pings: TokenBucket | null = null;
  /** Made for the first long message. */
  #said: SlicedSend | null = null;
  #pausedBy: readonly Pause[] = NOTHING;
  /** What came in one piece with what stopped the reading, in order; handled when it is read again. */
  #waiting: readonly (() => void)[] = NOTHING;
  /** False from when it is read again until that has shown what came meanwhile. */
  #isBack = true;
  /** Something came since the last look. */
  #wasHeard = true;
  /** Of a message that has begun and not ended: its bytes, the pieces in which they came, and when it began. */
  #begunBytes = 0;
  #begunPieces = 0;
  #begunAtMs = 0;
  #pausedAtMs = 0;

  constructor(options: LiveSocketOptions, house: SocketHouse) {
    const { number, socket, stream, address, session, signedIn, person } = options;
    this.number = number;
    this.socket = socket;
    this.address = address;
    this.session = session;
    this.signedIn = signedIn;
    this.person = person;
    this.#stream = stream;
    this.#house = house;
    stopWhenPaused(stream);
    tellOfPieces(stream, this);
    socket.hearer = this;
    socket.receivers = house.receivers;
    socket.rest();
    house.directly.begin(stream);
    person.add(this);
  }

  message(data: RawData | Uint8Array, isBinary: boolean): void {
    this.#keep(-this.#begunBytes);
    this.#count();
    if (this.#isInOrder) this.#handle(data, isBinary);
    else this.#handleLater(data, isBinary);
  }

  get isBetweenMessages(): boolean {
    return this.socket._reading === null;
  }

  closed(): void {
    if (this.#isInOrder) this.#end();
    else this.#later(() => this.#end());
  }

  get bufferedBytes(): number {
    return this.#stream.writableLength + (this.#said?.waitingBytes ?? 0);
  }

  get work(): TokenBucket {
    return this.person.budget.work;
  }

  get isAnswering(): boolean {
    return this.#said?.isAnswering ?? false;
  }

  takingTime(act: () => void): void {
    this.person.work(act);
  }

  /** Sends, or drops a person for whom too much waits already. */
  send(bytes: Uint8Array, isAnswer = false): void {
    const { socket } = this;
    if (socket.readyState !== socket.OPEN) return;
    if (!this.person.mayQueue(this, bytes.length)) this.#house.expel(this, 'tooSlow');
    else if (bytes.length > FRAMED_BYTES) this.#slices().sendLong(bytes, isAnswer);
    // The library writes its pings and closes whole and at once (nothing is compressed), so the two cannot mix.
    else if (this.#said === null) this.#stream.write(this.#house.frames.of(bytes));
    else this.#said.sendFrame(this.#house.frames.of(bytes));
  }

  close(row: CloseName): void {
    this.#house.close(this, row);
  }

  /** Does this once all that was sent is handed to the line. */
  whenSaid(act: () => void): void {
    if (this.#said === null) act();
    else this.#said.whenSaid(act);
  }

  /** Stops reading for this reason. */
  pause(reason: Pause): void {
    if (this.#pausedBy.includes(reason)) return;
    if (this.#pausedBy.length === 0) {
      this.#pausedAtMs = this.#house.now();
      this.socket.pause();
    }
    this.#pausedBy = [...this.#pausedBy, reason];
  }

  /** Reads again when no other reason is left. */
  resume(reason: Pause): void {
    if (!this.#pausedBy.includes(reason)) return;
    const others = this.#pausedBy.filter((other) => other !== reason);
    this.#pausedBy = others.length === 0 ? NOTHING : others;
    if (others.length > 0) return;
    // Not at once: whoever resumes it is in the middle of something. And who has gone meanwhile is owed no answers, which is
    // seen in the second turn of the event loop, after what it said last; of a flood no more is read than waits already.
    this.#isBack = false;
    setImmediate(() => setImmediate(() => this.#catchUp()));
    if (this.#waiting.length < WAITING_FEW) this.socket.resume();
  }

  /** Cuts a peer that is gone or never ends its message, else asks whether it is there. Call every `limits.pingMs`. */
  tick(nowMs: number): void {
    const { socket } = this;
    const { limits } = this.#house;
    // What is not read cannot be heard answering.
    if (this.#pausedBy.length > 0) {
      this.#wasHeard = true;
      return;
    }
    const isEndless = this.#begunBytes > 0 && nowMs - this.#begunAtMs > limits.messageMs;
    if (!this.#wasHeard || isEndless) {
      socket.terminate();
      return;
    }
    this.#wasHeard = false;
    // A large piece left it waiting when it was read.
    socket.rest();
    socket.ping();
  }

  /** Whether what comes now is not to wait for anything. */
  get #isInOrder(): boolean {
    return this.#pausedBy.length === 0 && this.#waiting.length === 0 && this.#isBack;
  }

  #later(act: () => void): void {
    if (this.#waiting.length === 0) this.#waiting = [act];
    else (this.#waiting as (() => void)[]).push(act);
  }

  #catchUp(): void {
    let done = 0;
    this.#isBack = true;
    while (this.#pausedBy.length === 0 && done < this.#waiting.length) this.#waiting[done++]?.();
    this.#waiting = done === this.#waiting.length ? NOTHING : this.#waiting.slice(done);
    if (this.#pausedBy.length === 0) this.#readAgain();
  }

  #readAgain(): void {
    // The time in which it was not read does not count against it.
    const pausedMs = this.#house.now() - this.#pausedAtMs;
    this.#begunAtMs += pausedMs;
    if (pausedMs > LONG_PAUSE_MS) this.#wasHeard = true;
    this.socket.resume();
  }

  #handleLater(data: RawData | Uint8Array, isBinary: boolean): void {
    const kept = data instanceof Uint8Array ? ownBuffer(data) : data;
    this.#later(() => this.#handle(kept, isBinary));
  }

  #handle(data: RawData | Uint8Array, isBinary: boolean): void {
    const fromMs = this.person.workBegins();
    this.#house.receive(this, data, isBinary);
    this.person.workEnds(fromMs);
  }

  /** Nothing of it is kept. */
  #end(): void {
    this.#keep(-this.#begunBytes);
    this.#said?.end();
    this.person.delete(this, this.#house.now());
    this.#house.ended(this);
  }

  /** Before the library reads the same bytes: what it then finds whole is taken off again. */
  pieceComes(bytes: number): void {
    const { person } = this;
    person.pieceBegins();
    const nowMs = this.#house.now();
    this.#wasHeard = true;
    if (this.#begunBytes === 0) this.#begunAtMs = nowMs;
    this.#keep(bytes);
    const waitMs = person.budget.read(nowMs, bytes);
    if (waitMs > 0) person.holdBack(waitMs);
    if (!person.budget.isHoarding) return;
    this.#house.expel(this, 'tooFast');
    // While it closes nothing more of it is gathered; the end of patience with a closing socket frees the rest.
    this.socket.pause();
  }

  pieceWasRead(bytes: number): void {
    this.socket.rest();
    this.person.pieceEnds(this.#begunBytes > 0 && bytes < this.#house.limits.crumbBytes);
  }

  /** More of a begun message is kept, or (negative) less. */
  #keep(bytes: number): void {
    const before = this.#begunBytes + this.#begunPieces * PIECE_BYTES;
    this.#begunBytes = Math.max(0, this.#begunBytes + bytes);
    this.#begunPieces = this.#begunBytes === 0 ? 0 : this.#begunPieces + (bytes > 0 ? 1 : 0);
    this.person.budget.keeps(this.#begunBytes + this.#begunPieces * PIECE_BYTES - before);
  }

  #count(): void {
    const waitMs = this.person.budget.message(this.#house.now());
    if (waitMs > 0) this.person.holdBack(waitMs);
  }

  pong(payload: Buffer): void {
    this.#tookControl(payload);
  }

  /** A control frame is whole: it may stand between the pieces of a message, which are kept still. */
  #tookControl(payload: Buffer): void {
    this.#keep(-(payload.length + CONTROL_HEAD_BYTES));
    this.#count();
  }

  /** Answered by hand: the library would queue an answer to each for a peer that reads none. */
  ping(payload: Buffer): void {
    const { limits, now } = this.#house;
    this.#tookControl(payload);
    this.#pings ??= new TokenBucket(limits.pingsPerSecond, limits.pingBurst, now());
    if (this.#pings.take(now())) this.socket.pong(payload);
    else this.#house.expel(this, 'tooFast');
  }

  #slices(): SlicedSend {
    const { socket } = this;
    const isOpen = () => socket.readyState === socket.OPEN;
    this.#said ??= new SlicedSend({ stream: this.#stream, turns: this.#house.turns, isOpen });
    return this.#said;
  }
}
