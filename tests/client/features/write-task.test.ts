/** A decision becomes a task of the plan: offline, once however often it is done, and not where one may not write. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { isWrittenTwice, keepOneCopy, writeTask } from '../../../client/features/document/minutes/write-task.ts';
import { createDocument } from '../../../client/replica/create-document.ts';
import { plainKeys } from '../../../client/replica/envelope.ts';
import { openLocalStore } from '../../../client/replica/local-store.ts';
import { openSession } from '../../../client/replica/person-session.ts';
import { whenLoaded } from '../../../client/replica/when-loaded.ts';
import { deleteRecord, liveRecords, readRecords } from '../../../shared/fields/records.ts';
import { newestValue } from '../../../shared/fields/register.ts';
import { taskIdOf } from '../../../shared/minutes/decisions.ts';
import { ORIGIN } from '../../../shared/origins.ts';
import { BODY_ROOTS, textRoot } from '../../../shared/rooms.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { createBrowser } from '../../support/node-browser.ts';

const PLAN = '00000000-0000-4000-8000-000000000001';
const MINUTES = '00000000-0000-4000-8000-000000000002';
const DECISION = { documentId: MINUTES, recordId: '00000000-0000-4000-8000-000000000003' };
const AGENCY = '00000000-0000-4000-8000-0000000000bb';
const task = {
  problem: '账目不清',
  measure: '核对到人',
  lead: AGENCY,
  supporting: ['总包单位'],
  owner: null,
  due: '2026-10-23',
};
const me = {
  person: { personId: '00000000-0000-4000-8000-0000000000aa', name: '甲', agencyIds: [AGENCY], isAdministrator: false },
  agencies: [],
  generation: 'g',
};

async function offline() {
  const clock = createFakeClock();
  const browser = createBrowser({ origin: 'http://concord.example', clock });
  browser.setOnline(false);
  const environment = browser.page();
  const store = openLocalStore('test', plainKeys, environment);
  const session = await openSession({
    me,
    store,
    environment,
    onMe: () => {},
    onWaiting: () => {},
    lost: null,
    onSignOut: async () => {},
  });
  let ids = 0;
  return {
    session,
    environment: { now: () => 1, uuid: () => `00000000-0000-4000-9000-${String(++ids).padStart(12, '0')}` },
  };
}

async function withPlan() {
  const { session, environment } = await offline();
  await createDocument(session, environment, {
    documentId: PLAN,
    caseId: MINUTES,
    kind: 'actionPlan',
    title: '联合化解方案',
    audience: 'joint',
    audienceAgencyId: AGENCY,
    language: 'zh-CN',
  });
  return { session, environment };
}

describe('a task made of a decision', () => {
  it('stands in the plan with everything that was confirmed and its way back, without a network', async () => {
    const { session, environment } = await withPlan();
    const outcome = await writeTask({ session, planId: PLAN, decision: DECISION, task, environment });
    expect(outcome).toBe('done');
    const { doc } = session.openDocument(PLAN).rooms.body;
    const [record, ...more] = liveRecords(readRecords(doc.getMap(BODY_ROOTS.tasks)));
    expect(more).toEqual([]);
    expect(record?.recordId).toBe(taskIdOf(DECISION));
    const read = (field: string) => newestValue(record?.fields.get(field) ?? []);
    expect(['leadAgency', 'supportingAgencies', 'owner', 'due', 'source'].map(read)).toEqual([
      AGENCY,
      ['总包单位'],
      undefined,
      '2026-10-23',
      `${MINUTES}/${DECISION.recordId}`,
    ]);
    expect(doc.getText(textRoot(taskIdOf(DECISION), 'measure')).toString()).toBe('核对到人');
    await session.close();
  });

  it('is one task however often it is made, as its people have it by then, and comes back when it was deleted', async () => {
    const { session, environment } = await withPlan();
    const make = (measure: string) =>
      writeTask({ session, planId: PLAN, decision: DECISION, task: { ...task, measure }, environment });
    await make('核对到人');
    await make('别的');
    const { doc } = session.openDocument(PLAN).rooms.body;
    const tasks = doc.getMap(BODY_ROOTS.tasks);
    expect(liveRecords(readRecords(tasks))).toHaveLength(1);
    expect(doc.getText(textRoot(taskIdOf(DECISION), 'measure')).toString()).toBe('核对到人');
    const taskId = taskIdOf(DECISION);
    doc.transact(() => deleteRecord(tasks, taskId, { by: 'a', atMs: 2, newRev: () => 'deleted' }));
    expect(liveRecords(readRecords(tasks))).toHaveLength(0);
    await make('再来');
    expect(liveRecords(readRecords(tasks)).map(({ recordId }) => recordId)).toEqual([taskId]);
    await session.close();
  });

  it('made by two people who did not see each other is one task whose words can be brought back to one copy', async () => {
    const { session, environment } = await withPlan();
    const { doc } = session.openDocument(PLAN).rooms.body;
    const before = Y.encodeStateAsUpdate(doc);
    const taskId = taskIdOf(DECISION);
    const longer = { ...task, measure: '督促总包启用专用账户' };
    await writeTask({ session, planId: PLAN, decision: DECISION, task: longer, environment });
    expect(isWrittenTwice(doc, taskId)).toBe(false);
    const colleague = await offline();
    const { doc: theirs } = colleague.session.openDocument(PLAN).rooms.body;
    await whenLoaded(colleague.session.openDocument(PLAN).rooms.body);
    Y.applyUpdate(theirs, before, ORIGIN.connection);
    theirs.transact(() => theirs.getText(textRoot(taskId, 'measure')).insert(0, longer.measure), ORIGIN.model);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(theirs), ORIGIN.connection);
    expect(isWrittenTwice(doc, taskId)).toBe(true);
    await keepOneCopy(session, { documentId: PLAN, recordId: taskId });
    expect(doc.getText(textRoot(taskId, 'measure')).toString()).toBe(longer.measure);
    await keepOneCopy(session, { documentId: PLAN, recordId: taskId });
    expect(doc.getText(textRoot(taskId, 'measure')).toString()).toBe(longer.measure);
    await session.close();
    await colleague.session.close();
  });

  it('is not written where nothing of the plan is on this device', async () => {
    const { session, environment } = await offline();
    expect(await writeTask({ session, planId: PLAN, decision: DECISION, task, environment })).toBe('notHere');
    await session.close();
  });
});
