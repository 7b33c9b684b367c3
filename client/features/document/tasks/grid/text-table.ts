/**
 * Cells as spreadsheets put them on the clipboard: a line for each row, a tab between cells, a cell with a tab, a line break
 * or a quotation mark at its start in quotation marks, which are doubled inside. Pure.
 */

export function tableToText(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => cells.map(quoted).join('\t')).join('\n');
}

const quoted = (cell: string) => (/^"|[\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** At least one row of at least one cell; rows may differ in length. */
export function textToTable(text: string): string[][] {
  const rows: string[][] = [[]];
  const end = text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  let at = 0;
  for (;;) {
    const { cell, next } = readCell(end, at);
    rows.at(-1)?.push(cell);
    if (next >= end.length) return rows;
    if (end[next] === '\n') rows.push([]);
    at = next + 1;
  }
}

/** The cell that begins here, and where the tab, the line break or the end after it is. */
function readCell(text: string, from: number): { cell: string; next: number } {
  const quotedCell = /"((?:[^"]|"")*)"(?=[\t\n]|$)/y;
  quotedCell.lastIndex = from;
  const match = quotedCell.exec(text);
  if (match !== null) return { cell: (match[1] ?? '').replaceAll('""', '"'), next: quotedCell.lastIndex };
  const rest = text.slice(from).search(/[\t\n]/);
  const next = rest === -1 ? text.length : from + rest;
  return { cell: text.slice(from, next), next };
}
