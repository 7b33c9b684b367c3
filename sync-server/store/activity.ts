/**
 * Notes what happens in a case while it is written: commands one by one, writing once for each person, document and day, so
 * that a day of typing is one row. A projection of the commands and the log, for people to read; nothing is decided by it.
 */
import * as Y from 'yjs';
import { activityOfEvent, type CommandActivity, type WritingActivity } from '../../shared/activity.ts';
import type { Command, CommandResult } from '../../shared/commands.ts';
import { ulidToMs } from '../../shared/events/event-log.ts';
import type { Settlement } from '../../shared/held.ts';
import { ulidSchema } from '../../shared/ids.ts';
import type { RoomKind } from '../../shared/rooms.ts';
import { authorOfHeld } from './held.ts';
import type { Database, Statement } from './sqlite.ts';

/** How long one and the same person's typing in one document needs no further note: an append is to cost one insert. */
const NOTE_AGAIN_MS = 60_000;
const KEPT_IN_MIND = 10_000;

const ACTIVITY_OF_OUTCOME: Record<Settlement['outcome'], CommandActivity> = {
  addedToText: 'heldAdded',
  addedAsComment: 'heldAdded',
  doneByHand: 'heldDone',
  discarded: 'heldDiscarded',
};

/** A durable update of a room, as far as it is told of. */
interface WrittenUpdate {
  /** `<documentId>/<room>` */
  readonly room: string;
  readonly author: string;
  /** Who brought it. */
  readonly carrier: string;
  readonly atMs: number;
  readonly agencyId: string | null;
  readonly update: Uint8Array;
}

export class ActivityLog {
  readonly #db: Database;
  readonly #noteWriting: Statement;
  readonly #noteCommand: Statement;
  /** When writing was last noted, by document, author and agency. */
  readonly #notedAtMs = new Map<string, number>();

  constructor(db: Database) {
    this.#db = db;
    this.#noteWriting = db.prepare(
      `INSERT INTO activity (case_id, document_id, person_id, agency_id, what, times, at_ms, stretch)
       SELECT case_id, document_id, :personId, :agencyId, :what, 1, :atMs,
         document_id || '/' || :personId || '/' || coalesce(:agencyId, '') || '/' || :what || '/' || :day
       FROM documents WHERE document_id = :documentId
       ON CONFLICT (stretch) DO UPDATE SET times = times + 1, at_ms = max(at_ms, excluded.at_ms)`,
    );
    this.#noteCommand = db.prepare(
      `INSERT INTO activity (case_id, document_id, person_id, agency_id, what, times, at_ms, subject_id, role, number)
       VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?)`,
    );
  }

  /** Updates of one room were appended. */
  written(updates: readonly WrittenUpdate[]): void {
    const [documentId = '', kind] = updates[0]?.room.split('/') ?? [];
    /** Whose typing was looked at in these. */
    const typists: WrittenUpdate[] = [];
    for (const one of updates) {
      // Brought back by somebody else: when it was written, nobody says.
      if (one.carrier !== one.author) continue;
      if (kind !== 'body') this.#happened(documentId, kind, one);
      else if (!typists.some((typist) => isSameTyping(typist, one))) {
        typists.push(one);
        this.#typed(documentId, one);
      }
    }
  }

  #typed(documentId: string, { room, author, agencyId, atMs }: WrittenUpdate): void {
    const key = `${room}/${author}/${agencyId}`;
    const noted = this.#notedAtMs.get(key);
    if (noted !== undefined && atMs - noted < NOTE_AGAIN_MS) return;
    if (this.#notedAtMs.size > KEPT_IN_MIND) this.#notedAtMs.clear();
    this.#notedAtMs.set(key, atMs);
    this.#note({ documentId, personId: author, agencyId, what: 'wrote', atMs });
  }

  #happened(documentId: string, kind: string | undefined, { author, agencyId, update, atMs }: WrittenUpdate): void {
    if (kind !== 'review' && kind !== 'work') return;
    for (const { what, saidAtMs } of eventsIn(kind, update)) {
      // What was done offline happened when it was done; a clock that runs ahead does not reach into the future.
      this.#note({ documentId, personId: author, agencyId, what, atMs: Math.min(saidAtMs, atMs) });
    }
  }

  /** A command was carried out. */
  done(personId: string, command: Command, result: CommandResult, atMs: number): void {
    const { what, caseId, documentId = null, subjectId = null, role = null } = this.#happening(command);
    const number = result.outcome === 'done' ? (result.number ?? null) : null;
    const agency = this.#db
      .prepare('SELECT agency_id FROM members WHERE case_id = ? AND person_id = ?')
      .get(caseId, personId) as { agency_id: string } | undefined;
    this.#noteCommand.run(caseId, documentId, personId, agency?.agency_id ?? null, what, atMs, subjectId, role, number);
  }

  /** After a rollback: what was noted may not have been. */
  forget(): void {
    this.#notedAtMs.clear();
  }

  #note(note: {
    documentId: string;
    personId: string;
    agencyId: string | null;
    what: WritingActivity;
    atMs: number;
  }): void {
    this.#noteWriting.run({ ...note, day: dayInChina(note.atMs) });
  }

  #happening(command: Command): {
    what: CommandActivity;
    caseId: string;
    documentId?: string;
    subjectId?: string | null;
    role?: string;
  } {
    switch (command.type) {
      case 'createCase':
        return { what: 'caseCreated', caseId: command.caseId };
      case 'registerDocument':
        return { what: 'documentRegistered', caseId: command.caseId, documentId: command.documentId };
      case 'inviteMember':
        return { what: 'memberInvited', caseId: command.caseId, subjectId: command.personId, role: command.role };
      case 'changeRole':
        return { what: 'roleChanged', caseId: command.caseId, subjectId: command.personId, role: command.role };
      case 'removeMember':
        return { what: 'memberRemoved', caseId: command.caseId, subjectId: command.personId };
      case 'freezeDocument':
        return this.#ofDocument('documentFrozen', command.documentId);
      case 'unfreezeDocument':
        return this.#ofDocument('documentReopened', command.documentId);
      case 'giveNumber':
        return command.target.of === 'case'
          ? { what: 'caseNumbered', caseId: command.target.caseId }
          : this.#ofDocument('documentNumbered', command.target.documentId);
      case 'settleHeld': {
        const what = ACTIVITY_OF_OUTCOME[command.settlement.outcome];
        return { ...this.#ofDocument(what, command.documentId), subjectId: authorOfHeld(this.#db, command.heldId) };
      }
    }
  }

  #ofDocument(what: CommandActivity, documentId: string) {
    const row = this.#db.prepare('SELECT case_id FROM documents WHERE document_id = ?').get(documentId) as {
      case_id: string;
    };
    return { what, caseId: row.case_id, documentId };
  }
}

