/**
 * Who took part: printed as the minutes print it, and for those who may write a table behind "record". Names that an earlier
 * version kept as lists in the header are shown until somebody takes them over.
 */
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Member } from '../../../../shared/api.ts';
import type { FieldRecord } from '../../../../shared/fields/records.ts';
import { newestValue } from '../../../../shared/fields/register.ts';
import { ATTENDANCE_STATUSES } from '../../../../shared/kinds/joint-minutes.ts';
import { type FieldSpec, HEADER_RECORD } from '../../../../shared/kinds/kind.ts';
import type { AgendaItem } from '../../../../shared/minutes/agenda.ts';
import type { Attendee } from '../../../../shared/minutes/attendance.ts';
import { useEditing } from '../../../fields/editing-context.tsx';
import type { Presence } from '../../../fields/presence.ts';
import { useWords } from '../../../language/use-words.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useEnvironment } from '../../../ui/environment.tsx';
import { useNotice } from '../../../ui/notices.tsx';
import { attendanceLines } from './attendance-line.ts';
import { AttendanceTable } from './attendance-table.tsx';
import { enterAttendees, expectedAttendees, type NewAttendee } from './attendees.ts';
import styles from './minutes.module.css';

interface AttendanceSectionProps {
  specs: readonly FieldSpec[];
  formerSpecs: readonly FieldSpec[];
  records: ReadonlyMap<string, FieldRecord>;
  attendees: readonly Attendee[];
  agenda: readonly AgendaItem[];
  header: FieldRecord | undefined;
  members: readonly Member[];
  presence: Presence;
}

export function AttendanceSection(props: AttendanceSectionProps) {
  const { specs, formerSpecs, records, attendees, agenda, header, members, presence } = props;
  const say = useWords();
  const notify = useNotice();
  const { uuid } = useEnvironment();
  const { editing, mayWrite, names } = useEditing();
  const [isOpen, setOpen] = useState(false);
  const itemNumber = (recordId: string) => agenda.find((item) => item.recordId === recordId)?.number ?? null;
  const lines = attendanceLines(attendees, names, itemNumber, say);
  const expected = expectedAttendees(members, attendees);
  const isRecording = mayWrite && isOpen;

  const addAll = () => {
    enterAttendees(editing, expected, uuid);
    notify({ text: say('attendance.addedAll', { count: expected.length }) });
    setOpen(true);
  };
  const addAllButton = expected.length > 0 && (
    <Button variant="default" onClick={addAll}>
      {say('attendance.addAll')}
    </Button>
  );
  return (
    <section aria-labelledby="attendance-heading" className={styles.section} data-view="attendance">
      <div className={styles.heading}>
        <h2 id="attendance-heading">{say('attendance.title')}</h2>
        {mayWrite && (
          <div className={styles.headingActs}>
            {isRecording && addAllButton}
            <Button variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              {say(isOpen ? 'attendance.editDone' : 'attendance.edit')}
            </Button>
          </div>
        )}
      </div>
      {lines.length === 0 && !isRecording ? (
        <EmptyState
          title={say('attendance.empty')}
          next={say(mayWrite ? 'attendance.emptyNext' : 'attendance.emptyReader')}
          act={mayWrite ? addAllButton : undefined}
        />
      ) : (
        <dl className={styles.lines}>
          {lines.map(({ status, text }) => (
            <div key={status}>
              <dt>{say(`attendance.${status ?? 'notKnown'}`)}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
      <FormerNames specs={formerSpecs} header={header} members={members} />
      {isRecording && (
        <AttendanceTable
          specs={specs}
          records={records}
          attendees={attendees}
          agenda={agenda}
          members={members}
          presence={presence}
        />
      )}
    </section>
  );
}

/** Lists of people in header fields of an earlier version: shown, and taken over with one click. */
function FormerNames(props: {
  specs: readonly FieldSpec[];
  header: FieldRecord | undefined;
  members: readonly Member[];
}) {
  const { specs, header, members } = props;
  const say = useWords();
  const { uuid } = useEnvironment();
  const { editing, mayWrite, names } = useEditing();
  const former = specs.flatMap((spec) => {
    const people = newestValue(header?.fields.get(spec.id) ?? []);
    const status = ATTENDANCE_STATUSES.find((known) => known === spec.id);
    return status !== undefined && Array.isArray(people) && people.length > 0 ? [{ status, people }] : [];
  });
  if (former.length === 0) return null;
  const takeOver = () => {
    const entered = former.flatMap(({ status, people }) =>
      people.map((person): NewAttendee => {
        const agency = members.find(({ personId }) => personId === person)?.agencyId ?? null;
        return { person, agency, status };
      }),
    );
    enterAttendees(editing, entered, uuid);
    for (const { status } of former) editing.history.setField(editing.fields, HEADER_RECORD, status, null);
  };
  const words = former.map(({ status, people }) =>
    say('general.labelled', {
      label: say(`attendance.${status}`),
      text: people.map(names.personLabel).join(say('general.separator')),
    }),
  );
  return (
    <div className={styles.former}>
      <span>{say('attendance.former', { names: words.join(say('attendance.between')) })}</span>
      {mayWrite && (
        <Button variant="default" onClick={takeOver}>
          {say('attendance.takeOver')}
        </Button>
      )}
    </div>
  );
}
