/** What a held change would do, told against the document as it is now, and never as nothing when it is something. */
import { toBase64 } from 'lib0/buffer';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { commentLines, effectWords } from '../../../client/features/held/effect-words.ts';
import { type HeldEffect, heldEffect } from '../../../client/features/held/held-effect.ts';
import { createNames } from '../../../client/fields/names.ts';
import { sayIn } from '../../../client/language/say.ts';
import { appendEvent } from '../../../shared/events/event-log.ts';
import { createRecord, deleteRecord, moveRecord } from '../../../shared/fields/records.ts';
import { type FieldValue, setRegister } from '../../../shared/fields/register.ts';
import { KINDS } from '../../../shared/kinds/all-kinds.ts';
import { HEADER_RECORD } from '../../../shared/kinds/kind.ts';
import { mentionEmbed } from '../../../shared/prose/embeds.ts';
import { readProse } from '../../../shared/prose/read-prose.ts';
import { blockKeys, proseText } from '../../../shared/prose/roots.ts';
import { writeInitialProse } from '../../../shared/prose/write-initial-prose.ts';
import { EVENTS_ROOT, textRoot } from '../../../shared/rooms.ts';
import { type Random, randomFrom } from '../../support/random.ts';

const HE = '5e2d0a10-0047-4000-8000-000000000002';
const LABOUR = '5e2d0a10-0047-4000-8000-0000000000a1';
const TASKS = ['00000000-0000-4000-8000-0000000000b1', '00000000-0000-4000-8000-0000000000b2'] as const;
const NOTHING = { lines: [], deleted: [], changes: [], reformatted: [], unnamed: 0, isCompared: true };

let revs = 0;
const by = (person: string) => ({ by: person, atMs: 1_800_000_000_000 + revs, newRev: () => `${person}-${++revs}` });

function setField(
  map: Y.Map<unknown>,
  recordId: string,
  field: string,
  value: FieldValue,
  author: ReturnType<typeof by>,
) {
  setRegister(map, { recordId, field, value, by: author.by, atMs: author.atMs, rev: author.newRev() });
}

/** A plan as the relay has it: two paragraphs and a heading, two tasks, a header. */
function plan(): Y.Doc {
  const doc = new Y.Doc();
  let n = 0;
  writeInitialProse(
    doc,
    [
      { kind: 'h1', content: '一、基本情况' },
      { content: '三名代表经二十六人签名推选，负责与单位沟通。' },
      { content: '另有两人委托代表乙。' },
    ],
    { newBlockId: () => `block-${++n}` },
  );
  const lin = by('lin');
  doc.transact(() => {
    setField(doc.getMap('fields'), HEADER_RECORD, 'lookBack', '2026-06-01', lin);
    for (const recordId of TASKS) {
      createRecord(doc.getMap('tasks'), { recordId, values: { due: '2026-05-01', leadAgency: LABOUR } }, lin);
      doc.getText(textRoot(recordId, 'measure')).insert(0, '核对工资表，逐人签字确认');
    }
  });
  return doc;
}

/** What somebody writes in a copy of the document, while others may write in the document itself. */
function held(doc: Y.Doc, write: (copy: Y.Doc) => void, meanwhile: (doc: Y.Doc) => void = () => {}): string {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  const known = Y.encodeStateVector(copy);
  copy.transact(() => write(copy));
  meanwhile(doc);
  return toBase64(Y.encodeStateAsUpdate(copy, known));
}

const say = sayIn('zh-CN');
const names = createNames(
  {
    people: [],
    agencies: [{ agencyId: LABOUR, name: '云川县人力资源和社会保障局', shortName: '县人社局', mark: '云人社' }],
  },
  [],
  '不认识的人',
);
const inWords = (doc: Y.Doc, effect: HeldEffect | null) => {
  if (effect === null) throw new Error('unreadable');
  return effectWords(effect, { say, language: 'zh-CN', names, spec: KINDS.actionPlan, body: doc });
};

