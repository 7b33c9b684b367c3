import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { appendEvent, type LoggedEvent, readEvents } from '../../../shared/events/event-log.ts';
import { type TaskEvent, type TaskEventType, taskEventSchema } from '../../../shared/events/task-events.ts';
import {
  type ActingMember,
  canDoTaskEvent,
  TASK_STATES,
  type TaskState,
  taskRefusal,
} from '../../../shared/events/task-rules.ts';
import { isOverdue, taskStates } from '../../../shared/events/task-state.ts';
import { makeUlid } from '../../../shared/ids.ts';
import type { Role } from '../../../shared/permissions.ts';
import { randomFrom } from '../../support/random.ts';

const member = (personId: string, agencyId: string, role: Role): ActingMember => ({ personId, agencyId, role });
const MEMBERS = {
  lead: member('lead', 'leadAgency', 'participant'),
  leadColleague: member('leadColleague', 'leadAgency', 'participant'),
  leadHost: member('leadHost', 'leadAgency', 'host'),
  other: member('other', 'otherAgency', 'participant'),
  host: member('host', 'centre', 'host'),
  reviewer: member('reviewer', 'otherAgency', 'reviewer'),
  observer: member('observer', 'leadAgency', 'observer'),
};

/** From which states each event leads where, and who may cause it (submitted by `lead`). Everything else is refused. */
const ALL_LEAD = ['lead', 'leadColleague', 'leadHost'];
const VERIFIERS = ['leadHost', 'other', 'host'];
const HOSTS = ['leadHost', 'host'];
const OPEN: TaskState[] = ['planned', 'accepted', 'objected', 'inProgress', 'blocked', 'submitted', 'returned'];
const TRUTH: Record<TaskEventType, { from: TaskState[]; to: TaskState | 'same'; who: string[] }> = {
  taskAccepted: { from: ['planned', 'objected'], to: 'accepted', who: ALL_LEAD },
  taskObjected: { from: ['planned', 'accepted'], to: 'objected', who: ALL_LEAD },
  taskStarted: { from: ['accepted', 'blocked', 'returned'], to: 'inProgress', who: ALL_LEAD },
  taskBlocked: { from: ['inProgress'], to: 'blocked', who: ALL_LEAD },
  taskProgress: { from: ['inProgress', 'blocked'], to: 'same', who: ALL_LEAD },
  taskSubmitted: { from: ['inProgress'], to: 'submitted', who: ALL_LEAD },
  taskClosed: { from: ['submitted'], to: 'closed', who: VERIFIERS },
  taskReturned: { from: ['submitted'], to: 'returned', who: VERIFIERS },
  taskCancelled: { from: OPEN, to: 'cancelled', who: HOSTS },
  taskReopened: { from: ['closed'], to: 'inProgress', who: HOSTS },
};

const EVENTS: Record<TaskEventType, TaskEvent> = {
  taskAccepted: { taskId: 't', type: 'taskAccepted' },
  taskObjected: { taskId: 't', type: 'taskObjected', reason: '不属本单位职责' },
  taskStarted: { taskId: 't', type: 'taskStarted' },
  taskBlocked: { taskId: 't', type: 'taskBlocked', reason: '等待审批' },
  taskProgress: { taskId: 't', type: 'taskProgress', percent: 50, note: '过半' },
  taskSubmitted: { taskId: 't', type: 'taskSubmitted', evidence: ['回单'] },
  taskClosed: { taskId: 't', type: 'taskClosed' },
  taskReturned: { taskId: 't', type: 'taskReturned', reason: '缺回单' },
  taskCancelled: { taskId: 't', type: 'taskCancelled', reason: '情势变化' },
  taskReopened: { taskId: 't', type: 'taskReopened', reason: '回头看未到位' },
};

/** The shortest lawful way to each state. */
const WAY: Record<TaskState, [string, TaskEventType][]> = {
  planned: [],
  accepted: [['lead', 'taskAccepted']],
  objected: [['lead', 'taskObjected']],
  inProgress: [
    ['lead', 'taskAccepted'],
    ['lead', 'taskStarted'],
  ],
  blocked: [
    ['lead', 'taskAccepted'],
    ['lead', 'taskStarted'],
    ['lead', 'taskBlocked'],
  ],
  submitted: [
    ['lead', 'taskAccepted'],
    ['lead', 'taskStarted'],
    ['lead', 'taskSubmitted'],
  ],
  returned: [
    ['lead', 'taskAccepted'],
    ['lead', 'taskStarted'],
    ['lead', 'taskSubmitted'],
    ['other', 'taskReturned'],
  ],
  closed: [
    ['lead', 'taskAccepted'],
    ['lead', 'taskStarted'],
    ['lead', 'taskSubmitted'],
    ['other', 'taskClosed'],
  ],
  cancelled: [['host', 'taskCancelled']],
};

const TYPES = Object.keys(TRUTH) as TaskEventType[];
const byId = new Map<string, ActingMember>(Object.entries(MEMBERS));
const context = { memberById: (id: string) => byId.get(id), leadAgencyByTask: () => ['leadAgency'] };

