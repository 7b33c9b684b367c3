/**
 * A tab of the world with an editor in it: the real prose binding over a view without DOM, and the header fields and task
 * rows. Every editor command of the binding's fuzz, and the registers, as random acts.
 */
import { EditorState } from '@tiptap/pm/state';
import * as Y from 'yjs';
import { createProseBinding } from '../../client/editor/binding/prose-binding.ts';
import { createEditHistory, type EditHistory } from '../../shared/fields/history.ts';
import { liveRecords, readRecords } from '../../shared/fields/records.ts';
import { ORIGIN } from '../../shared/origins.ts';
import { blockKeys, proseText } from '../../shared/prose/roots.ts';
import { BODY_ROOTS, textRoot } from '../../shared/rooms.ts';
import { HeadlessView, type Peer, schema } from '../client/editor/binding/peer.ts';
import { FUZZ_COMMANDS } from '../client/editor/binding/token-fuzz.ts';
import type { Random } from '../support/random.ts';
import type { Tab } from '../support/world.ts';

export interface Page {
  readonly tab: Tab;
  readonly peer: Peer;
  readonly history: EditHistory;
  readonly fields: Y.Map<unknown>;
  readonly tasks: Y.Map<unknown>;
  destroy(): void;
}

/** Shows a tab whose room is ready. */
export function showPage(tab: Tab, nowMs: () => number): Page {
  const { doc } = tab.room;
  let ids = 0;
  const binding = createProseBinding({
    doc,
    schema,
    origin: ORIGIN.editor,
    newBlockId: () => `${doc.clientID}-${ids++}`,
  });
  const view = new HeadlessView(EditorState.create({ doc: binding.initialDoc(), plugins: [binding.plugin] }));
  const undo = new Y.UndoManager(binding.undoScope, {
    trackedOrigins: new Set([ORIGIN.editor]),
    captureTimeout: 1e12,
  });
  const fields = doc.getMap<unknown>(BODY_ROOTS.fields);
  const tasks = doc.getMap<unknown>(BODY_ROOTS.tasks);
  const history = createEditHistory({
    doc,
    text: new Y.UndoManager(doc.getText(textRoot('header', 'place')), { trackedOrigins: new Set([ORIGIN.model]) }),
    by: tab.person.personId,
    now: nowMs,
    newRev: () => `${doc.clientID}-${ids++}`,
    origin: ORIGIN.model,
  });
  return {
    tab,
    peer: { doc, text: proseText(doc), keys: blockKeys(doc), binding, view, undo },
    history,
    fields,
    tasks,
    destroy: () => {
      undo.destroy();
      history.destroy();
      view.destroy();
      binding.destroy();
    },
  };
}

/** Everything a person can do to fields and rows. `newRow` gives the id of a row that will be made. */
const FIELD_ACTS: Readonly<Record<string, (page: Page, random: Random, newRow: () => string) => void>> = {
  setField: ({ history, fields }, random) =>
    history.setField(fields, 'header', random.pick(['date', 'place', 'chair']), random.int(9)),
  addRow: ({ history, tasks }, random, newRow) =>
    history.createRecord(tasks, { recordId: newRow(), values: { measure: random.int(9) }, index: random.int(4) }),
  setCell: (page, random) =>
    withRow(page, random, (row) =>
      page.history.setField(page.tasks, row, random.pick(['lead', 'measure', 'due']), random.int(9)),
    ),
  moveRow: (page, random) => withRow(page, random, (row) => page.history.moveRecord(page.tasks, row, random.int(4))),
  deleteRow: (page, random) => withRow(page, random, (row) => page.history.deleteRecord(page.tasks, row)),
  undoField: ({ history }) => void history.undo(),
  redoField: ({ history }) => void history.redo(),
  typeCell: (page, random) =>
    withRow(page, random, (row) => {
      const text = page.tab.room.doc.getText(textRoot(row, 'problem'));
      page.tab.room.doc.transact(() => text.insert(random.int(text.length + 1), String(random.int(9))), ORIGIN.model);
    }),
};

function withRow(page: Page, random: Random, act: (row: string) => void): void {
  const rows = liveRecords(readRecords(page.tasks));
  if (rows.length > 0) act(random.pick(rows).recordId);
}

const PROSE_ACTS = Object.keys(FUZZ_COMMANDS);
const FIELDS = Object.keys(FIELD_ACTS);

/** One random act; the names say what it was. */
export function act(page: Page, random: Random, mint: () => string, newRow: () => string): string {
  if (random.chance(0.3)) {
    const name = random.pick(FIELDS);
    FIELD_ACTS[name]?.(page, random, newRow);
    return name;
  }
  const name = random.pick(PROSE_ACTS);
  FUZZ_COMMANDS[name]?.(page.peer, { random, mint });
  return name;
}
