/**
 * The table of tasks as one edits it: the cursor between cells, rows dragged to another place, cells to and from the
 * clipboard. Which cell is edited is decided here (grid/); what is drawn is task-rows.tsx, what becomes of a value the
 * document's history.
 */
import { Button } from '@mantine/core';
import {
  type ClipboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useMemo,
  useRef,
} from 'react';
import { flushSync } from 'react-dom';
import type { ActingMember } from '../../../../shared/events/task-rules.ts';
import { plannedTask, type TaskReading } from '../../../../shared/events/task-state.ts';
import type { FieldRecord } from '../../../../shared/fields/records.ts';
import type { FieldSpec } from '../../../../shared/kinds/kind.ts';
import { useEditing } from '../../../fields/editing-context.tsx';
import type { Presence } from '../../../fields/presence.ts';
import { useLanguage, useWords } from '../../../language/use-words.ts';
import type { RoomReplica } from '../../../replica/contract.ts';
import { useNotice } from '../../../ui/notices.tsx';
import { useLatest } from '../../../ui/use-latest.ts';
import { leadAgencies } from '../use-task-events.ts';
import styles from './grid/grid.module.css';
import { cellOf, GridCursor, GridSelection } from './grid/grid-cursor.tsx';
import { type Grid, type GridCell, useGrid } from './grid/use-grid.ts';
import { useRowDrag } from './grid/use-row-drag.ts';
import type { RowActs } from './row-acts.ts';
import { TaskRows } from './task-rows.tsx';
import table from './task-table.module.css';
import { useCellClipboard } from './use-cell-clipboard.ts';
import { usePagePaste } from './use-page-paste.ts';

interface TaskGridProps {
  specs: readonly FieldSpec[];
  /** Those shown. */
  rows: readonly FieldRecord[];
  /** Every task in order, whether shown or not: a task keeps its number. */
  all: readonly FieldRecord[];
  /** The cursor or an editing has come into a row. */
  onEnter: (recordId: string) => void;
  readings: ReadonlyMap<string, TaskReading>;
  work: RoomReplica;
  me: ActingMember | undefined;
  presence: Presence;
  caseId: string;
  /** Puts a new row at this place among the others and opens its first cell. */
  onAdd: (index: number) => void;
  onDelete: (recordId: string, number: number) => void;
  /** Out of the table by Escape. */
  onLeave: () => void;
  /** Instead of a table without rows. A spreadsheet's cells may be pasted there too. */
  whenEmpty: ReactNode;
  /** Set while the table is shown, so that a new row can be opened from outside. */
  gridRef: RefObject<Grid | null>;
}

/** Columns after those of the kind: not fields, but the cursor goes there. */
const STATE_COLUMN = 'state';
const MORE_COLUMN = 'more';

