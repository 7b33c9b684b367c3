/**
 * Whom attendance offers and how they are entered: the people of the case by agency, agencies without a name, plain words.
 * Writes through the document's history. No drawing.
 */
import type { Member } from '../../../../shared/api.ts';
import { ATTENDANCE_FIELDS, type AttendanceStatus } from '../../../../shared/kinds/joint-minutes.ts';
import { type Attendee, attendanceIdOf } from '../../../../shared/minutes/attendance.ts';
import type { SaidRole } from '../../../../shared/permissions.ts';
import type { Editing } from '../../../fields/editing.ts';

/** Somebody who may be entered; `person` is null for an agency alone. */
export interface NewAttendee {
  readonly agency: string | null;
  readonly person: string | null;
  readonly status: AttendanceStatus;
  readonly note?: string;
}

/** How members take part unless somebody says otherwise; reviewers do not come, the recorder stands in the header. */
const STATUS_BY_ROLE: Readonly<Partial<Record<SaidRole, AttendanceStatus>>> = {
  host: 'present',
  mediator: 'present',
  participant: 'present',
  observer: 'inAttendance',
};

const isListed = (attendees: readonly Attendee[], { person, agency }: Pick<NewAttendee, 'person' | 'agency'>) =>
  attendees.some((each) => each.person === person && (person !== null || each.agency === agency));

/** The case's people who would be at its meetings and are not listed yet. */
export function expectedAttendees(members: readonly Member[], attendees: readonly Attendee[]): NewAttendee[] {
  return members.flatMap(({ personId: person, agencyId: agency, role }) => {
    const status = STATUS_BY_ROLE[role];
    return status === undefined || isListed(attendees, { person, agency }) ? [] : [{ person, agency, status }];
  });
}

/** Everybody of the case who is not listed, then its agencies without a name. */
export function offeredAttendees(members: readonly Member[], attendees: readonly Attendee[]): NewAttendee[] {
  const people = members.map(({ personId: person, agencyId: agency, role }) => ({
    person,
    agency,
    status: STATUS_BY_ROLE[role] ?? ('present' as const),
  }));
  const agencies = [...new Set(members.map(({ agencyId }) => agencyId))].map((agency) => ({
    person: null,
    agency,
    status: 'present' as const,
  }));
  return [...people, ...agencies].filter((each) => !isListed(attendees, each));
}

/** Enters them in turn; somebody who was removed comes back as they were, with what is said now. */
export function enterAttendees(editing: Editing, entered: readonly NewAttendee[], newId: () => string): void {
  const { map, view } = editing.records('attendance');
  for (const { agency, person, status, note } of entered) {
    const ownId = attendanceIdOf(person, agency);
    const known = ownId === null ? undefined : view.read().records.get(ownId);
    if (known?.isDeleted === true) {
      editing.history.restoreRecord(map, known.recordId);
      editing.history.setField(map, known.recordId, ATTENDANCE_FIELDS.status, status);
      continue;
    }
    // A row that was made for somebody and now names another keeps its id.
    const recordId = ownId === null || known !== undefined ? newId() : ownId;
    editing.history.createRecord(map, {
      recordId,
      values: {
        [ATTENDANCE_FIELDS.agency]: agency,
        [ATTENDANCE_FIELDS.person]: person,
        [ATTENDANCE_FIELDS.status]: status,
        ...(note === undefined ? {} : { [ATTENDANCE_FIELDS.note]: note }),
      },
    });
  }
}
