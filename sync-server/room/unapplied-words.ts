/**
 * Words that were taken and are not in the room's document yet. Putting them there is most of what a keystroke costs, and costs
 * little more for fifty than for one: they go in together, before anybody looks at the document. Each is on its way to the store
 * like any other update: nothing is lost with this.
 */
import * as Y from 'yjs';
import type { QuietDoc } from './quiet-doc.ts';

/** Few, so that whoever looks at the document does not wait for them. */
const MOST = 50;

export class UnappliedWords {
  readonly #clientIds = new Set<number>();
  #updates: Uint8Array[] = [];

  get isEmpty(): boolean {
    return this.#updates.length === 0;
  }

  get isFull(): boolean {
    return this.#updates.length >= MOST;
  }

  add(update: Uint8Array, clientId: number): void {
    this.#updates.push(update);
    this.#clientIds.add(clientId);
  }

  /** Throws when Yjs could not apply them whole: the document is spoilt then, and nothing more is to be told of it. */
  applyTo(doc: QuietDoc): void {
    doc.touched.showing(this.#clientIds, () => {
      doc.transact(() => {
        for (const update of this.#updates) Y.applyUpdate(doc, update);
      });
    });
    if (!doc.isWhole) throw new Error('words that do not go on where words end');
    this.#updates = [];
    this.#clientIds.clear();
  }
}
