/**
 * The file of unsynced work: everything of one person that only this device has, in all documents, and the commands that
 * wait. Made to be brought in again on this or another device, by the same person. Bringing it in twice changes nothing:
 * updates merge, commands carry their uuids. (The copy of one document that cannot go on, `exportLocal`, is another thing:
 * for reading and for an administrator, readable or not.)
 */
import { fromBase64, toBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import { z } from 'zod';
import { commandSchema } from '../../shared/commands.ts';
import { uuidSchema } from '../../shared/ids.ts';
import { ROOM_KINDS, type RoomAddress, type RoomKind } from '../../shared/rooms.ts';
import type { UnsyncedImport } from './contract.ts';
import type { OpenDocument } from './document-replica.ts';
import type { LocalStore } from './local-store.ts';
import type { OpenDocuments } from './open-documents.ts';
import type { Outbox } from './outbox.ts';
import { ownClientIds } from './room-ownership.ts';
import { roomFactsSchema } from './room-store.ts';

const FORMAT = 'concord-unsynced';
const VERSION = 1;

const roomSchema = z.object({
  room: z.enum(ROOM_KINDS),
  /** Yjs updates (V1) in base64, in the order in which they were written. */
  updates: z.array(z.base64()),
  /** clientIDs of this person in them. */
  own: z.array(z.number().int().nonnegative()).default([]),
});
const fileSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  /** Whose work it is; nobody else brings it in. */
  personId: uuidSchema,
  personName: z.string(),
  /** The relay's store that the device last spoke with. */
  generation: z.string(),
  madeAtMs: z.number(),
  documents: z.array(z.object({ documentId: uuidSchema, rooms: z.array(roomSchema) })),
  commands: z.array(commandSchema),
});
type UnsyncedFile = z.infer<typeof fileSchema>;
type UnsyncedDocument = UnsyncedFile['documents'][number];

/** Every file of ours says what it is, also one of a later version. */
const headSchema = z.object({ format: z.literal(FORMAT), version: z.number() });

export interface UnsyncedParts {
  readonly store: LocalStore;
  readonly open: OpenDocuments;
  readonly outbox: Outbox;
}

/** Rooms whose entries cannot all be read are in the file with those that can; how many entries could not. */
export async function collectUnsynced(
  { store, open, outbox }: UnsyncedParts,
  head: Pick<UnsyncedFile, 'personId' | 'personName' | 'generation' | 'madeAtMs'>,
): Promise<{ file: UnsyncedFile; unreadable: number }> {
  const found = await store.unacknowledgedRooms();
  const waiting = new Map<string, Set<RoomKind>>();
  const add = ({ documentId, room }: RoomAddress) =>
    waiting.set(documentId, (waiting.get(documentId) ?? new Set()).add(room));
  if (found.ok) found.value.forEach(add);
  for (const [documentId, document] of open.all.get()) {
    for (const room of document.unacknowledgedRooms()) add({ documentId, room });
  }
  let unreadable = found.ok ? 0 : 1;
  const documents: UnsyncedDocument[] = [];
  for (const [documentId, rooms] of waiting) {
    const exported = await store.exportDocument(documentId);
    const stored = new Map(exported.ok ? exported.value.rooms.map((each) => [each.room, each]) : []);
    const document = open.all.get().get(documentId);
    documents.push({
      documentId,
      rooms: [...rooms].map((room) => {
        const entries = stored.get(room)?.updates ?? [];
        unreadable += entries.filter(({ update }) => update === null).length;
        // What the relay refused may be readable where the entries are not.
        const held = stored.get(room)?.held;
        const facts = roomFactsSchema.safeParse(stored.get(room)?.facts);
        const statements = (stored.get(room)?.statements ?? []).map((frame) => ({ key: '', frame: fromBase64(frame) }));
        const own = new Set([
          ...(facts.success ? facts.data.own : []),
          ...ownClientIds(head.personId, statements),
          ...(document?.unconfirmed(room) ?? []),
        ]);
        const readable = [...entries.map(({ update }) => update), held?.update ?? null].filter((each) => each !== null);
        return { room, updates: [...readable, ...inMemory(document, room)], own: [...own] };
      }),
    });
    if (!exported.ok && document === undefined) unreadable++;
  }
  const commands = outbox.entries.get().map(({ command }) => command);
  return { file: { format: FORMAT, version: VERSION, ...head, documents, commands }, unreadable };
}

/** What an open document holds: with a full disk, that is the only place where the newest words are. */
function inMemory(document: OpenDocument | undefined, room: RoomKind): string[] {
  const doc = document?.rooms[room].doc;
  return doc === undefined || doc.store.clients.size === 0 ? [] : [toBase64(Y.encodeStateAsUpdate(doc))];
}

/** Reads such a file; every update in it can be applied. */
export function readUnsyncedFile(
  text: string,
): { ok: true; file: UnsyncedFile } | { ok: false; reason: 'unreadable' | 'newer' } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { ok: false, reason: 'unreadable' };
  }
  const head = headSchema.safeParse(parsed);
  if (head.success && head.data.version > VERSION) return { ok: false, reason: 'newer' };
  const file = fileSchema.safeParse(parsed);
  if (!file.success) return { ok: false, reason: 'unreadable' };
  const rooms = file.data.documents.flatMap((document) => document.rooms);
  return rooms.every(isApplicable) ? { ok: true, file: file.data } : { ok: false, reason: 'unreadable' };
}

/** A damaged update must not get into a document: it could never be taken out again. */
function isApplicable({ updates }: z.infer<typeof roomSchema>): boolean {
  const scratch = new Y.Doc();
  try {
    for (const update of updates) Y.applyUpdate(scratch, fromBase64(update));
    return true;
  } catch {
    return false;
  } finally {
    scratch.destroy();
  }
}

/** Merges the documents and queues the commands. What is here already stays as it is. */
export async function bringIn({ open, outbox }: UnsyncedParts, file: UnsyncedFile): Promise<UnsyncedImport> {
  let commands = 0;
  for (const command of file.commands) {
    if (outbox.entries.get().some((entry) => entry.command.commandId === command.commandId)) continue;
    try {
      await outbox.submit(command);
    } catch {
      // The outbox says itself why the store does not take it.
      return { ok: false, reason: 'notStored' };
    }
    commands++;
  }
  let documents = 0;
  let alreadyHere = 0;
  for (const { documentId, rooms } of file.documents) {
    const outcome = await open.during(documentId, (document) => mergeInto(document, rooms));
    if (outcome === 'notStored') return { ok: false, reason: 'notStored' };
    if (outcome === 'merged') documents++;
    else alreadyHere++;
  }
  return { ok: true, documents, commands, alreadyHere };
}

async function mergeInto(
  document: OpenDocument,
  rooms: UnsyncedDocument['rooms'],
): Promise<'merged' | 'alreadyHere' | 'notStored'> {
  if (document.situations.get().some(({ load }) => load.kind === 'failed')) return 'notStored';
  let isNew = false;
  for (const { room, updates, own } of rooms) {
    const isChanged = document.bringIn(
      room,
      updates.map((update) => fromBase64(update)),
      own,
    );
    isNew ||= isChanged;
  }
  await document.settled();
  if (document.isUnstored()) return 'notStored';
  return isNew ? 'merged' : 'alreadyHere';
}
