/**
 * What somebody typed on key by key, gathered into the one piece of text that Yjs makes of it anyway. Knows bytes of updates and
 * no document; whether words may be gathered at all is told by whoever gathers them.
 */
import * as encoding from 'lib0/encoding';
import { type Continuation, TEXT_BEHIND, TEXT_BETWEEN, textBytesOf } from '../gate/continuation.ts';
import { isSameId } from '../gate/struct-id.ts';

/** What it has room for at first. */
const FEW_BYTES = 64;

/** Words of one clientID, each behind the one before and all before the same. */
export class TypedRun {
  readonly begins: Continuation;
  /** The clock of what would go on. */
  #end: number;
  /** UTF-8, and room for more: a piece of memory for each key would be moved about by the collector as long as it is kept. */
  #text = new Uint8Array(FEW_BYTES);
  #textBytes = 0;

  /** Still without their text. @param begins its first words */
  constructor(begins: Continuation) {
    this.begins = begins;
    this.#end = begins.clock;
  }

  /** Whether these words come next in it. */
  goesOnWith({ client, clock, rightOrigin }: Continuation): boolean {
    return client === this.begins.client && clock === this.#end && isSameId(rightOrigin, this.begins.rightOrigin);
  }

  /** @param update is nothing but these words */
  add(update: Uint8Array, words: Continuation): void {
    const { length, textFrom } = words;
    const bytes = textBytesOf(update, words);
    if (this.#textBytes + bytes > this.#text.length) {
      const longer = new Uint8Array(2 * (this.#textBytes + bytes));
      longer.set(this.#text);
      this.#text = longer;
    }
    for (let at = 0; at < bytes; at++) this.#text[this.#textBytes + at] = update[textFrom + at] ?? 0;
    this.#textBytes += bytes;
    this.#end += length;
  }

  /** As one struct of an update. */
  write(encoder: encoding.Encoder): void {
    const { client, clock, rightOrigin } = this.begins;
    encoding.writeUint8(encoder, rightOrigin === null ? TEXT_BEHIND : TEXT_BETWEEN);
    for (const id of [{ client, clock: clock - 1 }, rightOrigin]) {
      if (id === null) continue;
      encoding.writeVarUint(encoder, id.client);
      encoding.writeVarUint(encoder, id.clock);
    }
    encoding.writeVarUint8Array(encoder, this.#text.subarray(0, this.#textBytes));
  }
}

/** Runs as one update. @param runsByClient those of a clientID follow each other */
export function writeRuns(encoder: encoding.Encoder, runsByClient: ReadonlyMap<number, readonly TypedRun[]>): void {
  encoding.writeVarUint(encoder, runsByClient.size);
  for (const [client, runs] of runsByClient) {
    encoding.writeVarUint(encoder, runs.length);
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, runs[0]?.begins.clock ?? 0);
    for (const run of runs) run.write(encoder);
  }
  // No deletions.
  encoding.writeVarUint(encoder, 0);
}
