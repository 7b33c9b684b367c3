// @vitest-environment happy-dom
/**
 * The binding in views with a DOM: ProseMirror's own and Tiptap's, which makes its view late and makes plugin views anew
 * whenever a plugin is added.
 */
import { Editor, Mark, Node } from '@tiptap/core';
import { EditorState, Plugin } from '@tiptap/pm/state';
import { Decoration, DecorationSet, EditorView } from '@tiptap/pm/view';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createProseBinding } from '../../../../client/editor/binding/prose-binding.ts';
import { PARA_ATTRS, proseMarkSpecs, proseNodeSpecs } from '../../../../shared/prose/schema.ts';
import { brief, change, initialUpdate, makePeer, schema } from './peer.ts';

const PAGE_UPDATE = initialUpdate(['h1:甲乙', '丙丁']);

function openDoc(): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, PAGE_UPDATE);
  return doc;
}

/** An element with its attributes in one order. */
function sorted(element: Element | null): string {
  const tag = element?.tagName.toLowerCase();
  const attributes = element
    ?.getAttributeNames()
    .sort()
    .map((name) => ` ${name}="${element.getAttribute(name)}"`);
  return `<${tag}${attributes?.join('')}>${element?.innerHTML}</${tag}>`;
}

/** Both documents learn everything of each other. */
function exchange(a: Y.Doc, b: Y.Doc): void {
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a), 'connection');
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b), 'connection');
}

/** The specs of shared/prose as Tiptap extensions, without anything of the product around them. */
function makeTiptap(doc: Y.Doc): Editor {
  const extensions = [
    Node.create({ name: 'doc', topNode: true, content: proseNodeSpecs.doc.content }),
    Node.create({
      name: 'para',
      group: 'block',
      content: 'inline*',
      addAttributes: () => PARA_ATTRS,
      parseHTML: () => [{ tag: 'p' }],
      renderHTML: () => ['p', 0],
    }),
    Node.create({ name: 'text', group: 'inline' }),
    Node.create({ name: 'mention', group: 'inline', inline: true, atom: true }),
    Node.create({ name: 'embed', group: 'inline', inline: true, atom: true, renderHTML: () => ['span'] }),
    ...Object.keys(proseMarkSpecs).map((name) => Mark.create({ name, renderHTML: () => ['span', 0] })),
  ];
  const editor = new Editor({ element: document.createElement('div'), extensions });
  const binding = createProseBinding({
    doc,
    schema: editor.schema,
    origin: 'editor',
    newBlockId: () => crypto.randomUUID(),
  });
  editor.registerPlugin(binding.plugin);
  return editor;
}

describe('in ProseMirror’s view', () => {
  it('[C8] both directions work and the DOM of other blocks stays', () => {
    const doc = openDoc();
    const binding = createProseBinding({ doc, schema, origin: 'editor', newBlockId: () => 'n1' });
    const view = new EditorView(document.createElement('div'), {
      state: EditorState.create({ doc: binding.initialDoc(), plugins: [binding.plugin] }),
    });
    const [first, second] = view.dom.children;
    const colleague = makePeer(2, PAGE_UPDATE);
    change(colleague, (tr) => tr.insertText('新', 6));
    view.dispatch(view.state.tr.insertText('我', 1));
    exchange(doc, colleague.doc);
    expect(view.dom.textContent).toBe('我甲乙丙新丁');
    expect([...view.dom.children]).toEqual([first, second]);
    expect(brief(colleague.view.state.doc)).toBe('h1:我甲乙 ¶ p:丙新丁');
    view.destroy();
    change(colleague, (tr) => tr.insertText('后', 1));
    exchange(doc, colleague.doc);
    expect(brief(binding.initialDoc())).toBe('h1:后我甲乙 ¶ p:丙新丁');
  });

  it('[C7] a block keeps its element when it gets its id or an indent, and changes it with its tag', () => {
    const doc = new Y.Doc();
    const binding = createProseBinding({ doc, schema, origin: 'editor', newBlockId: () => 'n1' });
    const view = new EditorView(document.createElement('div'), {
      state: EditorState.create({ doc: binding.initialDoc(), plugins: [binding.plugin] }),
      decorations: ({ doc }) => DecorationSet.create(doc, [Decoration.node(0, doc.content.size, { 'data-note': 'n' })]),
    });
    const element = view.dom.firstElementChild;
    view.dispatch(view.state.tr.insertText('甲'));
    view.dispatch(view.state.tr.setNodeAttribute(0, 'indent', 1));
    view.dispatch(view.state.tr.setNodeAttribute(0, 'kind', 'task').setNodeAttribute(0, 'checked', true));
    expect(view.dom.firstElementChild).toBe(element);
    expect(sorted(element)).toBe(
      '<p data-checked="true" data-id="n1" data-indent="1" data-kind="task" data-note="n">甲</p>',
    );
    view.dispatch(view.state.tr.setNodeAttribute(0, 'checked', false).setNodeAttribute(0, 'kind', 'h2'));
    expect(sorted(view.dom.firstElementChild)).toBe(
      '<h2 data-id="n1" data-indent="1" data-kind="h2" data-note="n">甲</h2>',
    );
    view.destroy();
  });
});

describe('in Tiptap', () => {
  it('[C8] both directions work, also after another plugin is added', () => {
    const doc = openDoc();
    const editor = makeTiptap(doc);
    expect(brief(editor.state.doc)).toBe('h1:甲乙 ¶ p:丙丁');
    const colleague = makePeer(2, PAGE_UPDATE);
    editor.commands.insertContentAt(6, { type: 'text', text: '我' });
    editor.registerPlugin(new Plugin({}));
    change(colleague, (tr) => tr.insertText('新', 1));
    exchange(doc, colleague.doc);
    editor.commands.insertContentAt(1, { type: 'text', text: '再' });
    exchange(doc, colleague.doc);
    expect(brief(editor.state.doc)).toBe('h1:再新甲乙 ¶ p:丙我丁');
    expect(brief(colleague.view.state.doc)).toBe('h1:再新甲乙 ¶ p:丙我丁');
    editor.commands.clearContent();
    exchange(doc, colleague.doc);
    expect(brief(colleague.view.state.doc)).toBe(brief(editor.state.doc));
    editor.destroy();
  });
});