function logOf(steps: readonly [string, TaskEventType][]): LoggedEvent<TaskEvent>[] {
  return steps.map(([personId, type], n) => ({
    personId,
    ulid: makeUlid(n, (count) => new Uint8Array(count)),
    atMs: n,
    value: EVENTS[type],
  }));
}
const readingOf = (steps: readonly [string, TaskEventType][]) => taskStates(logOf(steps), context).get('t');

describe('the life of a task', () => {
  for (const type of TYPES) {
    it(`${type} does from every state and by everybody what the table says`, () => {
      for (const state of TASK_STATES) {
        for (const [personId, acting] of byId) {
          const rule = TRUTH[type];
          const isAllowed = rule.from.includes(state) && rule.who.includes(personId);
          const wanted = isAllowed && rule.to !== 'same' ? rule.to : state;
          const before = readingOf(WAY[state]);
          expect(before?.state ?? 'planned').toBe(state);
          const after = readingOf([...WAY[state], [personId, type]]);
          expect(after?.state, `${state} ${personId}`).toBe(wanted);
          expect(after?.ignored.length, `${state} ${personId}`).toBe(isAllowed ? 0 : 1);
          const standing = { leadAgencyIds: ['leadAgency'], state, submittedBy: before?.submittedBy ?? null };
          expect(canDoTaskEvent(acting, standing, type)).toBe(isAllowed);
        }
      }
    });
  }

  it('keeps four eyes: nobody strikes off what they submitted themselves, not even the host', () => {
    const steps: [string, TaskEventType][] = [
      ['lead', 'taskAccepted'],
      ['lead', 'taskStarted'],
      ['leadHost', 'taskSubmitted'],
      ['leadHost', 'taskClosed'],
      ['lead', 'taskClosed'],
    ];
    const reading = readingOf(steps);
    expect(reading?.state).toBe('submitted');
    expect(reading?.ignored.map(({ reason }) => reason)).toEqual(['not-verifier', 'not-verifier']);
  });

  it('says why something may not be done', () => {
    const task = { leadAgencyIds: ['leadAgency'], state: 'planned', submittedBy: null } as const;
    expect(taskRefusal(undefined, task, 'taskAccepted')).toBe('not-a-member');
    expect(taskRefusal(MEMBERS.reviewer, task, 'taskAccepted')).toBe('read-only-role');
    expect(taskRefusal(MEMBERS.other, task, 'taskAccepted')).toBe('not-lead-agency');
    expect(taskRefusal(MEMBERS.other, task, 'taskCancelled')).toBe('not-host');
    expect(taskRefusal(MEMBERS.lead, task, 'taskClosed')).toBe('wrong-state');
  });

  it('keeps percent, last word, evidence and who struck it off', () => {
    const reading = readingOf([
      ['lead', 'taskAccepted'],
      ['lead', 'taskStarted'],
      ['lead', 'taskProgress'],
      ['lead', 'taskSubmitted'],
      ['other', 'taskReturned'],
      ['lead', 'taskStarted'],
      ['lead', 'taskSubmitted'],
      ['host', 'taskClosed'],
    ]);
    expect(reading).toMatchObject({ percent: 50, lastNote: '缺回单', evidence: ['回单'], closedBy: 'host' });
    expect(reading?.history).toHaveLength(8);
  });

  for (const seed of [61, 62, 63, 64, 65, 66]) {
    it(`[V2] is read the same whatever order, lateness and repetition the events come in (seed ${seed})`, () => {
      const random = randomFrom(seed);
      const docs = [...byId.keys()].map((personId) => ({ personId, doc: new Y.Doc() }));
      for (let n = 0; n < 60; n++) {
        const { personId, doc } = random.pick(docs);
        const ulid = makeUlid(random.int(40), (count) => Uint8Array.from({ length: count }, () => random.int(256)));
        appendEvent(doc.getMap('events'), personId, ulid, EVENTS[random.pick(TYPES)]);
      }
      const updates = docs.map(({ doc }) => Y.encodeStateAsUpdate(doc));
      const readings = [1, 2, 3].map(() => {
        const doc = new Y.Doc();
        const queue = [...updates, ...updates];
        while (queue.length > 0) {
          const [update] = queue.splice(random.int(queue.length), 1);
          if (update) Y.applyUpdate(doc, update);
        }
        return taskStates(readEvents(doc.getMap('events'), taskEventSchema).events, context);
      });
      expect(readings[1]).toEqual(readings[0]);
      expect(readings[2]).toEqual(readings[0]);
      const task = readings[0]?.get('t');
      expect((task?.history.length ?? 0) + (task?.ignored.length ?? 0)).toBe(60);
    });
  }

  it('is overdue only after the deadline and while it is not done', () => {
    expect(isOverdue('2026-11-22', 'inProgress', '2026-11-22')).toBe(false);
    expect(isOverdue('2026-11-21', 'inProgress', '2026-11-22')).toBe(true);
    expect(isOverdue('2026-11-21', 'closed', '2026-11-22')).toBe(false);
    expect(isOverdue(null, 'planned', '2026-11-22')).toBe(false);
  });
});
