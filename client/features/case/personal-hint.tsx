/** Says where in the case's record a number seems to tell who somebody is. A hint: nothing is stopped and nothing changed. */
import type { FieldRecord } from '../../../shared/fields/records.ts';
import { caseRecord } from '../../../shared/kinds/case-record.ts';
import { type FieldSpec, HEADER_RECORD } from '../../../shared/kinds/kind.ts';
import type { Party } from '../../../shared/kinds/parties.ts';
import { useEditing } from '../../fields/editing-context.tsx';
import { useText } from '../../fields/use-text.ts';
import { useLanguage, useWords } from '../../language/use-words.ts';
import styles from './case-record.module.css';
import { hasPersonalNumber } from './personal-number.ts';

const LONG_TEXTS = caseRecord.fields.filter((spec) => spec.input === 'longText');

export function PersonalHint({
  header,
  parties,
}: {
  header: FieldRecord | undefined;
  parties: readonly { readonly party: Party; readonly label: string }[];
}) {
  const language = useLanguage();
  const inHeader = caseRecord.fields.filter((spec) => isIn(header, spec)).map((spec) => spec.label[language]);
  const inParties = parties
    .filter(({ party }) => (caseRecord.records?.parties ?? []).some((spec) => isIn(party.record, spec)))
    .map(({ label }) => label);
  return (
    <>
      {[...inHeader, ...inParties].map((where) => (
        <Hint key={where} where={where} />
      ))}
      {LONG_TEXTS.map((spec) => (
        <LongTextHint key={spec.id} spec={spec} />
      ))}
    </>
  );
}

function isIn(record: FieldRecord | undefined, spec: FieldSpec): boolean {
  const values = record?.fields.get(spec.id) ?? [];
  return values.some(({ value }) => [value].flat().some((each) => typeof each === 'string' && hasPersonalNumber(each)));
}

function LongTextHint({ spec }: { spec: FieldSpec }) {
  const language = useLanguage();
  const { editing } = useEditing();
  const text = useText(editing.text(HEADER_RECORD, spec.id));
  return hasPersonalNumber(text) ? <Hint where={spec.label[language]} /> : null;
}

function Hint({ where }: { where: string }) {
  const say = useWords();
  return (
    <p className={styles.hint} role="status">
      {say('caseRecord.personal', { where })}
    </p>
  );
}
