/**
 * The rows behind "record attendance": agency, name, how they took part, for which items, a note; below, a box that offers
 * who is missing. One row is one record; on a phone it is a card.
 */
import { CloseButton, SegmentedControl } from '@mantine/core';
import type { Member } from '../../../../shared/api.ts';
import type { FieldRecord } from '../../../../shared/fields/records.ts';
import { ATTENDANCE_FIELDS, ATTENDANCE_STATUSES } from '../../../../shared/kinds/joint-minutes.ts';
import type { FieldSpec } from '../../../../shared/kinds/kind.ts';
import type { AgendaItem } from '../../../../shared/minutes/agenda.ts';
import type { Attendee } from '../../../../shared/minutes/attendance.ts';
import { useEditing } from '../../../fields/editing-context.tsx';
import { FieldCell } from '../../../fields/field-cell.tsx';
import { cellKey, type Presence } from '../../../fields/presence.ts';
import { useLanguage, useWords } from '../../../language/use-words.ts';
import { useNotice } from '../../../ui/notices.tsx';
import { AddAttendee } from './add-attendee.tsx';
import { AttendedItems } from './attended-items.tsx';
import styles from './minutes.module.css';

interface AttendanceTableProps {
  specs: readonly FieldSpec[];
  records: ReadonlyMap<string, FieldRecord>;
  attendees: readonly Attendee[];
  agenda: readonly AgendaItem[];
  members: readonly Member[];
  presence: Presence;
}

export function AttendanceTable(props: AttendanceTableProps) {
  const { specs, records, attendees, agenda, members, presence } = props;
  const say = useWords();
  const notify = useNotice();
  const { editing, names, undo } = useEditing();
  const { map } = editing.records('attendance');
  const whoIs = ({ person, agency }: Attendee) =>
    person !== null
      ? names.personLabel(person)
      : agency !== null
        ? names.agencyLabel(agency)
        : say('attendance.nobody');
  const remove = (attendee: Attendee) => {
    editing.history.deleteRecord(map, attendee.recordId);
    notify({
      text: say('attendance.removed', { who: whoIs(attendee) }),
      act: { label: say('general.undo'), onClick: undo },
    });
  };
  return (
    <div className={styles.attendance}>
      <ul className={styles.rows}>
        {attendees.map((attendee) => (
          <AttendeeRow
            key={attendee.recordId}
            specs={specs}
            record={records.get(attendee.recordId)}
            attendee={attendee}
            who={whoIs(attendee)}
            agenda={agenda}
            presence={presence}
            onRemove={() => remove(attendee)}
          />
        ))}
      </ul>
      <AddAttendee members={members} attendees={attendees} />
    </div>
  );
}

interface AttendeeRowProps {
  specs: readonly FieldSpec[];
  record: FieldRecord | undefined;
  attendee: Attendee;
  /** What the row is called. */
  who: string;
  agenda: readonly AgendaItem[];
  presence: Presence;
  onRemove: () => void;
}

function AttendeeRow({ specs, record, attendee, who, agenda, presence, onRemove }: AttendeeRowProps) {
  const say = useWords();
  const language = useLanguage();
  const { editing } = useEditing();
  const { map } = editing.records('attendance');
  const { recordId, status, items } = attendee;
  const set = (field: string, value: string | readonly string[] | null) =>
    editing.history.setField(map, recordId, field, value);
  const isStatusContested = (record?.fields.get(ATTENDANCE_FIELDS.status)?.length ?? 0) > 1;

  const cell = (spec: FieldSpec) => (
    <div key={spec.id} className={styles.attendeeCell} data-field={spec.id}>
      <FieldCell
        spec={spec}
        recordId={recordId}
        values={record?.fields.get(spec.id) ?? []}
        label={say('attendance.cellOf', { who, field: spec.label[language] })}
        others={presence.peopleByCell.get(cellKey(recordId, spec.id)) ?? []}
        onCommit={(value) => set(spec.id, value as string | null)}
        placeholder={spec.label[language]}
      />
    </div>
  );
  return (
    <li className={styles.attendee} data-record={recordId}>
      {specs.map((spec) =>
        spec.id !== ATTENDANCE_FIELDS.status || isStatusContested || status === null ? (
          cell(spec)
        ) : (
          <SegmentedControl
            key={spec.id}
            className={styles.attendeeStatus}
            data-field={spec.id}
            size="xs"
            aria-label={say('attendance.statusOf', { who })}
            data={ATTENDANCE_STATUSES.map((each) => ({ value: each, label: say(`attendance.${each}`) }))}
            value={status}
            onChange={(next) => set(spec.id, next)}
          />
        ),
      )}
      {agenda.length > 0 && (
        <AttendedItems
          who={who}
          agenda={agenda}
          items={items}
          onChange={(next) => set(ATTENDANCE_FIELDS.items, next)}
        />
      )}
      <CloseButton
        size={32}
        className={styles.attendeeRemove}
        aria-label={say('attendance.remove', { who })}
        onClick={onRemove}
      />
    </li>
  );
}
