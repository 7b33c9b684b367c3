/**
 * Carries out one command inside the writer's transaction: gathers the facts, asks decide.ts, writes the rows, the
 * number and the record line, and keeps the answer so that the same command gets the same answer for ever.
 */
import type { Command, CommandResult } from '../../shared/commands.ts';
import { KINDS } from '../../shared/kinds/all-kinds.ts';
import { CASE_NUMBER_SERIES, formatOfficialNumber, officialYear } from '../../shared/kinds/number-series.ts';
import type { Audience, DocumentState, Role } from '../../shared/permissions.ts';
import { RELAY_AUTHOR, roomKey } from '../../shared/rooms.ts';
import type { Bilingual, DocumentKind } from '../../shared/vocabulary.ts';
import { settleHeld } from '../store/held.ts';
import type { RecordEvent } from '../store/requests.ts';
import type { Database } from '../store/sqlite.ts';
import type { CommandContext } from './context.ts';
import { type CommandFacts, commandRefusal, type Membership } from './decide.ts';
import { caseRow, documentRow, factsOf } from './facts.ts';
import { type RecordLine, recordUpdate } from './record-event.ts';

export interface CommandOutcome {
  readonly result: CommandResult;
  readonly events: readonly RecordEvent[];
}

/** Does the command, or says why not; the same answer when it was given before. */
export function carryOut(context: CommandContext, personId: string, command: Command): CommandOutcome {
  const { db, atMs } = context;
  const body = JSON.stringify(command);
  const known = storedAnswer(db, personId, command.commandId);
  if (known !== null) {
    return { result: known.body === body ? known.result : { outcome: 'refused', reason: 'id-taken' }, events: [] };
  }
  const again = existing(db, personId, command);
  const outcome = again ?? decideAndWrite(context, personId, command);
  if (again === null && outcome.result.outcome === 'done') {
    context.activity.done(personId, command, outcome.result, atMs);
  }
  db.prepare('INSERT INTO commands (person_id, command_id, body, result, at_ms) VALUES (?, ?, ?, ?, ?)').run(
    personId,
    command.commandId,
    body,
    JSON.stringify(outcome.result),
    atMs,
  );
  return outcome;
}

/**
 * Announces a freeze without completing it.
 * @returns null when it is announced; the answer when there is one already or it is refused
 */
export function beginFreeze(context: CommandContext, personId: string, command: Command): CommandOutcome | null {
  const { db } = context;
  if (command.type !== 'freezeDocument' || storedAnswer(db, personId, command.commandId) !== null) {
    return carryOut(context, personId, command);
  }
  if (commandRefusal(command, factsOf(db, personId, command)) !== null) return carryOut(context, personId, command);
  db.prepare("UPDATE documents SET state = 'freezing' WHERE document_id = ?").run(command.documentId);
  return null;
}

function storedAnswer(db: Database, personId: string, commandId: string) {
  const row = db
    .prepare('SELECT body, result FROM commands WHERE person_id = ? AND command_id = ?')
    .get(personId, commandId) as { body: string; result: string } | undefined;
  return row === undefined ? null : { body: row.body, result: JSON.parse(row.result) as CommandResult };
}

/** Creating what is there already: done again when it is the same by the same person, else the id is taken. */
function existing(db: Database, personId: string, command: Command): CommandOutcome | null {
  if (command.type === 'createCase') {
    const row = caseRow(db, command.caseId);
    // A case's own document has the case's id: where another document has it, there is no room for the case.
    if (row === null) return documentRow(db, command.caseId) === null ? null : taken();
    // The title is the record's by now; the rest never changes.
    const isSame =
      row.created_by === personId && row.category === command.category && row.lead_agency_id === command.agencyId;
    return isSame ? done(row.version) : taken();
  }
  if (command.type === 'registerDocument') {
    const row = documentRow(db, command.documentId);
    if (row === null) return null;
    // The title is the body's by now; the rest never changes.
    const isSame =
      row.created_by === personId &&
      row.case_id === command.caseId &&
      row.kind === command.kind &&
      row.audience === command.audience &&
      row.audience_agency_id === (command.audienceAgencyId ?? null);
    return isSame ? done(row.version) : taken();
  }
  return null;
}

