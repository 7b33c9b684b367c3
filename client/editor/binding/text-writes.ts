/**
 * Writes to a Y.Text that leave formatting where it ends, whatever arrives later. Formatting in Yjs is items in the row of
 * words: one begins it, one ends it. Y.Text's own methods remove items that look needless here. A colleague may at the same
 * time have written some of the formatting anew, inside a stretch that ends with such an item: it would then spread to all
 * words behind. So a deletion removes words alone, and a change of formatting always has an item at its end.
 */
import * as Y from 'yjs';

/**
 * Makes a text fit for these writes: it counts from its beginning. Yjs gives up search markers, which know no formatting,
 * when a text is formatted, but has them again when a root that was loaded without a type becomes a Y.Text.
 */
export function dropSearchMarkers(text: Y.Text): void {
  text._searchMarker = null;
}

/** Deletes the units [from, to) and no formatting. */
export function deleteUnits(text: Y.Text, transaction: Y.Transaction, from: number, to: number): void {
  let index = 0;
  for (let item = text._start; item !== null && index < to; item = item.right) {
    if (item.deleted || !item.countable) continue;
    if (index + item.length <= from) {
      index += item.length;
      continue;
    }
    if (index < from) {
      item = splitAt(transaction, item, from - index);
      index = from;
    }
    if (index + item.length > to) splitAt(transaction, item, to - index);
    index += item.length;
    item.delete(transaction);
  }
}

/** Formats the units [at, at + length): key → value, null takes a key away. */
export function formatUnits(
  text: Y.Text,
  transaction: Y.Transaction,
  at: number,
  length: number,
  change: Readonly<Record<string, unknown>>,
): void {
  text.format(at, length, change);
  endFormatting(text, transaction, at + length, Object.keys(change));
}

/** Writes the value that each key has behind an index, unless it stands there already. */
function endFormatting(text: Y.Text, transaction: Y.Transaction, index: number, keys: readonly string[]): void {
  const values = new Map<string, unknown>();
  const missing = new Set(keys);
  let left: Y.Item | null = null;
  let right = text._start;
  for (let at = 0; right !== null; left = right, right = right.right) {
    if (right.deleted) continue;
    if (right.content instanceof Y.ContentFormat) {
      values.set(right.content.key, right.content.value);
      if (at >= index) missing.delete(right.content.key);
    } else if (right.countable) {
      if (at >= index) break;
      at += right.length;
    }
  }
  for (const key of missing) left = insertFormat(text, transaction, left, right, key, values.get(key) ?? null);
}

function insertFormat(
  text: Y.Text,
  transaction: Y.Transaction,
  left: Y.Item | null,
  right: Y.Item | null,
  key: string,
  value: unknown,
): Y.Item {
  const { store, clientID } = transaction.doc;
  const id = Y.createID(clientID, Y.getState(store, clientID));
  const content = new Y.ContentFormat(key, value as object);
  const item = new Y.Item(id, left, left?.lastId ?? null, right, right?.id ?? null, text, null, content);
  item.integrate(transaction, 0);
  return item;
}

/** Cuts an item in two and returns the second. */
function splitAt(transaction: Y.Transaction, item: Y.Item, offset: number): Y.Item {
  return Y.getItemCleanStart(transaction, Y.createID(item.id.client, item.id.clock + offset));
}
