/** The title of a document or a case as the heading of its page, edited where it stands; contested titles are chosen like any field. */
import type { RegisterValue } from '../../shared/fields/register.ts';
import { HEADER_RECORD, TITLE_FIELD } from '../../shared/kinds/kind.ts';
import { useLanguage } from '../language/use-words.ts';
import { useEditing } from './editing-context.tsx';
import { FieldCell } from './field-cell.tsx';
import { cellKey, type Presence } from './presence.ts';
import styles from './title-heading.module.css';

export interface TitleHeadingProps {
  readonly values: readonly RegisterValue[];
  readonly presence: Presence;
}

export function TitleHeading({ values, presence }: TitleHeadingProps) {
  const language = useLanguage();
  const { editing } = useEditing();
  const label = TITLE_FIELD.label[language];
  return (
    <h1 className={styles.title} data-record={HEADER_RECORD} data-field={TITLE_FIELD.id} data-label={label}>
      <FieldCell
        spec={TITLE_FIELD}
        recordId={HEADER_RECORD}
        values={values}
        label={label}
        others={presence.peopleByCell.get(cellKey(HEADER_RECORD, TITLE_FIELD.id)) ?? []}
        onCommit={(value) => {
          // Both keep a title: an emptied box is not a wish to have none.
          if (value !== null) editing.history.setField(editing.fields, HEADER_RECORD, TITLE_FIELD.id, value);
        }}
      />
    </h1>
  );
}
