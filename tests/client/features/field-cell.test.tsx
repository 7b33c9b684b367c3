// @vitest-environment happy-dom
/** The rules of a field's input: what commits, what does not, and how a contested value is chosen. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FieldCell } from '../../../client/fields/field-cell.tsx';
import { type RegisterValue, readRegister, setRegister } from '../../../shared/fields/register.ts';
import type { FieldSpec } from '../../../shared/kinds/kind.ts';
import { ORIGIN } from '../../../shared/origins.ts';
import { compose, createStage, one, press, type Stage, typeInto } from './stage.tsx';

const place: FieldSpec = { id: 'place', label: { 'zh-CN': '地点', en: 'Place' }, input: 'text' };
const measure: FieldSpec = { id: 'measure', label: { 'zh-CN': '措施', en: 'Measure' }, input: 'longText' };
const RECORD = 'header';

let stage: Stage;
beforeEach(() => {
  stage = createStage('lin');
});
afterEach(() => stage.strike());

const valuesOf = (spec: FieldSpec): readonly RegisterValue[] => readRegister(stage.editing.fields, RECORD, spec.id);

const show = (spec: FieldSpec) =>
  stage.show(
    <FieldCell
      spec={spec}
      recordId={RECORD}
      values={valuesOf(spec)}
      label={spec.label['zh-CN']}
      others={[]}
      onCommit={(value) => stage.editing.history.setField(stage.editing.fields, RECORD, spec.id, value)}
    />,
  );

const open = async (spec: FieldSpec) => {
  await show(spec);
  await stage.perform(() => one(stage.root, 'button', HTMLButtonElement).click());
};

describe('a field of one line', () => {
  it('commits on Enter and gives the focus back to the field', async () => {
    await open(place);
    const box = one(stage.root, 'input', HTMLInputElement);
    await stage.perform(() => typeInto(box, '县综治中心'));
    expect(valuesOf(place)).toEqual([]);
    await stage.perform(() => press(box, 'Enter'));
    expect(valuesOf(place).map(({ value }) => value)).toEqual(['县综治中心']);
    expect(stage.root.querySelector('input')).toBeNull();
    expect(document.activeElement).toBe(one(stage.root, 'button', HTMLButtonElement));
  });

  it('does not commit on the Enter of an input method, nor on its Esc', async () => {
    await open(place);
    const box = one(stage.root, 'input', HTMLInputElement);
    await stage.perform(() => {
      compose(box, 'start');
      typeInto(box, 'xian zong');
      press(box, 'Enter', { isComposing: true });
      press(box, 'Escape', { isComposing: true });
    });
    expect(valuesOf(place)).toEqual([]);
    expect(stage.root.querySelector('input')).toBe(box);
    expect(stage.holds()).toBe(1);
  });

  it('commits when it is left, and drops what was typed on Esc', async () => {
    await open(place);
    const box = one(stage.root, 'input', HTMLInputElement);
    await stage.perform(() => {
      typeInto(box, '村委会');
      press(box, 'Escape');
    });
    expect(valuesOf(place)).toEqual([]);
    await stage.perform(() => one(stage.root, 'button', HTMLButtonElement).click());
    const again = one(stage.root, 'input', HTMLInputElement);
    await stage.perform(() => {
      typeInto(again, '村委会');
      again.blur();
    });
    expect(valuesOf(place).map(({ value }) => value)).toEqual(['村委会']);
  });

  it('tells the others which cell one is in, and that one has left', async () => {
    await open(place);
    expect(stage.places).toEqual([{ recordId: RECORD, field: 'place' }]);
    await stage.perform(() => press(one(stage.root, 'input', HTMLInputElement), 'Escape'));
    expect(stage.places.at(-1)).toBeNull();
  });

  it('is only text for somebody who may not write', async () => {
    await stage.strike();
    stage = createStage('xu', { mayWrite: false });
    await show(place);
    expect(stage.root.querySelector('button')).toBeNull();
    expect(stage.root.textContent).toContain('未填');
  });
});

describe('a contested value', () => {
  beforeEach(() => {
    const { fields } = stage.editing;
    const write = (value: string, by: string, rev: string) =>
      fields.set(`${RECORD}/place/${rev}`, { v: value, by, at: rev === 'a' ? 1 : 2 });
    stage.doc.transact(() => {
      write('第一会议室', 'he', 'a');
      write('第二会议室', 'meng', 'b');
    });
  });

  it('shows both with their authors and asks to pick', async () => {
    await show(place);
    expect(stage.root.textContent).toContain('两处不同：');
    expect(stage.root.textContent).toContain('第一会议室 · 何志远');
    expect(stage.root.textContent).toContain('第二会议室 · 孟祥宁');
    expect(stage.root.textContent).toContain('请选定');
  });

  it('is settled by one click, and undo brings both back', async () => {
    await show(place);
    const second = [...stage.root.querySelectorAll('button')].find((each) => each.textContent?.includes('第二会议室'));
    await stage.perform(() => second?.click());
    expect(valuesOf(place).map(({ value }) => value)).toEqual(['第二会议室']);
    expect(stage.editing.history.undo()).toEqual({ outcome: 'done' });
    expect(valuesOf(place)).toHaveLength(2);
  });
});

describe('a long text cell', () => {
  it('writes every change as the smallest one, which undo takes back', async () => {
    const ytext = stage.editing.text(RECORD, 'measure');
    stage.doc.transact(() => ytext.insert(0, '核对工资'));
    await open(measure);
    const box = one(stage.root, 'textarea', HTMLTextAreaElement);
    const deltas: unknown[] = [];
    ytext.observe((event) => deltas.push(event.delta));
    await stage.perform(() => typeInto(box, '核对工资台账'));
    expect(deltas).toEqual([[{ retain: 4 }, { insert: '台账' }]]);
    await stage.perform(() => press(box, 'z', { ctrlKey: true }));
    expect([ytext.toString(), box.value]).toEqual(['核对工资', '核对工资']);
  });

  it('[C7] writes nothing while an input method composes, holds remote changes, and then writes the words once', async () => {
    const ytext = stage.editing.text(RECORD, 'measure');
    await open(measure);
    const box = one(stage.root, 'textarea', HTMLTextAreaElement);
    let changes = 0;
    ytext.observe(() => changes++);
    await stage.perform(() => {
      compose(box, 'start');
      typeInto(box, 'gong');
      typeInto(box, 'gong zi');
    });
    expect([changes, stage.holds(), ytext.toString()]).toEqual([0, 1, '']);
    await stage.perform(() => {
      typeInto(box, '工资');
      compose(box, 'end');
    });
    expect([changes, ytext.toString()]).toEqual([1, '工资']);
  });

  it('shows a colleague’s words around the caret', async () => {
    const ytext = stage.editing.text(RECORD, 'measure');
    stage.doc.transact(() => ytext.insert(0, '首付'));
    await open(measure);
    const box = one(stage.root, 'textarea', HTMLTextAreaElement);
    await stage.perform(() => stage.doc.transact(() => ytext.insert(0, '督促'), ORIGIN.connection));
    expect([box.value, box.selectionStart]).toEqual(['督促首付', 4]);
    await stage.perform(() => typeInto(box, '督促首付款'));
    expect(ytext.toString()).toBe('督促首付款');
  });

  it('[C8] takes what is typed in the same moment as a colleague’s words, the same ones too, and keeps theirs', async () => {
    const ytext = stage.editing.text(RECORD, 'measure');
    stage.doc.transact(() => ytext.insert(0, '代管'));
    await open(measure);
    const box = one(stage.root, 'textarea', HTMLTextAreaElement);
    // As a key does: into what the box holds now, drawn or not.
    const key = (words: string) => {
      const { value, selectionStart: caret } = box;
      typeInto(box, value.slice(0, caret) + words + value.slice(caret));
    };
    const theirs = (words: string) => stage.doc.transact(() => ytext.insert(ytext.length, words), ORIGIN.connection);
    await stage.perform(() => {
      theirs('【');
      key('【');
    });
    expect([ytext.toString(), box.value]).toEqual(['代管【【', '代管【【']);
    await stage.perform(() => {
      theirs('孟');
      key('何');
      theirs('】');
    });
    expect([...ytext.toString()].sort()).toEqual([...'代管【【孟何】'].sort());
    expect(box.value).toBe(ytext.toString());
  });
});

it('a value that does not fit its field is shown as such and not changed', async () => {
  const due: FieldSpec = { id: 'due', label: { 'zh-CN': '时限', en: 'Deadline' }, input: 'date' };
  stage.doc.transact(() =>
    setRegister(stage.editing.fields, { recordId: RECORD, field: 'due', value: 42, by: 'he', atMs: 1, rev: 'r' }),
  );
  await show(due);
  expect(stage.root.textContent).toContain('不合本栏的值：42');
});
