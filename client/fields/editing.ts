/**
 * One person's editing of one document: its registers, rows and long text cells, and the one undo stack over them and the
 * prose. Made when the body is ready, outlives components, knows nothing of React. What may be edited is asked elsewhere.
 */
import * as Y from 'yjs';
import { createEditHistory, type EditHistory } from '../../shared/fields/history.ts';
import { createRecordsView, type RecordsView } from '../../shared/fields/records-view.ts';
import { ORIGIN } from '../../shared/origins.ts';
import { BODY_ROOTS, type RecordRoot, textRoot } from '../../shared/rooms.ts';
import type { Environment } from '../ui/environment.tsx';

/** The rows of one root map, and their reading. */
interface EditedRecords {
  readonly map: Y.Map<unknown>;
  readonly view: RecordsView;
}

export interface Editing {
  readonly doc: Y.Doc;
  readonly history: EditHistory;
  /** Over the prose and the long text cells; the prose editor's undo goes through `history`. */
  readonly undoManager: Y.UndoManager;
  /** Header fields: registers of the record `header`. */
  readonly fields: Y.Map<unknown>;
  readonly tasks: Y.Map<unknown>;
  readonly fieldsView: RecordsView;
  readonly tasksView: RecordsView;
  /** Rows other than a plan's tasks: parties, attendance, agenda, decisions. Read from the first call on. */
  records(root: RecordRoot): EditedRecords;
  /** A long text cell; taken into the undo stack from the first call. */
  text(recordId: string, field: string): Y.Text;
  destroy(): void;
}

export function createEditing(doc: Y.Doc, by: string, environment: Pick<Environment, 'now' | 'uuid'>): Editing {
  const fields = doc.getMap<unknown>(BODY_ROOTS.fields);
  const tasks = doc.getMap<unknown>(BODY_ROOTS.tasks);
  const undoManager = new Y.UndoManager([doc.getText(BODY_ROOTS.prose), doc.getMap(BODY_ROOTS.blocks)], {
    doc,
    trackedOrigins: new Set([ORIGIN.editor]),
  });
  const history = createEditHistory({
    doc,
    text: undoManager,
    by,
    now: environment.now,
    newRev: environment.uuid,
    origin: ORIGIN.model,
  });
  const fieldsView = createRecordsView(fields);
  const tasksView = createRecordsView(tasks);
  const recordsByRoot = new Map<RecordRoot, EditedRecords>();
  const inScope = new Set<Y.Text>();
  return {
    doc,
    history,
    undoManager,
    fields,
    tasks,
    fieldsView,
    tasksView,
    records(root) {
      const known = recordsByRoot.get(root);
      if (known !== undefined) return known;
      const map = doc.getMap<unknown>(BODY_ROOTS[root]);
      const records = { map, view: createRecordsView(map) };
      recordsByRoot.set(root, records);
      return records;
    },
    text(recordId, field) {
      const ytext = doc.getText(textRoot(recordId, field));
      if (!inScope.has(ytext)) {
        inScope.add(ytext);
        undoManager.addToScope(ytext);
      }
      return ytext;
    },
    destroy() {
      fieldsView.destroy();
      tasksView.destroy();
      for (const { view } of recordsByRoot.values()) view.destroy();
      history.destroy();
      undoManager.destroy();
    },
  };
}
