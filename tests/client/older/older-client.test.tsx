// @vitest-environment happy-dom
/**
 * A client of this version works on documents of a newer one, with its real editing: every field, row, cell, decision, act
 * and comment it can write. After each, and after undo and redo, everything it does not understand is as it was, here and
 * for the newer client. Prose has its own test (editor/binding/old-client.test.ts).
 */
import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { enterAttendees } from '../../../client/features/document/minutes/attendees.ts';
import { decide } from '../../../client/features/document/minutes/use-decisions.ts';
import { keepOneCopy, writeTask } from '../../../client/features/document/minutes/write-task.ts';
import type { Grid } from '../../../client/features/document/tasks/grid/use-grid.ts';
import { useCellClipboard } from '../../../client/features/document/tasks/use-cell-clipboard.ts';
import { createEditing, type Editing } from '../../../client/fields/editing.ts';
import { FieldCell } from '../../../client/fields/field-cell.tsx';
import { DateLine } from '../../../client/fields/field-input.tsx';
import type { PersonSession } from '../../../client/replica/contract.ts';
import { appendEvent } from '../../../shared/events/event-log.ts';
import type { ReviewEvent } from '../../../shared/events/review-events.ts';
import { plannedTask } from '../../../shared/events/task-state.ts';
import { liveRecords } from '../../../shared/fields/records.ts';
import { type FieldValue, readRegister } from '../../../shared/fields/register.ts';
import { applyTextChange, cellText } from '../../../shared/fields/text-cell.ts';
import { KINDS } from '../../../shared/kinds/all-kinds.ts';
import { PARTY_SIDES } from '../../../shared/kinds/case-record.ts';
import { type DocumentKindSpec, type FieldSpec, HEADER_RECORD } from '../../../shared/kinds/kind.ts';
import { newParty, readParties } from '../../../shared/kinds/parties.ts';
import { taskIdOf } from '../../../shared/minutes/decisions.ts';
import { ORIGIN } from '../../../shared/origins.ts';
import { proseText } from '../../../shared/prose/roots.ts';
import { BODY_ROOTS, EVENTS_ROOT, type RecordRoot, textRoot } from '../../../shared/rooms.ts';
import { createStage, one, press, type Stage } from '../features/stage.tsx';
import {
  COMMENT_KEY,
  changedOf,
  DELETED,
  EDITED,
  type Foreign,
  LIN,
  newerBody,
  newerLog,
  PROPOSAL_KEY,
  tablesOf,
  valueFor,
} from './newer-document.ts';

const ME = 'he';
const ADDED = '00000000-0000-4000-8000-0000000000ad';
const PLAN = '00000000-0000-4000-8000-0000000000fa';
let ids = 0;
const environment = {
  now: () => 1_800_000_000_000 + ids,
  uuid: () => `00000000-0000-4000-9000-${String(++ids).padStart(12, '0')}`,
};

type Act = (editing: Editing, spec: DocumentKindSpec) => void;

const mapOf = (editing: Editing, root: string) => editing.doc.getMap<unknown>(root);
const forTables = (work: (map: Y.Map<unknown>, columns: readonly FieldSpec[], editing: Editing) => void): Act => {
  return (editing, spec) => {
    for (const [root, columns] of tablesOf(spec)) work(mapOf(editing, root), columns, editing);
  };
};
const setAll = (
  editing: Editing,
  map: Y.Map<unknown>,
  recordId: string,
  columns: readonly FieldSpec[],
  toValue: (spec: FieldSpec) => FieldValue,
) => {
  for (const spec of columns) {
    if (spec.input !== 'longText') editing.history.setField(map, recordId, spec.id, toValue(spec));
    else typeIn(editing, recordId, spec.id, `新${toValue(spec) ?? ''}`);
  }
};
const typeIn = (editing: Editing, recordId: string, field: string, words: string) => {
  const text = editing.text(recordId, field);
  editing.doc.transact(() => applyTextChange(text, cellText(text), words), ORIGIN.editor);
};

