/** The dialog for the link at the selection: opened beside it, it changes that link whatever is selected meanwhile. */
import { type ReactNode, type RefObject, useState } from 'react';
import { type LinkAtSelection, linkAtSelection, removeLink, setLink } from './commands/link.ts';
import { LinkEditor } from './link-editor.tsx';
import type { MountedEditor } from './mount-editor.ts';
import { type Place, placeOf } from './place-at.tsx';

type Opened = { readonly mounted: MountedEditor; readonly link: LinkAtSelection; readonly place: Place };

/** @param frame the element that the dialog is placed in, around the text */
export function useLinkDialog(
  mounted: MountedEditor | null,
  frame: RefObject<HTMLElement | null>,
): { readonly open: () => void; readonly dialog: ReactNode } {
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = () => setOpened(null);
  const open = () => {
    if (mounted === null || frame.current === null) return;
    const { view, state } = mounted.editor;
    const link = linkAtSelection(state);
    setOpened({ mounted, link, place: placeOf(view, link.from, frame.current) });
  };
  // Of an editor that is gone nothing can be changed any more.
  if (opened === null || opened.mounted !== mounted) return { open, dialog: null };
  const { link, place } = opened;
  return {
    open,
    dialog: (
      <LinkEditor
        href={link.href}
        place={place}
        onApply={(href) => {
          mounted.run(setLink(link, href));
          close();
        }}
        onRemove={() => {
          mounted.run(removeLink(link));
          close();
        }}
        onClose={() => {
          close();
          mounted.editor.view.focus();
        }}
      />
    ),
  };
}
