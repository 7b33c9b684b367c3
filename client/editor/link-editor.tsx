/** Asks for the address of a link: set, change, remove, open. An address that is not allowed is refused in words. */
import { Button, Group, Popover, TextInput } from '@mantine/core';
import { useState } from 'react';
import { isSafeHref } from '../../shared/prose/links.ts';
import { useWords } from '../language/use-words.ts';
import { typedToHref } from './commands/link.ts';
import { type Place, PlaceAt } from './place-at.tsx';

export type LinkEditorProps = {
  /** The address now; empty for a new link. */
  readonly href: string;
  readonly place: Place;
  readonly onApply: (href: string) => void;
  readonly onRemove: () => void;
  readonly onClose: () => void;
};

export function LinkEditor({ href, place, onApply, onRemove, onClose }: LinkEditorProps) {
  const say = useWords();
  const [typed, setTyped] = useState(href);
  const [isRefused, setIsRefused] = useState(false);
  const apply = () => {
    const wanted = typedToHref(typed);
    if (wanted === null) setIsRefused(true);
    else onApply(wanted);
  };
  return (
    <Popover opened onDismiss={onClose} position="bottom-start" width={320} trapFocus returnFocus={false}>
      <Popover.Target>
        <PlaceAt place={place} />
      </Popover.Target>
      <Popover.Dropdown
        aria-label={say('editor.link')}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose();
        }}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            apply();
          }}
        >
          <TextInput
            data-autofocus
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            label={say('editor.linkAddress')}
            description={say('editor.linkHint')}
            error={isRefused ? say('editor.linkRefused') : undefined}
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setIsRefused(false);
            }}
          />
          <Group mt="sm" gap="xs">
            <Button type="submit">{say('editor.linkApply')}</Button>
            {href !== '' && (
              <Button variant="default" onClick={onRemove}>
                {say('editor.linkRemove')}
              </Button>
            )}
            {isSafeHref(href) && (
              <Button variant="subtle" component="a" href={href} target="_blank" rel="noopener noreferrer">
                {say('editor.linkOpen')}
              </Button>
            )}
          </Group>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