/** Everything one can do to fields, rows and cells, but for what needs a page. */
const ACTS: Readonly<Record<string, Act>> = {
  'sets every header field': (editing, spec) =>
    setAll(editing, editing.fields, HEADER_RECORD, spec.fields, (each) => valueFor(each, 1)),
  'clears every header field': (editing, spec) =>
    setAll(editing, editing.fields, HEADER_RECORD, spec.fields, () => null),
  'sets every header field to what it is': (editing, spec) =>
    setAll(editing, editing.fields, HEADER_RECORD, spec.fields, (each) => valueFor(each, 0)),
  'sets every cell': forTables((map, columns, editing) =>
    setAll(editing, map, EDITED, columns, (each) => valueFor(each, 2)),
  ),
  'clears every cell': forTables((map, columns, editing) => setAll(editing, map, EDITED, columns, () => null)),
  'adds a row before the others': forTables((map, columns, editing) => {
    const values = Object.fromEntries(
      columns.flatMap((each) => (each.input === 'longText' ? [] : [[each.id, valueFor(each, 3)]])),
    );
    editing.history.createRecord(map, { recordId: ADDED, values, index: 0 });
  }),
  'adds rows after the others': forTables((map, _columns, editing) =>
    editing.history.createRecords(map, [
      { recordId: environment.uuid(), values: {} },
      { recordId: environment.uuid(), values: {} },
    ]),
  ),
  'moves rows': forTables((map, _columns, editing) => {
    editing.history.moveRecord(map, EDITED, 1);
    editing.history.moveRecord(map, DELETED, 1);
    editing.history.moveRecord(map, EDITED, 0);
  }),
  'deletes a row': forTables((map, _columns, editing) => editing.history.deleteRecord(map, DELETED)),
  'deletes, restores and deletes a row': forTables((map, _columns, editing) => {
    editing.history.deleteRecord(map, DELETED);
    editing.history.restoreRecord(map, DELETED);
    editing.history.deleteRecord(map, DELETED);
  }),
  'does many things in one step': (editing, spec) =>
    editing.history.group(() => {
      setAll(editing, editing.fields, HEADER_RECORD, spec.fields, (each) => valueFor(each, 4));
      for (const [root] of tablesOf(spec)) editing.history.deleteRecord(mapOf(editing, root), DELETED);
    }),
  'enters people into the attendance': (editing, spec) => {
    if (spec.records?.attendance === undefined) return;
    const someone = { agency: null, person: EDITED, status: 'apologies' } as const;
    editing.history.deleteRecord(mapOf(editing, 'attendance'), EDITED);
    enterAttendees(editing, [someone, { agency: '县总工会', person: null, status: 'present' }], environment.uuid);
  },
  'decides a sentence, withdraws it and decides it again': (editing, spec) => {
    if (spec.records?.decisions === undefined) return;
    const text = proseText(editing.doc);
    const sentence = {
      words: '甲乙丙',
      blockId: 'b1',
      from: Y.createRelativePositionFromTypeIndex(text, 1, 0),
      to: Y.createRelativePositionFromTypeIndex(text, 4, -1),
    };
    const { decisionId } = decide(editing, PLAN, [], sentence);
    editing.history.deleteRecord(mapOf(editing, 'decisions'), decisionId);
    decide(editing, PLAN, [], sentence);
  },
  'adds a party of each side': (editing, spec) => {
    if (spec.records?.parties === undefined) return;
    const { map, view } = editing.records('parties');
    for (const side of PARTY_SIDES) {
      const party = newParty(side, readParties(view.read()), 'zh-CN');
      editing.history.createRecord(map, { recordId: environment.uuid(), ...party });
    }
  },
};

/** A copy on this device, its editing, and the two as they meet again. */
function openHere(spec: DocumentKindSpec) {
  const { doc: newer, foreign } = newerBody(spec);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(newer), ORIGIN.connection);
  const editing = createEditing(doc, ME, environment);
  return { newer, doc, foreign, editing };
}

