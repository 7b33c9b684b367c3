// @vitest-environment happy-dom
/** Attendance, agenda and decisions as their sections show and change them. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { AgendaSection } from '../../../client/features/document/minutes/agenda-section.tsx';
import { AttendanceSection } from '../../../client/features/document/minutes/attendance-section.tsx';
import { DecisionsSection } from '../../../client/features/document/minutes/decisions-section.tsx';
import { decide, useDecisions } from '../../../client/features/document/minutes/use-decisions.ts';
import { useEditing } from '../../../client/fields/editing-context.tsx';
import { NOBODY } from '../../../client/fields/presence.ts';
import { createRecord, readRecords } from '../../../shared/fields/records.ts';
import { setRegister } from '../../../shared/fields/register.ts';
import { KINDS } from '../../../shared/kinds/all-kinds.ts';
import { HEADER_RECORD } from '../../../shared/kinds/kind.ts';
import { readAgenda } from '../../../shared/minutes/agenda.ts';
import { readAttendance } from '../../../shared/minutes/attendance.ts';
import { proseText } from '../../../shared/prose/roots.ts';
import { writeInitialProse } from '../../../shared/prose/write-initial-prose.ts';
import { BODY_ROOTS } from '../../../shared/rooms.ts';
import { createStage, MEMBERS, one, press, type Stage } from './stage.tsx';

const { records = {}, formerFields = [] } = KINDS.jointMinutes;
let revs = 0;
const context = (by: string) => ({ by, atMs: ++revs, newRev: () => `r${++revs}` });

let stage: Stage;
afterEach(() => stage.strike());

/** Both sections with what the document holds now. */
function Page({ root }: { root: 'attendance' | 'agenda' }) {
  const { editing } = useEditing();
  const attendance = readRecords(editing.doc.getMap(BODY_ROOTS.attendance));
  const agendaRecords = readRecords(editing.doc.getMap(BODY_ROOTS.agenda));
  const header = readRecords(editing.fields).records.get(HEADER_RECORD);
  const agenda = readAgenda(agendaRecords, header);
  return root === 'agenda' ? (
    <AgendaSection specs={records.agenda ?? []} records={agendaRecords.records} agenda={agenda} presence={NOBODY} />
  ) : (
    <AttendanceSection
      specs={records.attendance ?? []}
      formerSpecs={formerFields}
      records={attendance.records}
      attendees={readAttendance(attendance)}
      agenda={agenda}
      header={header}
      members={MEMBERS}
      presence={NOBODY}
    />
  );
}

const lines = () =>
  [...stage.root.querySelectorAll('dl > div')].map((line) => [...line.children].map((part) => part.textContent));
const button = (words: string | RegExp) => {
  const found = [...document.querySelectorAll('button')].find((each) =>
    typeof words === 'string'
      ? (each.getAttribute('aria-label') ?? each.textContent) === words
      : words.test(each.textContent ?? ''),
  );
  if (found === undefined) throw new Error(`no button ${words}`);
  return found;
};

/** Draws it again with what has been written. */
async function perform(root: 'attendance' | 'agenda', work: () => void) {
  await stage.perform(work);
  await stage.show(<Page key={++revs} root={root} />);
}

