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

/** Words of one clientID, each behind the one before and all before the same. */
interface Run {
  readonly begins: Continuation;
  /** UTF-8, in pieces. */
  readonly text: Uint8Array[];
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
    const text = update.subarray(words.textFrom, -1);
    const runs = this.#runsByClient.get(words.client);
    const last = runs?.at(-1);
    if (last !== undefined && isSameId(last.begins.rightOrigin, words.rightOrigin)) last.text.push(text);
    else if (runs !== undefined) runs.push({ begins: words, text: [text] });
    else this.#runsByClient.set(words.client, [{ begins: words, text: [text] }]);
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
      for (const { begins, text } of runs) {
        encoding.writeUint8(encoder, begins.rightOrigin === null ? TEXT_BEHIND : TEXT_BETWEEN);
        for (const id of [{ client, clock: begins.clock - 1 }, begins.rightOrigin]) {
          if (id === null) continue;
          encoding.writeVarUint(encoder, id.client);
          encoding.writeVarUint(encoder, id.clock);
        }
        encoding.writeVarUint(
          encoder,
          text.reduce((bytes, { length }) => bytes + length, 0),
        );
        for (const piece of text) encoding.writeUint8Array(encoder, piece);
      }
    }
    // No deletions.
    encoding.writeVarUint(encoder, 0);
  }
}
