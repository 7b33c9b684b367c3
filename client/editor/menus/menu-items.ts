/**
 * What the `/` and `@` menus offer for a query. Chinese is found by any part of its words, English by the beginning of a
 * word. Pure data in, data out; texts come from the catalogue.
 */
import type { BlockKind } from '../../../shared/prose/block-attrs.ts';
import type { Mention } from '../../../shared/prose/embeds.ts';
import { MENTION_GROUPS, type Mentionables } from '../editor-contract.ts';

export type MenuItem = {
  readonly id: string;
  readonly label: string;
  /** Said after the label in quieter type. */
  readonly note: string;
  readonly act:
    | { readonly kind: 'block'; readonly block: BlockKind }
    | { readonly kind: 'typeMention' }
    /** An act that a feature adds, by its id. */
    | { readonly kind: 'sentence'; readonly id: string }
    | { readonly kind: 'mention'; readonly mention: Mention };
};

/** One thing that `/` offers and all words under which it is found. */
export type SlashChoice = {
  readonly id: string;
  readonly label: string;
  readonly note: string;
  readonly keywords: readonly string[];
  readonly act: MenuItem['act'];
};

const MAX_ITEMS = 12;

export function slashItems(choices: readonly SlashChoice[], query: string): MenuItem[] {
  return choices.filter(({ label, keywords }) => [label, ...keywords].some((word) => isFound(word, query)));
}

/**
 * People, agencies and parties for a query; those that begin with it first.
 * @param noteOf what is said beside each kind
 */
export function mentionItems(
  mentionables: Mentionables,
  query: string,
  noteOf: (kind: Mention['kind']) => string,
): MenuItem[] {
  const found = MENTION_GROUPS.flatMap(([kind, group]) =>
    mentionables[group]
      .filter(({ label }) => isFound(label, query))
      .map(({ id, label }) => ({
        id: `${kind}-${id}`,
        label,
        note: noteOf(kind),
        act: { kind: 'mention', mention: { kind, id, label } } as const,
      })),
  );
  const begins = (item: MenuItem) => item.label.toLowerCase().startsWith(query.toLowerCase());
  return [...found.filter(begins), ...found.filter((item) => !begins(item))].slice(0, MAX_ITEMS);
}

function isFound(word: string, query: string): boolean {
  const wanted = query.toLowerCase();
  const text = word.toLowerCase();
  if (wanted === '' || text.startsWith(wanted)) return true;
  return /[^\p{ASCII}]/u.test(wanted)
    ? text.includes(wanted)
    : text.split(/[\s·（(]+/).some((each) => each.startsWith(wanted));
}
