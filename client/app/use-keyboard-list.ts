/** `?` opens the list of keys anywhere but in a text box; so does its button in the navigation. */
import { useEffect, useState } from 'react';

/** Whether the list is open; null until it was for the first time. */
export function useKeyboardList(): { isOpen: boolean | null; setOpen: (isOpen: boolean) => void } {
  const [isOpen, setOpen] = useState<boolean | null>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // A Chinese keyboard gives the full-width mark.
      if ((event.key !== '?' && event.key !== '？') || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.defaultPrevented || event.isComposing || isTypedInto(event.target)) return;
      event.preventDefault();
      setOpen(true);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return { isOpen, setOpen };
}

function isTypedInto(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}
