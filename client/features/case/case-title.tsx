/**
 * The title of the case as its heading, edited where it stands. It is a field of the case's record; a case whose record has
 * none yet (made by a script) shows the title the relay has, and the first edit writes it down.
 */
import type { FieldRecord } from '../../../shared/fields/records.ts';
import type { RegisterValue } from '../../../shared/fields/register.ts';
import { HEADER_RECORD, TITLE_FIELD } from '../../../shared/kinds/kind.ts';
import { RELAY_AUTHOR } from '../../../shared/rooms.ts';
import { useEditing } from '../../fields/editing-context.tsx';
import { FieldCell } from '../../fields/field-cell.tsx';
import { cellKey, type Presence } from '../../fields/presence.ts';
import { useLanguage } from '../../language/use-words.ts';
import styles from './case-record.module.css';

interface CaseTitleProps {
  header: FieldRecord | undefined;
  presence: Presence;
  /** The catalogue's. */
  known: string;
}

export function CaseTitle({ header, presence, known }: CaseTitleProps) {
  const language = useLanguage();
  const { editing } = useEditing();
  const written = header?.fields.get(TITLE_FIELD.id) ?? [];
  const ofRelay: RegisterValue = { value: known, writes: [{ rev: '', by: RELAY_AUTHOR, atMs: 0 }] };
  return (
    <h1
      className={styles.title}
      data-record={HEADER_RECORD}
      data-field={TITLE_FIELD.id}
      data-label={TITLE_FIELD.label[language]}
    >
      <FieldCell
        spec={TITLE_FIELD}
        recordId={HEADER_RECORD}
        values={written.length === 0 ? [ofRelay] : written}
        label={TITLE_FIELD.label[language]}
        others={presence.peopleByCell.get(cellKey(HEADER_RECORD, TITLE_FIELD.id)) ?? []}
        onCommit={(value) => {
          // A case keeps a title: an emptied box is not a wish to have none.
          if (value !== null) editing.history.setField(editing.fields, HEADER_RECORD, TITLE_FIELD.id, value);
        }}
      />
    </h1>
  );
}
