/**
 * What new content may look like, by kind of room. Body: allowed roots, no types or documents inside (the model has
 * none, and a typed Y.Text in a live document would make Yjs write by itself). Event rooms (review, work): each person
 * writes new keys `<personId>/<ulid>` of their own with plain JSON, once; nothing is overwritten, nothing deleted.
 */
import * as Y from 'yjs';
import { ulidSchema } from '../../shared/ids.ts';
import { EVENTS_ROOT, isRootAllowed, type RoomKind } from '../../shared/rooms.ts';
import type { RefusalReason } from '../../shared/wire/messages.ts';
import { LIMITS } from '../limits.ts';
import { conflictWork } from './conflict.ts';
import { areValuesSingle } from './keyed-values.ts';
import { areNeighboursSane } from './neighbours.ts';
import type { NewStruct, ScannedStruct } from './scan.ts';
import type { WorkMeter } from './work.ts';

/**
 * Longest run a new struct without content may claim, in clock units: more than the characters of the largest room.
 * Without it one struct could use up the clock of its clientID.
 */
const MAX_EMPTY_LENGTH = 40_000_000;

/**
 * Largest event: every reader of the room reads each one. The longest honest one, a task handed in with fifty papers of
 * 2,000 characters, is under 400 KB; a comment of 5,000 characters under 20.
 */
const MAX_EVENT_BYTES = 512 * 1024;

/**
 * How many new neighbours are followed to find where an item would land. A new item of Yjs names its place itself, so
 * only a made-up update has such a chain, and a long one would cost its length squared.
 */
const MAX_CHAIN = 50;

/**
 * Rules that an operator can have watched instead of enforced, when one turns out to refuse what somebody honest wrote: what
 * is against them is taken, and noted. They guard against replicas that read differently, not whose words are whose.
 */
export const OBSERVABLE_RULES = ['single-values', 'neighbours'] as const;
export type ObservableRule = (typeof OBSERVABLE_RULES)[number];

type ScannedItem = Extract<ScannedStruct, { kind: 'item' }>;

/**
 * Why the new structs may not enter a body room; null when they may.
 * @param observes asked when something is against this rule: whether that is only noted
 */
export function bodyRefusal(
  newStructs: readonly NewStruct[],
  update: Uint8Array,
  doc: Y.Doc,
  work: WorkMeter,
  observes: (rule: ObservableRule) => boolean,
): RefusalReason | null {
  for (const { struct } of newStructs) {
    if (!isLengthSane(struct)) return 'value-not-allowed';
    if (struct.kind === 'gc') continue;
    if (struct.content === 'type' || struct.content === 'doc') return 'value-not-allowed';
    if (struct.parent === null) continue;
    if (!('root' in struct.parent) || !isRootAllowed('body', struct.parent.root)) return 'unknown-root';
  }
  if (!areValuesSingle(newStructs, update, doc) && !observes('single-values')) return 'value-not-allowed';
  const comparisons = conflictWork(newStructs, doc, LIMITS.conflictWork);
  work.spend(comparisons);
  if (comparisons > LIMITS.conflictWork) return 'value-not-allowed';
  const areSane = areNeighboursSane(newStructs, doc, work) || observes('neighbours');
  return areSane ? null : 'value-not-allowed';
}

/** Why the change may not enter an event room of this person; null when it may. */
export function eventsRefusal(
  room: RoomKind,
  newStructs: readonly NewStruct[],
  isDeleting: boolean,
  personId: string,
  doc: Y.Doc,
): RefusalReason | null {
  const ownPrefix = `${personId}/`;
  const keys = new Set<string>();
  for (const { struct } of newStructs) {
    if (struct.kind === 'gc' || !isLengthSane(struct)) return 'value-not-allowed';
    const { root, key } = placeOf(struct, newStructs, doc);
    if (root !== null && !isRootAllowed(room, root)) return 'unknown-root';
    if (key === null || root === null) return 'value-not-allowed';
    if (!key.startsWith(ownPrefix)) return 'key-of-another';
    // From here it is the person's own key: it must be new, well formed, and plain JSON.
    if (!ulidSchema.safeParse(key.slice(ownPrefix.length)).success) return 'value-not-allowed';
    if (struct.parent === null || keys.has(key) || isKeyHeld(doc, key)) return 'value-not-allowed';
    if (struct.content !== 'json' || struct.length !== 1 || struct.bytes > MAX_EVENT_BYTES) return 'value-not-allowed';
    keys.add(key);
  }
  return isDeleting ? 'key-of-another' : null;
}

function isLengthSane(struct: NewStruct['struct']): boolean {
  const isEmpty = struct.kind === 'gc' || struct.content === 'deleted';
  return !isEmpty || struct.length <= MAX_EMPTY_LENGTH;
}

/** Root and key a new item would land under: as it says itself, or as its neighbours say, held or new. */
function placeOf(
  item: ScannedItem,
  newStructs: readonly NewStruct[],
  doc: Y.Doc,
): { root: string | null; key: string | null } {
  let current = item;
  for (let step = 0; step <= MAX_CHAIN; step++) {
    if (current.parent !== null) {
      return 'root' in current.parent
        ? { root: current.parent.root, key: current.parentSub }
        : { root: null, key: null };
    }
    const neighbour = current.origin ?? current.rightOrigin;
    if (neighbour === null) break;
    if (neighbour.clock < Y.getState(doc.store, neighbour.client)) {
      const held = Y.getItem(doc.store, Y.createID(neighbour.client, neighbour.clock));
      if (!(held instanceof Y.Item) || held.parent === null) break;
      return { root: held.parent === doc.share.get(EVENTS_ROOT) ? EVENTS_ROOT : null, key: held.parentSub };
    }
    const found = newStructs.find(
      ({ client, struct }) =>
        client === neighbour.client &&
        struct.clock <= neighbour.clock &&
        neighbour.clock < struct.clock + struct.length,
    );
    if (found === undefined || found.struct.kind === 'gc') break;
    current = found.struct;
  }
  return { root: null, key: null };
}

/** Whether the events root holds this key, without making a typed root. */
function isKeyHeld(doc: Y.Doc, key: string): boolean {
  return doc.share.get(EVENTS_ROOT)?._map.has(key) ?? false;
}
