/**
 * Cells of a spreadsheet pasted anywhere on the page that takes no words, for a table that has no cell yet to be in. What is
 * pasted where somebody writes is left to that place, and so is text that is no table.
 */
import { useEffect } from 'react';
import { useLatest } from '../../../ui/use-latest.ts';

export function usePagePaste(isOn: boolean, paste: (text: string) => void): void {
  const latest = useLatest(paste);
  useEffect(() => {
    if (!isOn) return;
    const onPaste = (event: ClipboardEvent) => {
      const { target } = event;
      const takesWords =
        target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea'));
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (takesWords || !text.includes('\t')) return;
      event.preventDefault();
      latest.current(text);
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, [isOn, latest]);
}