const placeOf = (doc: Y.Doc, words: string) => {
  let place = 0;
  for (const { insert } of proseText(doc).toDelta() as { insert: unknown }[]) {
    if (typeof insert === 'string' && insert.includes(words)) return place + insert.indexOf(words);
    place += typeof insert === 'string' ? insert.length : 1;
  }
  throw new Error(`no ${words}`);
};
const strike = (doc: Y.Doc, words: string) => proseText(doc).delete(placeOf(doc, words), words.length);

describe('a held change, told against the document as it is now', () => {
  const passage = { before: '三名代表经', words: '二十六人', after: '签名推选，负责与单位沟通。', joins: false };

  it('[H3] that only adds is its words and nothing else', () => {
    const doc = plan();
    const update = held(doc, (copy) => proseText(copy).insert(placeOf(copy, '签名'), '自愿'));
    expect(heldEffect(update, doc)).toEqual({ ...NOTHING, lines: ['自愿'] });
  });

  it('[H3] that only deletes is the words it deletes, with what stands around them', () => {
    const doc = plan();
    const update = held(doc, (copy) => strike(copy, '二十六人'));
    expect(heldEffect(update, doc)).toEqual({ ...NOTHING, deleted: [{ root: 'prose', what: passage }] });
  });

  it('[H3] that replaces is both', () => {
    const doc = plan();
    const update = held(doc, (copy) => {
      strike(copy, '二十六人');
      proseText(copy).insert(placeOf(copy, '签名推选'), '三十人');
    });
    expect(heldEffect(update, doc)).toEqual({
      ...NOTHING,
      lines: ['三十人'],
      deleted: [{ root: 'prose', what: passage }],
    });
  });

  it('[H3] leaves out what somebody else has deleted meanwhile, and has nothing left when that was all', () => {
    const doc = plan();
    const all = held(
      doc,
      (copy) => strike(copy, '二十六人'),
      () => strike(doc, '二十六人'),
    );
    expect(heldEffect(all, doc)).toEqual(NOTHING);
    const other = plan();
    const part = held(
      other,
      (copy) => strike(copy, '二十六人'),
      () => strike(other, '十六'),
    );
    expect(heldEffect(part, other)?.deleted.map(({ what }) => what.words)).toEqual(['二人']);
  });

  it('keeps apart what a colleague wrote into the words that it deletes', () => {
    const doc = plan();
    const update = held(
      doc,
      (copy) => strike(copy, '二十六人'),
      () => proseText(doc).insert(placeOf(doc, '六人'), '（约）'),
    );
    expect(heldEffect(update, doc)?.deleted.map(({ what }) => [what.before, what.words, what.after])).toEqual([
      ['三名代表经', '二十', '（约）'],
      ['三名代表经（约）', '六人', '签名推选，负责与单位沟通。'],
    ]);
  });

  it('tells whole paragraphs that go, paragraphs that become one, and an empty one', () => {
    const doc = plan();
    const gone = held(doc, (copy) => {
      const at = placeOf(copy, '另有两人') - 1;
      proseText(copy).delete(at, '另有两人委托代表乙。'.length + 2);
    });
    expect(heldEffect(gone, doc)?.deleted.map(({ what }) => what.words)).toEqual(['另有两人委托代表乙。']);
    const joined = held(doc, (copy) => proseText(copy).delete(placeOf(copy, '另有两人') - 2, 2));
    expect(inWords(doc, heldEffect(joined, doc)).deletions).toEqual([
      {
        place: null,
        before: '……十六人签名推选，负责与单位沟通。',
        words: '',
        after: '另有两人委托代表乙。',
        instead: '前后两段并成一段',
      },
    ]);
  });

  it('[H3] tells fields with what stands there now and what it would be, also when that is somebody else’s since', () => {
    const doc = plan();
    const due = (value: string, person: string) => (target: Y.Doc) =>
      setField(target.getMap('tasks'), TASKS[1], 'due', value, by(person));
    const update = held(doc, (copy) => {
      due('2026-05-08', 'he')(copy);
      setField(copy.getMap('fields'), HEADER_RECORD, 'lookBack', null, by('he'));
    });
    expect(inWords(doc, heldEffect(update, doc))).toMatchObject({
      lines: [],
      changes: ['回头看：2026年6月1日 → （空）', '任务 2，时限：2026年5月1日 → 2026年5月8日'],
      values: ['任务 2，时限：2026年5月8日'],
      unnamed: 0,
    });
    const changed = held(doc, due('2026-05-09', 'he'), due('2026-05-20', 'lin'));
    expect(inWords(doc, heldEffect(changed, doc)).changes).toEqual([
      '任务 2，时限：2026年5月20日 → 2026年5月9日（现在的值是别人后来填的）',
    ]);
    const same = held(doc, due('2026-05-20', 'he'));
    expect(heldEffect(same, doc)).toEqual(NOTHING);
  });

  it('[H3] tells rows that come, go and move, and words that go in their cells', () => {
    const doc = plan();
    const update = held(doc, (copy) => {
      const tasks = copy.getMap<unknown>('tasks');
      const recordId = '00000000-0000-4000-8000-0000000000b3';
      createRecord(tasks, { recordId, values: { due: '2026-05-09', leadAgency: LABOUR } }, by('he'));
      copy.getText(textRoot(recordId, 'measure')).insert(0, '回访');
      copy.getText(textRoot(TASKS[0], 'measure')).delete(5, 7);
      deleteRecord(tasks, TASKS[1], by('he'));
      moveRecord(tasks, { recordId: TASKS[0], index: 1 }, by('he'));
    });
    const words = inWords(doc, heldEffect(update, doc));
    expect(words).toMatchObject({
      lines: ['回访'],
      deletions: [{ place: '任务 1，事项（措施）', before: '核对工资表', words: '，逐人签字确认', after: '' }],
      unnamed: 0,
    });
    expect([...words.changes].sort()).toEqual(
      ['任务 1：换一个位置', '任务 2：整行删去', '新增一项任务：时限：2026年5月9日；牵头单位：县人社局'].sort(),
    );
    const again = held(
      doc,
      (copy) => deleteRecord(copy.getMap('tasks'), TASKS[1], by('he')),
      () => {
        deleteRecord(doc.getMap('tasks'), TASKS[1], by('lin'));
      },
    );
    expect(heldEffect(again, doc)).toEqual(NOTHING);
  });

  it('[H3] tells formatting of words and of paragraphs in words', () => {
    const doc = plan();
    const update = held(doc, (copy) => {
      proseText(copy).format(placeOf(copy, '二十六人'), 4, { bold: true });
      proseText(copy).format(placeOf(copy, '代表乙'), 3, { link: { href: 'https://www.gov.cn' } });
      proseText(copy).insert(placeOf(copy, '签名推选'), '自愿', { bold: true });
      blockKeys(copy).set('block-1/kind', 'h2');
      blockKeys(copy).set('block-3/checked', true);
    });
    const words = inWords(doc, heldEffect(update, doc));
    expect(words.lines).toEqual(['自愿']);
    expect(words.deletions).toEqual([]);
    expect(words.changes).toEqual([
      '“一、基本情况”：一级标题 → 二级标题',
      '“另有两人委托代表乙。”：标为已完成',
      '加粗：“二十六人”',
      '链接：“代表乙” → https://www.gov.cn',
    ]);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(applied(doc, update)));
    const off = held(doc, (copy) => proseText(copy).format(placeOf(copy, '二十六人'), 4, { bold: null }));
    expect(inWords(doc, heldEffect(off, doc)).changes).toEqual(['取消加粗：“二十六人”']);
  });

  it('[H3] tells what is done to tasks and comments beside the words said with it', () => {
    const talk = new Y.Doc();
    const update = held(talk, (copy) => {
      const events = copy.getMap(EVENTS_ROOT);
      const ulid = (n: number) => `01ARZ3NDEKTSV4RRFFQ69G5FA${n}`;
      appendEvent(events, HE, ulid(1), { type: 'taskAccepted', taskId: TASKS[1] });
      appendEvent(events, HE, ulid(2), { type: 'taskProgress', taskId: TASKS[0], percent: 50, note: '已联系' });
      appendEvent(events, HE, ulid(3), { type: 'resolve', threadId: `${HE}/${ulid(1)}` });
      appendEvent(events, HE, ulid(4), { type: 'somethingNewer' });
    });
    const words = inWords(plan(), heldEffect(update, talk));
    expect(words.lines).toEqual(['已联系']);
    expect([...words.changes].sort()).toEqual(
      ['任务 1：登记进展（进度 50%）', '任务 2：签收', '把一条评论标为已解决'].sort(),
    );
    expect(words.unnamed).toBe(1);
  });

  it('[H3] counts what has no words, so that it does not look like nothing', () => {
    const doc = plan();
    const update = held(doc, (copy) => {
      proseText(copy).insertEmbed(placeOf(copy, '签名'), { picture: 'x' });
      copy.getMap('tasks').set(`${TASKS[0]}/source/r1`, { v: 'a/b', by: 'he', at: 1 });
      copy.getMap('tasks').set('no register', 1);
      copy.getMap('newer').set('k', new Y.Map([['a', 1]]));
      proseText(copy).format(placeOf(copy, '代表乙'), 3, { newer: 1 });
    });
    const words = inWords(doc, heldEffect(update, doc));
    expect([words.lines, words.deletions, words.changes]).toEqual([[], [], []]);
    expect(words.unnamed).toBeGreaterThanOrEqual(4);
  });

  it('shows a mention by its label, and tells its deletion', () => {
    const doc = plan();
    proseText(doc).insertEmbed(placeOf(doc, '负责'), mentionEmbed({ kind: 'person', id: HE, label: '何志远' }));
    const update = held(doc, (copy) => proseText(copy).delete(placeOf(copy, '负责') - 1, 3));
    expect(heldEffect(update, doc)?.deleted.map(({ what }) => what.words)).toEqual(['@何志远负责']);
  });

  it('leaves out what the document has already, unless it is under ids that somebody else took', () => {
    const doc = plan();
    const whole = toBase64(Y.encodeStateAsUpdate(doc));
    expect(heldEffect(whole, doc)).toEqual(NOTHING);
    expect(heldEffect(whole, doc, false)?.lines).toContain('另有两人委托代表乙。');
  });

  it('without a document is the words it writes, and says so', () => {
    const update = held(plan(), (copy) => {
      proseText(copy).insert(proseText(copy).length, '补');
      strike(copy, '二十六人');
      setField(copy.getMap('fields'), HEADER_RECORD, 'place', '村委会', by('he'));
    });
    expect(heldEffect(update, null)).toEqual({ ...NOTHING, lines: ['补', '村委会'], isCompared: false });
  });

  it('makes a comment of all of it, so that somebody can carry it out', () => {
    const doc = plan();
    const update = held(doc, (copy) => {
      strike(copy, '二十六人');
      setField(copy.getMap('tasks'), TASKS[1], 'due', '2026-05-08', by('he'));
    });
    expect(commentLines(inWords(doc, heldEffect(update, doc)), say)).toEqual([
      '要删去：三名代表经【二十六人】签名推选，负责与单位沟通。',
      '要改动：任务 2，时限：2026年5月1日 → 2026年5月8日',
    ]);
  });
});

