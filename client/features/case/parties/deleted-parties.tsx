/** Deleted parties, kept and restorable; one that a colleague was changing meanwhile says so and waits for a decision. */
import { Button } from '@mantine/core';
import { compareOrder } from '../../../../shared/fields/order.ts';
import type { FieldRecord, RecordsReading } from '../../../../shared/fields/records.ts';
import { newestValue } from '../../../../shared/fields/register.ts';
import { deletedButEdited } from '../../../../shared/fields/tombstone.ts';
import { PARTY_FIELDS } from '../../../../shared/kinds/case-record.ts';
import { useEditing } from '../../../fields/editing-context.tsx';
import { useWords } from '../../../language/use-words.ts';
import styles from './parties.module.css';

export function DeletedParties({ reading }: { reading: RecordsReading }) {
  const say = useWords();
  const { editing, mayWrite, names } = useEditing();
  const { map } = editing.records('parties');
  const disputed = new Set(deletedButEdited(editing.doc, reading).map(({ recordId }) => recordId));
  const deleted = [...reading.records.values()].filter((record) => record.isDeleted).sort(compareOrder);
  if (deleted.length === 0) return null;
  const nameOf = (personId: string | null | undefined) =>
    (personId == null ? null : names.personName(personId)) ?? say('author.unknown');
  const aliasOf = (record: FieldRecord) => {
    const alias = newestValue(record.fields.get(PARTY_FIELDS.alias) ?? []);
    return typeof alias === 'string' && alias.trim() !== '' ? alias : say('party.unnamed');
  };
  const line = (record: FieldRecord) => {
    const { recordId, deletedBy, editedUnseen } = record;
    const isDisputed = disputed.has(recordId);
    const said = { name: nameOf(deletedBy), party: aliasOf(record), editor: nameOf(editedUnseen[0]?.by) };
    return (
      <li key={recordId} data-disputed={isDisputed} role={isDisputed ? 'status' : undefined}>
        <span>{say(isDisputed ? 'party.deletedButEdited' : 'party.deletedBy', said)}</span>
        {mayWrite && (
          <Button variant="subtle" size="compact-sm" onClick={() => editing.history.restoreRecord(map, recordId)}>
            {say('party.restore')}
          </Button>
        )}
        {mayWrite && isDisputed && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            onClick={() => editing.history.deleteRecord(map, recordId)}
          >
            {say('party.keepDeleted')}
          </Button>
        )}
      </li>
    );
  };
  const quiet = deleted.filter(({ recordId }) => !disputed.has(recordId));
  return (
    <>
      {quiet.length < deleted.length && (
        <ul className={styles.deleted}>{deleted.filter(({ recordId }) => disputed.has(recordId)).map(line)}</ul>
      )}
      {quiet.length > 0 && (
        <details className={styles.deletedList}>
          <summary>{say('party.deletedList', { count: quiet.length })}</summary>
          <ul className={styles.deleted}>{quiet.map(line)}</ul>
        </details>
      )}
    </>
  );
}