describe('attendance', () => {
  it('enters all agencies of the case with one click: their people by role, reviewers not', async () => {
    stage = createStage('lin');
    await stage.show(<Page root="attendance" />);
    expect(stage.root.textContent).toContain('还没有登记参会情况');
    await perform('attendance', () => button('加入本案全部单位').click());
    expect(lines()).toEqual([['出席', '县综治中心林晓舟，县人社局何志远，县住建局孟祥宁']]);
  });

  it('is changed by a switch of three and noted in brackets; a removed row can come back', async () => {
    stage = createStage('lin');
    await stage.show(<Page root="attendance" />);
    await stage.perform(() => button('加入本案全部单位').click());
    await stage.show(<Page root="attendance" />);
    const rows = readAttendance(readRecords(stage.doc.getMap(BODY_ROOTS.attendance)));
    const he = rows.find(({ person }) => person === 'he');
    await stage.perform(() => {
      const row = one(stage.root, `[data-record="${he?.recordId}"]`, HTMLElement);
      one(row, 'input[value="inAttendance"]', HTMLInputElement).click();
      const map = stage.editing.records('attendance').map;
      stage.editing.history.setField(map, String(he?.recordId), 'note', '议定事项前离席');
    });
    await perform('attendance', () => {});
    expect(lines()).toEqual([
      ['出席', '县综治中心林晓舟，县住建局孟祥宁'],
      ['列席', '县人社局何志远（议定事项前离席）'],
    ]);
    await stage.perform(() => button('登记').click());
    await stage.perform(() => button('移除何志远').click());
    await perform('attendance', () => {});
    expect(lines()).toHaveLength(1);
    await perform('attendance', () => void stage.editing.history.undo());
    expect(lines()).toHaveLength(2);
  });

  it('shows the lists of an earlier version and takes them over with one click, losing no name', async () => {
    stage = createStage('lin');
    stage.doc.transact(() => {
      const former = { present: ['lin', '县发展改革局联络员'], inAttendance: ['xu'] };
      for (const [field, value] of Object.entries(former))
        setRegister(stage.editing.fields, { recordId: HEADER_RECORD, field, value, by: 'lin', atMs: 1, rev: field });
    });
    await stage.show(<Page root="attendance" />);
    expect(stage.root.textContent).toContain('出席：林晓舟、县发展改革局联络员，列席：许知夏');
    await perform('attendance', () => button('转入参会情况').click());
    expect(lines()).toEqual([
      ['出席', '县综治中心林晓舟，县发展改革局联络员'],
      ['列席', '县司法局许知夏'],
    ]);
    expect(stage.root.textContent).not.toContain('旧版');
  });

  it('is only read by those who may not write', async () => {
    stage = createStage('xu', { mayWrite: false });
    stage.doc.transact(() => {
      createRecord(
        stage.doc.getMap(BODY_ROOTS.attendance),
        { recordId: 'r', values: { agency: '县法院', person: '沈知行', status: 'inAttendance' } },
        context('lin'),
      );
    });
    await stage.show(<Page root="attendance" />);
    expect(lines()).toEqual([['列席', '县法院沈知行']]);
    expect(stage.root.querySelectorAll('button')).toHaveLength(0);
  });
});

describe('the agenda', () => {
  it('says which item is under discussion, one at a time, and moves items by key', async () => {
    stage = createStage('lin');
    const agenda = stage.doc.getMap<unknown>(BODY_ROOTS.agenda);
    stage.doc.transact(() => {
      for (const item of ['通报', '议定']) createRecord(agenda, { recordId: item, values: { item } }, context('lin'));
    });
    await stage.show(<Page root="agenda" />);
    await perform('agenda', () =>
      [...document.querySelectorAll('button')].find((b) => b.textContent === '开始讨论')?.click(),
    );
    const discussed = () => stage.root.querySelector('[data-discussed="true"]')?.getAttribute('data-record');
    expect(discussed()).toBe('通报');
    expect(stage.root.textContent).toContain('正在讨论');
    await perform('agenda', () => button('开始讨论').click());
    expect(discussed()).toBe('议定');
    await perform('agenda', () => {
      const cell = one(stage.root, '[data-record="议定"] [data-field="item"] button', HTMLElement);
      press(cell, 'ArrowUp', { altKey: true, shiftKey: true });
    });
    expect([...stage.root.querySelectorAll('li')].map((row) => row.getAttribute('data-record'))).toEqual([
      '议定',
      '通报',
    ]);
    await perform('agenda', () => button('结束讨论').click());
    expect(discussed()).toBeUndefined();
  });
});

