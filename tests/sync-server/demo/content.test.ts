/** What the loaded demonstration says: every value fits its field, every event counts, sums agree, nobody is named who must not be. */
import { describe, expect, it } from 'vitest';
import { anchoredAt } from '../../../shared/demo/anchored.ts';
import type { DemoCase, DemoDocument } from '../../../shared/demo/demo-types.ts';
import { DEMO_CASES } from '../../../shared/demo/demonstration.ts';
import { property } from '../../../shared/demo/property/case.ts';
import { wageArrears } from '../../../shared/demo/wage-arrears/case.ts';
import { wordsOf } from '../../../shared/demo/writing.ts';
import { readEvents } from '../../../shared/events/event-log.ts';
import { reviewEventSchema } from '../../../shared/events/review-events.ts';
import { taskEventSchema } from '../../../shared/events/task-events.ts';
import type { ActingMember } from '../../../shared/events/task-rules.ts';
import { taskStates } from '../../../shared/events/task-state.ts';
import { readThreads } from '../../../shared/events/threads.ts';
import { readRecordLinks } from '../../../shared/fields/record-link.ts';
import { liveRecords, readRecords } from '../../../shared/fields/records.ts';
import { newestValue } from '../../../shared/fields/register.ts';
import { recordTexts } from '../../../shared/fields/text-cell.ts';
import { TASK_FIELDS } from '../../../shared/kinds/action-plan.ts';
import { KINDS } from '../../../shared/kinds/all-kinds.ts';
import { isValueOfField } from '../../../shared/kinds/field-value.ts';
import { DECISION_FIELDS } from '../../../shared/kinds/joint-minutes.ts';
import { readTitle } from '../../../shared/kinds/title.ts';
import { findDecision, readDecisions } from '../../../shared/minutes/decisions.ts';
import { placeAnchors } from '../../../shared/prose/anchors.ts';
import { blockToText, readProse } from '../../../shared/prose/read-prose.ts';
import { blockKeys, proseText } from '../../../shared/prose/roots.ts';
import { demoLoadedOn, roomOf } from '../../support/demo-doors.ts';

const DAY = '2026-11-22';
const loaded = demoLoadedOn(DAY);
/** Fields of records that are no columns. */
const UNSHOWN = new Set<string>([
  DECISION_FIELDS.words,
  DECISION_FIELDS.block,
  DECISION_FIELDS.task,
  TASK_FIELDS.source,
]);
const documents = DEMO_CASES.flatMap((demo) => demo.documents.map((document) => ({ demo, document })));

