// @vitest-environment happy-dom
/** What each role may do in the task table, and what it says of deadlines. */
import { afterEach, describe, expect, it } from 'vitest';
import { dueToWords } from '../../../client/features/document/tasks/due-words.ts';
import { taskActions, whyNothing } from '../../../client/features/document/tasks/task-actions.ts';
import { TaskTable } from '../../../client/features/document/tasks/task-table.tsx';
import { NOBODY } from '../../../client/fields/presence.ts';
import { appendEvent, readEvents } from '../../../shared/events/event-log.ts';
import { type TaskEvent, taskEventSchema } from '../../../shared/events/task-events.ts';
import type { ActingMember, TaskStanding } from '../../../shared/events/task-rules.ts';
import { taskStates } from '../../../shared/events/task-state.ts';
import { makeUlid } from '../../../shared/ids.ts';
import { KINDS } from '../../../shared/kinds/all-kinds.ts';
import { EVENTS_ROOT } from '../../../shared/rooms.ts';
import { createStage, MEMBERS, type Stage, TODAY } from './stage.tsx';

const member = (personId: string): ActingMember | undefined => MEMBERS.find((each) => each.personId === personId);
const task = (state: TaskStanding['state'], submittedBy: string | null = null): TaskStanding => ({
  leadAgencyIds: ['labour'],
  state,
  submittedBy,
});

/** The nth moment, as an event's id. */
const ulidOf = (n: number) => makeUlid(Date.parse('2026-10-20T09:00:00') + n, (count) => new Uint8Array(count));

describe('what may be done with a task', () => {
  it('is for the lead agency to accept, start, report and submit', () => {
    expect(taskActions(member('he'), task('planned'))).toEqual(['taskAccepted', 'taskObjected']);
    expect(taskActions(member('he'), task('accepted'))).toEqual(['taskStarted', 'taskObjected']);
    expect(taskActions(member('he'), task('inProgress'))).toEqual(['taskProgress', 'taskSubmitted', 'taskBlocked']);
  });

  it('is for another agency to verify, never for who submitted it', () => {
    expect(taskActions(member('meng'), task('submitted', 'he'))).toEqual(['taskClosed', 'taskReturned']);
    expect(taskActions(member('he'), task('submitted', 'he'))).toEqual([]);
    expect(whyNothing(member('he'), task('submitted', 'he'))).toBe('not-verifier');
  });

  it('is nothing for a reviewer or a stranger, who are told why', () => {
    expect(taskActions(member('xu'), task('planned'))).toEqual([]);
    expect(whyNothing(member('xu'), task('planned'))).toBe('read-only-role');
    expect(whyNothing(undefined, task('planned'))).toBe('not-a-member');
  });

  it('is for the host to cancel and to reopen', () => {
    expect(taskActions(member('lin'), task('inProgress'))).toEqual(['taskCancelled']);
    expect(taskActions(member('lin'), task('closed'))).toEqual(['taskReopened']);
  });
});

describe('a deadline', () => {
  it('says by how many days it is overdue, is due today, or is near', () => {
    expect(dueToWords('2026-10-18', 'inProgress', TODAY)).toMatchObject({ key: 'tasks.overdue', params: { count: 2 } });
    expect(dueToWords('2026-10-20', 'planned', TODAY)).toMatchObject({ key: 'tasks.dueToday' });
    expect(dueToWords('2026-10-23', 'planned', TODAY)).toMatchObject({ key: 'tasks.dueSoon', params: { count: 3 } });
  });

  it('says nothing when it is far, unknown, or the task is done', () => {
    expect(dueToWords('2026-12-21', 'planned', TODAY)).toBeNull();
    expect(dueToWords('soon', 'planned', TODAY)).toBeNull();
    expect(dueToWords(null, 'planned', TODAY)).toBeNull();
    expect(dueToWords('2026-10-01', 'closed', TODAY)).toBeNull();
  });
});

