/** One party: its alias and what is known of it, and what may be done with the row. On a phone a card. */
import { Menu } from '@mantine/core';
import type { FieldValue } from '../../../../shared/fields/register.ts';
import { PARTY_FIELDS } from '../../../../shared/kinds/case-record.ts';
import type { FieldSpec } from '../../../../shared/kinds/kind.ts';
import type { Party } from '../../../../shared/kinds/parties.ts';
import { useEditing } from '../../../fields/editing-context.tsx';
import { FieldCell } from '../../../fields/field-cell.tsx';
import { cellKey, type Presence } from '../../../fields/presence.ts';
import { useLanguage, useWords } from '../../../language/use-words.ts';
import { Chip, type Tone } from '../../../ui/chip.tsx';
import { MoreMenu } from '../../../ui/more-menu.tsx';
import styles from './parties.module.css';

interface PartyRowProps {
  party: Party;
  /** The alias, or what stands for one. */
  name: string;
  specs: readonly FieldSpec[];
  presence: Presence;
  isFirst: boolean;
  isLast: boolean;
  onMove: (by: -1 | 1) => void;
  onDelete: () => void;
}

const CONSENT_TONES: Readonly<Record<string, Tone>> = { agreed: 'ok', refused: 'bad', withdrawn: 'bad' };

export function PartyRow({ party, name, specs, presence, isFirst, isLast, onMove, onDelete }: PartyRowProps) {
  const say = useWords();
  const language = useLanguage();
  const { editing, mayWrite } = useEditing();
  const { map } = editing.records('parties');
  const { recordId, fields } = party.record;
  return (
    <tr className={styles.row} data-record={recordId} data-row-label={name}>
      {specs.map((spec) => (
        <td
          key={spec.id}
          data-label={spec.label[language]}
          data-field={spec.id}
          data-blank={(fields.get(spec.id) ?? []).every(({ value }) => value === null)}
          data-edited={mayWrite}
        >
          <FieldCell
            spec={spec}
            recordId={recordId}
            values={fields.get(spec.id) ?? []}
            label={say('party.cellOf', { party: name, field: spec.label[language] })}
            others={presence.peopleByCell.get(cellKey(recordId, spec.id)) ?? []}
            isDense
            onCommit={(value) => editing.history.setField(map, recordId, spec.id, value)}
            renderWords={spec.id === PARTY_FIELDS.consent ? renderConsent : undefined}
          />
        </td>
      ))}
      {mayWrite && (
        <td className={styles.more}>
          <MoreMenu label={say('party.actionsOf', { party: name })}>
            <Menu.Item disabled={isFirst} onClick={() => onMove(-1)}>
              {say('party.moveUp')}
            </Menu.Item>
            <Menu.Item disabled={isLast} onClick={() => onMove(1)}>
              {say('party.moveDown')}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item color="bad" onClick={onDelete}>
              {say('party.delete')}
            </Menu.Item>
          </MoreMenu>
        </td>
      )}
    </tr>
  );
}

function renderConsent(value: FieldValue, words: string) {
  return <Chip tone={CONSENT_TONES[String(value)] ?? 'plain'}>{words}</Chip>;
}
