/**
 * Deleted tasks, kept and restorable; first those that somebody went on editing while another, unseen, deleted them: they
 * are shown open until one of the two decides.
 */
import { Button } from '@mantine/core';
import { memo, useEffect, useReducer } from 'react';
import type * as Y from 'yjs';
import { compareOrder } from '../../../../shared/fields/order.ts';
import type { FieldRecord, RecordsReading } from '../../../../shared/fields/records.ts';
import { recordTexts } from '../../../../shared/fields/text-cell.ts';
import { deletedButEdited } from '../../../../shared/fields/tombstone.ts';
import { useEditing } from '../../../fields/editing-context.tsx';
import { useWords } from '../../../language/use-words.ts';
import styles from './task-table.module.css';

export const DeletedTasks = memo(function DeletedTasks({ reading }: { reading: RecordsReading }) {
  const say = useWords();
  const { editing, mayWrite, names } = useEditing();
  useDeletedTexts(editing.doc, reading);
  const disputed = deletedButEdited(editing.doc, reading);
  const disputedIds = new Set(disputed.map((record) => record.recordId));
  const deleted = [...reading.records.values()]
    .filter((record) => record.isDeleted && !disputedIds.has(record.recordId))
    .sort(compareOrder);
  const nameOf = (personId: string | null) =>
    (personId === null ? null : names.personName(personId)) ?? say('tasks.somebody');
  const wordsOf = (record: FieldRecord) =>
    [...recordTexts(editing.doc, record.recordId).values()]
      .map((ytext) => ytext.toString().trim())
      .filter((text) => text !== '')
      .join(' · ') || say('document.untitled');
  const restore = (recordId: string) => editing.history.restoreRecord(editing.tasks, recordId);

  return (
    <>
      {disputed.map((record) => (
        <div key={record.recordId} className={styles.disputed} role="status">
          <span>
            {say('tasks.deletedButEdited', {
              deleter: nameOf(record.deletedBy),
              editor: nameOf(record.editedUnseen[0]?.by ?? null),
              text: wordsOf(record),
            })}
          </span>
          {mayWrite && (
            <span className={styles.acts}>
              <Button variant="default" onClick={() => restore(record.recordId)}>
                {say('tasks.restore')}
              </Button>
              <Button
                variant="subtle"
                color="gray"
                onClick={() => editing.history.deleteRecord(editing.tasks, record.recordId)}
              >
                {say('tasks.keepDeleted')}
              </Button>
            </span>
          )}
        </div>
      ))}
      {deleted.length > 0 && (
        <details className={styles.deleted}>
          <summary>{say('tasks.deletedList', { count: deleted.length })}</summary>
          <ul>
            {deleted.map((record) => (
              <li key={record.recordId}>
                <span className={styles.deletedWords}>{wordsOf(record)}</span>
                <small>{say('tasks.deletedBy', { name: nameOf(record.deletedBy) })}</small>
                {mayWrite && (
                  <Button variant="subtle" size="compact-sm" onClick={() => restore(record.recordId)}>
                    {say('tasks.restore')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
});

/** Renders anew when somebody, not knowing of the deletion, has written in a long text of a deleted task: no row changes then. */
function useDeletedTexts(doc: Y.Doc, reading: RecordsReading): void {
  const [, readAgain] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const texts = [...reading.records.values()]
      .filter((record) => record.isDeleted)
      .flatMap(({ recordId }) => [...recordTexts(doc, recordId).values()]);
    for (const text of texts) text.observe(readAgain);
    return () => {
      for (const text of texts) text.unobserve(readAgain);
    };
  }, [doc, reading]);
}
