/** The title of a document as its heading, edited where it stands; contested titles are chosen like any field. */
import type { FieldRecord } from '../../../shared/fields/records.ts';
import { HEADER_RECORD, TITLE_FIELD } from '../../../shared/kinds/kind.ts';
import { useEditing } from '../../fields/editing-context.tsx';
import { FieldCell } from '../../fields/field-cell.tsx';
import { cellKey, type Presence } from '../../fields/presence.ts';
import { useLanguage } from '../../language/use-words.ts';
import styles from './document-page.module.css';

export function DocumentTitle({ header, presence }: { header: FieldRecord | undefined; presence: Presence }) {
  const language = useLanguage();
  const { editing } = useEditing();
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
        values={header?.fields.get(TITLE_FIELD.id) ?? []}
        label={TITLE_FIELD.label[language]}
        others={presence.peopleByCell.get(cellKey(HEADER_RECORD, TITLE_FIELD.id)) ?? []}
        onCommit={(value) => {
          // A document keeps a title: an emptied box is not a wish to have none.
          if (value !== null) editing.history.setField(editing.fields, HEADER_RECORD, TITLE_FIELD.id, value);
        }}
      />
    </h1>
  );
}