function expectKept(doc: Y.Doc, newer: Y.Doc, foreign: readonly Foreign[]) {
  expect(changedOf(doc, foreign)).toEqual([]);
  Y.applyUpdate(newer, Y.encodeStateAsUpdate(doc));
  expect(changedOf(newer, foreign)).toEqual([]);
}

describe.each(
  Object.values(KINDS).map((spec) => [spec.kind, spec] as const),
)('%s of a newer version', (_kind, spec) => {
  it('[C5] opening it and reading all of it writes nothing', () => {
    const { doc, foreign, newer, editing } = openHere(spec);
    const before = Y.encodeStateAsUpdate(doc);
    const writes: unknown[] = [];
    doc.on('update', (update) => writes.push(update));
    for (const [root] of tablesOf(spec)) {
      const { view } = root === 'tasks' ? { view: editing.tasksView } : editing.records(root as RecordRoot);
      expect(liveRecords(view.read()).map(({ recordId }) => recordId)).toEqual([EDITED, DELETED]);
    }
    for (const each of spec.fields) editing.text(HEADER_RECORD, each.id);
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
    expect(writes).toEqual([]);
    expectKept(doc, newer, foreign);
  });

  for (const [name, act] of Object.entries(ACTS)) {
    it(`[C5] keeps what this version does not know: ${name}, undone and redone`, () => {
      const { doc, foreign, newer, editing } = openHere(spec);
      act(editing, spec);
      expectKept(doc, newer, foreign);
      while (editing.history.undo().outcome !== 'nothing') expectKept(doc, newer, foreign);
      while (editing.history.redo().outcome !== 'nothing') expectKept(doc, newer, foreign);
      editing.destroy();
    });
  }
});

describe('what a newer version said beside a value', () => {
  const AT = 'header/place';
  const withBeside = () => {
    const { editing, doc } = openHere(KINDS.caseNote);
    const entry = { v: '村委会', by: 'newer', at: 9, map: { x: 1 } };
    doc.transact(() => {
      for (const key of [...editing.fields.keys()]) if (key.startsWith(`${AT}/h`)) editing.fields.delete(key);
      editing.fields.set(`${AT}/a`, entry);
      editing.fields.set(`${AT}/b`, { v: '镇政府', by: 'other', at: 9 });
    });
    const read = () =>
      [...editing.fields.entries()]
        .filter(([key, stored]) => key.startsWith(`${AT}/`) && typeof (stored as { v?: unknown }).v === 'string')
        .map(([, stored]) => stored as { v: string; map?: unknown })
        .map(({ v, map }) => ({ v, map }));
    return { editing, read };
  };
  const both = [
    { v: '村委会', map: { x: 1 } },
    { v: '镇政府', map: undefined },
  ];

  it('[C5] goes with the value when it is picked, and comes back with it when that is undone', () => {
    const { editing, read } = withBeside();
    editing.history.setField(editing.fields, HEADER_RECORD, 'place', '村委会');
    expect(read()).toContainEqual({ v: '村委会', map: { x: 1 } });
    expect(read()).not.toContainEqual({ v: '镇政府', map: undefined });
    editing.history.undo();
    for (const each of both) expect(read()).toContainEqual(each);
  });

  it('[C5] comes back when the value is put back in place of another', () => {
    const { editing, read } = withBeside();
    editing.history.setField(editing.fields, HEADER_RECORD, 'place', '县法院');
    expect(read()).not.toContainEqual(both[0]);
    editing.history.undo();
    for (const each of both) expect(read()).toContainEqual(each);
  });
});

describe('a row that was made here', () => {
  it('[C5] is not taken back by undo once a newer client has put into it what cannot be read here', () => {
    const { editing } = openHere(KINDS.actionPlan);
    editing.history.createRecord(editing.tasks, { recordId: ADDED, values: {} });
    editing.doc.transact(() => editing.tasks.set(`${ADDED}/venue/n`, { v: { hall: 1 }, by: 'newer', at: 1 }), 'remote');
    expect(editing.history.undo()).toMatchObject({ outcome: 'refused', recordId: ADDED, field: 'venue' });
    expect(editing.tasksView.read().records.get(ADDED)?.isDeleted).toBe(false);
  });
});

