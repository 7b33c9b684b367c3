/**
 * What one Yjs transaction changed in the Y.Text, as ranges of indexes before and after it. Made from the items and not
 * from the event's delta, because the delta does not count content that only a foreign program can have written.
 */
import * as Y from 'yjs';
import type { ChangedRange } from './step-ranges.ts';

export type TextChanges = {
  /** In order; formatting alone gives ranges of equal length. */
  readonly ranges: readonly ChangedRange[];
  /** Length of the text before the transaction. */
  readonly oldLength: number;
  readonly newLength: number;
};

/** Call while the transaction's deleted items still have their content: at the latest in `afterTransaction`. */
export function textChanges(text: Y.Text, transaction: Y.Transaction): TextChanges {
  const ranges: ChangedRange[] = [];
  const formatting = new FormattingChange();
  let old = 0;
  let now = 0;
  const push = (oldLength: number, newLength: number) => {
    ranges.push({ from: old, to: old + oldLength, newFrom: now, newTo: now + newLength });
    old += oldLength;
    now += newLength;
  };
  for (let item = text._start; item !== null; item = item.right) {
    const wasThere = existedBefore(item, transaction);
    const isThere = !item.deleted;
    if (!wasThere && !isThere) continue;
    if (item.content instanceof Y.ContentFormat) {
      formatting.pass(item.content.key, item.content.value, wasThere, isThere);
    } else if (item.countable) {
      if (!wasThere) push(0, item.length);
      else if (!isThere) push(item.length, 0);
      else if (formatting.isChanged) push(item.length, item.length);
      else {
        old += item.length;
        now += item.length;
      }
    }
  }
  return { ranges, oldLength: old, newLength: now };
}

function existedBefore(item: Y.Item, transaction: Y.Transaction): boolean {
  const { client, clock } = item.id;
  if (clock >= (transaction.beforeState.get(client) ?? 0)) return false;
  return !item.deleted || Y.isDeleted(transaction.deleteSet, item.id);
}

/** The formatting in force while walking the text, before and after the transaction. */
class FormattingChange {
  readonly #before = new Map<string, unknown>();
  readonly #after = new Map<string, unknown>();
  readonly #changed = new Set<string>();

  get isChanged(): boolean {
    return this.#changed.size > 0;
  }

  pass(key: string, value: unknown, wasThere: boolean, isThere: boolean): void {
    if (wasThere) this.#before.set(key, value);
    if (isThere) this.#after.set(key, value);
    if (isSameValue(this.#before.get(key), this.#after.get(key))) this.#changed.delete(key);
    else this.#changed.add(key);
  }
}

function isSameValue(before: unknown, after: unknown): boolean {
  return before === after || JSON.stringify(before ?? null) === JSON.stringify(after ?? null);
}
