/**
 * Where the prose of a document lives in its Y.Doc: one Y.Text for all words, one Y.Map for what is said about each
 * block (kind, indent, checked, and whatever newer clients add) under `<blockId>/<key>`. An undo manager of the document
 * must track both.
 */
import type * as Y from 'yjs';

/** Name of the root Y.Text that holds the whole prose. */
export const PROSE_ROOT = 'prose';
/** Name of the root Y.Map with the keys of all blocks. */
export const BLOCKS_ROOT = 'blocks';

/** The prose of a document. */
export function proseText(doc: Y.Doc): Y.Text {
  return doc.getText(PROSE_ROOT);
}

/** The keys of the document's blocks, `<blockId>/<key>` → value, last writer wins per key. */
export function blockKeys(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap(BLOCKS_ROOT);
}
