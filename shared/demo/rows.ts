/** Rows of the demonstration's tables as data: tasks with their history, who came to a meeting, what was due and decided. */
import { type RecordLink, recordLinkToValue } from '../fields/record-link.ts';
import type { FieldValue } from '../fields/register.ts';
import { TASK_FIELDS } from '../kinds/action-plan.ts';
import { PARTY_FIELDS, type PartyConsent, type PartySide } from '../kinds/case-record.ts';
import { AGENDA_FIELDS, ATTENDANCE_FIELDS, type AttendanceStatus, DECISION_FIELDS } from '../kinds/joint-minutes.ts';
import { attendanceIdOf } from '../minutes/attendance.ts';
import type { DemoBlock, DemoRow, DemoTask } from './demo-types.ts';
import { wordsOf } from './writing.ts';

type Work = DemoTask['work'][number];

/** What somebody said about a task at a local time, `2026-10-16T18:05`. */
export const work = (at: string, by: string, event: Work['event']): Work => ({ at, by, event });

interface TaskInput {
  readonly taskId: string;
  readonly by: string;
  readonly problem: string;
  readonly measure: string;
  /** A supporting party that is no agency is named by its alias. */
  readonly lead: string;
  readonly supporting: readonly string[];
  readonly owner: string;
  /** `YYYY-MM-DD` */
  readonly due: string;
  /** The decision it came from: the minutes' id and the decision's. */
  readonly source?: RecordLink;
}

/** A row of a plan's table and its history. */
export function taskRow(input: TaskInput, history: readonly Work[]): DemoTask {
  return {
    taskId: input.taskId,
    by: input.by,
    values: {
      [TASK_FIELDS.leadAgency]: input.lead,
      [TASK_FIELDS.supportingAgencies]: [...input.supporting],
      [TASK_FIELDS.owner]: input.owner,
      [TASK_FIELDS.due]: input.due,
      ...(input.source === undefined ? {} : { [TASK_FIELDS.source]: recordLinkToValue(input.source) }),
    },
    longTexts: { [TASK_FIELDS.problem]: input.problem, [TASK_FIELDS.measure]: input.measure },
    work: history,
  };
}

interface AttendanceInput {
  readonly person: string;
  readonly agency: string;
  readonly status: AttendanceStatus;
  readonly note?: string;
  /** Only for somebody without an account. */
  readonly recordId?: string;
}

export function attendanceRow(by: string, { person, agency, status, note, recordId }: AttendanceInput): DemoRow {
  const id = recordId ?? attendanceIdOf(person, agency);
  if (id === null) throw new Error(`attendance of ${person} needs an id`);
  return {
    recordId: id,
    by,
    values: {
      [ATTENDANCE_FIELDS.agency]: agency,
      [ATTENDANCE_FIELDS.person]: person,
      [ATTENDANCE_FIELDS.status]: status,
      ...(note === undefined ? {} : { [ATTENDANCE_FIELDS.note]: note }),
    },
  };
}

export function agendaRow(
  by: string,
  { recordId, item, agency, person }: { recordId: string; item: string; agency: string; person: string },
): DemoRow {
  const values = {
    [AGENDA_FIELDS.item]: item,
    [AGENDA_FIELDS.presenterAgency]: agency,
    [AGENDA_FIELDS.presenter]: person,
  };
  return { recordId, by, values };
}

/** A decided sentence: a paragraph of the minutes and the record that points to it. */
export interface DemoDecision {
  readonly recordId: string;
  readonly kind: DemoBlock['kind'];
  readonly content: DemoBlock['content'];
  readonly was?: DemoBlock['was'];
  readonly dissent?: string;
  /** The task it became: the plan's id and the task's. */
  readonly task?: RecordLink;
}

export function decisionBlock(by: string, { recordId, kind, content, was }: DemoDecision): DemoBlock {
  return { by, blockId: `decided-${recordId}`, kind, content, ...(was === undefined ? {} : { was }) };
}

export function decisionRow(by: string, { recordId, content, dissent, task }: DemoDecision): DemoRow {
  const values: Record<string, FieldValue> = {
    [DECISION_FIELDS.words]: wordsOf(content),
    [DECISION_FIELDS.block]: `decided-${recordId}`,
  };
  if (dissent !== undefined) values[DECISION_FIELDS.dissent] = dissent;
  if (task !== undefined) values[DECISION_FIELDS.task] = recordLinkToValue(task);
  return { recordId, by, values };
}

interface PartyInput {
  readonly recordId: string;
  readonly alias: string;
  readonly side: PartySide;
  readonly kind: 'individual' | 'organisation' | 'group';
  readonly consent: PartyConsent;
  readonly openness: 'public' | 'private';
  readonly needs?: readonly string[];
}

/** A party of the case, by alias. */
export function partyRow(by: string, { recordId, alias, side, kind, consent, openness, needs }: PartyInput): DemoRow {
  const values: Record<string, FieldValue> = {
    [PARTY_FIELDS.alias]: alias,
    [PARTY_FIELDS.side]: side,
    [PARTY_FIELDS.kind]: kind,
    [PARTY_FIELDS.consent]: consent,
    [PARTY_FIELDS.openness]: openness,
  };
  if (needs !== undefined) values[PARTY_FIELDS.needs] = [...needs];
  return { recordId, by, values };
}
