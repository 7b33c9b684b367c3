/** Held changes on their way into a document: their words, and how these are added as the writing of whoever adds them. */
import { toBase64 } from 'lib0/buffer';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { addAsComments, addToText, commentTexts } from '../../../client/features/held/add-held.ts';
import { heldEffect } from '../../../client/features/held/held-effect.ts';
import { appendEvent, readEvents } from '../../../shared/events/event-log.ts';
import { MAX_COMMENT_LENGTH, reviewEventSchema } from '../../../shared/events/review-events.ts';
import { setRegister } from '../../../shared/fields/register.ts';
import { blockToText, readProse } from '../../../shared/prose/read-prose.ts';
import { blockKeys, proseText } from '../../../shared/prose/roots.ts';
import { writeInitialProse } from '../../../shared/prose/write-initial-prose.ts';
import { EVENTS_ROOT } from '../../../shared/rooms.ts';

const HELD = '00000000-0000-4000-8000-0000000000a1';
const OTHER = '00000000-0000-4000-8000-0000000000a2';
const LIN = '5e2d0a10-0047-4000-8000-000000000001';

function ids(): () => string {
  let n = 0;
  return () => `00000000-0000-4000-8000-${String(++n).padStart(12, '0')}`;
}

describe('the words of a held change', () => {
  const since = (doc: Y.Doc, known: Uint8Array) => heldEffect(toBase64(Y.encodeStateAsUpdate(doc, known)), null)?.lines;

  it('are what was written after the state the relay knows, without what it builds on', () => {
    const doc = new Y.Doc();
    const prose = doc.getText('prose');
    prose.insert(0, '已有的话');
    const known = Y.encodeStateVector(doc);
    prose.insert(4, '，离线时补的话');
    const by = { by: 'he', atMs: 1 };
    setRegister(doc.getMap('fields'), { recordId: 'header', field: 'place', value: '村委会', rev: 'r', ...by });
    setRegister(doc.getMap('tasks'), { recordId: 't1', field: 'order', value: 'a0', rev: 'q', ...by });
    expect(since(doc, known)).toEqual(['，离线时补的话', '村委会']);
  });

  it('stand apart when they were written in different places, and together when a field was filled in between', () => {
    const doc = new Y.Doc();
    const prose = doc.getText('prose');
    prose.insert(0, '第一段。第二段。');
    const known = Y.encodeStateVector(doc);
    prose.insert(4, '补一。');
    prose.insert(prose.length, '补');
    doc.getMap('blocks').set('b/kind', 'h1');
    prose.insert(prose.length, '二。');
    expect(since(doc, known)).toEqual(['补一。', '补二。']);
  });

  it('are read in comments and in facts about tasks too', () => {
    const doc = new Y.Doc();
    const map = doc.getMap(EVENTS_ROOT);
    const ulid = (n: number) => `01ARZ3NDEKTSV4RRFFQ69G5FA${n}`;
    appendEvent(map, LIN, ulid(1), { type: 'comment', text: '请核对数额', anchor: { of: 'document' } });
    appendEvent(map, LIN, ulid(2), { type: 'taskProgress', taskId: 't', percent: 50, note: '已联系' });
    appendEvent(map, LIN, ulid(3), { type: 'taskSubmitted', taskId: 't', evidence: ['收据', '照片'] });
    expect([...(since(doc, Y.encodeStateVector(new Y.Doc())) ?? [])].sort()).toEqual(
      ['已联系', '收据', '照片', '请核对数额'].sort(),
    );
  });

  it('are none for a deletion, and unreadable bytes are said to be so', () => {
    const doc = new Y.Doc();
    doc.getText('prose').insert(0, '话');
    const known = Y.encodeStateVector(doc);
    doc.getText('prose').delete(0, 1);
    expect(since(doc, known)).toEqual([]);
    expect(heldEffect(toBase64(new Uint8Array([9, 9, 9])), null)).toBeNull();
  });
});

describe('adding them', () => {
  const heading = '补记（林晓舟加入）：以下为何志远所写';

  it('[H2] puts them behind the text, once, with a line that says whose they are', () => {
    const doc = new Y.Doc();
    const newId = ids();
    writeInitialProse(doc, [{ kind: 'h1', content: '标题' }, { content: '最后一段' }], { newBlockId: newId });
    for (const held of [HELD, OTHER, HELD]) {
      addToText(doc, { heldId: held, heading, lines: ['一句', '又一句'] }, newId);
    }
    const blocks = readProse(proseText(doc), blockKeys(doc));
    const added = [
      ['p', heading],
      ['quote', '一句'],
      ['quote', '又一句'],
    ];
    expect(blocks.map((block) => [block.kind, blockToText(block)])).toEqual([
      ['h1', '标题'],
      ['p', '最后一段'],
      ...added,
      ...added,
    ]);
    expect(blocks.every(({ stray }) => !stray)).toBe(true);
  });

  it('[H2] makes them one comment on the document, once for each person, or as many as their length needs', () => {
    const doc = new Y.Doc();
    const author = { personId: LIN, nowMs: 1_800_000_000_000, randomBytes: (count: number) => new Uint8Array(count) };
    const headingOf = (part: number, parts: number) => `${heading}（${part}/${parts}）`;
    const short = commentTexts(['一句', '又一句'], headingOf);
    expect(short).toEqual([`${heading}（1/1）\n一句\n又一句`]);
    const long = commentTexts(['头', '字'.repeat(MAX_COMMENT_LENGTH), '🖋'.repeat(100), '尾'], headingOf);
    expect(long.length).toBe(3);
    const words = long.map((text) => text.slice(text.indexOf('\n') + 1).replaceAll('\n', '')).join('');
    expect(words).toBe(`头${'字'.repeat(MAX_COMMENT_LENGTH)}${'🖋'.repeat(100)}尾`);
    for (const [heldId, texts] of [
      [HELD, short],
      [OTHER, long],
      [HELD, short],
    ] as const) {
      addAsComments(doc, { heldId, texts }, author);
    }
    const { events, invalid } = readEvents(doc.getMap(EVENTS_ROOT), reviewEventSchema);
    expect(invalid).toEqual([]);
    expect(events.map(({ personId, value }) => [personId, value.type === 'comment' && value.text])).toEqual(
      [...short, ...long].map((text) => [LIN, text]),
    );
  });
});
