/**
 * Long messages leave in slices, so that a document of megabytes keeps nobody else waiting while it is handed to the kernel:
 * a slice goes when the line has taken the one before, and all lines together write only so much in one turn of the event
 * loop. A slice is a whole WebSocket frame (a fragment of its message): pings and the close may come between two of them,
 * other messages to the same socket wait in order. What waits is bounded by whoever sends, who asks for `waitingBytes`.
 */
import type { Writable } from 'node:stream';
import type { Limits } from '../limits.ts';
import { FRAMED_BYTES, fragmentHead } from './binary-frame.ts';

/** Whose turn it is to write a slice; one for all sockets. */
export class SliceTurns {
  readonly #bytesPerTurn: number;
  #ready: SlicedSend[] = [];
  /** Bytes that may still be written in this turn. */
  #left: number;
  #isNextTurnDue = false;

  constructor({ slicedBytesPerTurn }: Pick<Limits, 'slicedBytesPerTurn'>) {
    this.#bytesPerTurn = slicedBytesPerTurn;
    this.#left = slicedBytesPerTurn;
  }

  /** This line can take a slice: now, when nobody was first and the turn has room for it, else in a later one. */
  ask(line: SlicedSend): void {
    this.#ready.push(line);
    if (this.#ready.length === 1) this.#write();
  }

  #write(): void {
    while (this.#left > 0) {
      const line = this.#ready.shift();
      if (line === undefined) break;
      this.#left -= line.writeSlice();
    }
    if (this.#isNextTurnDue || this.#left === this.#bytesPerTurn) return;
    this.#isNextTurnDue = true;
    setImmediate(() => {
      this.#isNextTurnDue = false;
      this.#left = this.#bytesPerTurn;
      this.#write();
    });
  }
}

interface Waiting {
  /** A message, or its frame when it is short. */
  readonly bytes: Uint8Array;
  readonly isLong: boolean;
  readonly isAnswer: boolean;
}

export interface SlicedSendOptions {
  /** The connection under the socket. */
  readonly stream: Pick<Writable, 'write' | 'cork' | 'uncork'>;
  readonly turns: SliceTurns;
  /** False when no more may be said, as after the peer's close. */
  readonly isOpen: () => boolean;
}

/** What one socket is sent, in order. */
export class SlicedSend {
  readonly #options: SlicedSendOptions;
  #waiting: Waiting[] = [];
  /** Of the first of them, what was written already. */
  #writtenBytes = 0;
  #waitingBytes = 0;
  #waitingAnswers = 0;
  #whenSaid: (() => void) | null = null;

  constructor(options: SlicedSendOptions) {
    this.#options = options;
  }

  /** Bytes that were not handed to the line yet. */
  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  /** An answer was not handed to the line whole yet. */
  get isAnswering(): boolean {
    return this.#waitingAnswers > 0;
  }

  /** A message of more than `FRAMED_BYTES`, which must not change any more. */
  sendLong(bytes: Uint8Array, isAnswer = false): void {
    if (isAnswer) this.#waitingAnswers++;
    this.#wait({ bytes, isLong: true, isAnswer });
    if (this.#waiting.length === 1) this.#options.turns.ask(this);
  }

  /** A whole frame, as BinaryFrames makes it. */
  sendFrame(frame: Uint8Array): void {
    if (this.#waiting.length === 0) this.#options.stream.write(frame);
    else this.#wait({ bytes: frame, isLong: false, isAnswer: false });
  }

  /** Does this when all that was to be said so far is handed to the line; never when the peer leaves before. */
  whenSaid(act: () => void): void {
    if (this.#waiting.length === 0) act();
    else this.#whenSaid = act;
  }

  /** The socket is gone: nothing more is kept for it. */
  end(): void {
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#waitingAnswers = 0;
    this.#writtenBytes = 0;
    this.#whenSaid = null;
  }

  /** For SliceTurns. @returns how many bytes were written */
  writeSlice(): number {
    const [first] = this.#waiting;
    if (first === undefined || !this.#options.isOpen()) {
      this.end();
      return 0;
    }
    const { stream, turns } = this.#options;
    const parts = first.isLong ? this.#takeFragment(first) : [this.#takeFrames()];
    const last = parts.pop() ?? new Uint8Array();
    // In one packet, without copying the fragment.
    stream.cork();
    for (const part of parts) stream.write(part);
    stream.write(last, (error) => {
      if (!error && this.#waiting.length > 0) turns.ask(this);
    });
    stream.uncork();
    if (this.#waiting.length === 0) {
      this.#whenSaid?.();
      this.#whenSaid = null;
    }
    return last.length;
  }

  #wait(message: Waiting): void {
    this.#waiting.push(message);
    this.#waitingBytes += message.bytes.length;
  }

  /** The next fragment of the long message that is first, and its head before it. */
  #takeFragment({ bytes, isAnswer }: Waiting): Uint8Array[] {
    const from = this.#writtenBytes;
    const fragment = bytes.subarray(from, from + FRAMED_BYTES);
    const to = from + fragment.length;
    const isLast = to === bytes.length;
    this.#waitingBytes -= fragment.length;
    this.#writtenBytes = isLast ? 0 : to;
    if (isLast) {
      this.#waiting.shift();
      if (isAnswer) this.#waitingAnswers--;
    }
    return [fragmentHead(fragment.length, { isFirst: from === 0, isLast }), fragment];
  }

  /** As many short messages as a slice holds, up to the next long one. */
  #takeFrames(): Uint8Array {
    let count = 0;
    let length = 0;
    for (const { bytes, isLong } of this.#waiting) {
      if (isLong || (count > 0 && length + bytes.length > FRAMED_BYTES)) break;
      count++;
      length += bytes.length;
    }
    this.#waitingBytes -= length;
    return Buffer.concat(
      this.#waiting.splice(0, count).map(({ bytes }) => bytes),
      length,
    );
  }
}