function applied(doc: Y.Doc, updateBase64: string): Y.Doc {
  const after = new Y.Doc();
  Y.applyUpdate(after, Y.encodeStateAsUpdate(doc));
  Y.applyUpdate(after, Uint8Array.from(Buffer.from(updateBase64, 'base64')));
  return after;
}

/** The words of the prose that stand in `doc` and not in what it becomes, and those that look otherwise there. */
function difference(doc: Y.Doc, after: Y.Doc): { deleted: string; reformatted: string } {
  const lookIn = (target: Y.Doc) => {
    const looks = new Map<string, { character: string; look: string }>();
    let format: Record<string, unknown> = {};
    for (let item = proseText(target)._start; item !== null; item = item.right) {
      if (item.deleted) continue;
      if (item.content instanceof Y.ContentFormat) {
        const { [String(item.content.key)]: _, ...rest } = format;
        const value: unknown = item.content.value;
        format = value === null ? rest : { ...rest, [String(item.content.key)]: value };
      } else if (item.content instanceof Y.ContentString) {
        const look = JSON.stringify(Object.entries(format).sort());
        for (let i = 0; i < item.length; i++) {
          const character = item.content.str[i] ?? '';
          if (character !== '\n') looks.set(`${item.id.client}:${item.id.clock + i}`, { character, look });
        }
      }
    }
    return looks;
  };
  const then = lookIn(after);
  const now = [...lookIn(doc)];
  return {
    deleted: now.flatMap(([id, { character }]) => (then.has(id) ? [] : [character])).join(''),
    reformatted: now
      .flatMap(([id, { character, look }]) => {
        const other = then.get(id)?.look;
        return other === undefined || other === look ? [] : [character];
      })
      .join(''),
  };
}

