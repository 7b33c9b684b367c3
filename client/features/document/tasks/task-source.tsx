/** Where a task comes from: the decision of the minutes that it carries out, one click away. */
import { Link } from 'wouter';
import { readRecordLinks } from '../../../../shared/fields/record-link.ts';
import type { FieldRecord } from '../../../../shared/fields/records.ts';
import { TASK_FIELDS } from '../../../../shared/kinds/action-plan.ts';
import { useWords } from '../../../language/use-words.ts';
import styles from './task-table.module.css';

export function TaskSource({ record, caseId }: { record: FieldRecord; caseId: string }) {
  const say = useWords();
  return readRecordLinks(record.fields.get(TASK_FIELDS.source) ?? []).map(({ documentId, recordId }) => (
    <Link
      key={`${documentId}/${recordId}`}
      href={`/cases/${caseId}/documents/${documentId}#decision-${recordId}`}
      className={styles.source}
      tabIndex={-1}
    >
      {say('tasks.source')}
    </Link>
  ));
}
