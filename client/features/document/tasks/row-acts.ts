/** What can be done in a row of the tasks; the same functions for every row and every drawing. */
import type { GridCell } from './grid/use-grid.ts';
import type { RowDrag } from './grid/use-row-drag.ts';

export interface RowActs {
  begin(cell: GridCell): void;
  end(by: 'key' | 'focus'): void;
  drag: RowDrag['onPointerDown'];
  /** To an index among all tasks. */
  move(recordId: string, index: number): void;
  delete(recordId: string, number: number): void;
}