describe('what the demonstration holds', () => {
  it('fills every field with a value that its kind can show', async () => {
    const { appends } = await loaded;
    for (const { document } of documents) {
      const body = roomOf(appends, document.documentId, 'body');
      const spec = KINDS[document.kind];
      expect(readTitle(body)).toBe(document.title);
      for (const [root, fields] of [
        ['fields', spec.fields],
        ['tasks', spec.tasks ?? []],
        ...Object.entries(spec.records ?? {}),
      ] as const) {
        const reading = readRecords(body.getMap(root));
        expect(reading.invalid).toEqual([]);
        for (const record of reading.records.values()) {
          for (const [field, values] of record.fields) {
            if (field === 'order' || UNSHOWN.has(field)) continue;
            const fieldSpec = fields.find((each) => each.id === field);
            expect(values).toHaveLength(1);
            expect(fieldSpec && isValueOfField(fieldSpec, values[0]?.value ?? null), `${field}`).toBe(true);
          }
          for (const field of recordTexts(body, record.recordId).keys()) {
            expect(fields.find((each) => each.id === field)?.input).toBe('longText');
          }
        }
      }
    }
  });

  it('has each paragraph once, in order, although several people wrote them', async () => {
    const { appends } = await loaded;
    for (const { demo, document } of documents) {
      const body = roomOf(appends, document.documentId, 'body');
      const blocks = readProse(proseText(body), blockKeys(body));
      const wanted = anchoredAt(document, DAY, demo.language).prose.map(({ kind, content }) => [
        kind,
        wordsOf(content),
      ]);
      expect(blocks.map((block) => [block.kind, blockToText(block)])).toEqual(wanted);
      expect(blocks.filter((block) => block.stray)).toEqual([]);
    }
  });

  it('reports only work that the rules allow, in the past of the day of loading', async () => {
    for (const { demo, document } of documents) {
      const { tasks, events } = await workOf(demo, document);
      expect([...tasks.values()].flatMap((task) => task.ignored)).toEqual([]);
      for (const event of events) expect(event.atMs).toBeLessThan(Date.parse(`${DAY}T00:00:00+08:00`));
    }
  });

  it('shows the wage plan as it stands: seven tasks struck off, one returned on the way, the last under way', async () => {
    const plan = wageArrears.documents.find((document) => document.kind === 'actionPlan');
    if (!plan) throw new Error('no plan');
    const { rows, tasks } = await workOf(wageArrears, plan);
    const readings = rows.map((row) => tasks.get(row.recordId));
    expect(readings.map((task) => task?.state)).toEqual([...Array(7).fill('closed'), 'inProgress']);
    expect(readings.map((task) => task?.percent)).toEqual([100, 100, 100, 100, 100, 100, 100, 60]);
    expect(readings[2]?.history.some(({ value }) => value.type === 'taskReturned')).toBe(true);
    expect(newestValue(rows[7]?.fields.get('due') ?? [])).toBe('2026-12-18');
  });

  it('points from each decision to its sentence of the minutes and to its task, and from the task back', async () => {
    const { appends } = await loaded;
    for (const { document } of documents.filter((each) => each.document.kind === 'jointMinutes')) {
      const body = roomOf(appends, document.documentId, 'body');
      const decisions = readDecisions(readRecords(body.getMap('decisions')));
      expect(decisions).toHaveLength(document.rows?.decisions?.length ?? 0);
      for (const decision of decisions) {
        expect(findDecision(body, decision)?.words).toBe(decision.words);
        for (const { documentId, recordId } of decision.tasks) {
          const rows = readRecords(roomOf(appends, documentId, 'body').getMap('tasks'));
          const sources = readRecordLinks(rows.records.get(recordId)?.fields.get(TASK_FIELDS.source) ?? []);
          expect(sources).toEqual([{ documentId: document.documentId, recordId: decision.decisionId }]);
        }
      }
    }
  });

  it('lets every comment count, at its words or with its quotation, and settles those of the wage dispute', async () => {
    const { appends } = await loaded;
    const gone: string[] = [];
    const open: string[] = [];
    for (const { demo, document } of documents) {
      const log = readEvents(roomOf(appends, document.documentId, 'review').getMap('events'), reviewEventSchema);
      expect(log.invalid).toEqual([]);
      const { threads, ignored } = readThreads(log.events, (personId) => memberOf(demo, personId)?.role ?? null);
      expect(ignored).toEqual([]);
      expect(threads).toHaveLength(document.comments?.length ?? 0);
      const prose = proseText(roomOf(appends, document.documentId, 'body'));
      for (const { anchor, isResolved, comment } of threads) {
        expect(comment.atMs).toBeLessThan(Date.parse(`${DAY}T00:00:00+08:00`));
        if (!isResolved) open.push(demo.title);
        if (anchor.of === 'field') expect(anchor.quote).not.toBe('');
        if (anchor.of !== 'prose') continue;
        const [place] = placeAnchors(prose, [anchor]);
        if (place?.kind === 'words') expect(place.words).toBe(anchor.quote.exact);
        else gone.push(anchor.quote.exact);
      }
    }
    expect(wageArrears.documents.flatMap((document) => document.comments ?? [])).toHaveLength(7);
    expect(new Set(gone)).toEqual(new Set(['一致同意', '工人自愿放弃部分工资', '张贴欠费业主名单']));
    expect(open).toEqual([property.title]);
  });

  it('agrees with itself about every sum of the wage dispute', () => {
    const yuan = (n: number) => `${n.toLocaleString('en')}元`;
    const wages = 341_800 + 152_100 + 104_700;
    const days = (134 + 37) * 300;
    const standstill = 5 * 25 * 300;
    const total = wages + days + standstill / 2;
    expect([wages, days, standstill, total, 400_000 + 268_650]).toEqual([598_600, 51_300, 37_500, 668_650, 668_650]);
    const text = JSON.stringify(wageArrears);
    for (const sum of [wages, days, standstill, standstill / 2, total, 400_000, 268_650]) {
      expect(text).toContain(yuan(sum));
    }
    // By trade: wages, days paid by the day, standing by.
    const [carpenters, fitters, labourers] = [341_800 + 134 * 300, 152_100 + standstill, 104_700 + 37 * 300];
    expect([carpenters, fitters, labourers]).toEqual([382_000, 189_600, 115_800]);
    const disputed = carpenters + fitters + labourers;
    expect([disputed, wages + days + standstill]).toEqual([687_400, 687_400]);
    const known = [
      carpenters,
      fitters,
      labourers,
      disputed,
      341_800,
      152_100,
      104_700,
      wages,
      days,
      standstill,
      standstill / 2,
      total,
      400_000,
      268_650,
      5_000,
    ];
    for (const [, amount] of text.matchAll(/(\d{1,3}(?:,\d{3})+)元/g)) {
      expect(known).toContain(Number(amount?.replace(',', '')));
    }
  });

  it('agrees with itself about the sums and the standing of the property dispute', async () => {
    expect([236_800 - 71_040, 96 * 60]).toEqual([165_760, 5_760]);
    const text = JSON.stringify(property);
    for (const sum of ['236,800元', '71,040元', '165,760元', '5,760元', '98,000元', '412,600元']) {
      expect(text).toContain(sum);
    }
    const plan = property.documents.find((document) => document.kind === 'actionPlan');
    if (!plan) throw new Error('no plan');
    const { rows, tasks } = await workOf(property, plan);
    const states = rows.map((row) => tasks.get(row.recordId)?.state);
    expect(states).toEqual(['closed', 'closed', 'closed', 'inProgress', 'submitted']);
  });

  it('names no party', () => {
    const text = JSON.stringify(DEMO_CASES);
    const names =
      '罗大川 蒋秀梅 马成林 吴兆丰 杜衡 颜青 郭立本 冯屿 川禾 江临第四 云川安禾 澜安 Marlow Ashdown Ivy'.split(' ');
    for (const name of names) expect(text).not.toContain(name);
  });

  it('uses none of the words this program must not know, and no number of a person', () => {
    const text = JSON.stringify(DEMO_CASES);
    const words = '重点人员 稳控 人盯人 五包一 劝返 思想动态 风险评分'.split(' ');
    for (const word of words) expect(text).not.toContain(word);
    expect(text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '').match(/(?<![\d-])(1\d{10}|\d{17}[\dXx])(?!\d)/g)).toBeNull();
  });
});

async function workOf(demo: DemoCase, document: DemoDocument) {
  const { appends } = await loaded;
  const rows = liveRecords(readRecords(roomOf(appends, document.documentId, 'body').getMap('tasks')));
  const leads = new Map(rows.map((row) => [row.recordId, newestValue(row.fields.get('leadAgency') ?? [])]));
  const log = readEvents(roomOf(appends, document.documentId, 'work').getMap('events'), taskEventSchema);
  expect(log.invalid).toEqual([]);
  const tasks = taskStates(log.events, {
    memberById: (personId) => memberOf(demo, personId),
    leadAgencyByTask: (taskId) => [String(leads.get(taskId))],
  });
  return { rows, tasks, events: log.events };
}

function memberOf(demo: DemoCase, personId: string): ActingMember | undefined {
  const person = demo.people.find((each) => each.personId === personId);
  return person?.role ? { ...person, role: person.role } : undefined;
}