describe('the table', () => {
  let stage: Stage;
  afterEach(() => stage.strike());

  const show = async (me: string, language: 'zh-CN' | 'en' = 'zh-CN', mayWrite = true) => {
    stage = createStage(me, { mayWrite, language });
    const { history, tasks } = stage.editing;
    history.createRecord(tasks, { recordId: 't1', values: { leadAgency: 'labour', due: '2026-10-18' } });
    history.createRecord(tasks, { recordId: 't2', values: { leadAgency: 'housing', due: '2026-12-18' } });
    await draw(me);
  };
  const draw = (me: string) => {
    const reading = stage.editing.tasksView.read();
    const events = readEvents(stage.work.doc.getMap(EVENTS_ROOT), taskEventSchema).events;
    const readings = taskStates(events, { memberById: member, leadAgencyByTask: () => ['labour'] });
    return stage.show(
      <TaskTable
        specs={KINDS.actionPlan.tasks ?? []}
        reading={reading}
        readings={readings}
        work={stage.work}
        me={member(me)}
        presence={NOBODY}
        caseId="case"
      />,
    );
  };
  const button = (words: string) =>
    [...document.querySelectorAll('button')].find((each) => each.textContent === words || each.ariaLabel === words);

  it('says overdue in words, in either language', async () => {
    await show('he');
    expect(stage.root.textContent).toContain('10-18');
    expect(stage.root.textContent).toContain('逾期 2 天');
    await stage.strike();
    await show('he', 'en');
    expect(stage.root.textContent).toContain('2 days overdue');
  });

  it('lets the lead agency accept with one click, as a fact of theirs', async () => {
    await show('he');
    await stage.perform(() => button('签收')?.click());
    const { events } = readEvents(stage.work.doc.getMap(EVENTS_ROOT), taskEventSchema);
    expect(events.map(({ personId, value }) => [personId, value.type, value.taskId])).toEqual([
      ['he', 'taskAccepted', 't1'],
    ]);
    await draw('he');
    expect(stage.root.textContent).toContain('已签收');
    expect(button('开始办理')).toBeDefined();
  });

  it('is calm about a closed task: its word says all, and nothing is offered on the row', async () => {
    await show('he');
    const log = stage.work.doc.getMap(EVENTS_ROOT);
    const happen = (by: string, n: number, event: TaskEvent) => appendEvent(log, by, ulidOf(n), event);
    const taskId = 't1';
    await stage.perform(() => {
      happen('he', 1, { type: 'taskAccepted', taskId });
      happen('he', 2, { type: 'taskStarted', taskId });
      happen('he', 3, { type: 'taskProgress', taskId, percent: 60, note: '' });
    });
    await draw('lin');
    expect(stage.root.querySelectorAll('[role="img"]')).toHaveLength(1);
    await stage.perform(() => {
      happen('he', 4, { type: 'taskSubmitted', taskId, evidence: ['台账'] });
      happen('meng', 5, { type: 'taskClosed', taskId });
    });
    await draw('lin');
    expect(stage.root.textContent).toContain('已销号');
    expect(stage.root.querySelectorAll('[role="img"]')).toHaveLength(0);
    expect(button('重新办理')).toBeUndefined();
  });

  it('offers a reader nothing to change', async () => {
    await show('xu', 'zh-CN', false);
    expect(button('签收')).toBeUndefined();
    expect(button('添加任务')).toBeUndefined();
    expect(button('任务 1 的操作')).toBeUndefined();
    expect(stage.root.textContent).toContain('县人社局');
  });

  it('keeps a deleted task and brings it back', async () => {
    await show('he');
    await stage.perform(() => stage.editing.history.deleteRecord(stage.editing.tasks, 't1'));
    await draw('he');
    expect(stage.root.textContent).toContain('已删除 1 项任务');
    await stage.perform(() => button('恢复')?.click());
    await draw('he');
    expect(stage.root.textContent).not.toContain('已删除');
  });

  const choose = (name: string) =>
    stage.perform(() =>
      [...document.querySelectorAll('label')]
        .find((label) => label.textContent?.startsWith(name))
        ?.querySelector('input')
        ?.click(),
    );
  const shownNumbers = () =>
    [...document.querySelectorAll('tr[data-record] td:first-child span:last-child')].map((each) => each.textContent);

  it('shows the tasks that are asked for, each with its own number, and says how many', async () => {
    await show('meng');
    expect([...document.querySelectorAll('fieldset label')].map((label) => label.textContent)).toEqual([
      '全部 2',
      '未完成 2',
      '逾期 1',
      '我单位牵头 1',
    ]);
    await choose('我单位牵头');
    expect(shownNumbers()).toEqual(['2']);
    expect(document.querySelector('p[role=status]')?.textContent).toBe('显示 1 项，共 2 项。 调整顺序请先选“全部”。');
    expect(document.querySelector('[title="拖动以调整顺序"]')).toBeNull();
    await choose('全部');
    expect(shownNumbers()).toEqual(['1', '2']);
    expect(document.querySelector('[title="拖动以调整顺序"]')).not.toBeNull();
  });

  it('does not take a task from under the hands of who makes it leave the choice', async () => {
    await show('he');
    await choose('逾期');
    const cell = document.querySelector<HTMLElement>('[data-record="t1"] [data-field="due"] button');
    await stage.perform(() => cell?.click());
    stage.editing.history.setField(stage.editing.tasks, 't1', 'due', '2026-12-01');
    await draw('he');
    expect(shownNumbers()).toEqual(['1']);
    await choose('未完成');
    await choose('逾期');
    expect(shownNumbers()).toEqual([]);
    expect(stage.root.textContent).toContain('没有逾期的任务');
    await stage.perform(() => button('显示全部')?.click());
    expect(shownNumbers()).toEqual(['1', '2']);
  });

  it('takes the rows of a spreadsheet into a plan without tasks, leaving out the titles of the columns', async () => {
    stage = createStage('he');
    await draw('he');
    expect(stage.root.textContent).toContain('还没有任务');
    const event = new Event('paste', { bubbles: true, cancelable: true });
    const text = '问题\t事项（措施）\t牵头单位\n账目不清\t核对台账\t县人社局\n资金未到位\t督促首付\t县住建局';
    Object.assign(event, { clipboardData: { getData: () => text } });
    await stage.perform(() => document.body.dispatchEvent(event));
    await draw('he');
    expect(shownNumbers()).toEqual(['1', '2']);
    expect(stage.root.textContent).toContain('核对台账');
    expect(stage.root.querySelectorAll('[data-field="leadAgency"]')[1]?.textContent).toContain('县住建局');
    expect(event.defaultPrevented).toBe(true);
  });

  it('leaves words that are pasted where somebody writes to that place', async () => {
    stage = createStage('he');
    await draw('he');
    const elsewhere = document.body.appendChild(document.createElement('textarea'));
    const event = new Event('paste', { bubbles: true, cancelable: true });
    Object.assign(event, { clipboardData: { getData: () => '甲\t乙' } });
    await stage.perform(() => elsewhere.dispatchEvent(event));
    elsewhere.remove();
    await draw('he');
    expect(shownNumbers()).toEqual([]);
    expect(event.defaultPrevented).toBe(false);
  });
});
