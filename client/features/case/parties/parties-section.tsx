/**
 * The parties of a case: by alias, with side, kind, consent, openness and needs, edited in place. A refusal or a withdrawal
 * is said plainly with what it means, and nothing is blocked by it: the mediators are to stop, not the program.
 */
import { Button, Menu } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { RecordsReading } from '../../../../shared/fields/records.ts';
import { caseRecord, PARTY_SIDES, type PartySide } from '../../../../shared/kinds/case-record.ts';
import { hasDeclined, newParty, type Party, readParties } from '../../../../shared/kinds/parties.ts';
import { useEditing } from '../../../fields/editing-context.tsx';
import type { Presence } from '../../../fields/presence.ts';
import { optionLabel } from '../../../fields/value-words.ts';
import { useLanguage, useWords } from '../../../language/use-words.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useEnvironment } from '../../../ui/environment.tsx';
import { useNotice } from '../../../ui/notices.tsx';
import text from '../../../ui/page-text.module.css';
import { DeletedParties } from './deleted-parties.tsx';
import styles from './parties.module.css';
import { PartyRow } from './party-row.tsx';

const SPECS = caseRecord.records?.parties ?? [];

export function PartiesSection({ reading, presence }: { reading: RecordsReading; presence: Presence }) {
  const say = useWords();
  const language = useLanguage();
  const notify = useNotice();
  const { uuid } = useEnvironment();
  const { editing, mayWrite } = useEditing();
  const { map } = editing.records('parties');
  const parties = readParties(reading);
  const declined = parties.filter(hasDeclined);
  const nameOf = (party: Party) => party.alias || say('party.unnamed');

  const [addedId, setAddedId] = useState<string | null>(null);
  const rows = useRef<HTMLTableSectionElement>(null);
  // A new row is where one goes on: its alias is there already, the next thing is to look at it.
  useEffect(() => {
    if (addedId === null) return;
    rows.current?.querySelector<HTMLElement>(`[data-record="${addedId}"] button`)?.focus();
    setAddedId(null);
  }, [addedId]);

  const add = (side: PartySide) => {
    const recordId = uuid();
    editing.history.createRecord(map, { recordId, ...newParty(side, parties, language) });
    setAddedId(recordId);
  };
  const remove = (party: Party) => {
    editing.history.deleteRecord(map, party.record.recordId);
    notify({
      text: say('party.deleted', { party: nameOf(party) }),
      act: {
        label: say('party.restore'),
        onClick: () => editing.history.restoreRecord(map, party.record.recordId),
      },
    });
  };

  const addMenu = mayWrite && (
    <Menu position="bottom-end" returnFocus={false}>
      <Menu.Target>
        <Button variant="default">{say('party.add')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {PARTY_SIDES.map((side) => (
          <Menu.Item key={side} onClick={() => add(side)}>
            {say('party.addSide', { side: sideLabel(side) })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
  function sideLabel(side: PartySide): string {
    const spec = SPECS.find(({ id }) => id === 'side');
    return spec === undefined ? side : optionLabel(spec, side, language);
  }

  return (
    <section aria-labelledby="parties-heading" className={styles.section}>
      <div className={text.heading}>
        <h2 id="parties-heading">{say('party.heading')}</h2>
        <span className={text.note}>{say('party.aliasOnly')}</span>
        {parties.length > 0 && addMenu}
      </div>
      {parties.length === 0 ? (
        <EmptyState
          title={say('party.empty')}
          next={say(mayWrite ? 'party.emptyNext' : 'party.emptyReader')}
          act={addMenu || undefined}
        />
      ) : (
        <table className={styles.table}>
          <colgroup>
            {SPECS.map((spec) => (
              <col key={spec.id} className={styles[spec.id]} />
            ))}
            {mayWrite && <col style={{ width: 44 }} />}
          </colgroup>
          <thead>
            <tr>
              {SPECS.map((spec) => (
                <th key={spec.id} scope="col">
                  {spec.label[language]}
                </th>
              ))}
              {mayWrite && <th scope="col">{'\u200b'}</th>}
            </tr>
          </thead>
          <tbody ref={rows}>
            {parties.map((party, index) => (
              <PartyRow
                key={party.record.recordId}
                party={party}
                name={nameOf(party)}
                specs={SPECS}
                presence={presence}
                isFirst={index === 0}
                isLast={index === parties.length - 1}
                onMove={(by) => editing.history.moveRecord(map, party.record.recordId, index + by)}
                onDelete={() => remove(party)}
              />
            ))}
          </tbody>
        </table>
      )}
      {declined.length > 0 && (
        <div className={styles.declined} role="note">
          <strong>
            {declined
              .map((party) =>
                say(`party.declined.${party.consent === 'refused' ? 'refused' : 'withdrawn'}`, {
                  party: nameOf(party),
                }),
              )
              .join(language === 'en' ? ' ' : '')}
          </strong>{' '}
          {say('party.declined.meaning')}
        </div>
      )}
      <DeletedParties reading={reading} />
    </section>
  );
}