describe('a long text with something in it that is no character', () => {
  const CHART = { chart: [1] };
  const open = () => {
    const { editing } = openHere(KINDS.actionPlan);
    const text = editing.text(EDITED, 'measure');
    editing.doc.transact(() => {
      text.insert(0, '甲乙丙丁');
      text.insertEmbed(2, CHART);
    }, 'remote');
    return { editing, text };
  };

  it('[C5] is changed where the person changed it, and keeps the rest', () => {
    const { editing, text } = open();
    const shown = cellText(text);
    expect(shown).toBe('甲乙\ufffc丙丁');
    editing.doc.transact(() => applyTextChange(text, shown, '甲乙\ufffc丙'), ORIGIN.editor);
    editing.doc.transact(() => applyTextChange(text, cellText(text), '新甲乙\ufffc丙'), ORIGIN.editor);
    expect(text.toDelta()).toEqual([{ insert: '新甲乙' }, { insert: CHART }, { insert: '丙' }]);
    while (editing.history.undo().outcome === 'done');
    expect(text.toDelta()).toEqual([{ insert: '甲乙' }, { insert: CHART }, { insert: '丙丁' }]);
  });
});

describe('a decision made a task of a plan of a newer version', () => {
  const decision = { documentId: PLAN, recordId: EDITED };
  const taskId = taskIdOf(decision);
  const task = { problem: '账目不清', measure: '核对到人', lead: null, supporting: [], owner: null, due: null };

  /** Only what these two acts ask of a session. */
  function sessionOf(doc: Y.Doc): PersonSession {
    const view = { load: { kind: 'ready' }, mayWrite: true, documentState: 'draft', synced: true };
    const body = { doc, view: { get: () => view, subscribe: () => () => {} } };
    const session = {
      me: { person: { personId: ME } },
      openDocument: () => ({ rooms: { body }, release: () => {} }),
    };
    return session as unknown as PersonSession;
  }

  it('[C5] keeps what this version does not know, also when it was written twice', async () => {
    const { doc, newer, foreign } = openHere(KINDS.actionPlan);
    const session = sessionOf(doc);
    const input = { session, planId: PLAN, decision, task, environment };
    expect(await writeTask(input)).toBe('done');
    expect(await writeTask(input)).toBe('done');
    doc.getText(textRoot(taskId, 'measure')).insert(0, '核对到人。核对到人。');
    await keepOneCopy(session, { documentId: PLAN, recordId: taskId });
    expectKept(doc, newer, foreign);
  });
});

describe('events of a newer version', () => {
  const ulid = (n: number) => `01KB000000000000000000000${n}`;
  const events: readonly ReviewEvent[] = [
    { type: 'comment', anchor: { of: 'document' }, text: '新', mentions: [], isBlocking: true },
    { type: 'reply', threadId: COMMENT_KEY, text: '答', mentions: [] },
    { type: 'edit', of: COMMENT_KEY, text: '改', mentions: [] },
    { type: 'resolve', threadId: COMMENT_KEY },
    { type: 'reopen', threadId: COMMENT_KEY },
    { type: 'withdraw', of: COMMENT_KEY },
    { type: 'reply', threadId: PROPOSAL_KEY, text: '答', mentions: [] },
  ];

  it.each([
    'review',
    'work',
  ] as const)('[C5] stay as they are in the %s room, whatever is written beside them', (room) => {
    const { doc: newer, foreign } = newerLog(room);
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(newer));
    const log = doc.getMap(EVENTS_ROOT);
    const written = room === 'review' ? events : [{ type: 'taskStarted', taskId: EDITED }];
    for (const [n, event] of written.entries()) doc.transact(() => appendEvent(log, LIN, ulid(n), event));
    expectKept(doc, newer, foreign);
  });
});

