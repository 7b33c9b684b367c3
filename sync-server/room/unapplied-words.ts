/**
 * Words that were taken and are not in the room's document yet. Putting them there is most of what a keystroke costs, and costs
 * little more for many than for one: they go in together, what one person typed on as one piece (typed-run.ts), before anybody
 * looks at the document. Each is on its way to the store like any other update: nothing is lost with this.
 */
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import type { Continuation } from '../gate/continuation.ts';
import type { QuietDoc } from './quiet-doc.ts';
import { TypedRun, writeRuns } from './typed-run.ts';

/** Few pieces, so that whoever looks at the document does not wait for them; how long they are costs next to nothing. */
const MOST_RUNS = 50;
const MOST_WORDS = 500;

export class UnappliedWords {
  /** In the order of their beginnings. */
  readonly #runs: TypedRun[] = [];
  #count = 0;

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  get isFull(): boolean {
    return this.#runs.length >= MOST_RUNS || this.#count >= MOST_WORDS;
  }

  /** @param update is nothing but these words, and they go on where the last ones of their clientID ended */
  add(update: Uint8Array, words: Continuation): void {
    this.#count++;
    const run = this.#runOf(words);
    run.add(update, words);
  }

  #runOf(words: Continuation): TypedRun {
    // Few write at a time, and only the last run of a clientID can go on.
    for (let n = this.#runs.length - 1; n >= 0; n--) {
      const run = this.#runs[n];
      if (run?.goesOnWith(words)) return run;
    }
    const begun = new TypedRun(words);
    this.#runs.push(begun);
    return begun;
  }

  /** Throws when Yjs could not apply them whole: the document is spoilt then, and nothing more is to be told of it. */
  applyTo(doc: QuietDoc): void {
    const runsByClient = new Map<number, TypedRun[]>();
    for (const run of this.#runs) {
      const { client } = run.begins;
      const before = runsByClient.get(client);
      if (before === undefined) runsByClient.set(client, [run]);
      else before.push(run);
    }
    const update = encoding.encode((encoder) => writeRuns(encoder, runsByClient));
    doc.touched.showing(runsByClient, () => Y.applyUpdate(doc, update));
    if (!doc.isWhole) throw new Error('words that do not go on where words end');
    this.#runs.length = 0;
    this.#count = 0;
  }
}
