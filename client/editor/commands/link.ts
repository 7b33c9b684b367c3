/** Links on words: set, change, take away. Only addresses that shared/prose/links.ts allows. */
import { getMarkRange } from '@tiptap/core';
import type { Command, EditorState } from '@tiptap/pm/state';
import { isSafeHref } from '../../../shared/prose/links.ts';

export type LinkAtSelection = { readonly from: number; readonly to: number; readonly href: string };

/** The link around the caret or at the selection's start; without one, what is selected and an empty address. */
export function linkAtSelection({ doc, selection, schema }: EditorState): LinkAtSelection {
  const { from, to, $from } = selection;
  const type = schema.marks.link;
  const range = type && (getMarkRange($from, type) ?? getMarkRange(doc.resolve(Math.min(from + 1, to)), type));
  const whole = range ? { from: Math.min(range.from, from), to: Math.max(range.to, to) } : { from, to };
  const mark = range && type && doc.resolve(range.from).nodeAfter?.marks.find((each) => each.type === type);
  return { ...whole, href: String(mark?.attrs.href ?? '') };
}

/** What people type for an address: `example.gov.cn/a` and `name@example.gov.cn` mean the obvious. Null when not allowed. */
export function typedToHref(typed: string): string | null {
  const text = typed.trim();
  if (/^[^\s:/?#]+@[^\s:/?#]+\.[^\s:/?#]+$/.test(text)) return `mailto:${text}`;
  const href = /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[^/?#]*\.[^/?#]*:\d/.test(text) ? text : `https://${text}`;
  return /\s/.test(href) || !/[^:/]+[.:].*[^.:/]|mailto:.+@/.test(href) || !isSafeHref(href) ? null : href;
}

/** Puts the link on a stretch of words; with nothing there, the address itself is written. False when not allowed. */
export function setLink({ from, to }: { from: number; to: number }, href: string): Command {
  return (state, dispatch) => {
    const type = state.schema.marks.link;
    if (type === undefined || !isSafeHref(href)) return false;
    if (dispatch) {
      const mark = type.create({ href });
      const { tr } = state;
      if (from === to) tr.insert(from, state.schema.text(href.replace(/^mailto:/, ''), [mark]));
      else tr.addMark(from, to, mark);
      dispatch(tr.removeStoredMark(type).scrollIntoView());
    }
    return true;
  };
}

export function removeLink({ from, to }: { from: number; to: number }): Command {
  return (state, dispatch) => {
    const type = state.schema.marks.link;
    if (type === undefined) return false;
    dispatch?.(state.tr.removeMark(from, to, type));
    return true;
  };
}
