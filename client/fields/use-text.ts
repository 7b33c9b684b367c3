/** The words of a Y.Text as React reads them: the same string until something changed. */
import { useCallback, useRef, useSyncExternalStore } from 'react';
import type * as Y from 'yjs';
import { cellText } from '../../shared/fields/text-cell.ts';

export function useText(ytext: Y.Text): string {
  const cache = useRef<{ ytext: Y.Text; text: string } | null>(null);
  const subscribe = useCallback(
    (onChange: () => void) => {
      const listener = () => {
        cache.current = null;
        onChange();
      };
      ytext.observe(listener);
      return () => ytext.unobserve(listener);
    },
    [ytext],
  );
  return useSyncExternalStore(subscribe, () => {
    if (cache.current?.ytext !== ytext) cache.current = { ytext, text: cellText(ytext) };
    return cache.current.text;
  });
}
