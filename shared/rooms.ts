/**
 * Rooms: a document is four of them, each one Y.Doc with the same audience and its own right to write
 * (body: the words that get signed; review: talk about them; work: facts after adoption; record: written by the
 * relay only). This file knows their names, their addresses and the root types each may hold, nothing of their content.
 */
import { uuidSchema } from './ids.ts';

export const ROOM_KINDS = ['body', 'review', 'work', 'record'] as const;
export type RoomKind = (typeof ROOM_KINDS)[number];

/** One room: `documentId` is a uuid. */
export interface RoomAddress {
  readonly documentId: string;
  readonly room: RoomKind;
}

/** The room's key in maps and in the store: `<documentId>/<room>`. */
export function roomKey(address: RoomAddress): string {
  return `${address.documentId}/${address.room}`;
}

/** Where the relay serves rooms: `/sync/<documentId>/<room>`. */
export const SYNC_PATH = '/sync';

/** Reads `/sync/<documentId>/<room>` (no query); null for any other path. */
export function pathToRoom(path: string): RoomAddress | null {
  const [empty, sync, documentId, room, ...rest] = path.split('/');
  if (empty !== '' || sync !== 'sync' || rest.length > 0) return null;
  if (!uuidSchema.safeParse(documentId).success || !ROOM_KINDS.some((kind) => kind === room)) return null;
  return { documentId: documentId as string, room: room as RoomKind };
}

/** Root maps of records other than tasks: a case's parties; of a meeting who came, what was due and what was decided. */
const RECORD_ROOTS = {
  parties: 'parties',
  attendance: 'attendance',
  agenda: 'agenda',
  decisions: 'decisions',
} as const;
export type RecordRoot = keyof typeof RECORD_ROOTS;

/** Root type names in a body room. Prose and its block properties, header fields, records; long text cells have their own. */
export const BODY_ROOTS = {
  prose: 'prose',
  blocks: 'blocks',
  fields: 'fields',
  tasks: 'tasks',
  ...RECORD_ROOTS,
} as const;
/** The one root map of the event-log rooms (review, work, record): `<personId>/<ulid>` → immutable value. */
export const EVENTS_ROOT = 'events';
/** Who the relay is as an author of events in `record`. */
export const RELAY_AUTHOR = 'relay';

/** Root name of a long text cell: `t/<recordId>/<field>`; the record is a task's uuid or `header`. */
export function textRoot(recordId: string, field: string): string {
  return `t/${recordId}/${field}`;
}

const TEXT_ROOT = /^t\/(header|[0-9a-f-]{36})\/[a-zA-Z]{1,40}$/;

/** Whether an update may create or touch the root type of this name in this kind of room. */
export function isRootAllowed(room: RoomKind, rootName: string): boolean {
  if (room === 'body') return Object.values<string>(BODY_ROOTS).includes(rootName) || TEXT_ROOT.test(rootName);
  return rootName === EVENTS_ROOT;
}
