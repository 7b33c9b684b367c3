/**
 * Where a key leads in a table of cells, as in every spreadsheet: arrows by one, Home and End in the row, with Ctrl in the
 * table, Tab along the rows in reading order, Enter down. Pure.
 */

/** A cell by its place; both from 0. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
}

export type GridMove =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'next'
  | 'previous'
  | 'rowStart'
  | 'rowEnd'
  | 'first'
  | 'last'
  | 'pageUp'
  | 'pageDown';

/** Rows that PageUp and PageDown go by. */
const PAGE = 10;

const PLAIN: Readonly<Record<string, GridMove>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Home: 'rowStart',
  End: 'rowEnd',
  PageUp: 'pageUp',
  PageDown: 'pageDown',
  Tab: 'next',
};
const WITH_MOD: Readonly<Record<string, GridMove>> = {
  Home: 'first',
  End: 'last',
  ArrowUp: 'first',
  ArrowDown: 'last',
  ArrowLeft: 'rowStart',
  ArrowRight: 'rowEnd',
};

interface Key {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** The move a key means between cells; null for any other key. */
export function keyToMove({ key, shiftKey, ctrlKey, metaKey, altKey }: Key): GridMove | null {
  if (altKey) return null;
  if (ctrlKey || metaKey) return shiftKey ? null : (WITH_MOD[key] ?? null);
  if (key === 'Tab' && shiftKey) return 'previous';
  return shiftKey ? null : (PLAIN[key] ?? null);
}

/** The cell a move leads to; null where it leads out of the table, which only `next` and `previous` do. */
export function movePlace({ row, column }: GridPlace, { rows, columns }: GridSize, move: GridMove): GridPlace | null {
  const inRows = (next: number) => Math.max(0, Math.min(rows - 1, next));
  switch (move) {
    case 'up':
      return { row: inRows(row - 1), column };
    case 'down':
      return { row: inRows(row + 1), column };
    case 'pageUp':
      return { row: inRows(row - PAGE), column };
    case 'pageDown':
      return { row: inRows(row + PAGE), column };
    case 'left':
      return { row, column: Math.max(0, column - 1) };
    case 'right':
      return { row, column: Math.min(columns - 1, column + 1) };
    case 'rowStart':
      return { row, column: 0 };
    case 'rowEnd':
      return { row, column: columns - 1 };
    case 'first':
      return { row: 0, column: 0 };
    case 'last':
      return { row: rows - 1, column: columns - 1 };
    case 'next':
      if (column < columns - 1) return { row, column: column + 1 };
      return row < rows - 1 ? { row: row + 1, column: 0 } : null;
    case 'previous':
      if (column > 0) return { row, column: column - 1 };
      return row > 0 ? { row: row - 1, column: columns - 1 } : null;
  }
}
