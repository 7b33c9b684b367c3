/**
 * A document as a newer version of the program might leave it: beside everything that this version knows, keys, values,
 * rows, texts, roots and events that it does not. Each of them is listed with how to read it, so that a test can say after
 * any act that it is there as it was.
 */
import * as Y from 'yjs';
import { appendEvent } from '../../../shared/events/event-log.ts';
import { createRecord } from '../../../shared/fields/records.ts';
import { setRegister } from '../../../shared/fields/register.ts';
import { type DocumentKindSpec, type FieldSpec, HEADER_RECORD } from '../../../shared/kinds/kind.ts';
import { writeInitialProse } from '../../../shared/prose/write-initial-prose.ts';
import { BODY_ROOTS, EVENTS_ROOT, textRoot } from '../../../shared/rooms.ts';

const NEWER = 'newer';
/** Rows of each table of the kind: this one is edited, this one deleted. */
export const EDITED = '00000000-0000-4000-8000-00000000000e';
export const DELETED = '00000000-0000-4000-8000-00000000000d';
export const LIN = 'lin-xiaozhou-personid';

/** A piece of the document that this version does not understand. */
export interface Foreign {
  readonly name: string;
  /** As plain data, from any copy of the document. */
  readonly read: (doc: Y.Doc) => unknown;
  readonly was: unknown;
}

/** The tables of a kind with their columns. */
export function tablesOf(spec: DocumentKindSpec): [root: string, columns: readonly FieldSpec[]][] {
  return [
    ...(spec.tasks === undefined ? [] : [[BODY_ROOTS.tasks, spec.tasks] as [string, readonly FieldSpec[]]]),
    ...Object.entries(spec.records ?? {}),
  ];
}

/** A value that fits the field, another for each `n`. */
export function valueFor(spec: FieldSpec, n: number) {
  switch (spec.input) {
    case 'date':
      return `2026-11-${String((n % 27) + 1).padStart(2, '0')}`;
    case 'dateTime':
      return `2026-11-${String((n % 27) + 1).padStart(2, '0')}T09:30`;
    case 'choice':
      return spec.options?.[n % spec.options.length]?.id ?? '';
    case 'people':
    case 'agencies':
    case 'textList':
      return [`甲${n}`, `乙${n}`];
    default:
      return `值${n}`;
  }
}

/** The body of a document of this kind, as the newer version has it. */
export function newerBody(spec: DocumentKindSpec): { doc: Y.Doc; foreign: Foreign[] } {
  const doc = new Y.Doc();
  doc.clientID = 7;
  const foreign: Foreign[] = [];
  let n = 0;
  const at = () => ({ by: NEWER, atMs: ++n, newRev: () => `new${++n}` });
  const keep = (name: string, read: Foreign['read']) => foreign.push({ name, read, was: read(doc) });

  /** Puts one entry into a map and keeps it in view. */
  const put = (root: string, key: string, value: unknown) => {
    doc.getMap(root).set(key, value);
    keep(`${root} ${key}`, (copy) => copy.getMap(root).get(key));
  };
  const register = (v: unknown) => ({ v, by: NEWER, at: ++n });

  /** What a newer version puts into any record, whether or not this version knows the record. */
  const fill = (root: string, recordId: string, columns: readonly FieldSpec[]) => {
    put(root, `${recordId}/urgency/n1`, register('高'));
    put(root, `${recordId}/urgency/n2`, register('低'));
    put(root, `${recordId}/venue/n3`, register({ hall: '三楼', seats: [1, 2] }));
    put(root, `${recordId}/schedule/n4/part`, register('x'));
    put(root, `${recordId}/bare/n5`, 'no register at all');
    for (const spec of columns) {
      // A known field in a form that this version cannot read, beside one that it can and everybody still sees.
      put(root, `${recordId}/${spec.id}/n6`, { v: { rich: [spec.id] }, by: NEWER, at: 1 });
      put(root, `${recordId}/${spec.id}/n7/deep`, { v: 'x', by: NEWER, at: 1 });
    }
    const text = doc.getText(textRoot(recordId, 'appendix'));
    text.insert(0, '附件', { bold: { weight: 900 } });
    text.insertEmbed(1, { chart: [1] });
    keep(`text ${recordId} appendix`, (copy) => copy.getText(textRoot(recordId, 'appendix')).toDelta());
  };

  doc.transact(() => {
    writeInitialProse(doc, [{ content: '甲乙丙' }, { content: '丁戊己' }], { newBlockId: () => `b${++n}` });
    put(BODY_ROOTS.blocks, 'b1/tone', { level: 3 });
    put(BODY_ROOTS.blocks, 'elsewhere', 5);

    const header = doc.getMap(BODY_ROOTS.fields);
    fill(BODY_ROOTS.fields, HEADER_RECORD, spec.fields);
    fill(BODY_ROOTS.fields, 'second-header', []);
    put(BODY_ROOTS.fields, 'loose', { any: 'thing' });
    for (const each of spec.fields) {
      if (each.input === 'longText') {
        doc.getText(textRoot(HEADER_RECORD, each.id)).insert(0, '原文');
        continue;
      }
      const key = { recordId: HEADER_RECORD, field: each.id, by: NEWER, atMs: ++n };
      setRegister(header, { ...key, value: valueFor(each, 0), rev: `h${each.id}` });
    }
    for (const [root, columns] of tablesOf(spec)) {
      const map = doc.getMap(root);
      for (const recordId of [EDITED, DELETED]) {
        const values = Object.fromEntries(
          columns.flatMap((each) => (each.input === 'longText' ? [] : [[each.id, valueFor(each, 0)]])),
        );
        createRecord(map, { recordId, values }, at());
        fill(root, recordId, columns);
      }
      put(root, 'loose', [1, 2, 3]);
    }

    // Roots of a newer version, one of each type, and known ones that are not of this kind.
    put('timeline', 'r1/what/n1', register('x'));
    doc.getArray('ledger').push([{ n: 1 }, 'two']);
    keep('ledger', (copy) => copy.getArray('ledger').toJSON());
    doc.getText('summary').insert(0, '摘要', { italic: true });
    keep('summary', (copy) => copy.getText('summary').toDelta());
    doc.getXmlFragment('tree').insert(0, [new Y.XmlElement('annex')]);
    keep('tree', (copy) => copy.getXmlFragment('tree').toString());
    for (const root of Object.values(BODY_ROOTS)) {
      const isOfKind = tablesOf(spec).some(([known]) => known === root);
      if (!isOfKind && !['prose', 'blocks', 'fields'].includes(root)) put(root, 'r1/what/n1', register('x'));
    }
  });
  return { doc, foreign: foreign.map((each) => ({ ...each, was: each.read(doc) })) };
}

