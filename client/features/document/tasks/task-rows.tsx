/**
 * The table of tasks as it is drawn: head and rows. Apart from the cursor that stands over it, whose every step would otherwise
 * pass through all rows. Decides nothing.
 */
import { type CSSProperties, memo } from 'react';
import type { ActingMember } from '../../../../shared/events/task-rules.ts';
import type { TaskReading } from '../../../../shared/events/task-state.ts';
import type { FieldRecord } from '../../../../shared/fields/records.ts';
import type { FieldSpec } from '../../../../shared/kinds/kind.ts';
import type { Presence } from '../../../fields/presence.ts';
import { useLanguage, useWords } from '../../../language/use-words.ts';
import type { RoomReplica } from '../../../replica/contract.ts';
import type { EditedCell } from './grid/use-grid.ts';
import type { RowActs } from './row-acts.ts';
import { TaskRow } from './task-row.tsx';
import styles from './task-table.module.css';

interface TaskRowsProps {
  /** There is no task yet. */
  isHidden: boolean;
  specs: readonly FieldSpec[];
  /** Those shown. */
  rows: readonly FieldRecord[];
  /** Where each task stands among all of them. */
  indices: ReadonlyMap<string, number>;
  taskOf: (record: FieldRecord) => TaskReading;
  work: RoomReplica;
  me: ActingMember | undefined;
  presence: Presence;
  caseId: string;
  edited: EditedCell | null;
  draggedId: string | null;
  acts: RowActs;
}

/** Share of the width of each column that is not given all the rest. */
const WIDTHS: Readonly<Record<string, string>> = {
  problem: '13%',
  leadAgency: '11%',
  supportingAgencies: '13%',
  owner: '9.5%',
  due: '11.5%',
};

// biome-ignore-start lint/a11y/noRedundantRoles: laid out as a grid it is no table to every browser any more.
export const TaskRows = memo(function TaskRows(props: TaskRowsProps) {
  const { isHidden, specs, rows, indices, taskOf, work, me, presence, caseId, edited, draggedId, acts } = props;
  const say = useWords();
  const language = useLanguage();
  return (
    <table role="table" className={styles.table} style={columnsOf(specs)} hidden={isHidden}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            {say('tasks.order')}
          </th>
          {specs.map((spec) => (
            <th role="columnheader" key={spec.id} scope="col">
              {spec.label[language]}
            </th>
          ))}
          <th role="columnheader" scope="col">
            {say('tasks.state')}
          </th>
          <th role="columnheader" scope="col">
            {'\u200b'}
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((record) => {
          const { recordId } = record;
          const index = indices.get(recordId) ?? -1;
          return (
            <TaskRow
              key={recordId}
              record={record}
              number={index + 1}
              isLast={index === indices.size - 1}
              mayMove={rows.length === indices.size}
              specs={specs}
              task={taskOf(record)}
              work={work}
              me={me}
              presence={presence}
              caseId={caseId}
              edited={edited?.recordId === recordId ? edited : null}
              isDragged={draggedId === recordId}
              acts={acts}
            />
          );
        })}
      </tbody>
    </table>
  );
});
// biome-ignore-end lint/a11y/noRedundantRoles: laid out as a grid it is no table to every browser any more.

/** Number, the fields, state, menu: widths that every row shares. */
function columnsOf(specs: readonly FieldSpec[]): CSSProperties {
  const widths = specs.map(({ id }) => WIDTHS[id] ?? 'minmax(0, 1fr)');
  return { '--columns': ['58px', ...widths, '118px', '44px'].join(' ') } as CSSProperties;
}
