/**
 * The lists of a room, to walk along from run to run: as they are held (here), or as they will be with what is new in them
 * (placing.ts). Walking makes no typed root and changes nothing.
 */
import * as Y from 'yjs';
import type { StructId } from './struct-id.ts';

/** Characters that came to stand together, as an item of Yjs or a piece of one. */
export interface Run {
  readonly id: StructId;
  readonly length: number;
  readonly origin: StructId | null;
  readonly rightOrigin: StructId | null;
  /** The list it stands in, or the type whose key it stands under. */
  readonly parent: unknown;
  readonly parentSub: string | null;
}

/** The lists of a room, to walk along. */
export interface Lists<R extends Run> {
  /** The run that holds this id; null for an emptied place. */
  at(id: StructId): R | null;
  first(list: unknown): R | null;
  next(run: R): R | null;
}

/** The lists as they are held. */
export class HeldLists implements Lists<Y.Item> {
  readonly #doc: Y.Doc;

  constructor(doc: Y.Doc) {
    this.#doc = doc;
  }

  at({ client, clock }: StructId): Y.Item | null {
    const struct: unknown = Y.getItem(this.#doc.store, Y.createID(client, clock));
    return struct instanceof Y.Item ? struct : null;
  }

  first(list: unknown): Y.Item | null {
    return list instanceof Y.AbstractType ? list._start : null;
  }

  next({ right }: Y.Item): Y.Item | null {
    return right;
  }
}