function done(version: number, number?: string): CommandOutcome {
  return { result: { outcome: 'done', version, ...(number === undefined ? {} : { number }) }, events: [] };
}

function taken(): CommandOutcome {
  return { result: { outcome: 'refused', reason: 'id-taken' }, events: [] };
}

function decideAndWrite(context: CommandContext, personId: string, command: Command): CommandOutcome {
  const facts = factsOf(context.db, personId, command);
  const refusal = commandRefusal(command, facts);
  if (refusal !== null) return { result: { outcome: 'refused', reason: refusal }, events: [] };
  const { db, atMs } = context;
  switch (command.type) {
    case 'createCase': {
      const { caseId, title, category, agencyId } = command;
      const host: Membership = { role: 'host', agencyId };
      db.prepare(
        `INSERT INTO cases (case_id, title, category, lead_agency_id, number, version, created_by, changed_at_ms)
         VALUES (?, ?, ?, ?, NULL, 1, ?, ?)`,
      ).run(caseId, title, category, agencyId, personId, atMs);
      putMember(db, { caseId, personId, ...host });
      const record = { documentId: caseId, caseId, kind: 'caseRecord', title, audience: 'joint' } as const;
      return withRecord(context, putDocument(context, personId, record), caseId, personId, host, {
        type: 'registered',
      });
    }
    case 'registerDocument': {
      const outcome = putDocument(context, personId, command);
      return withRecord(context, outcome, command.documentId, personId, facts.membership, { type: 'registered' });
    }
    case 'inviteMember':
      putMember(db, command);
      return done(touchCase(context, command.caseId));
    case 'changeRole':
      db.prepare('UPDATE members SET role = ? WHERE case_id = ? AND person_id = ?').run(
        command.role,
        command.caseId,
        command.personId,
      );
      return done(touchCase(context, command.caseId));
    case 'removeMember':
      db.prepare('UPDATE members SET removed_at_ms = ? WHERE case_id = ? AND person_id = ?').run(
        atMs,
        command.caseId,
        command.personId,
      );
      return done(touchCase(context, command.caseId));
    case 'freezeDocument':
    case 'unfreezeDocument': {
      const state = command.type === 'freezeDocument' ? 'frozen' : 'draft';
      const version = touchDocument(context, command.documentId, { state });
      const line = { type: state === 'frozen' ? 'frozen' : 'unfrozen' } as const;
      return withRecord(context, done(version), command.documentId, personId, facts.membership, line);
    }
    case 'giveNumber':
      return giveNumber(context, personId, command, facts);
    case 'settleHeld':
      settleHeld(db, command, personId, atMs);
      // Nothing of the document has changed: what was written of it came another way.
      return done(facts.document?.version ?? 0);
  }
}

function giveNumber(
  context: CommandContext,
  personId: string,
  command: Extract<Command, { type: 'giveNumber' }>,
  facts: CommandFacts,
): CommandOutcome {
  const { db } = context;
  if (command.target.of === 'case') {
    const { caseId } = command.target;
    const number = nextNumber(context, caseRow(db, caseId)?.lead_agency_id ?? '', 'case', CASE_NUMBER_SERIES);
    db.prepare('UPDATE cases SET number = ? WHERE case_id = ?').run(number, caseId);
    return done(touchCase(context, caseId), number);
  }
  const { documentId } = command.target;
  const row = documentRow(db, documentId);
  const series = row === null ? undefined : KINDS[row.kind].numberSeries;
  if (row === null || series === undefined) throw new Error('a document without a series got past the decision');
  // An agency's own document counts with that agency, every other with the agency that leads the case.
  const agencyId = row.audience_agency_id ?? caseRow(db, row.case_id)?.lead_agency_id ?? '';
  const number = nextNumber(context, agencyId, row.kind, series);
  const version = touchDocument(context, documentId, { number });
  const line = { type: 'numbered', number } as const;
  return withRecord(context, done(version, number), documentId, personId, facts.membership, line);
}

