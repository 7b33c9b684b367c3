/** Draws the open `/` or `@` menu beside the caret. The focus stays in the text; keys are the plugin's. */
import { Popover } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useWords } from '../../language/use-words.ts';
import { type Place, PlaceAt } from '../place-at.tsx';
import type { MenuItem } from './menu-items.ts';
import type { OpenMenu } from './menu-plugin.ts';

export type MenuListProps = {
  readonly open: OpenMenu;
  readonly listId: string;
  readonly place: Place;
  readonly onChoose: (item: MenuItem) => void;
};

export function MenuList({ open, listId, place, onChoose }: MenuListProps) {
  const say = useWords();
  const list = useRef<HTMLDivElement>(null);
  const chosenId = `${listId}-${open.items[open.index]?.id ?? ''}`;
  useEffect(() => {
    const chosen = list.current?.querySelector(`[id="${CSS.escape(chosenId)}"]`);
    chosen?.scrollIntoView({ block: 'nearest' });
  }, [chosenId]);
  return (
    <Popover opened position="bottom-start" offset={4} withRoles={false} trapFocus={false} returnFocus={false}>
      <Popover.Target>
        <PlaceAt place={place} />
      </Popover.Target>
      <Popover.Dropdown className="prose-menu">
        <div
          ref={list}
          id={listId}
          role="listbox"
          aria-label={say(open.trigger.kind === 'slash' ? 'editor.slashMenu' : 'editor.mentionMenu')}
        >
          {open.items.map((item, i) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are taken in the text, where the focus stays
            <div
              key={item.id}
              id={`${listId}-${item.id}`}
              role="option"
              tabIndex={-1}
              className="prose-menu-item"
              aria-selected={i === open.index}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onChoose(item)}
            >
              <span>{item.label}</span>
              <span className="prose-menu-note">{item.note}</span>
            </div>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
