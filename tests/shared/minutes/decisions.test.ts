import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { recordLinkToValue, valueToRecordLink } from '../../../shared/fields/record-link.ts';
import { createRecord, readRecords } from '../../../shared/fields/records.ts';
import { uuidOfName, uuidSchema } from '../../../shared/ids.ts';
import { decisionIdOf, findDecision, readDecisions, taskIdOf } from '../../../shared/minutes/decisions.ts';
import { proseText } from '../../../shared/prose/roots.ts';
import { type InitialBlock, writeInitialProse } from '../../../shared/prose/write-initial-prose.ts';
import { BODY_ROOTS } from '../../../shared/rooms.ts';

const MINUTES = '5e2d0a10-0d00-4000-8000-000000000002';
const PLAN = '5e2d0a10-0d00-4000-8000-000000000003';

function prose(blocks: InitialBlock[]): Y.Doc {
  const doc = new Y.Doc();
  let ids = 0;
  writeInitialProse(doc, blocks, { newBlockId: () => `b${ids++}` });
  return doc;
}

const json = (relative: Y.RelativePosition) => JSON.stringify(Y.relativePositionToJSON(relative));

/** The anchor of the one place where the words stand, as the editor makes it. */
function anchor(doc: Y.Doc, words: string) {
  const text = proseText(doc);
  const at = text.toString().indexOf(words);
  // Embeds are no characters of `toString`: one marker per block before it.
  const lines = text.toString().slice(0, at).split('\n').length;
  const from = Y.createRelativePositionFromTypeIndex(text, at + lines, 0);
  const to = Y.createRelativePositionFromTypeIndex(text, at + lines + words.length, -1);
  return { words, blockId: null, from: json(from), to: json(to), start: from };
}

describe('the sentence of a decision', () => {
  it('is found by its block and its words, as seeded data has them, also across a mention', () => {
    const mention = { mention: { kind: 'agency', id: 'a', label: '县住建局' } } as const;
    const doc = prose([{ content: '照旧。' }, { content: ['（二）照旧。', mention, '负责督促专用账户拨付。'] }]);
    const place = findDecision(doc, {
      words: '照旧。县住建局负责督促专用账户拨付。',
      blockId: 'b1',
      from: null,
      to: null,
    });
    expect(place?.words).toBe('照旧。县住建局负责督促专用账户拨付。');
    // O照旧。C O（二）照旧。@负责…C: the mention is one unit.
    expect([place?.from, place?.to]).toEqual([9, 9 + 3 + 1 + 11]);
    expect(findDecision(doc, { words: '照旧。', blockId: 'b1', from: null, to: null })?.from).toBe(9);
  });

  it('is found elsewhere when its block is gone and the words stand in one place only', () => {
    const doc = prose([{ content: '各方同意。' }, { content: '由县人社局核对到人。' }]);
    expect(findDecision(doc, { words: '核对到人', blockId: 'gone', from: null, to: null })).not.toBeNull();
    const twice = prose([{ content: '同意。' }, { content: '同意。' }]);
    expect(findDecision(twice, { words: '同意。', blockId: 'gone', from: null, to: null })).toBeNull();
  });

  it('follows its words while people write before, after and inside it', () => {
    const doc = prose([{ content: '会议认为可行。由县住建局督促拨付。' }]);
    const decision = anchor(doc, '由县住建局督促拨付。');
    const text = proseText(doc);
    text.insert(1, '经讨论，');
    text.insert(text.toString().indexOf('督促') + 1, '10月23日前');
    text.insert(text.length - 1, '散会。');
    expect(findDecision(doc, decision)?.words).toBe('由县住建局10月23日前督促拨付。');
  });

  it('is not there any more when it was deleted, and keeps what it said', () => {
    const doc = prose([{ content: '会议认为可行。由县住建局督促拨付。' }]);
    const decision = anchor(doc, '由县住建局督促拨付。');
    proseText(doc).delete(1 + '会议认为可行。'.length, '由县住建局督促拨付。'.length);
    expect(findDecision(doc, decision)).toBeNull();
    expect(decision.words).toBe('由县住建局督促拨付。');
  });

  it('is not found through positions that are none', () => {
    const doc = prose([{ content: '甲。' }]);
    for (const from of ['', 'x', '{}', '{"item":{"client":7,"clock":9}}', 'null'])
      expect(findDecision(doc, { words: '', blockId: null, from, to: from })).toBeNull();
  });
});

describe('the ids of a decision and its task', () => {
  it('follow from the sentence, so that two people who decide it at once make one record and one task', () => {
    const a = prose([{ content: '由县住建局督促拨付。' }]);
    const b = new Y.Doc();
    Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
    const mine = decisionIdOf(MINUTES, anchor(a, '由县住建局督促拨付。').start);
    const theirs = decisionIdOf(MINUTES, anchor(b, '由县住建局督促拨付。').start);
    expect(mine).toBe(theirs);
    expect(uuidSchema.safeParse(mine).success).toBe(true);
    expect(decisionIdOf(PLAN, anchor(a, '由').start)).not.toBe(mine);
    expect(taskIdOf({ documentId: MINUTES, recordId: mine })).toBe(taskIdOf({ documentId: MINUTES, recordId: theirs }));
    expect(taskIdOf({ documentId: MINUTES, recordId: mine })).not.toBe(mine);
  });

  it('are uuids of a name, the same everywhere', () => {
    expect(uuidOfName('')).toBe('e3b0c442-98fc-8c14-9afb-f4c8996fb924');
  });
});

it('a decision is read with its number, its dissent and its task; a link that is none is passed over', () => {
  const doc = new Y.Doc();
  const task = recordLinkToValue({ documentId: PLAN, recordId: MINUTES });
  const context = { by: 'qin', atMs: 1, newRev: () => `r${Math.random()}` };
  const map = doc.getMap(BODY_ROOTS.decisions);
  doc.transact(() => {
    createRecord(map, { recordId: 'd1', values: { words: '甲。', block: 'b0', task } }, context);
    createRecord(map, { recordId: 'd2', values: { words: '乙。', dissent: '县总工会保留', task: 'x/y' } }, context);
  });
  expect(readDecisions(readRecords(map)).map(({ record: _, ...decision }) => decision)).toEqual([
    {
      decisionId: 'd1',
      number: 1,
      words: '甲。',
      blockId: 'b0',
      from: null,
      to: null,
      dissent: '',
      tasks: [{ documentId: PLAN, recordId: MINUTES }],
    },
    {
      decisionId: 'd2',
      number: 2,
      words: '乙。',
      blockId: null,
      from: null,
      to: null,
      dissent: '县总工会保留',
      tasks: [],
    },
  ]);
  expect(valueToRecordLink(`${PLAN}/${MINUTES}/x`)).toBeNull();
});