describe('decisions', () => {
  const onReveal = vi.fn();
  function Decisions() {
    const { editing } = useEditing();
    return (
      <DecisionsSection
        caseId="c"
        specs={records.decisions ?? []}
        decisions={useDecisions(editing)}
        plans={new Map()}
        presence={NOBODY}
        currentId={null}
        keys="Ctrl+Alt+D"
        onReveal={onReveal}
        onToTask={() => {}}
        onKeepOne={() => {}}
      />
    );
  }
  /** The sentence of a block as the editor gives it. */
  function sentence(words: string) {
    const text = proseText(stage.doc);
    const at = text.toString().indexOf(words);
    const from = at + text.toString().slice(0, at).split('\n').length;
    return {
      words,
      blockId: 'b0',
      from: Y.createRelativePositionFromTypeIndex(text, from, 0),
      to: Y.createRelativePositionFromTypeIndex(text, from + words.length, -1),
    };
  }
  const shown = () => [...stage.root.querySelectorAll('li')].map((row) => row.textContent);

  it('are numbered by their place in the text, say when they were reworded or are gone, and can be withdrawn', async () => {
    stage = createStage('lin');
    let ids = 0;
    writeInitialProse(stage.doc, [{ content: '由县住建局督促。由县人社局核对。' }], { newBlockId: () => `b${ids++}` });
    await stage.show(<Decisions />);
    expect(stage.root.textContent).toContain('还没有决定');
    const { editing } = stage;
    await stage.perform(() => {
      expect(decide(editing, 'm', [], sentence('由县人社局核对。')).number).toBe(1);
    });
    const place = { from: 9, to: 17, words: '由县人社局核对。' };
    const known = {
      decisionId: 'x',
      number: 1,
      words: '',
      blockId: null,
      from: null,
      to: null,
      dissent: '',
      tasks: [],
    };
    await stage.perform(() => {
      const first = { ...known, place, record: {} as never };
      expect(decide(editing, 'm', [first], sentence('由县住建局督促。')).number).toBe(1);
    });
    expect(shown()).toEqual([
      expect.stringContaining('决定 1由县住建局督促。'),
      expect.stringContaining('决定 2由县人社局核对。'),
    ]);
    await stage.perform(() => button('由县人社局核对。').click());
    expect(onReveal).toHaveBeenCalledWith(expect.objectContaining({ number: 2 }));

    // The text is what counts: a new wording shows, a deleted sentence leaves its words behind.
    vi.useFakeTimers();
    await stage.perform(() => {
      proseText(stage.doc).insert(14, '逐人');
      proseText(stage.doc).delete(1, 8);
      vi.advanceTimersByTime(300);
    });
    vi.useRealTimers();
    expect(shown()[0]).toContain('正文里已没有这句话');
    expect(shown()[1]).toContain('由县人社局逐人核对。');
    expect(shown()[1]).toContain('形成后改过');

    await stage.perform(() => {
      const [row] = readRecords(editing.records('decisions').map).records.keys();
      editing.history.deleteRecord(editing.records('decisions').map, String(row));
    });
    expect(shown()).toHaveLength(1);
    await stage.perform(() => void editing.history.undo());
    expect(shown()).toHaveLength(2);
  });

  it('made of a sentence that was withdrawn before come back instead of standing twice', async () => {
    stage = createStage('lin');
    writeInitialProse(stage.doc, [{ content: '由县住建局督促。' }], { newBlockId: () => 'b0' });
    const { editing } = stage;
    const { map } = editing.records('decisions');
    const { decisionId } = decide(editing, 'm', [], sentence('由县住建局督促。'));
    editing.history.deleteRecord(map, decisionId);
    expect(decide(editing, 'm', [], sentence('由县住建局督促。'))).toEqual({ decisionId, number: 1 });
    expect(readRecords(map).records.size).toBe(1);
  });
});
