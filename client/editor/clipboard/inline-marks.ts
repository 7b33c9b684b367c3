/** The marks that an element of foreign HTML gives to the words in it, by its name or its style; all other styles are dropped. */
import type { Mark, Schema } from '@tiptap/pm/model';
import { isSafeHref } from '../../../shared/prose/links.ts';
import { styleOf } from './office-lists.ts';

const MARK_BY_TAG: Readonly<Record<string, string>> = {
  STRONG: 'bold',
  B: 'bold',
  EM: 'italic',
  I: 'italic',
  U: 'underline',
  INS: 'underline',
  S: 'strike',
  DEL: 'strike',
  STRIKE: 'strike',
  MARK: 'highlight',
};

/** @param inherited marks of the elements around */
export function marksWithin(element: HTMLElement, inherited: readonly Mark[], schema: Schema): readonly Mark[] {
  let marks = inherited;
  const add = (name: string, attrs?: Record<string, unknown>) => {
    marks = schema.marks[name]?.create(attrs).addToSet(marks) ?? marks;
  };
  const remove = (name: string) => {
    marks = schema.marks[name]?.removeFromSet(marks) ?? marks;
  };
  const byTag = MARK_BY_TAG[element.tagName];
  if (byTag !== undefined) add(byTag);
  const { fontWeight, fontStyle, textDecoration, textDecorationLine } = element.style;
  if (/^(?:bold(?:er)?|[6-9]\d{2})$/.test(fontWeight)) add('bold');
  else if (/^(?:normal|lighter|[1-5]\d{2})$/.test(fontWeight)) remove('bold');
  if (/^(?:italic|oblique)/.test(fontStyle)) add('italic');
  else if (fontStyle === 'normal') remove('italic');
  const lines = `${textDecoration} ${textDecorationLine}`;
  if (lines.includes('underline') && element.tagName !== 'A') add('underline');
  if (lines.includes('line-through')) add('strike');
  if (/mso-highlight:\s*(?!none)/i.test(styleOf(element))) add('highlight');
  if (element.tagName === 'A') {
    const href = element.getAttribute('href') ?? '';
    if (isSafeHref(href)) add('link', { href });
  }
  const key = element.getAttribute('data-unknown-mark');
  if (key !== null) {
    const value = jsonOf(element.getAttribute('data-value'));
    if (value.ok) add('unknown', { key, value: value.data });
  }
  return marks;
}

/** A value that one of our own elements carries as JSON. */
export function jsonOf(text: string | null): { readonly ok: true; readonly data: unknown } | { readonly ok: false } {
  try {
    return text === null ? { ok: false } : { ok: true, data: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}
