/**
 * Finds what is being typed to open a menu: `/` for kinds of block, `@` for people, agencies and parties. Pure: it looks
 * only at the words before the caret.
 */
import type { EditorState } from '@tiptap/pm/state';

type TriggerKind = 'slash' | 'mention';

export type Trigger = {
  readonly kind: TriggerKind;
  /** Where the sign stands, and the caret. */
  readonly from: number;
  readonly to: number;
  /** What stands between them, without the sign. */
  readonly query: string;
};

/** Longest query; more is text that only happens to follow such a sign. */
const MAX_QUERY = 16;
/** A slash opens the menu only where no word or address is under way. */
const SLASH = new RegExp(`(?:^|[\\s\\u3000\\ufffc])[/／]([^\\s/／]{0,${MAX_QUERY}})$`, 'u');
/** An `@` behind a Latin letter or digit belongs to an address. */
const MENTION = new RegExp(`(?:^|[^A-Za-z0-9._%+-])[@＠]([^\\s@＠，。；：！？、]{0,${MAX_QUERY}})$`, 'u');

/** The trigger before the caret, or null. */
export function triggerAt(state: EditorState): Trigger | null {
  const { $from, empty } = state.selection;
  if (!empty || $from.depth !== 1) return null;
  const start = Math.max(0, $from.parentOffset - MAX_QUERY - 3);
  // One unit per leaf, so that offsets in the text are offsets in the block.
  const before = $from.parent.textBetween(start, $from.parentOffset, undefined, '\ufffc');
  for (const [kind, pattern] of [
    ['slash', SLASH],
    ['mention', MENTION],
  ] as const) {
    const query = pattern.exec(before)?.[1];
    if (query !== undefined && !query.includes('\ufffc')) {
      return { kind, from: $from.pos - query.length - 1, to: $from.pos, query };
    }
  }
  return null;
}
