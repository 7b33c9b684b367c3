/**
 * The state of the task table as a grid: in which cell one is, which one is being edited and what was typed to begin with.
 * Keys between cells and out of a cell lead here; what a cell does with its value is the cell's affair (client/fields).
 * With Shift the cursor leaves an anchor behind: the cells between the two are selected.
 */
import {
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import { markedOption } from '../../../../fields/inputs/names-line.tsx';
import { type GridMove, keyToMove, movePlace } from './grid-moves.ts';

/** A cell by what stands in it. `field` is a column's id; the last columns are `state` and `more`. */
export interface GridCell {
  readonly recordId: string;
  readonly field: string;
}

export interface EditedCell extends GridCell {
  /** What was typed to begin with; empty when it was opened to change what is there. */
  readonly typed: string;
}

/** The selected cells: the cursor's own, or all between it and the anchor. */
interface GridRange {
  readonly records: readonly string[];
  readonly fields: readonly string[];
}

export interface Grid {
  /** Where the cursor is; null before anybody was in the table. When its row goes, in the row that takes its place. */
  readonly active: GridCell | null;
  /** The other end of what is selected; null when that is the cursor's cell alone. */
  readonly anchor: GridCell | null;
  readonly range: GridRange;
  readonly edited: EditedCell | null;
  readonly cursor: RefObject<HTMLInputElement | null>;
  activate(cell: GridCell): void;
  /** Selects from the anchor (else from where the cursor was) to this cell. */
  extendTo(cell: GridCell): void;
  /** Moves the cursor and leaves the anchor. */
  extend(move: GridMove): void;
  /** Selects from one cell to another, the cursor in the first. */
  select(from: GridCell, to: GridCell): void;
  /** Selects every cell. */
  selectAll(): void;
  /** Opens a cell for editing. */
  begin(cell: GridCell, typed?: string): void;
  /** A cell is left: by a key the cursor goes where the key leads, else the focus stays where it went. */
  end(by: 'key' | 'focus'): void;
  /** Moves the cursor; false where the way leads out of the table. */
  move(move: GridMove): boolean;
  /** For the table: keys pressed inside a cell that is being edited. */
  onEditorKey(event: KeyboardEvent<HTMLElement>): void;
}

/** @param records ids in the order of the rows  @param fields ids of the columns in their order */
export function useGrid(records: readonly string[], fields: readonly string[]): Grid {
  const [place, setPlace] = useState<{ active: GridCell; anchor: GridCell | null } | null>(null);
  const [edited, setEdited] = useState<EditedCell | null>(null);
  const cursor = useRef<HTMLInputElement>(null);
  /** Where the key that ends the editing leads. */
  const after = useRef<GridMove | null>(null);
  /** The cell that was left gives the keyboard to the cursor. */
  const isCursorNext = useRef(false);
  /** The row the cursor was last seen in. */
  const lastRow = useRef(0);
  const active = useMemo(() => presentCell(place?.active ?? null, records, lastRow.current), [place, records]);
  if (active !== null) lastRow.current = records.indexOf(active.recordId);
  const anchor =
    place !== null && place.anchor !== null && records.includes(place.anchor.recordId) ? place.anchor : null;
  const shape = useRef({ records, fields, active, anchor });
  shape.current = { records, fields, active, anchor };

  const activate = useCallback((cell: GridCell) => {
    setPlace({ active: { recordId: cell.recordId, field: cell.field }, anchor: null });
  }, []);
  const select = useCallback((from: GridCell, to: GridCell) => setPlace({ active: from, anchor: to }), []);
  const selectAll = useCallback(() => {
    const now = shape.current;
    const [recordId, lastRecord] = [now.records[0], now.records.at(-1)];
    const [field, lastField] = [now.fields[0], now.fields.at(-1)];
    if (recordId === undefined || lastRecord === undefined || field === undefined || lastField === undefined) return;
    select({ recordId, field }, { recordId: lastRecord, field: lastField });
  }, [select]);
  const extendTo = useCallback((cell: GridCell) => {
    const now = shape.current;
    const start = now.anchor ?? now.active ?? cell;
    setPlace({ active: cell, anchor: isSameCell(start, cell) ? null : start });
  }, []);
  const cellAfter = useCallback((how: GridMove): GridCell | null => {
    const now = shape.current;
    const row = now.active === null ? -1 : now.records.indexOf(now.active.recordId);
    const column = now.active === null ? -1 : now.fields.indexOf(now.active.field);
    if (row < 0 || column < 0) return null;
    const next = movePlace({ row, column }, { rows: now.records.length, columns: now.fields.length }, how);
    const recordId = next === null ? undefined : now.records[next.row];
    const field = next === null ? undefined : now.fields[next.column];
    return recordId === undefined || field === undefined ? null : { recordId, field };
  }, []);
  const move = useCallback(
    (how: GridMove): boolean => {
      const cell = cellAfter(how);
      if (cell !== null) activate(cell);
      return cell !== null;
    },
    [cellAfter, activate],
  );
  const extend = useCallback(
    (how: GridMove) => {
      const cell = cellAfter(how);
      if (cell !== null) extendTo(cell);
    },
    [cellAfter, extendTo],
  );

  const begin = useCallback(
    (cell: GridCell, typed = '') => {
      after.current = null;
      isCursorNext.current = false;
      activate(cell);
      setEdited({ recordId: cell.recordId, field: cell.field, typed });
    },
    [activate],
  );

  const end = useCallback(
    (by: 'key' | 'focus') => {
      const how = after.current;
      after.current = null;
      setEdited(null);
      if (how !== null) move(how);
      isCursorNext.current = how !== null || by === 'key';
    },
    [move],
  );
  // A colleague has deleted the row one was writing in: its box is gone without having been left.
  const isBoxGone = edited !== null && !records.includes(edited.recordId);
  useEffect(() => {
    if (isBoxGone) end('key');
  }, [isBoxGone, end]);
  // Once the cell's own box is off the page, which takes the focus out of the table, and before the next key can come.
  useLayoutEffect(() => {
    if (edited !== null || !isCursorNext.current) return;
    isCursorNext.current = false;
    cursor.current?.focus();
  }, [edited]);

  const onEditorKey = useCallback((event: KeyboardEvent<HTMLElement>) => {
    const { target, key, shiftKey, altKey } = event;
    if (!(target instanceof HTMLElement) || target === cursor.current) return;
    if (!target.matches('input, textarea')) return;
    after.current = null;
    if (key === 'Tab') {
      event.preventDefault();
      after.current = keyToMove(event);
      // What is marked in the list that is open is what one means; the box has to know of it before it is left.
      const marked = markedOption();
      if (marked !== null) flushSync(() => marked.click());
      if (target.isConnected) target.blur();
    } else if (key === 'Enter' && target.matches('textarea')) {
      // A line of its own within a long text: Shift or Alt, as elsewhere.
      if (shiftKey || altKey) return;
      event.preventDefault();
      after.current = 'down';
      target.blur();
    } else if (key === 'Enter') {
      after.current = shiftKey ? 'up' : 'down';
    }
  }, []);

  const range = useMemo(() => rangeOf(active, anchor, records, fields), [active, anchor, records, fields]);
  return useMemo(
    () => ({
      active,
      anchor,
      range,
      edited,
      cursor,
      activate,
      extendTo,
      extend,
      select,
      selectAll,
      begin,
      end,
      move,
      onEditorKey,
    }),
    [active, anchor, range, edited, activate, extendTo, extend, select, selectAll, begin, end, move, onEditorKey],
  );
}

const isSameCell = (a: GridCell, b: GridCell) => a.recordId === b.recordId && a.field === b.field;

/** The cell, or the one in its column that stands where its row was. */
function presentCell(cell: GridCell | null, records: readonly string[], lastRow: number): GridCell | null {
  if (cell === null || records.includes(cell.recordId)) return cell;
  const recordId = records[Math.min(lastRow, records.length - 1)];
  return recordId === undefined ? null : { recordId, field: cell.field };
}

function rangeOf(
  active: GridCell | null,
  anchor: GridCell | null,
  records: readonly string[],
  fields: readonly string[],
): GridRange {
  if (active === null) return { records: [], fields: [] };
  const between = (all: readonly string[], a: string, b: string) => {
    const ends = [all.indexOf(a), all.indexOf(b)];
    return all.slice(Math.min(...ends), Math.max(...ends) + 1);
  };
  const other = anchor ?? active;
  return {
    records: between(records, active.recordId, other.recordId),
    fields: between(fields, active.field, other.field),
  };
}
