/**
 * Where a comment or a reply is written: grows with its text, `@` offers the people who may see the document, Ctrl+Enter
 * sends and Enter begins a line. While an input method composes, nothing is offered and what others write of the review
 * waits, for it may move or take away the card that the box is in.
 */
import { Button, Textarea } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { MAX_COMMENT_LENGTH } from '../../shared/events/review-events.ts';
import { useCompositionHold } from '../fields/use-composition-hold.ts';
import { useWords } from '../language/use-words.ts';
import type { RoomReplica } from '../replica/contract.ts';
import styles from './comments.module.css';
import { type Mentionable, mentionQueryAt, offered } from './mention-query.ts';

interface CommentBoxProps {
  /** Whose changes wait while an input method composes here. */
  room: Pick<RoomReplica, 'holdRemoteChanges'>;
  value: string;
  people: readonly Mentionable[];
  label: string;
  hint: string;
  sendLabel: string;
  /** Takes the focus when it appears. */
  isFocused?: boolean;
  onChange: (text: string) => void;
  onSend: () => void;
  /** Leaves the box; what was written stays. */
  onLeave: () => void;
  onDiscard: () => void;
  /** Above the buttons. */
  children?: ReactNode;
}

type Menu = {
  readonly from: number;
  readonly query: string;
  readonly people: readonly Mentionable[];
  readonly index: number;
};

export function CommentBox(props: CommentBoxProps) {
  const { room, value, people, label, hint, sendLabel, isFocused, onChange, onSend, onLeave, onDiscard, children } =
    props;
  const say = useWords();
  const listId = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const caretAfter = useRef<number | null>(null);
  const [menu, setMenu] = useState<Menu | null>(null);
  const over = value.length - MAX_COMMENT_LENGTH;
  const maySend = value.trim() !== '' && over <= 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the caret goes behind a name once the name stands in the box
  useLayoutEffect(() => {
    if (caretAfter.current === null) return;
    box.current?.setSelectionRange(caretAfter.current, caretAfter.current);
    caretAfter.current = null;
  }, [value]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only when it appears
  useEffect(() => {
    const node = box.current;
    if (node === null || isFocused !== true) return;
    node.focus();
    node.setSelectionRange(node.value.length, node.value.length);
  }, []);

  const look = () => {
    const node = box.current;
    const typed = node === null || hold.isComposing() ? null : mentionQueryAt(node.value, node.selectionEnd);
    const found = typed === null ? [] : offered(people, typed.query);
    setMenu((before) => {
      if (typed === null || found.length === 0) return null;
      const isSame = before?.from === typed.from && before.query === typed.query;
      return { ...typed, people: found, index: isSame ? before.index : 0 };
    });
  };
  const hold = useCompositionHold(room, look);
  const choose = (person: Mentionable | undefined) => {
    const node = box.current;
    if (menu === null || person === undefined || node === null) return;
    const named = `@${person.name} `;
    caretAfter.current = menu.from + named.length;
    setMenu(null);
    onChange(value.slice(0, menu.from) + named + value.slice(node.selectionEnd));
    node.focus();
  };
  const send = () => {
    if (maySend) onSend();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (menu !== null) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step !== undefined) {
        setMenu({ ...menu, index: (menu.index + step + menu.people.length) % menu.people.length });
      } else if (event.key === 'Escape') setMenu(null);
      else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') {
        choose(menu.people[menu.index]);
      } else return;
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onLeave();
    }
  };

  const chosen = menu?.people[menu.index];
  return (
    <div className={styles.writing}>
      <Textarea
        ref={box}
        aria-label={label}
        // Over the page the panel itself puts the focus somewhere when it opens: here.
        data-autofocus={isFocused === true ? true : undefined}
        placeholder={hint}
        autosize
        minRows={2}
        maxRows={12}
        value={value}
        error={over > 0 ? say('comments.tooLong', { count: over }) : undefined}
        aria-controls={menu === null ? undefined : listId}
        aria-activedescendant={chosen === undefined ? undefined : `${listId}-${chosen.personId}`}
        onChange={(event) => {
          onChange(event.currentTarget.value);
          look();
        }}
        // The caret may have left the name.
        onKeyUp={(event) => menu !== null && ['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key) && look()}
        onClick={() => menu !== null && look()}
        onCompositionStart={() => {
          hold.handlers.onCompositionStart();
          setMenu(null);
        }}
        onCompositionEnd={hold.handlers.onCompositionEnd}
        onKeyDown={onKeyDown}
        onBlur={() => setMenu(null)}
      />
      {menu !== null && (
        <div id={listId} role="listbox" aria-label={say('comments.mentionList')} className={styles.mentions}>
          {menu.people.map((person, n) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are taken in the box, where the focus stays
            <div
              key={person.personId}
              id={`${listId}-${person.personId}`}
              role="option"
              tabIndex={-1}
              aria-selected={n === menu.index}
              className={styles.mention}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(person)}
            >
              <span>{person.name}</span>
              <span className={styles.quiet}>{person.note}</span>
            </div>
          ))}
        </div>
      )}
      {children}
      <div className={styles.sending}>
        <Button disabled={!maySend} onClick={send} title={say('comments.sendKeys', { keys: 'Ctrl+Enter' })}>
          {sendLabel}
        </Button>
        <Button variant="subtle" color="gray" onClick={onDiscard}>
          {say('comments.discard')}
        </Button>
      </div>
    </div>
  );
}