const ulid = (n: number) => `01KAZZZZZZZZZZZZZZZZZZZZ${String(n).padStart(2, '0')}`;
const quote = { exact: '甲', prefix: '', suffix: '' };
const unit = { client: 7, clock: 1, era: 2 };

/** A comment, with what this version does not know of in it. */
export const COMMENT_KEY = `${LIN}/${ulid(1)}`;
export const PROPOSAL_KEY = `${NEWER}-person-of-a-newer-version/${ulid(2)}`;

const REVIEW_EVENTS: Readonly<Record<string, object>> = {
  [COMMENT_KEY]: {
    type: 'comment',
    anchor: { of: 'prose', first: unit, last: unit, blockId: 'b1', quote: { ...quote, lang: 'zh' }, side: 'left' },
    text: '请核对',
    mentions: [],
    isBlocking: false,
    mood: { calm: true },
  },
  [PROPOSAL_KEY]: { type: 'proposal', replaces: '甲', with: '乙' },
  // Of this version, about something that is not.
  [`${LIN}/${ulid(3)}`]: { type: 'reply', threadId: PROPOSAL_KEY, text: '同意', mentions: [] },
  [`${LIN}/${ulid(4)}`]: {
    type: 'comment',
    anchor: { of: 'grid', cells: [1] },
    text: 'x',
    mentions: [],
    isBlocking: false,
  },
};

const WORK_EVENTS: Readonly<Record<string, object>> = {
  [`${LIN}/${ulid(1)}`]: { type: 'taskAccepted', taskId: EDITED, note: { length: 3 } },
  [`${LIN}/${ulid(2)}`]: { type: 'taskSuspended', taskId: EDITED, until: '2026-12-01' },
  [`${LIN}/${ulid(3)}/part`]: { type: 'taskStarted', taskId: EDITED },
  readBack: { by: LIN },
};

/** The log of a review or work room as the newer version has it; everything in it is to stay. */
export function newerLog(room: 'review' | 'work'): { doc: Y.Doc; foreign: Foreign[] } {
  const doc = new Y.Doc();
  doc.clientID = 8;
  const events = room === 'review' ? REVIEW_EVENTS : WORK_EVENTS;
  const log = doc.getMap(EVENTS_ROOT);
  doc.transact(() => {
    for (const [key, value] of Object.entries(events)) {
      const [personId = '', rest = ''] = [key.split('/')[0], key.slice(key.indexOf('/') + 1)];
      if (key.includes('/')) appendEvent(log, personId, rest, value);
      else log.set(key, value);
    }
    doc.getMap('votes').set('x', 1);
  });
  const foreign = Object.keys(events).map((key) => {
    const read = (copy: Y.Doc) => copy.getMap(EVENTS_ROOT).get(key);
    return { name: `${room} ${key}`, read, was: read(doc) };
  });
  const votes = (copy: Y.Doc) => copy.getMap('votes').get('x');
  return { doc, foreign: [...foreign, { name: `${room} votes`, read: votes, was: 1 }] };
}

/** What of the foreign parts is not as it was. Read from a copy, so that looking changes nothing. */
export function changedOf(doc: Y.Doc, foreign: readonly Foreign[]): { name: string; was: unknown; is: unknown }[] {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return foreign.flatMap(({ name, read, was }) => {
    const is = read(copy);
    return JSON.stringify(is) === JSON.stringify(was) ? [] : [{ name, was, is }];
  });
}
