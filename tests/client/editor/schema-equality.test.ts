// @vitest-environment happy-dom
/** The editor's schema is the shared one: the same names in the same order, attributes, content and drawing. */
import { DOMSerializer, type MarkType, type NodeType, Schema } from '@tiptap/pm/model';
import { afterEach, describe, expect, it } from 'vitest';
import { proseSchema } from '../../../shared/prose/schema.ts';
import { type EditorScene, openEditor } from './editor-scene.ts';

let scene: EditorScene;
afterEach(() => scene.destroy());

const STRUCTURE = ['content', 'group', 'inline', 'atom', 'marks', 'attrs', 'inclusive', 'excludes'] as const;

function shape(types: Readonly<Record<string, NodeType | MarkType>>): unknown[] {
  return Object.values(types).map(({ name, spec }) => [
    name,
    Object.fromEntries(STRUCTURE.map((field) => [field, (spec as Record<string, unknown>)[field]])),
  ]);
}

describe("the editor's schema", () => {
  it('has the names, order, attributes and content of the shared one', () => {
    scene = openEditor([]);
    const { schema } = scene.editor;
    expect(shape(schema.nodes)).toEqual(shape(proseSchema.nodes));
    expect(shape(schema.marks)).toEqual(shape(proseSchema.marks));
    expect(schema.topNodeType.name).toBe(proseSchema.topNodeType.name);
    expect(
      Object.values(schema.marks).map((mark) =>
        Object.keys(schema.marks).filter((name) => mark.excludes(schema.marks[name] as MarkType)),
      ),
    ).toEqual(
      Object.values(proseSchema.marks).map((mark) =>
        Object.keys(proseSchema.marks).filter((name) => mark.excludes(proseSchema.marks[name] as MarkType)),
      ),
    );
  });

  it('draws every node and mark as the shared one does', () => {
    scene = openEditor([]);
    const draw = (schema: Schema) => {
      const marks = ['bold', 'italic', 'underline', 'strike', 'highlight'].map((name) => schema.mark(name));
      const more = [
        schema.mark('link', { href: 'https://a.cn' }),
        schema.mark('link', { href: 'javascript:1' }),
        schema.mark('unknown', { key: 'colour', value: 'red' }),
      ];
      const para = (attrs: object) =>
        schema.node('para', attrs, [
          ...[...marks, ...more].map((mark) => schema.text('字', [mark])),
          schema.text('全', [...marks, ...more.slice(2)]),
          schema.node('mention', { kind: 'person', id: '1', label: '何' }),
          schema.node('embed', { data: { table: 'T1' } }),
        ]);
      const kinds = ['p', 'h1', 'h2', 'h3', 'bullet', 'numbered', 'task', 'quote', 'divider', 'callout'];
      const blocks = kinds.map((kind, i) => para({ id: `b${i}`, kind, indent: i % 3, checked: kind === 'task' }));
      const root = document.createElement('div');
      root.append(
        DOMSerializer.fromSchema(schema).serializeFragment(
          schema.node('doc', null, [...blocks, para({ stray: true })]).content,
        ),
      );
      return root.innerHTML;
    };
    expect(draw(scene.editor.schema)).toBe(draw(proseSchema));
    expect(draw(proseSchema)).toContain('data-kind="callout"');
  });

  it('reads the text of a mention as its label', () => {
    scene = openEditor([]);
    const mention = scene.editor.schema.node('mention', { kind: 'person', id: '1', label: '何志远' });
    expect(scene.editor.schema.node('para', null, [mention]).textContent).toBe('何志远');
    expect(new Schema(scene.editor.schema.spec).nodes.mention?.isAtom).toBe(true);
  });
});
