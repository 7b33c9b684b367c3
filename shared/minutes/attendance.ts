/**
 * Who took part in a meeting: what the attendance records of the minutes say, grouped as printed minutes list it (出席, 请假,
 * 列席; within each by agency, in the order of the rows). The values are ids of the directory or plain words; names are the
 * reader's business. Records are written with shared/fields (createRecord, setRegister) under ATTENDANCE_FIELDS.
 */
import { liveRecords, type RecordsReading } from '../fields/records.ts';
import { type FieldValue, newestValue } from '../fields/register.ts';
import { uuidSchema } from '../ids.ts';
import { ATTENDANCE_FIELDS, ATTENDANCE_STATUSES, type AttendanceStatus } from '../kinds/joint-minutes.ts';

export interface Attendee {
  readonly recordId: string;
  /** Id or plain words; null when not said. */
  readonly agency: string | null;
  readonly person: string | null;
  /** Null where a newer version says something unknown here. */
  readonly status: AttendanceStatus | null;
  /** Ids of agenda records; null means the whole meeting. */
  readonly items: readonly string[] | null;
  readonly note: string;
}

/** The record that belongs to somebody: a person's id, else an agency's; null for plain words, which get a fresh id. */
export function attendanceIdOf(person: string | null, agency: string | null): string | null {
  const owner = person ?? agency;
  return owner !== null && uuidSchema.safeParse(owner).success ? owner : null;
}

/** Everybody listed, in the order of the rows. Of contested values the newest; a row without a status counts as present. */
export function readAttendance(reading: RecordsReading): Attendee[] {
  return liveRecords(reading).map((record) => {
    const read = (field: string) => newestValue(record.fields.get(field) ?? []);
    const said = read(ATTENDANCE_FIELDS.status);
    const items = read(ATTENDANCE_FIELDS.items);
    return {
      recordId: record.recordId,
      agency: wordsOrNull(read(ATTENDANCE_FIELDS.agency)),
      person: wordsOrNull(read(ATTENDANCE_FIELDS.person)),
      status:
        said === undefined || said === null ? 'present' : (ATTENDANCE_STATUSES.find((known) => known === said) ?? null),
      items: Array.isArray(items) ? items : null,
      note: wordsOrNull(read(ATTENDANCE_FIELDS.note)) ?? '',
    };
  });
}

/** One agency's people under one status; `agency` is null for people of none. */
export interface AgencyAttendance {
  readonly agency: string | null;
  readonly attendees: readonly Attendee[];
}

/** The groups that have somebody in them; last those of whom a newer version says what is not known here. */
export function attendanceByStatus(
  attendees: readonly Attendee[],
): { readonly status: AttendanceStatus | null; readonly agencies: readonly AgencyAttendance[] }[] {
  return [...ATTENDANCE_STATUSES, null].flatMap((status) => {
    const byAgency = new Map<string | null, Attendee[]>();
    for (const attendee of attendees) {
      if (attendee.status !== status) continue;
      byAgency.set(attendee.agency, [...(byAgency.get(attendee.agency) ?? []), attendee]);
    }
    return byAgency.size === 0
      ? []
      : [{ status, agencies: [...byAgency].map(([agency, present]) => ({ agency, attendees: present })) }];
  });
}

function wordsOrNull(value: FieldValue | undefined): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
