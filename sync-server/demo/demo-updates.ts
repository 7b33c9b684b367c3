/**
 * A demonstration document as Yjs updates, each made under its author's own clientID, as if everybody had written on their
 * own device. Wholly determined by the data: making them again gives the same bytes, so loading twice changes nothing.
 */
import * as Y from 'yjs';
import type { DemoBlock, DemoDocument, DemoFields } from '../../shared/demo/demo-types.ts';
import { appendEvent } from '../../shared/events/event-log.ts';
import { createRecord } from '../../shared/fields/records.ts';
import { setRegister } from '../../shared/fields/register.ts';
import { makeUlid } from '../../shared/ids.ts';
import { HEADER_RECORD, TITLE_FIELD } from '../../shared/kinds/kind.ts';
import { writeBlockAttrs } from '../../shared/prose/block-attrs.ts';
import { BLOCK_CLOSE, blockOpen, mentionEmbed } from '../../shared/prose/embeds.ts';
import { blockKeys, proseText } from '../../shared/prose/roots.ts';
import { BODY_ROOTS, EVENTS_ROOT, type RoomKind, textRoot } from '../../shared/rooms.ts';

export interface DemoUpdate {
  readonly room: RoomKind;
  readonly personId: string;
  readonly update: Uint8Array;
}

/** The demonstration happens in China's time zone. */
function localToMs(local: string): number {
  return Date.parse(`${local}:00+08:00`);
}

/** A document's updates in the order they were made; each needs those before it. */
export function demoUpdates(document: DemoDocument): DemoUpdate[] {
  return [...bodyUpdates(document), ...workUpdates(document)];
}

/** Lets people write one after the other into one room and collects what each wrote. */
function openRoom(documentId: string, room: RoomKind) {
  const doc = new Y.Doc();
  const updates: DemoUpdate[] = [];
  let writer = '';
  doc.on('update', (update: Uint8Array) => updates.push({ room, personId: writer, update }));
  let made = 0;
  return {
    doc,
    updates,
    /** The same each time the document is made. */
    nextId: () => `demo-${made++}`,
    writeAs(personId: string, write: () => void) {
      writer = personId;
      doc.clientID = clientIdOf(`${documentId}/${room}/${personId}`);
      doc.transact(write);
    },
  };
}

function bodyUpdates(document: DemoDocument): DemoUpdate[] {
  const { doc, updates, nextId, writeAs } = openRoom(document.documentId, 'body');
  const atMs = localToMs(document.at);
  const header = doc.getMap<unknown>(BODY_ROOTS.fields);
  const tasks = doc.getMap<unknown>(BODY_ROOTS.tasks);
  const context = (by: string) => ({ by, atMs, newRev: nextId });

  writeAs(document.by, () => {
    const title = { recordId: HEADER_RECORD, field: TITLE_FIELD.id, value: document.title };
    setRegister(header, { ...title, by: document.by, atMs, rev: nextId() });
  });
  for (const { by, values, longTexts } of document.header) {
    writeAs(by, () => {
      for (const [field, value] of Object.entries(values)) {
        setRegister(header, { recordId: HEADER_RECORD, field, value, by, atMs, rev: nextId() });
      }
      writeLongTexts(doc, HEADER_RECORD, longTexts);
    });
  }
  for (const by of authorsInTurn(document)) {
    writeAs(by, () => writeOwnBlocks(doc, document, by));
  }
  for (const [root, rows] of Object.entries(document.rows ?? {})) {
    const map = doc.getMap<unknown>(root);
    for (const { recordId, by, values, longTexts } of rows) {
      writeAs(by, () => {
        createRecord(map, { recordId, values }, context(by));
        writeLongTexts(doc, recordId, longTexts);
      });
    }
  }
  for (const { taskId, by, values, longTexts } of document.tasks) {
    writeAs(by, () => {
      createRecord(tasks, { recordId: taskId, values }, context(by));
      writeLongTexts(doc, taskId, longTexts);
    });
  }
  return updates;
}

function writeLongTexts(doc: Y.Doc, recordId: string, texts: DemoFields['longTexts'] = {}): void {
  for (const [field, text] of Object.entries(texts)) doc.getText(textRoot(recordId, field)).insert(0, text);
}

/** The creator writes first, then each other author where their paragraphs belong. */
function authorsInTurn(document: DemoDocument): string[] {
  return [...new Set([document.by, ...document.prose.map((block) => block.by)])];
}

/** Writes one author's paragraphs between those that are there already. */
function writeOwnBlocks(doc: Y.Doc, document: DemoDocument, by: string): void {
  const authors = authorsInTurn(document);
  const hasWritten = new Set(authors.slice(0, authors.indexOf(by) + 1));
  let index = 0;
  for (const [n, block] of document.prose.entries()) {
    if (block.by === by) insertBlock(doc, index, block.blockId ?? `${document.documentId}-${n}`, block);
    if (hasWritten.has(block.by)) index += blockLength(block);
  }
}

function insertBlock(doc: Y.Doc, at: number, blockId: string, block: DemoBlock): void {
  const prose = proseText(doc);
  let index = at;
  prose.insertEmbed(index++, blockOpen(blockId), {});
  for (const inline of inlinesOf(block)) {
    if (typeof inline === 'string') {
      prose.insert(index, inline, {});
      index += inline.length;
    } else if ('mention' in inline) {
      prose.insertEmbed(index++, mentionEmbed(inline.mention), { ...inline.format });
    } else {
      prose.insert(index, inline.text, { ...inline.format });
      index += inline.text.length;
    }
  }
  prose.insert(index, BLOCK_CLOSE, {});
  writeBlockAttrs(blockKeys(doc), blockId, { kind: block.kind, indent: 0, checked: false });
}

function inlinesOf({ content }: DemoBlock) {
  return typeof content === 'string' ? [content] : content;
}

function blockLength(block: DemoBlock): number {
  let length = 2;
  for (const inline of inlinesOf(block)) {
    if (typeof inline === 'string') length += inline.length;
    else length += 'mention' in inline ? 1 : inline.text.length;
  }
  return length;
}

function workUpdates(document: DemoDocument): DemoUpdate[] {
  const { doc, updates, writeAs } = openRoom(document.documentId, 'work');
  const events = doc.getMap<unknown>(EVENTS_ROOT);
  const inTurn = document.tasks
    .flatMap((task) => task.work.map((work) => ({ ...work, taskId: task.taskId, atMs: localToMs(work.at) })))
    .sort((a, b) => a.atMs - b.atMs);
  for (const [n, { taskId, by, atMs, event }] of inTurn.entries()) {
    const ulid = makeUlid(atMs, (count) => new Uint8Array(count).fill(n));
    writeAs(by, () => appendEvent(events, by, ulid, { taskId, ...event }));
  }
  return updates;
}

/** A clientID that is always the same for this room and person: 53 bits of two FNV-1a sums, as wide as those devices draw. */
function clientIdOf(name: string): number {
  const sum = (seed: number) => {
    let hash = seed;
    for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
    return hash >>> 0;
  };
  return (sum(0x811c9dc5) & 0x1fffff) * 2 ** 32 + sum(0x9747b28c);
}
