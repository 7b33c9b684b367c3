/**
 * Words that were taken and are not in the room's document yet. Putting them there is most of what a keystroke costs, and costs
 * little more for fifty than for one: they go in together, what one person typed on as one piece (which is what Yjs makes of it
 * anyway), before anybody looks at the document. Each is on its way to the store like any other update: nothing is lost with this.
 */
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { type Continuation, TEXT_BEHIND, TEXT_BETWEEN } from '../gate/continuation.ts';
import { isSameId } from '../gate/struct-id.ts';
import type { QuietDoc } from './quiet-doc.ts';

/** Few, so that whoever looks at the document does not wait for them. */
const MOST = 50;
/** What a run of words has room for at first. */
const FEW_BYTES = 64;

/** Words of one clientID, each behind the one before and all before the same. */
interface Run {
  readonly begins: Continuation;
  /** UTF-8, and room for more: a piece of memory for each key would be moved about by the collector until they are applied. */
  text: Uint8Array;
  textBytes: number;
}

export class UnappliedWords {
  readonly #runsByClient = new Map<number, Run[]>();
  #count = 0;

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  get isFull(): boolean {
    return this.#count >= MOST;
  }

  /** @param update is nothing but these words, and they go on where the last ones of their clientID ended */
  add(update: Uint8Array, words: Continuation): void {
    this.#count++;
    let runs = this.#runsByClient.get(words.client);
    if (runs === undefined) {
      runs = [];
      this.#runsByClient.set(words.client, runs);
    }
    let last = runs.at(-1);
    if (last === undefined || !isSameId(last.begins.rightOrigin, words.rightOrigin)) {
      last = { begins: words, text: new Uint8Array(FEW_BYTES), textBytes: 0 };
      runs.push(last);
    }
    addText(last, update, words.textFrom);
  }

  /** Throws when Yjs could not apply them whole: the document is spoilt then, and nothing more is to be told of it. */
  applyTo(doc: QuietDoc): void {
    const update = encoding.encode((encoder) => this.#write(encoder));
    doc.touched.showing(this.#runsByClient, () => Y.applyUpdate(doc, update));
    if (!doc.isWhole) throw new Error('words that do not go on where words end');
    this.#runsByClient.clear();
    this.#count = 0;
  }

  /** As one update. */
  #write(encoder: encoding.Encoder): void {
    encoding.writeVarUint(encoder, this.#runsByClient.size);
    for (const [client, runs] of this.#runsByClient) {
      encoding.writeVarUint(encoder, runs.length);
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, runs[0]?.begins.clock ?? 0);
      for (const { begins, text, textBytes } of runs) {
        encoding.writeUint8(encoder, begins.rightOrigin === null ? TEXT_BEHIND : TEXT_BETWEEN);
        for (const id of [{ client, clock: begins.clock - 1 }, begins.rightOrigin]) {
          if (id === null) continue;
          encoding.writeVarUint(encoder, id.client);
          encoding.writeVarUint(encoder, id.clock);
        }
        encoding.writeVarUint8Array(encoder, text.subarray(0, textBytes));
      }
    }
    // No deletions.
    encoding.writeVarUint(encoder, 0);
  }
}

/** What stands in an update from there on, but for its last byte. */
function addText(run: Run, update: Uint8Array, from: number): void {
  const bytes = update.length - 1 - from;
  if (run.textBytes + bytes > run.text.length) {
    const longer = new Uint8Array(2 * (run.textBytes + bytes));
    longer.set(run.text);
    run.text = longer;
  }
  for (let at = 0; at < bytes; at++) run.text[run.textBytes + at] = update[from + at] ?? 0;
  run.textBytes += bytes;
}
