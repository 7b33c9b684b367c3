/**
 * What a held change would do, as data: the words it writes, the passages it deletes, what it does to fields, rows, paragraphs
 * and formatting, and a count of what cannot be named, so that no change looks empty. Against a document it tells what would
 * change in it now; without one, the words it writes. Pure.
 */
import * as Y from 'yjs';
import { type ReviewEvent, reviewEventSchema } from '../../../shared/events/review-events.ts';
import { type TaskEvent, taskEventSchema } from '../../../shared/events/task-events.ts';
import type { FieldValue } from '../../../shared/fields/register.ts';
import { parseRegisterKey, readStoredWrite } from '../../../shared/fields/register.ts';
import { blockToText, readProse } from '../../../shared/prose/read-prose.ts';
import { BODY_ROOTS, EVENTS_ROOT } from '../../../shared/rooms.ts';
import {
  type BlockChange,
  blockEffect,
  contentValue,
  type RowChange,
  registerEffect,
  type ValueChange,
} from './field-effect.ts';
import { type HeldItem, type HeldUpdate, readHeldUpdate, rootNamesOf } from './held-update.ts';
import { isEventKey, writtenLines } from './held-words.ts';
import { mergedPieces } from './merged-text.ts';
import { type DeletedPassage, type Reformatted, textEffect } from './text-effect.ts';

/** Something done to a comment or a task, beside the words said with it. */
export interface EventDone {
  readonly kind: 'event';
  readonly event: TaskEvent | Exclude<ReviewEvent, { readonly type: 'comment' | 'reply' | 'edit' }>;
}

export type Change = RowChange | ValueChange | (BlockChange & { readonly words: string }) | EventDone;

interface InText<T> {
  /** The root of the text: the prose, or a long cell. */
  readonly root: string;
  readonly what: T;
}

export interface HeldEffect {
  /** Words it writes. */
  readonly lines: readonly string[];
  readonly deleted: readonly InText<DeletedPassage>[];
  readonly changes: readonly Change[];
  readonly reformatted: readonly InText<Reformatted>[];
  /** Changes that cannot be named. */
  readonly unnamed: number;
  /** False without a document: then only the words it writes are known. */
  readonly isCompared: boolean;
}

const MAPS: ReadonlySet<string> = new Set(
  Object.values(BODY_ROOTS).filter((root) => root !== BODY_ROOTS.prose && root !== BODY_ROOTS.blocks),
);
const isText = (root: string) => root === BODY_ROOTS.prose || root.startsWith('t/');

/**
 * @param doc the room of the document as it is now; null when there is none to hold it against
 * @param hasOwnIds see `readHeldUpdate`
 * @returns null when it cannot be read at all
 */
export function heldEffect(updateBase64: string, doc: Y.Doc | null, hasOwnIds = true): HeldEffect | null {
  const update = readHeldUpdate(updateBase64, doc, hasOwnIds);
  if (update === null) return null;
  if (doc === null) {
    const lines = [...writtenLines(update.items), ...fieldWords(update.items)];
    return { lines, deleted: [], changes: [], reformatted: [], unnamed: 0, isCompared: false };
  }
  const lines = writtenLines(update.items);
  const dropped = droppedFrom(doc, update);
  const added = new Map<string, HeldItem[]>();
  let unnamed = dropped.unnamed;
  for (const item of update.items) {
    const isGone = item.content instanceof Y.ContentDeleted;
    if (item.root !== null && !(isGone && item.key !== null)) {
      const inRoot = added.get(item.root) ?? [];
      added.set(item.root, inRoot);
      inRoot.push(item);
    } else if (!isGone && !(item.content instanceof Y.ContentString)) unnamed += 1;
  }

  const deleted: InText<DeletedPassage>[] = [];
  const reformatted: InText<Reformatted>[] = [];
  const changes: Change[] = [];
  for (const root of new Set([...dropped.texts, ...dropped.keys.keys(), ...added.keys()])) {
    const inRoot = added.get(root) ?? [];
    const removed = dropped.keys.get(root) ?? new Set<string>();
    const mapChange = { root, added: inRoot.filter(({ key }) => key !== null), removed };
    if (isText(root)) {
      unnamed += removed.size + mapChange.added.length;
      const isFormatted = inRoot.some(({ content }) => content instanceof Y.ContentFormat);
      const start = doc.share.get(root)?._start ?? null;
      if (start === null || !(isFormatted || dropped.texts.has(root))) continue;
      const effect = textEffect(mergedPieces(start, inRoot, update.deletes));
      deleted.push(...effect.deleted.map((what) => ({ root, what })));
      reformatted.push(...effect.reformatted.map((what) => ({ root, what })));
      unnamed += effect.wordless;
    } else if (root === BODY_ROOTS.blocks) {
      const words = blockWords(doc);
      const effect = blockEffect(doc, mapChange, (blockId) => words.has(blockId));
      changes.push(...effect.changes.map((each) => ({ ...each, words: words.get(each.blockId) ?? '' })));
      unnamed += effect.unnamed;
    } else if (MAPS.has(root)) {
      const effect = registerEffect(doc.share.has(root) ? doc.getMap(root) : null, mapChange);
      changes.push(...effect.changes);
      unnamed += effect.unnamed;
    } else {
      const others = inRoot.filter(({ content }) => !(content instanceof Y.ContentDeleted));
      const done = root === EVENTS_ROOT ? eventsDone(mapChange.added) : { changes: [], unnamed: others.length };
      changes.push(...done.changes);
      unnamed += done.unnamed + removed.size;
    }
  }
  return { lines, deleted, changes, reformatted, unnamed, isCompared: true };
}