/** The prose as it looks, character by character. */
function lookOf(doc: Y.Doc): string {
  const looks = readProse(proseText(doc), blockKeys(doc)).map(({ content, ...block }) => ({
    ...block,
    content: content.flatMap((each) =>
      each.type === 'text' ? [...each.text].map((character) => [character, each.format]) : [[each]],
    ),
  }));
  return JSON.stringify(looks);
}

function scribble(doc: Y.Doc, random: Random): void {
  const text = proseText(doc);
  doc.transact(() => {
    const at = random.int(text.length);
    const length = 1 + random.int(Math.min(6, text.length - at));
    const kind = random.int(4);
    if (kind === 0) text.insert(at, random.pick(['新', '补写', '另']), random.chance(0.5) ? { bold: true } : {});
    else if (kind === 1) text.delete(at, length);
    else if (kind === 2) text.format(at, length, random.pick([{ bold: true }, { bold: null }, { highlight: true }]));
    else blockKeys(doc).set(`block-${1 + random.int(3)}/kind`, random.pick(['p', 'h1', 'h2', 'quote']));
  });
}

describe('what is told of random changes', () => {
  const seeds = Number(process.env.SEEDS ?? 150);

  it('[H3] is exactly what merging them would delete and reformat, when nobody else writes', () => {
    for (let seed = 1; seed <= seeds; seed++) {
      const random = randomFrom(seed);
      const doc = plan();
      for (let i = 0; i < 6; i++) scribble(doc, random);
      const copy = new Y.Doc();
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
      const known = Y.encodeStateVector(copy);
      for (let i = 0; i < 8; i++) scribble(copy, random);
      const update = toBase64(Y.encodeStateAsUpdate(copy, known));
      const effect = heldEffect(update, doc);
      const wanted = difference(doc, applied(doc, update));
      const told = effect?.deleted.map(({ what }) => what.words.replaceAll('\n', '')).join('');
      const reformatted = effect?.reformatted.map(({ what }) => what.words.replaceAll('\n', '')).join('');
      expect({ seed, told, reformatted }).toEqual({ seed, told: wanted.deleted, reformatted: wanted.reformatted });
    }
  });

  it('[H3] is exactly what merging them would delete while others write, and something when merging changes anything', () => {
    for (let seed = 1; seed <= seeds; seed++) {
      const random = randomFrom(1000 + seed);
      const doc = plan();
      const copy = new Y.Doc();
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
      const known = Y.encodeStateVector(copy);
      const count = 1 + random.int(6);
      for (let i = 0; i < count; i++) {
        scribble(copy, random);
        scribble(doc, random);
      }
      const update = toBase64(Y.encodeStateAsUpdate(copy, known));
      const effect = heldEffect(update, doc);
      const after = applied(doc, update);
      const told = effect?.deleted.map(({ what }) => what.words.replaceAll('\n', '')).join('');
      expect({ seed, told }).toEqual({ seed, told: difference(doc, after).deleted });
      if (lookOf(doc) !== lookOf(after)) expect({ seed, effect }).not.toEqual({ seed, effect: NOTHING });
    }
  });

  it('is never thrown, whatever the bytes are', () => {
    const doc = plan();
    const random = randomFrom(7);
    for (let n = 0; n < seeds; n++) {
      const bytes = Uint8Array.from(
        Buffer.from(
          held(doc, (copy) => scribble(copy, random)),
          'base64',
        ),
      );
      for (let flips = 1 + random.int(4); flips > 0; flips--) bytes[random.int(bytes.length)] = random.int(128);
      const effect = heldEffect(toBase64(bytes), doc);
      if (effect !== null) expect(inWords(doc, effect).unnamed).toBeGreaterThanOrEqual(0);
    }
  });
});