/** The events a update of an event-log room adds, as far as they are told of, and when their author says they happened. */
function eventsIn(room: RoomKind, update: Uint8Array): { what: WritingActivity; saidAtMs: number }[] {
  return Y.decodeUpdate(update).structs.flatMap((struct) => {
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentAny)) return [];
    const value: unknown = struct.content.arr[0];
    const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : null;
    const what = activityOfEvent(room, type);
    const ulid = struct.parentSub?.slice(struct.parentSub.indexOf('/') + 1) ?? '';
    return what === null || !ulidSchema.safeParse(ulid).success ? [] : [{ what, saidAtMs: ulidToMs(ulid) }];
  });
}

/** The calendar day of a moment where the cases are: China keeps one time, eight hours ahead, all year. */
function dayInChina(ms: number): string {
  return new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10);
}

/** Notes everything a store holds from before there were notes. */
export function noteEverything(db: Database): void {
  const log = new ActivityLog(db);
  const commands = db.prepare('SELECT person_id, body, result, at_ms FROM commands ORDER BY at_ms, rowid').all() as {
    person_id: string;
    body: string;
    result: string;
    at_ms: number;
  }[];
  const made = new Set<string>();
  for (const { person_id: personId, body, result: stored, at_ms: atMs } of commands) {
    const command = JSON.parse(body) as Command;
    const result = JSON.parse(stored) as CommandResult;
    // Creating the same thing again was answered with yes and happened once.
    const id =
      command.type === 'createCase' ? command.caseId : command.type === 'registerDocument' ? command.documentId : null;
    if (result.outcome !== 'done' || (id !== null && made.has(id))) continue;
    if (id !== null) made.add(id);
    log.done(personId, command, result, atMs);
  }
  // In the order of writing, which costs no sorting; what people typed is not looked into, and not read either.
  const rows = db
    .prepare(
      `SELECT room, author, author AS carrier, agency_id AS agencyId, at_ms AS atMs,
         CASE WHEN room LIKE '%/body' THEN x'' ELSE payload END AS "update"
       FROM log WHERE payload IS NOT NULL AND (room LIKE '%/body' OR room LIKE '%/review' OR room LIKE '%/work')
       ORDER BY rowid`,
    )
    .iterate() as Iterable<unknown> as Iterable<WrittenUpdate>;
  for (const row of rows) log.written([row]);
}

/** Whether one needs no further note after the other. */
function isSameTyping(typist: WrittenUpdate, { author, agencyId, atMs }: WrittenUpdate): boolean {
  return typist.author === author && typist.agencyId === agencyId && Math.abs(atMs - typist.atMs) < NOTE_AGAIN_MS;
}