describe('a page on a document of a newer version', () => {
  let stage: Stage;
  afterEach(() => stage.strike());

  const spec = (input: FieldSpec['input']): FieldSpec => ({
    id: 'place',
    label: { 'zh-CN': '地点', en: 'Place' },
    input,
    ...(input === 'choice' ? { options: [{ id: 'a', label: { 'zh-CN': '甲', en: 'A' } }] } : {}),
  });
  /** Values that a field of this kind cannot show, and what leaves a box. */
  const STRANGE: readonly (readonly [FieldSpec['input'], FieldValue])[] = [
    ['text', ['甲', '乙']],
    ['text', 7],
    ['date', '2026-11'],
    ['date', '2026-11-06/2026-11-09'],
    ['date', true],
    ['dateTime', '2026-11-06T09:30+08:00'],
    ['choice', 'c'],
    ['person', ['甲', '乙']],
    ['people', '甲'],
    ['agency', 5],
    ['agencies', '甲'],
    ['textList', false],
  ];

  const KEYS = ['Enter', 'Escape', 'Tab'];
  for (const [input, value] of STRANGE) {
    const held = JSON.stringify(value);
    it.each(
      KEYS,
    )(`[C5] entering a field (${input}) that holds ${held} and leaving it by %s changes nothing`, async (key) => {
      // The box of a date is loaded apart.
      await DateLine.preload();
      stage = createStage(ME);
      const { editing } = stage;
      const field = spec(input);
      stage.doc.transact(() => editing.fields.set('header/place/n', { v: value, by: 'newer', at: 1 }));
      const before = editing.fields.toJSON();
      await stage.show(
        <FieldCell
          spec={field}
          recordId={HEADER_RECORD}
          values={readRegister(editing.fields, HEADER_RECORD, 'place')}
          label="地点"
          others={[]}
          onCommit={(next) => editing.history.setField(editing.fields, HEADER_RECORD, 'place', next)}
        />,
      );
      await stage.perform(() => one(stage.root, 'button', HTMLButtonElement).click());
      const box = one(stage.root, 'input', HTMLInputElement);
      await stage.perform(() => {
        if (key === 'Tab') box.blur();
        else press(box, key);
      });
      expect(editing.fields.toJSON()).toEqual(before);
    });
  }

  it('[C5] keeps what it does not know when cells are pasted, cut and cleared, undone and redone', async () => {
    stage = createStage(ME);
    const { doc: newer, foreign } = newerBody(KINDS.actionPlan);
    await stage.perform(() => Y.applyUpdate(stage.doc, Y.encodeStateAsUpdate(newer), ORIGIN.connection));
    const specs = KINDS.actionPlan.tasks ?? [];
    const rows = liveRecords(stage.editing.tasksView.read());
    const fields = specs.map(({ id }) => id);
    const grid = {
      active: { recordId: EDITED, field: fields[0] },
      range: { records: [EDITED, DELETED], fields },
      select: () => {},
    } as unknown as Grid;
    let clipboard: ReturnType<typeof useCellClipboard> | null = null;
    function Table() {
      const taskOf = ({ recordId }: { recordId: string }) => plannedTask(recordId, []);
      clipboard = useCellClipboard({ grid, specs, rows, taskOf, onEnter: () => {} });
      return null;
    }
    await stage.show(<Table />);
    const { history } = stage.editing;
    const acts: (() => void)[] = [
      () => clipboard?.clipboard.paste('问题\t措施\t甲单位\t乙、丙\t丁\t11-6\n一\t二\t三\t四\t五\t11-7\n新\t行'),
      () => void clipboard?.clipboard.cut(),
      () => clipboard?.clear(),
    ];
    for (const act of acts) {
      await stage.perform(act);
      expectKept(stage.doc, newer, foreign);
      await stage.perform(() => void history.undo());
      expectKept(stage.doc, newer, foreign);
      await stage.perform(() => void history.redo());
      expectKept(stage.doc, newer, foreign);
    }
    expect(stage.doc.getMap(BODY_ROOTS.tasks).size).toBeGreaterThan(0);
  });
});
