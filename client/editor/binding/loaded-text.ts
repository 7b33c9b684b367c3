/**
 * Readies a Y.Text that was loaded before anybody asked for it. Yjs finds places in a text by search markers, which know no
 * formatting, and gives them up when formatting comes. When a root that came in without a type becomes a Y.Text it has
 * them again: a deletion then takes the words before it for unformatted and removes the end of their formatting as
 * needless, so that it spreads to all words behind.
 */
import type * as Y from 'yjs';

/** Makes the text count from its beginning, as Yjs does with every text that was formatted while it had its type. */
export function dropSearchMarkers(text: Y.Text): void {
  text._searchMarker = null;
}
