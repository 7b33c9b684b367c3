/**
 * One line of formatting above the text: words rather than icons, what does not fit goes into "more". One stop of the Tab
 * key; arrows go from button to button. A click never takes the caret out of the text.
 */
import { Menu } from '@mantine/core';
import { type KeyboardEvent, useRef, useState, useSyncExternalStore } from 'react';
import type { WordKey } from '../../language/catalogue.ts';
import { useWords } from '../../language/use-words.ts';
import { RedoIcon, UndoIcon } from '../../ui/icons.tsx';
import type { EditorHistory } from '../editor-contract.ts';
import { useFittingCount } from './fitting-count.ts';
import { HISTORY_ITEMS, keysInWords, MENU_KINDS, type ToolbarItem, type ToolbarState } from './toolbar-items.ts';

export type ToolbarProps = {
  readonly items: readonly ToolbarItem[];
  readonly shown: ToolbarState;
  readonly history: EditorHistory;
  readonly isApple: boolean;
  readonly onAct: (act: ToolbarItem['act']) => void;
  readonly onKind: (kind: (typeof MENU_KINDS)[number][0]) => void;
  /** Puts the caret back into the text. */
  readonly onLeave: () => void;
};

/** Keeps the focus, and with it the selection, in the text. */
const keepFocus = { onMouseDown: (event: { preventDefault(): void }) => event.preventDefault() };

export function Toolbar({ items, shown, history, isApple, onAct, onKind, onLeave }: ToolbarProps) {
  const say = useWords();
  const row = useRef<HTMLDivElement>(null);
  const bar = useRef<HTMLDivElement>(null);
  const fitting = useFittingCount(row);
  const [current, setCurrent] = useState('kind');
  const undoable = useSyncExternalStore(history.subscribe, () => history.canUndo());
  const redoable = useSyncExternalStore(history.subscribe, () => history.canRedo());

  const overflow = items.slice(fitting);
  const visibleIds = [
    'kind',
    ...items.slice(0, fitting).map(({ id }) => id),
    ...(overflow.length > 0 ? ['more'] : []),
    ...HISTORY_ITEMS.filter(({ id }) => (id === 'undo' ? undoable : redoable)).map(({ id }) => id),
  ];
  const stop = visibleIds.includes(current) ? current : 'kind';
  const titleOf = (word: WordKey, keys?: string) =>
    keys === undefined ? say(word) : say('editor.shortcut', { name: say(word), keys: keysInWords(keys, isApple) });
  const attributesOf = (id: string) => ({
    'data-id': id,
    tabIndex: id === stop ? 0 : -1,
    onFocus: () => setCurrent(id),
    ...keepFocus,
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      onLeave();
      return;
    }
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -visibleIds.length, End: visibleIds.length }[event.key];
    if (step === undefined || !(event.target instanceof HTMLElement) || event.target.dataset.id === undefined) return;
    event.preventDefault();
    const at = visibleIds.indexOf(event.target.dataset.id) + step;
    const wrapped =
      Math.abs(step) > 1
        ? Math.max(0, Math.min(at, visibleIds.length - 1))
        : (at + visibleIds.length) % visibleIds.length;
    bar.current?.querySelector<HTMLElement>(`[data-id="${visibleIds[wrapped]}"]`)?.focus();
  };

  const kindWord = kindWordOf(shown.kind);
  return (
    <div
      ref={bar}
      className="prose-toolbar"
      role="toolbar"
      aria-label={say('editor.toolbar')}
      aria-keyshortcuts="Alt+F10"
      onKeyDown={onKeyDown}
    >
      <Menu position="bottom-start" returnFocus={false}>
        <Menu.Target>
          <button
            type="button"
            className="prose-button prose-kind"
            aria-label={say('editor.kind', { kind: say(kindWord) })}
            {...attributesOf('kind')}
          >
            <span>{say(kindWord)}</span>
            <span aria-hidden="true">▾</span>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {MENU_KINDS.map(([kind, keys]) => (
            <Menu.Item
              key={kind}
              className={`prose-kind-${kind}`}
              aria-current={shown.kind === kind}
              rightSection={<kbd>{keysInWords(keys, isApple)}</kbd>}
              onClick={() => onKind(kind)}
            >
              {say(`editor.${kind}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <div ref={row} className="prose-buttons">
        {items.map((item, i) => (
          <button
            key={item.id}
            type="button"
            className="prose-button"
            data-group={item.beginsGroup}
            data-outside={i >= fitting}
            aria-label={item.letter === undefined ? undefined : say(item.word)}
            title={titleOf(item.word, item.keys)}
            {...(item.isToggle && { 'aria-pressed': shown.pressed.includes(item.id) })}
            {...attributesOf(item.id)}
            onClick={() => onAct(item.act)}
          >
            {item.letter === undefined ? (
              say(item.word)
            ) : (
              <span className={`prose-letter-${item.id}`}>{item.letter}</span>
            )}
          </button>
        ))}
      </div>
      {overflow.length > 0 && (
        <Menu position="bottom-end" returnFocus={false}>
          <Menu.Target>
            <button type="button" className="prose-button" {...attributesOf('more')}>
              {say('editor.more')}
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {overflow.map((item) => (
              <Menu.Item
                key={item.id}
                {...(item.isToggle && { role: 'menuitemcheckbox', 'aria-checked': shown.pressed.includes(item.id) })}
                rightSection={item.keys === undefined ? undefined : <kbd>{keysInWords(item.keys, isApple)}</kbd>}
                onClick={() => onAct(item.act)}
              >
                {say(item.word)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      <div className="prose-history">
        {HISTORY_ITEMS.map((item) => (
          <button
            key={item.id}
            type="button"
            className="prose-button"
            disabled={!(item.id === 'undo' ? undoable : redoable)}
            aria-label={say(item.word)}
            title={titleOf(item.word, item.keys)}
            {...attributesOf(item.id)}
            onClick={() => onAct(item.act)}
          >
            <span className="prose-wide">{say(item.word)}</span>
            <span className="prose-narrow">{item.id === 'undo' ? <UndoIcon /> : <RedoIcon />}</span>
          </button>
        ))}
      </div>
    </div>
  );
}

function kindWordOf(kind: string | null): WordKey {
  const known = ['p', 'h1', 'h2', 'h3', 'bullet', 'numbered', 'task', 'quote', 'divider'] as const;
  const found = known.find((each) => each === kind);
  return found === undefined ? (kind === null ? 'editor.kindMixed' : 'editor.kindUnknown') : `editor.${found}`;
}
