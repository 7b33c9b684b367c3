/**
 * Where the cells of a pasted table go: from the cursor to the right and down, rows that are missing are added, a single
 * cell fills everything that is selected, a line of column titles is left out. Pure; what cannot go anywhere is counted.
 */
import type { FieldSpec } from '../../../../../shared/kinds/kind.ts';
import type { GridPlace, GridSize } from './grid-moves.ts';

interface PasteInput {
  /** Rows of cells; see text-table.ts. */
  readonly table: readonly (readonly string[])[];
  readonly at: GridPlace;
  readonly selected: GridSize;
  /** Ids in the order of the rows. */
  readonly records: readonly string[];
  readonly specs: readonly FieldSpec[];
  readonly newId: () => string;
}

export interface PastedCell {
  readonly recordId: string;
  readonly spec: FieldSpec;
  readonly words: string;
}

export interface PastePlan {
  readonly cells: readonly PastedCell[];
  /** Ids of rows to be added at the end, in their order. */
  readonly added: readonly string[];
  /** Cells with words that are beyond the last column one can write in. */
  readonly outside: number;
}

export function planPaste({ table, at, selected, records, specs, newId }: PasteInput): PastePlan {
  const isTitle = (cell: string, column: number) =>
    Object.values(specs[at.column + column]?.label ?? {}).includes(cell.trim());
  const [first = [], ...rest] = table;
  const body = rest.length > 0 && first.every(isTitle) ? rest : table;
  const source = spread(body, selected);
  const cells: PastedCell[] = [];
  const added: string[] = [];
  let outside = 0;
  for (const [down, line] of source.entries()) {
    const row = at.row + down;
    if (row >= records.length) added.push(newId());
    const recordId = records[row] ?? added.at(-1);
    for (const [right, words] of line.entries()) {
      const spec = specs[at.column + right];
      if (spec !== undefined && recordId !== undefined) cells.push({ recordId, spec, words });
      else if (words.trim() !== '') outside += 1;
    }
  }
  return { cells, added, outside };
}

function spread(table: PasteInput['table'], { rows, columns }: GridSize): PasteInput['table'] {
  const [only, ...more] = table.flat();
  if (only === undefined || more.length > 0) return table;
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => only));
}
