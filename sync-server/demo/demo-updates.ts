/**
 * A demonstration document as Yjs updates, each made under its author's own clientID, as if everybody had written on their
 * own device. Wholly determined by the data: making them again gives the same bytes, so loading twice changes nothing.
 */
import * as Y from 'yjs';
import type { DemoDocument, DemoFields } from '../../shared/demo/demo-types.ts';
import { appendEvent } from '../../shared/events/event-log.ts';
import { createRecord } from '../../shared/fields/records.ts';
import { setRegister } from '../../shared/fields/register.ts';
import { HEADER_RECORD, TITLE_FIELD } from '../../shared/kinds/kind.ts';
import { BODY_ROOTS, EVENTS_ROOT, type RoomKind, textRoot } from '../../shared/rooms.ts';
import { commentEvents } from './demo-comments.ts';
import { type DemoEvent, localToMs, workEvents } from './demo-events.ts';
import { authorsInTurn, reviseBlocks, writeOwnBlocks } from './demo-prose.ts';

export interface DemoUpdate {
  readonly room: RoomKind;
  readonly personId: string;
  readonly update: Uint8Array;
}

/** A document's updates in the order they were made; each needs those before it. */
export function demoUpdates(document: DemoDocument): DemoUpdate[] {
  const body = openRoom(document.documentId, 'body');
  writeBody(document, body);
  // Comments speak of the words as they stood; then their authors revised them.
  const comments = commentEvents(document, body.doc);
  for (const by of authorsInTurn(document)) body.writeAs(by, () => reviseBlocks(body.doc, document, by));
  return [
    ...body.updates,
    ...eventUpdates(document, 'work', workEvents(document)),
    ...eventUpdates(document, 'review', comments),
  ];
}

type OpenRoom = ReturnType<typeof openRoom>;

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

function writeBody(document: DemoDocument, { doc, nextId, writeAs }: OpenRoom): void {
  const atMs = localToMs(document.at);
  const header = doc.getMap<unknown>(BODY_ROOTS.fields);

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
  for (const by of authorsInTurn(document)) writeAs(by, () => writeOwnBlocks(doc, document, by));
  const tasks = document.tasks.map(({ taskId, ...task }) => ({ recordId: taskId, ...task }));
  for (const [root, rows] of [...Object.entries(document.rows ?? {}), [BODY_ROOTS.tasks, tasks] as const]) {
    const map = doc.getMap<unknown>(root);
    for (const { recordId, by, values, longTexts } of rows) {
      writeAs(by, () => {
        createRecord(map, { recordId, values }, { by, atMs, newRev: nextId });
        writeLongTexts(doc, recordId, longTexts);
      });
    }
  }
}

function writeLongTexts(doc: Y.Doc, recordId: string, texts: DemoFields['longTexts'] = {}): void {
  for (const [field, text] of Object.entries(texts)) doc.getText(textRoot(recordId, field)).insert(0, text);
}

function eventUpdates(document: DemoDocument, room: RoomKind, events: readonly DemoEvent[]): DemoUpdate[] {
  const { doc, updates, writeAs } = openRoom(document.documentId, room);
  const map = doc.getMap<unknown>(EVENTS_ROOT);
  for (const { by, ulid, value } of events) writeAs(by, () => appendEvent(map, by, ulid, value));
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
