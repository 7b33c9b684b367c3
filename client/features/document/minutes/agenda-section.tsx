/**
 * What the meeting is about, in order, and where it is: one item can be under discussion, which everybody sees. Rows move by
 * buttons and by the keys that move a paragraph.
 */
import { Button, Menu } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import type { FieldRecord } from '../../../../shared/fields/records.ts';
import { DISCUSSING_FIELD } from '../../../../shared/kinds/joint-minutes.ts';
import { type FieldSpec, HEADER_RECORD } from '../../../../shared/kinds/kind.ts';
import type { AgendaItem } from '../../../../shared/minutes/agenda.ts';
import { useEditing } from '../../../fields/editing-context.tsx';
import { FieldCell } from '../../../fields/field-cell.tsx';
import { cellKey, type Presence } from '../../../fields/presence.ts';
import { useLanguage, useWords } from '../../../language/use-words.ts';
import { Chip } from '../../../ui/chip.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useEnvironment } from '../../../ui/environment.tsx';
import { MoreMenu } from '../../../ui/more-menu.tsx';
import { useNotice } from '../../../ui/notices.tsx';
import styles from './minutes.module.css';
import { moveByKey } from './move-by-key.ts';

interface AgendaSectionProps {
  specs: readonly FieldSpec[];
  records: ReadonlyMap<string, FieldRecord>;
  agenda: readonly AgendaItem[];
  presence: Presence;
}

export function AgendaSection({ specs, records, agenda, presence }: AgendaSectionProps) {
  const say = useWords();
  const notify = useNotice();
  const { uuid } = useEnvironment();
  const { editing, mayWrite, undo } = useEditing();
  const { map } = editing.records('agenda');

  const add = () => {
    const recordId = uuid();
    editing.history.createRecord(map, { recordId, values: {} });
    // The new row is on the page after this turn: begin with its first cell.
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`[data-record="${recordId}"] [data-field] button`)?.click(),
    );
  };
  const remove = ({ recordId, number }: AgendaItem) => {
    editing.history.deleteRecord(map, recordId);
    notify({ text: say('agenda.deleted', { number }), act: { label: say('general.undo'), onClick: undo } });
  };
  const addButton = mayWrite ? (
    <Button variant="default" onClick={add}>
      {say('agenda.add')}
    </Button>
  ) : undefined;
  return (
    <section aria-labelledby="agenda-heading" className={styles.section} data-view="agenda">
      <div className={styles.heading}>
        <h2 id="agenda-heading">{say('agenda.title')}</h2>
        {agenda.length > 0 && addButton}
      </div>
      {agenda.length === 0 ? (
        <EmptyState
          title={say('agenda.empty')}
          next={say(mayWrite ? 'agenda.emptyNext' : 'agenda.emptyReader')}
          act={addButton}
        />
      ) : (
        <ol className={styles.agenda}>
          {agenda.map((item) => (
            <AgendaRow
              key={item.recordId}
              specs={specs}
              record={records.get(item.recordId)}
              item={item}
              isLast={item.number === agenda.length}
              presence={presence}
              onMove={(by) => editing.history.moveRecord(map, item.recordId, item.number - 1 + by)}
              onRemove={() => remove(item)}
            />
          ))}
        </ol>
      )}
    </section>
  );
}

interface AgendaRowProps {
  specs: readonly FieldSpec[];
  record: FieldRecord | undefined;
  item: AgendaItem;
  isLast: boolean;
  presence: Presence;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

function AgendaRow({ specs, record, item, isLast, presence, onMove, onRemove }: AgendaRowProps) {
  const say = useWords();
  const language = useLanguage();
  const { editing, mayWrite } = useEditing();
  const { recordId, number, isDiscussed } = item;
  const { map } = editing.records('agenda');
  const isFirst = number === 1;
  const move = (event: KeyboardEvent) => {
    if (mayWrite) moveByKey(event, { isFirst, isLast }, onMove);
  };
  return (
    <li className={styles.item} data-record={recordId} data-discussed={isDiscussed} onKeyDown={move}>
      <span className={styles.number}>{number}</span>
      {specs.map((spec) => (
        <div key={spec.id} className={styles.itemCell} data-field={spec.id}>
          <FieldCell
            spec={spec}
            recordId={recordId}
            values={record?.fields.get(spec.id) ?? []}
            label={say('agenda.cellOf', { number, field: spec.label[language] })}
            others={presence.peopleByCell.get(cellKey(recordId, spec.id)) ?? []}
            onCommit={(value) => editing.history.setField(map, recordId, spec.id, value)}
            placeholder={mayWrite ? spec.label[language] : ''}
          />
        </div>
      ))}
      <span className={styles.itemState}>
        {isDiscussed && <Chip tone="brand">{say('agenda.discussing')}</Chip>}
        {mayWrite && (
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() =>
              editing.history.setField(editing.fields, HEADER_RECORD, DISCUSSING_FIELD, isDiscussed ? null : recordId)
            }
          >
            {say(isDiscussed ? 'agenda.end' : 'agenda.begin')}
          </Button>
        )}
      </span>
      {mayWrite && (
        <MoreMenu label={say('agenda.actionsOf', { number })}>
          <Menu.Item disabled={isFirst} onClick={() => onMove(-1)}>
            {say('tasks.moveUp')}
          </Menu.Item>
          <Menu.Item disabled={isLast} onClick={() => onMove(1)}>
            {say('tasks.moveDown')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="bad" onClick={onRemove}>
            {say('agenda.delete')}
          </Menu.Item>
        </MoreMenu>
      )}
    </li>
  );
}
