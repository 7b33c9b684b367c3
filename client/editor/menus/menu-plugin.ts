/**
 * The state of the `/` and `@` menus: which is open, for what, and which item is chosen. Keys work while the caret stays in
 * the text; the list itself is drawn by MenuList. Nothing opens or changes while an input method composes, because what
 * stands in the text then is not yet what was meant.
 */
import { type Command, type EditorState, Plugin, PluginKey } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import type { MenuItem } from './menu-items.ts';
import { type Trigger, triggerAt } from './trigger.ts';

export type OpenMenu = { readonly trigger: Trigger; readonly items: readonly MenuItem[]; readonly index: number };

export type MenuState = {
  readonly open: OpenMenu | null;
  /** Where a sign stands whose menu was closed with Escape: it stays closed. */
  readonly dismissedAt: number | null;
};

type MenuMeta = { readonly move: number } | 'dismiss' | 'composed';

const key = new PluginKey<MenuState>('menu');

export type MenuOptions = {
  readonly itemsFor: (trigger: Trigger) => readonly MenuItem[];
  /** What an item does with the stretch that was typed to find it. */
  readonly commandFor: (item: MenuItem, trigger: Trigger) => Command;
  /** Id of the list element, for aria-controls; an item's id is `<listId>-<item.id>`. */
  readonly listId: string;
};

export function menuState(state: EditorState): MenuState {
  return key.getState(state) ?? { open: null, dismissedAt: null };
}

export function menuPlugin({ itemsFor, commandFor, listId }: MenuOptions): Plugin<MenuState> {
  const read = (state: EditorState, before: MenuState): MenuState => {
    const trigger = triggerAt(state);
    if (trigger === null) return { open: null, dismissedAt: null };
    if (trigger.from === before.dismissedAt) return { open: null, dismissedAt: before.dismissedAt };
    const items = itemsFor(trigger);
    if (items.length === 0) return { open: null, dismissedAt: null };
    const isSame = before.open?.trigger.from === trigger.from && before.open.trigger.query === trigger.query;
    return { open: { trigger, items, index: isSame ? (before.open?.index ?? 0) : 0 }, dismissedAt: null };
  };
  return new Plugin<MenuState>({
    key,
    state: {
      init: () => ({ open: null, dismissedAt: null }),
      apply: (tr, before, _old, state) => {
        const meta = tr.getMeta(key) as MenuMeta | undefined;
        const { open } = before;
        if (meta === 'dismiss') return { open: null, dismissedAt: open?.trigger.from ?? null };
        if (typeof meta === 'object') {
          if (open === null) return before;
          const count = open.items.length;
          return { ...before, open: { ...open, index: (open.index + meta.move + count) % count } };
        }
        // An input method is composing: what it writes closes the menu until it is done.
        if (tr.getMeta('composition') !== undefined) return { open: null, dismissedAt: null };
        const dismissedAt = before.dismissedAt === null ? null : tr.mapping.map(before.dismissedAt);
        // A menu opens by typing, never because the caret came by.
        if (!tr.docChanged && meta !== 'composed' && open === null) return { open: null, dismissedAt };
        if (!tr.docChanged && !tr.selectionSet && meta !== 'composed') return before;
        return read(state, { open, dismissedAt });
      },
    },
    props: {
      attributes: (state): Record<string, string> => {
        const { open } = menuState(state);
        const item = open?.items[open.index];
        if (open === null || item === undefined) return {};
        return { 'aria-controls': listId, 'aria-activedescendant': `${listId}-${item.id}`, 'aria-haspopup': 'listbox' };
      },
      handleKeyDown: (view, event) => {
        const { open } = menuState(view.state);
        if (open === null || view.composing || event.isComposing || event.shiftKey || event.altKey) return false;
        if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
          view.dispatch(view.state.tr.setMeta(key, { move: event.key === 'ArrowDown' ? 1 : -1 }));
          return true;
        }
        if (event.key === 'Escape') return closeMenu(view);
        const item = open.items[open.index];
        if ((event.key !== 'Enter' && event.key !== 'Tab') || item === undefined) return false;
        return commandFor(item, open.trigger)(view.state, view.dispatch, view);
      },
      handleDOMEvents: {
        compositionend: (view) => {
          setTimeout(() => {
            if (!view.isDestroyed && !view.composing) view.dispatch(view.state.tr.setMeta(key, 'composed'));
          }, 40);
          return false;
        },
        blur: (view) => {
          if (menuState(view.state).open !== null) closeMenu(view);
          return false;
        },
      },
    },
  });
}

function closeMenu(view: EditorView): boolean {
  view.dispatch(view.state.tr.setMeta(key, 'dismiss'));
  return true;
}