/** What the document has now and would not have: which texts lose something, which keys of which maps go. */
function droppedFrom(doc: Y.Doc, { deletes, ends }: HeldUpdate) {
  const names = rootNamesOf(doc);
  const texts = new Set<string>();
  const keys = new Map<string, Set<string>>();
  let unnamed = 0;
  for (const { client, from, to } of deletes.ranges()) {
    const known = Y.getState(doc.store, client);
    // Of what the document has never had: words written and deleted in the change itself, or nothing it speaks of.
    if (to > Math.max(known, ends.get(client) ?? 0)) unnamed += 1;
    const structs = doc.store.clients.get(client);
    if (structs === undefined || from >= known) continue;
    for (let i = Y.findIndexSS(structs, from); i < structs.length; i++) {
      const item = structs[i];
      if (item === undefined || item.id.clock >= to) break;
      if (item.deleted || !(item instanceof Y.Item)) continue;
      const root = names.get(item.parent);
      if (root === undefined) unnamed += 1;
      else if (item.parentSub === null) texts.add(root);
      else {
        const inRoot = keys.get(root) ?? new Set<string>();
        keys.set(root, inRoot.add(item.parentSub));
      }
    }
  }
  return { texts, keys, unnamed };
}

/** The words of every paragraph that stands in the prose, by its id. */
function blockWords(doc: Y.Doc): ReadonlyMap<string, string> {
  if (!doc.share.has(BODY_ROOTS.prose)) return new Map();
  const blocks = readProse(doc.getText(BODY_ROOTS.prose), doc.getMap(BODY_ROOTS.blocks));
  return new Map(blocks.flatMap((block) => (block.id === null ? [] : [[block.id, blockToText(block)] as const])));
}

function eventsDone(added: readonly HeldItem[]) {
  const changes: EventDone[] = [];
  let unnamed = 0;
  for (const item of added) {
    const value = contentValue(item.content);
    const event = taskEventSchema.safeParse(value).data ?? reviewEventSchema.safeParse(value).data;
    if (event !== undefined && isEventKey(item.key) && isDone(event)) changes.push({ kind: 'event', event });
    else if (writtenLines([item]).length === 0) unnamed += 1;
  }
  return { changes, unnamed };
}

/** Others are said in their words alone. */
function isDone(event: TaskEvent | ReviewEvent): event is EventDone['event'] {
  return event.type !== 'comment' && event.type !== 'reply' && event.type !== 'edit';
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-/;
/** Registers that hold no words of anybody. */
const SILENT_FIELDS: ReadonlySet<string> = new Set(['order', 'deleted']);

/** What is written into fields, where it cannot be said which. */
function fieldWords(items: readonly HeldItem[]): string[] {
  return items.flatMap(({ key, content }) => {
    const parts = key === null ? null : parseRegisterKey(key);
    const write = parts === null ? null : readStoredWrite(parts.rev, contentValue(content));
    return parts === null || write === null || SILENT_FIELDS.has(parts.field) ? [] : wordsIn(write.value);
  });
}

function wordsIn(value: FieldValue): string[] {
  const values = typeof value === 'object' && value !== null ? value : [value];
  return values.flatMap((each) => (typeof each === 'string' && each !== '' && !UUID.test(each) ? [each] : []));
}
