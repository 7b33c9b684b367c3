/**
 * The order of records: a fractional key per record, ties broken by the record's id, so that two people who put a row in
 * the same place offline get the same order everywhere and nothing is ever moved by deleting and inserting it.
 */
import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing';

/** What the order is computed from; `order` is null when a record has none that can be read (it then comes last). */
export interface Ordered {
  readonly recordId: string;
  readonly order: string | null;
}

/** Whether a stored string is an order key at all. */
export function isOrderKey(text: string): boolean {
  try {
    generateKeyBetween(text, null);
    return true;
  } catch {
    // The library's only way to say no.
    return false;
  }
}

export function compareOrder(a: Ordered, b: Ordered): number {
  if (a.order !== b.order) {
    if (a.order === null) return 1;
    if (b.order === null) return -1;
    return a.order < b.order ? -1 : 1;
  }
  return a.recordId < b.recordId ? -1 : a.recordId > b.recordId ? 1 : 0;
}

/**
 * The keys to write so that `recordId` stands at `index` among the others.
 * @param sorted the other records in `compareOrder` order, without `recordId`
 * @returns the new key of `recordId` first; then those of neighbours whose key equals the one before (two people
 *   inserted at one place) and would leave no room between
 */
export function placeAt(
  sorted: readonly Ordered[],
  recordId: string,
  index: number,
): { recordId: string; order: string }[] {
  const at = Math.max(0, Math.min(index, sorted.length));
  const lastKeyed = sorted.slice(0, at).findLast((record) => record.order !== null)?.order ?? null;
  const unkeyedBefore = sorted.slice(0, at).filter((record) => record.order === null);
  const equalAfter: Ordered[] = [];
  let upper: string | null = null;
  if (unkeyedBefore.length === 0) {
    for (const record of sorted.slice(at)) {
      if (record.order === null) break;
      if (lastKeyed === null || record.order > lastKeyed) {
        upper = record.order;
        break;
      }
      equalAfter.push(record);
    }
  }
  const inTurn = [...unkeyedBefore.map((record) => record.recordId), recordId, ...equalAfter.map((r) => r.recordId)];
  const keys = generateNKeysBetween(lastKeyed, upper, inTurn.length);
  const placed = inTurn.map((id, i) => ({ recordId: id, order: keys[i] ?? '' }));
  return [...placed.filter((p) => p.recordId === recordId), ...placed.filter((p) => p.recordId !== recordId)];
}

/** The keys to write so that these records follow all others, in this order; also those of others that have none yet. */
export function placeAtEnd(
  sorted: readonly Ordered[],
  recordIds: readonly string[],
): { recordId: string; order: string }[] {
  const last = sorted.findLast((record) => record.order !== null)?.order ?? null;
  const inTurn = [...sorted.filter((record) => record.order === null).map((record) => record.recordId), ...recordIds];
  const keys = generateNKeysBetween(last, null, inTurn.length);
  return inTurn.map((recordId, i) => ({ recordId, order: keys[i] ?? '' }));
}
