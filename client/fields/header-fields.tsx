/** The header of a document: its kind's fields as a light list in two columns, one column on a phone. One renderer for all kinds. */
import type { FieldRecord } from '../../shared/fields/records.ts';
import { type FieldSpec, HEADER_RECORD } from '../../shared/kinds/kind.ts';
import { useLanguage, useWords } from '../language/use-words.ts';
import { useEditing } from './editing-context.tsx';
import { FieldCell } from './field-cell.tsx';
import styles from './header-fields.module.css';
import { cellKey, type Presence } from './presence.ts';

interface HeaderFieldsProps {
  /** Without the title. */
  specs: readonly FieldSpec[];
  header: FieldRecord | undefined;
  presence: Presence;
}

export function HeaderFields({ specs, header, presence }: HeaderFieldsProps) {
  const say = useWords();
  const language = useLanguage();
  const { editing } = useEditing();
  const isWide = (spec: FieldSpec) => spec.wide === true || (header?.fields.get(spec.id)?.length ?? 0) > 1;
  return (
    <section aria-label={say('document.fields')}>
      <dl className={styles.fields}>
        {specs.map((spec) => {
          const values = header?.fields.get(spec.id) ?? [];
          return (
            <div
              key={spec.id}
              className={styles.field}
              data-wide={isWide(spec)}
              data-record={HEADER_RECORD}
              data-field={spec.id}
              data-label={spec.label[language]}
            >
              <dt>{spec.label[language]}</dt>
              <dd>
                <FieldCell
                  spec={spec}
                  recordId={HEADER_RECORD}
                  values={values}
                  label={spec.label[language]}
                  others={presence.peopleByCell.get(cellKey(HEADER_RECORD, spec.id)) ?? []}
                  onCommit={(value) => editing.history.setField(editing.fields, HEADER_RECORD, spec.id, value)}
                />
              </dd>
            </div>
          );
        })}
        {isLastAlone(specs.map(isWide)) && <div className={styles.filler} aria-hidden="true" />}
      </dl>
    </section>
  );
}

/** Whether the last narrow field stands in a row of two by itself, which then needs its line drawn to the end. */
function isLastAlone(areWide: readonly boolean[]): boolean {
  return areWide.reduce((isOpen, isWide) => !isWide && !isOpen, false);
}
