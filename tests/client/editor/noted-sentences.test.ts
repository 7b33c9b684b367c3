// @vitest-environment happy-dom
/** A decided sentence is drawn beside its paragraph, follows its words, and nothing of it is in the text. */
import { describe, expect, it } from 'vitest';
import { proseText } from '../../../shared/prose/roots.ts';
import { openEditor } from './editor-scene.ts';

function scene() {
  const opened = openEditor(['p:会议认为可行。由县住建局督促拨付。', 'p:散会。']);
  const { binding } = opened;
  const note = (label: string, from: number, to: number) => ({
    id: label,
    label,
    from: binding.toRelative(from, 0),
    to: binding.toRelative(to, -1),
    isCurrent: false,
  });
  const drawn = () =>
    [...opened.editor.view.dom.querySelectorAll('[data-decided], .noted')].map(
      (element) => element.getAttribute('data-decided') ?? element.textContent,
    );
  return { ...opened, note, drawn, mounted: opened };
}

describe('a noted sentence', () => {
  it('has its label at its paragraph and its own words marked, and changes nothing in the text', () => {
    const { mounted, note, drawn, doc } = scene();
    const before = JSON.stringify(proseText(doc).toDelta());
    mounted.note([note('决定 1', 8, 18)]);
    expect(drawn()).toEqual(['决定 1', '由县住建局督促拨付。']);
    expect(JSON.stringify(proseText(doc).toDelta())).toBe(before);
    mounted.note([note('决定 1', 8, 18), note('决定 2', 1, 8)]);
    expect(drawn()[0]).toBe('决定 1 决定 2');
    mounted.note([]);
    expect(drawn()).toEqual([]);
  });

  it('follows its words while a colleague writes inside them, and goes with them', () => {
    const { mounted, note, drawn, doc } = scene();
    mounted.note([note('决定 1', 8, 18)]);
    doc.transact(() => proseText(doc).insert(13, '10月23日前'), 'colleague');
    expect(drawn()).toEqual(['决定 1', '由县住建局10月23日前督促拨付。']);
    doc.transact(() => proseText(doc).delete(8, 17), 'colleague');
    mounted.note([note('决定 1', 1, 8)]);
    expect(drawn()).toEqual(['决定 1', '会议认为可行。']);
  });
});
