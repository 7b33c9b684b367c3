/**
 * The shared prose schema as Tiptap extensions. Structure, attributes and order come from shared/prose/schema.ts through
 * Tiptap's `schemaSpec`; Tiptap's own mark extensions bring drawing, shortcuts and markdown-style rules where name and
 * attributes agree, every other type is drawn and read by its shared spec.
 */
import { type AnyExtension, Mark, Node } from '@tiptap/core';
import { Bold } from '@tiptap/extension-bold';
import { Highlight } from '@tiptap/extension-highlight';
import { Italic } from '@tiptap/extension-italic';
import { Strike } from '@tiptap/extension-strike';
import { Underline } from '@tiptap/extension-underline';
import type { MarkSpec, NodeSpec } from '@tiptap/pm/model';
import { proseMarkSpecs, proseNodeSpecs } from '../../shared/prose/schema.ts';

/** The caret passes over it as over a letter: an input method that composes over a selected one shows nothing until its end. */
const passedOver = (spec: NodeSpec): NodeSpec => ({ ...spec, selectable: false });

/** Give it to the editor as `schemaSpec`, together with `proseTypes`. */
export const proseSchemaSpec = {
  nodes: {
    ...proseNodeSpecs,
    mention: passedOver(proseNodeSpecs.mention),
    embed: passedOver(proseNodeSpecs.embed),
  },
  marks: proseMarkSpecs,
};

/** One extension for every node and mark of the shared schema. */
export const proseTypes: AnyExtension[] = [
  nodeOf('doc', proseNodeSpecs.doc, true),
  nodeOf('para', proseNodeSpecs.para),
  nodeOf('text', proseNodeSpecs.text),
  nodeOf('mention', proseNodeSpecs.mention),
  nodeOf('embed', proseNodeSpecs.embed),
  Bold,
  Italic,
  Underline,
  Strike,
  Highlight,
  markOf('link', proseMarkSpecs.link),
  markOf('unknown', proseMarkSpecs.unknown),
];

function nodeOf(name: string, spec: NodeSpec, topNode = false): AnyExtension {
  return Node.create({
    name,
    topNode,
    content: spec.content,
    group: spec.group,
    extendNodeSchema: (extension) => (extension.name === name ? behaviourOf(spec) : {}),
  });
}

function markOf(name: string, spec: MarkSpec): AnyExtension {
  return Mark.create({
    name,
    extendMarkSchema: (extension) => (extension.name === name ? behaviourOf(spec) : {}),
  });
}

/** What Tiptap leaves to the local side: drawing, reading, and words of a leaf. */
function behaviourOf({ toDOM, parseDOM, leafText }: NodeSpec | MarkSpec): Record<string, unknown> {
  return { ...(toDOM && { toDOM }), ...(parseDOM && { parseDOM }), ...(leafText && { leafText }) };
}