export function TaskGrid(props: TaskGridProps) {
  const {
    specs,
    rows,
    all,
    onEnter,
    readings,
    work,
    me,
    presence,
    caseId,
    onAdd,
    onDelete,
    onLeave,
    whenEmpty,
    gridRef,
  } = props;
  const say = useWords();
  const language = useLanguage();
  const notify = useNotice();
  const { editing, mayWrite, undo, redo } = useEditing();
  const frame = useRef<HTMLDivElement>(null);
  const records = useMemo(() => rows.map(({ recordId }) => recordId), [rows]);
  const fields = useMemo(() => [...specs.map(({ id }) => id), STATE_COLUMN, MORE_COLUMN], [specs]);
  const [firstRecord] = records;
  const [firstField] = fields;
  const entry = useMemo(
    () => (firstRecord === undefined || firstField === undefined ? null : { recordId: firstRecord, field: firstField }),
    [firstRecord, firstField],
  );
  const grid = useGrid(records, fields);
  gridRef.current = grid;
  const activeRecord = grid.active?.recordId;
  useEffect(() => {
    if (activeRecord !== undefined) onEnter(activeRecord);
  }, [activeRecord, onEnter]);
  const indices = useMemo(() => new Map(all.map(({ recordId }, index) => [recordId, index])), [all]);
  const indexOf = (recordId: string) => indices.get(recordId) ?? -1;
  /** Between rows that are not shown nobody can see what becomes of the order. */
  const mayMove = rows.length === all.length;

  const move = (recordId: string, index: number) => {
    if (!mayMove) {
      notify({ text: say('tasks.noOrder') });
      return;
    }
    if (index < 0 || index >= all.length) return;
    editing.history.moveRecord(editing.tasks, recordId, index);
    notify({ text: say('tasks.movedTo', { number: index + 1 }) });
  };
  const drag = useRowDrag(frame, move);
  const labels = new Map(specs.map((spec) => [spec.id, spec.label[language]]));
  const labelOf = ({ recordId, field }: GridCell) =>
    say('tasks.cellOf', {
      number: indexOf(recordId) + 1,
      field: labels.get(field) ?? say(field === STATE_COLUMN ? 'tasks.state' : 'tasks.actions'),
    });
  const labelOfCursor = (cell: GridCell) => {
    const found = frame.current === null ? null : cellOf(frame.current, cell);
    const words = (found?.querySelector('[data-words]') ?? found)?.textContent?.trim() ?? '';
    const { records: across, fields: down } = grid.range;
    const selected =
      grid.anchor === null ? '' : ` ${say('tasks.selected', { rows: across.length, columns: down.length })}`;
    return `${labelOf(cell)} ${words}${selected}`;
  };
  const isField = (field: string) => labels.has(field);
  const latest = useLatest({ move, onDelete, drag: drag.onPointerDown });
  const acts = useMemo<RowActs>(
    () => ({
      begin: grid.begin,
      end: grid.end,
      drag: (event, recordId) => latest.current.drag(event, recordId),
      move: (recordId, index) => latest.current.move(recordId, index),
      delete: (recordId, number) => latest.current.onDelete(recordId, number),
    }),
    [grid.begin, grid.end, latest],
  );

  /** Opens a field for editing; in any other cell, or where one has to choose, its first button has the keyboard. */
  const open = (cell: GridCell) => {
    const found = frame.current === null ? null : cellOf(frame.current, cell);
    const isContested =
      (rows.find(({ recordId }) => recordId === cell.recordId)?.fields.get(cell.field)?.length ?? 0) > 1;
    if (isField(cell.field) && !isContested) {
      if (mayWrite) grid.begin(cell);
      return;
    }
    const button = found?.querySelector<HTMLElement>('button');
    button?.focus();
    if (!isField(cell.field)) button?.click();
  };
  const taskOf = useCallback(
    (record: FieldRecord) => readings.get(record.recordId) ?? plannedTask(record.recordId, leadAgencies(record)),
    [readings],
  );
  const { clipboard, clear, unpasted, forgetUnpasted } = useCellClipboard({ grid, specs, rows, taskOf, onEnter });
  /** Cells of a spreadsheet are no text to be put into the one cell that happens to be open and empty. */
  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text/plain');
    const { target } = event;
    if (!(target instanceof HTMLTextAreaElement) || target.value !== '' || !text.includes('\t')) return;
    event.preventDefault();
    event.stopPropagation();
    flushSync(() => grid.end('key'));
    clipboard.paste(text);
  };

  const isEmpty = all.length === 0;
  usePagePaste(isEmpty && mayWrite, clipboard.paste);

  /** From the cursor to the cell clicked, which is then not opened. */
  const onShiftClick = (event: MouseEvent) => {
    const cell = event.shiftKey && grid.active !== null ? cellAt(event.target) : null;
    if (cell === null) return;
    event.preventDefault();
    event.stopPropagation();
    flushSync(() => grid.extendTo(cell));
    grid.cursor.current?.focus();
  };
  /** A click on what is no button, such as a cell of somebody who only reads, puts the cursor there; not when it selects words. */
  const onClick = ({ target }: MouseEvent) => {
    if (!(target instanceof Element) || target.closest('button, input, textarea, a') !== null) return;
    const cell = cellAt(target);
    if (cell === null || document.getSelection()?.isCollapsed === false) return;
    flushSync(() => grid.activate(cell));
    grid.cursor.current?.focus();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the pointer's way to the cursor, which is a text box of its own.
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys move the cursor by themselves.
    <div
      ref={frame}
      className={table.frame}
      onKeyDownCapture={grid.onEditorKey}
      onPasteCapture={onPaste}
      onClickCapture={onShiftClick}
      onClick={onClick}
    >
      {isEmpty && whenEmpty}
      <TaskRows
        isHidden={isEmpty}
        rows={rows}
        indices={indices}
        specs={specs}
        taskOf={taskOf}
        work={work}
        me={me}
        presence={presence}
        caseId={caseId}
        edited={grid.edited}
        draggedId={drag.recordId}
        acts={acts}
      />
      {drag.lineTop !== null && <div className={styles.dropLine} style={{ top: drag.lineTop }} />}
      <GridSelection grid={grid} frame={frame} />
      <GridCursor
        grid={grid}
        frame={frame}
        entry={entry}
        label={labelOfCursor}
        mayWrite={mayWrite}
        clipboard={clipboard}
        onType={(cell, typed) => {
          if (isField(cell.field)) grid.begin(cell, typed);
        }}
        onOpen={open}
        onClear={clear}
        onMoveRow={({ recordId }, by) => move(recordId, indexOf(recordId) + by)}
        onAddRow={({ recordId }) => onAdd(indexOf(recordId) + 1)}
        onLeave={onLeave}
        undo={undo}
        redo={redo}
      />
      {unpasted.length > 0 && (
        <div className={table.disputed} role="status">
          <div>
            {say('tasks.unpasted', { count: unpasted.length })}
            <ul className={table.unpasted}>
              {unpasted.map(({ recordId, spec, words }) => (
                <li key={`${recordId}/${spec.id}`}>
                  {say('tasks.unpastedCell', { cell: labelOf({ recordId, field: spec.id }), words })}
                </li>
              ))}
            </ul>
          </div>
          <Button variant="default" onClick={forgetUnpasted}>
            {say('tasks.understood')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** The cell of the table in which an event happened. */
function cellAt(target: EventTarget): GridCell | null {
  if (!(target instanceof Element)) return null;
  const cell = target.closest<HTMLElement>('[data-field]');
  const recordId = cell?.closest<HTMLElement>('tr[data-record]')?.dataset.record;
  const field = cell?.dataset.field;
  return recordId === undefined || field === undefined ? null : { recordId, field };
}
