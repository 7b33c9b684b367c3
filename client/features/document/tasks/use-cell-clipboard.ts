/**
 * Cells of the task table to and from the clipboard, as Excel and WPS give and take them. A paste is one step of undo; words
 * that a column cannot hold leave its cell as it was and are told until the person has read them.
 */
import { useState } from 'react';
import type { TaskReading } from '../../../../shared/events/task-state.ts';
import type { FieldRecord } from '../../../../shared/fields/records.ts';
import type { FieldValue } from '../../../../shared/fields/register.ts';
import { applyTextChange, cellText } from '../../../../shared/fields/text-cell.ts';
import type { FieldSpec } from '../../../../shared/kinds/kind.ts';
import { ORIGIN } from '../../../../shared/origins.ts';
import { useEditing } from '../../../fields/editing-context.tsx';
import { valueToWords } from '../../../fields/value-words.ts';
import { wordsToValue } from '../../../fields/words-to-value.ts';
import { useLanguage, useWords } from '../../../language/use-words.ts';
import { useEnvironment } from '../../../ui/environment.tsx';
import { useNotice } from '../../../ui/notices.tsx';
import type { CellClipboard } from './grid/grid-cursor.tsx';
import { type PastedCell, type PastePlan, planPaste } from './grid/paste-table.ts';
import { tableToText, textToTable } from './grid/text-table.ts';
import type { Grid } from './grid/use-grid.ts';

/** Words that went into no cell. */
export interface Unpasted {
  readonly recordId: string;
  readonly spec: FieldSpec;
  readonly words: string;
}

interface CellClipboardInput {
  readonly grid: Grid;
  readonly specs: readonly FieldSpec[];
  /** Those shown, in order. */
  readonly rows: readonly FieldRecord[];
  readonly taskOf: (record: FieldRecord) => TaskReading;
  /** A row was added: it stays in sight whatever is filtered. */
  readonly onEnter: (recordId: string) => void;
}

/** Rows that one paste may bring: more is a mistake rather than a plan. */
const MAX_ROWS = 200;

export function useCellClipboard({ grid, specs, rows, taskOf, onEnter }: CellClipboardInput) {
  const say = useWords();
  const language = useLanguage();
  const notify = useNotice();
  const { uuid } = useEnvironment();
  const { editing, names, today, undo } = useEditing();
  const [unpasted, setUnpasted] = useState<readonly Unpasted[]>([]);
  const context = { language, names, separator: say('general.separator') };
  const specById = new Map(specs.map((spec) => [spec.id, spec]));

  /** A day as everything reads it; of contested values all. */
  const wordsOf = (record: FieldRecord, field: string): string => {
    const spec = specById.get(field);
    if (spec === undefined) return field === 'state' ? say(`task.state.${taskOf(record).state}`) : '';
    if (spec.input === 'longText') return editing.text(record.recordId, field).toString();
    const values = record.fields.get(field) ?? [];
    return values
      .map(({ value }) => (spec.input === 'date' ? String(value ?? '') : (valueToWords(spec, value, context) ?? '')))
      .join(' / ');
  };
  const selectedRows = () => rows.filter(({ recordId }) => grid.range.records.includes(recordId));

  const copy = () => {
    const fields = grid.range.fields.filter((field) => field !== 'more');
    return tableToText(selectedRows().map((record) => fields.map((field) => wordsOf(record, field))));
  };

  /** Writes the words of cells; those a column cannot hold come back. */
  const write = (cells: readonly PastedCell[], added: readonly string[] = []): Unpasted[] => {
    const left: Unpasted[] = [];
    const isNew = new Set(added);
    const valuesByNew = new Map<string, Record<string, FieldValue>>(added.map((recordId) => [recordId, {}]));
    const kept = new Map(rows.map((record) => [record.recordId, record]));
    const texts = cells.filter(({ spec }) => spec.input === 'longText');
    editing.history.group(() => {
      editing.doc.transact(() => {
        for (const { recordId, spec, words } of cells) {
          if (spec.input === 'longText') continue;
          const value = wordsToValue(spec, words, { names, today });
          if (value === undefined) left.push({ recordId, spec, words });
          else if (!isNew.has(recordId)) {
            // Nothing put into a cell that holds nothing is no change.
            if (value !== null || kept.get(recordId)?.fields.has(spec.id) === true)
              editing.history.setField(editing.tasks, recordId, spec.id, value);
          } else if (value !== null) Object.assign(valuesByNew.get(recordId) ?? {}, { [spec.id]: value });
        }
        if (added.length > 0)
          editing.history.createRecords(
            editing.tasks,
            added.map((recordId) => ({ recordId, values: valuesByNew.get(recordId) ?? {} })),
          );
      }, ORIGIN.model);
      const roots = texts.map(({ recordId, spec, words }) => ({ ytext: editing.text(recordId, spec.id), words }));
      editing.doc.transact(() => {
        for (const { ytext, words } of roots) applyTextChange(ytext, cellText(ytext), words.trim());
      }, ORIGIN.editor);
    });
    return left;
  };

  const clear = () => {
    const cells = grid.range.records.flatMap((recordId) =>
      grid.range.fields.flatMap((field) => {
        const spec = specById.get(field);
        return spec === undefined ? [] : [{ recordId, spec, words: '' }];
      }),
    );
    write(cells);
  };

  const paste = (text: string) => {
    const { active, range } = grid;
    // Without a cursor, as in a plan of no tasks yet, everything goes behind the last one.
    if ((active === null && rows.length > 0) || text === '') return;
    const table = textToTable(text);
    if (table.length > MAX_ROWS) {
      notify({ text: say('tasks.pasteTooLarge', { count: table.length, max: MAX_ROWS }) });
      return;
    }
    const records = rows.map(({ recordId }) => recordId);
    const [top, start] = [range.records[0] ?? active?.recordId, range.fields[0] ?? active?.field ?? specs[0]?.id];
    const column = specs.findIndex(({ id }) => id === start);
    const plan: PastePlan = planPaste({
      table,
      at: {
        row: top === undefined ? rows.length : records.indexOf(top),
        column: column === -1 ? specs.length : column,
      },
      selected: { rows: Math.max(range.records.length, 1), columns: Math.max(range.fields.length, 1) },
      records,
      specs,
      newId: uuid,
    });
    const left = write(plan.cells, plan.added);
    for (const recordId of plan.added) onEnter(recordId);
    setUnpasted(left);
    const [from, to] = [plan.cells[0], plan.cells.at(-1)];
    if (from !== undefined && to !== undefined)
      grid.select({ recordId: from.recordId, field: from.spec.id }, { recordId: to.recordId, field: to.spec.id });
    const pasted = plan.cells.length - left.length;
    const words = [
      say('tasks.pasted', { count: pasted }),
      ...(plan.added.length > 0 ? [say('tasks.pastedRows', { count: plan.added.length })] : []),
      ...(plan.outside > 0 ? [say('tasks.pasteOutside', { count: plan.outside })] : []),
    ];
    notify({
      text: words.join(say('general.pause')),
      ...(pasted > 0 ? { act: { label: say('general.undo'), onClick: undo } } : {}),
    });
  };

  const clipboard: CellClipboard = {
    copy,
    cut: () => {
      const words = copy();
      clear();
      return words;
    },
    paste,
  };
  return { clipboard, clear, unpasted, forgetUnpasted: () => setUnpasted([]) };
}
