/**
 * The state of the task table as a grid: in which cell one is, which one is being edited and what was typed to begin with.
 * Keys between cells and out of a cell lead here; what a cell does with its value is the cell's affair (client/fields).
 */
import { type KeyboardEvent, type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { markedOption } from '../../../../fields/inputs/names-line.tsx';
import { isComposingKey } from '../../../../ui/composing.ts';
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

export interface Grid {
  /** Where the cursor is; null before anybody was in the table, or when its row is gone. */
  readonly active: GridCell | null;
  readonly edited: EditedCell | null;
  readonly cursor: RefObject<HTMLInputElement | null>;
  activate(cell: GridCell): void;
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
  const [active, setActive] = useState<GridCell | null>(null);
  const [edited, setEdited] = useState<EditedCell | null>(null);
  const cursor = useRef<HTMLInputElement>(null);
  /** Where the key that ends the editing leads. */
  const after = useRef<GridMove | null>(null);
  /** The cell that was left gives the keyboard to the cursor. */
  const isCursorNext = useRef(false);
  const shape = useRef({ records, fields, active });
  shape.current = { records, fields, active };

  const move = useCallback((how: GridMove): boolean => {
    const now = shape.current;
    const row = now.active === null ? -1 : now.records.indexOf(now.active.recordId);
    const column = now.active === null ? -1 : now.fields.indexOf(now.active.field);
    if (row < 0 || column < 0) return false;
    const size = { rows: now.records.length, columns: now.fields.length };
    const place = movePlace({ row, column }, size, how);
    const recordId = place === null ? undefined : now.records[place.row];
    const field = place === null ? undefined : now.fields[place.column];
    if (recordId === undefined || field === undefined) return false;
    setActive({ recordId, field });
    return true;
  }, []);

  const begin = useCallback((cell: GridCell, typed = '') => {
    after.current = null;
    isCursorNext.current = false;
    setActive({ recordId: cell.recordId, field: cell.field });
    setEdited({ recordId: cell.recordId, field: cell.field, typed });
  }, []);

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
  // Once the cell's own box is off the page, which takes the focus out of the table, and before the next key can come.
  useLayoutEffect(() => {
    if (edited !== null || !isCursorNext.current) return;
    isCursorNext.current = false;
    cursor.current?.focus();
  }, [edited]);

  const onEditorKey = useCallback((event: KeyboardEvent<HTMLElement>) => {
    const { target, key, shiftKey, altKey } = event;
    if (!(target instanceof HTMLElement) || target === cursor.current || isComposingKey(event)) return;
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

  const isThere = active !== null && records.includes(active.recordId);
  return useMemo(
    () => ({
      active: isThere ? active : null,
      edited,
      cursor,
      activate: setActive,
      begin,
      end,
      move,
      onEditorKey,
    }),
    [isThere, active, edited, begin, end, move, onEditorKey],
  );
}
