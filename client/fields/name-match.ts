/**
 * Whether what was typed so far means somebody or some agency: a part of the name, its pinyin initials, or a part of the
 * agency a person acts for. Pure.
 */
import type { Named } from './names.ts';
import { pinyinInitials } from './pinyin-initials.ts';

/** The better, the smaller: how the name fits what was typed; null when it does not. */
export function nameMatch({ label, note = '' }: Named, typed: string): number | null {
  const wish = typed.trim().toLowerCase();
  const name = label.toLowerCase();
  if (name.startsWith(wish)) return 0;
  if (name.includes(wish)) return 1;
  if (/^[a-z0-9]+$/.test(wish)) {
    const initials = pinyinInitials(label);
    if (initials.startsWith(wish)) return 2;
    // Agencies of one county begin with the same character.
    if (wish.length > 1 && initials.includes(wish)) return 3;
  }
  return note.toLowerCase().includes(wish) ? 4 : null;
}