/** The next number of an organisation, year (in China) and series: gap-free, because it is counted in this transaction. */
function nextNumber({ db, atMs }: CommandContext, agencyId: string, series: string, patterns: Bilingual): string {
  const year = officialYear(atMs);
  const row = db
    .prepare(
      `INSERT INTO numbers (agency_id, year, series, last) VALUES (?, ?, ?, 1)
       ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last`,
    )
    .get(agencyId, year, series) as { last: number };
  const agency = db.prepare('SELECT mark FROM agencies WHERE agency_id = ?').get(agencyId) as { mark: string };
  return formatOfficialNumber(patterns, { mark: agency.mark, year, n: row.last });
}

function withRecord(
  context: CommandContext,
  outcome: CommandOutcome,
  documentId: string,
  personId: string,
  membership: Membership | null,
  what: Pick<RecordLine, 'type' | 'number'>,
): CommandOutcome {
  const { db, log, atMs } = context;
  if (membership === null) throw new Error('a record line needs somebody acting for an agency');
  const person = db.prepare('SELECT name FROM people WHERE person_id = ?').get(personId) as { name: string };
  const agency = db.prepare('SELECT name FROM agencies WHERE agency_id = ?').get(membership.agencyId) as {
    name: string;
  };
  const { update, clientId } = recordUpdate(
    {
      ...what,
      by: personId,
      byName: person.name,
      agencyId: membership.agencyId,
      agencyName: agency.name,
      atMs,
    },
    context,
  );
  const room = roomKey({ documentId, room: 'record' });
  const seq = log.append({
    room,
    update,
    author: RELAY_AUTHOR,
    carrier: personId,
    agencyId: membership.agencyId,
    role: membership.role,
    connection: null,
    atMs,
    newClientIds: [clientId],
  });
  return { result: outcome.result, events: [...outcome.events, { room, seq, update }] };
}

interface NewDocument {
  readonly documentId: string;
  readonly caseId: string;
  readonly kind: DocumentKind;
  readonly title: string;
  readonly audience: Audience;
  readonly audienceAgencyId?: string | undefined;
}

function putDocument({ db, atMs }: CommandContext, personId: string, document: NewDocument): CommandOutcome {
  const { documentId, caseId, kind, title, audience, audienceAgencyId = null } = document;
  db.prepare(
    `INSERT INTO documents (document_id, case_id, kind, title, audience, audience_agency_id, state, number, version,
       created_by, changed_at_ms) VALUES (?, ?, ?, ?, ?, ?, 'draft', NULL, 1, ?, ?)`,
  ).run(documentId, caseId, kind, title, audience, audienceAgencyId, personId, atMs);
  return done(1);
}

function putMember(db: Database, member: { caseId: string; personId: string; agencyId: string; role: Role }): void {
  db.prepare(
    `INSERT INTO members (case_id, person_id, agency_id, role, removed_at_ms) VALUES (?, ?, ?, ?, NULL)
     ON CONFLICT DO UPDATE SET agency_id = excluded.agency_id, role = excluded.role, removed_at_ms = NULL`,
  ).run(member.caseId, member.personId, member.agencyId, member.role);
}

/** The case's members or its number changed. The version after. */
function touchCase({ db, atMs }: CommandContext, caseId: string): number {
  const row = db
    .prepare('UPDATE cases SET changed_at_ms = ?, version = version + 1 WHERE case_id = ? RETURNING version')
    .get(atMs, caseId) as { version: number };
  return row.version;
}

function touchDocument(
  { db, atMs }: CommandContext,
  documentId: string,
  change: { state?: DocumentState; number?: string },
): number {
  const row = db
    .prepare(
      `UPDATE documents SET state = coalesce(?, state), number = coalesce(?, number), version = version + 1,
         changed_at_ms = ? WHERE document_id = ? RETURNING version`,
    )
    .get(change.state ?? null, change.number ?? null, atMs, documentId) as { version: number };
  return row.version;
}
