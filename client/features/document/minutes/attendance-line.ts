/**
 * Attendance as printed minutes have it: one line for each kind, agency by agency, notes in brackets. Pure; names and words
 * are given.
 */

import type { AttendanceStatus } from '../../../../shared/kinds/joint-minutes.ts';
import { type Attendee, attendanceByStatus } from '../../../../shared/minutes/attendance.ts';
import type { Names } from '../../../fields/names.ts';
import type { Say } from '../../../language/use-words.ts';

export interface AttendanceLine {
  /** Null: not known here. */
  readonly status: AttendanceStatus | null;
  readonly text: string;
}

/** @param itemNumber the number of an agenda record; null when it is not on the agenda any more */
export function attendanceLines(
  attendees: readonly Attendee[],
  names: Pick<Names, 'agencyLabel' | 'personLabel'>,
  itemNumber: (recordId: string) => number | null,
  say: Say,
): AttendanceLine[] {
  const whoOf = (attendee: Attendee, without: string) => {
    const notes = [itemsInWords(attendee, itemNumber, say), attendee.note].filter((note) => note !== '');
    const name = attendee.person === null ? without : names.personLabel(attendee.person);
    return notes.length === 0
      ? name
      : say('general.bracketed', { text: name, note: notes.join(say('attendance.noteBetween')) });
  };
  return attendanceByStatus(attendees).map(({ status, agencies }) => ({
    status,
    text: agencies
      .map(({ agency, attendees: present }) => {
        if (agency === null) return present.map((each) => whoOf(each, '')).join(say('general.separator'));
        const label = names.agencyLabel(agency);
        const named = present.filter(({ person }) => person !== null);
        // An agency of which nobody is named stands for itself, with what is noted about it.
        if (named.length === 0) return present.map((each) => whoOf(each, label)).join(say('general.separator'));
        return say('attendance.who', {
          agency: label,
          people: named.map((each) => whoOf(each, '')).join(say('general.separator')),
        });
      })
      .filter((text) => text !== '')
      .join(say('attendance.between')),
  }));
}

/** `参加议题 1、2`; empty for the whole meeting. */
export function itemsInWords(
  { items }: Pick<Attendee, 'items'>,
  itemNumber: (recordId: string) => number | null,
  say: Say,
): string {
  if (items === null) return '';
  const numbers = items.flatMap((id) => itemNumber(id) ?? []).sort((a, b) => a - b);
  return numbers.length === 0 ? '' : say('attendance.items', { numbers: numbers.join(say('general.separator')) });
}
