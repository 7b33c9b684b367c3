/**
 * The action plans that decisions of these minutes have become tasks of, kept open and read live while the minutes are
 * shown: the tasks as they stand there, and how far each is. Reads only.
 */
import { useEffect, useState } from 'react';
import type * as Y from 'yjs';
import type { Member } from '../../../../shared/api.ts';
import { readEvents } from '../../../../shared/events/event-log.ts';
import { taskEventSchema } from '../../../../shared/events/task-events.ts';
import { plannedTask, type TaskReading, taskStates } from '../../../../shared/events/task-state.ts';
import { type FieldRecord, liveRecords, readRecords } from '../../../../shared/fields/records.ts';
import { BODY_ROOTS, EVENTS_ROOT } from '../../../../shared/rooms.ts';
import type { PersonSession } from '../../../replica/contract.ts';
import { leadAgencies } from '../use-task-events.ts';
import { isWrittenTwice } from './write-task.ts';

export interface LinkedTask {
  /** From 1, by place in the plan. */
  readonly number: number;
  readonly record: FieldRecord;
  readonly reading: TaskReading;
  /** Its words stand twice: two people made it at once. */
  readonly isTwice: boolean;
}

/** What is known of a task: nothing yet, that it was deleted, or itself. */
type LinkedTaskState = 'unknown' | 'deleted' | LinkedTask;

export type LinkedPlans = ReadonlyMap<string, (taskId: string) => LinkedTaskState>;

/** Read again this long after a change, so that a plan that arrives is read once. */
const SETTLE_MS = 80;

const NO_PLANS: LinkedPlans = new Map();

export function useLinkedPlans(
  session: PersonSession,
  planIds: readonly string[],
  members: readonly Member[],
): LinkedPlans {
  const [plans, setPlans] = useState(NO_PLANS);
  const idsInOneText = [...new Set(planIds)].sort().join(' ');
  useEffect(() => {
    const ids = idsInOneText === '' ? [] : idsInOneText.split(' ');
    const ends = ids.map((planId) =>
      watchPlan(session, planId, members, (taskOf) => setPlans((before) => new Map(before).set(planId, taskOf))),
    );
    return () => {
      for (const end of ends) end();
      setPlans(NO_PLANS);
    };
  }, [session, idsInOneText, members]);
  return plans;
}

/** Tells how to look up a task, now and after every change; returns the end. */
function watchPlan(
  session: PersonSession,
  planId: string,
  members: readonly Member[],
  tell: (taskOf: (taskId: string) => LinkedTaskState) => void,
): () => void {
  let end = () => {};
  const open = () => {
    end();
    const replica = session.openDocument(planId);
    const { doc } = replica.rooms.body;
    const events = replica.rooms.work.doc.getMap(EVENTS_ROOT);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = () => {
      timer = undefined;
      tell(taskLookup(doc, events, members));
    };
    const readSoon = () => {
      timer ??= setTimeout(read, SETTLE_MS);
    };
    const ends = [replica.rooms.body.view.subscribe(readSoon), replica.replaced.subscribe(open)];
    doc.on('update', readSoon);
    events.observe(readSoon);
    end = () => {
      clearTimeout(timer);
      for (const each of ends) each();
      doc.off('update', readSoon);
      events.unobserve(readSoon);
      replica.release();
    };
    read();
  };
  open();
  return () => end();
}

function taskLookup(
  doc: Y.Doc,
  events: Parameters<typeof readEvents>[0],
  members: readonly Member[],
): (taskId: string) => LinkedTaskState {
  const reading = readRecords(doc.getMap(BODY_ROOTS.tasks));
  const memberById = new Map(members.map((member) => [member.personId, member]));
  const states = taskStates(readEvents(events, taskEventSchema).events, {
    memberById: (personId) => memberById.get(personId),
    leadAgencyByTask: (taskId) => leadAgencies(reading.records.get(taskId)),
  });
  const inOrder = liveRecords(reading);
  return (taskId) => {
    const index = inOrder.findIndex(({ recordId }) => recordId === taskId);
    const record = inOrder[index];
    if (record === undefined) return reading.records.has(taskId) ? 'deleted' : 'unknown';
    return {
      number: index + 1,
      record,
      reading: states.get(taskId) ?? plannedTask(taskId, leadAgencies(record)),
      isTwice: isWrittenTwice(doc, taskId),
    };
  };
}
