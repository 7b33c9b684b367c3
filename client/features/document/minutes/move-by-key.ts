/** Alt+Shift+↑ and ↓ move the row one is in, as they move a paragraph; the focus stays in it. */
import type { KeyboardEvent } from 'react';

/** The row is the element the handler is on. */
export function moveByKey(
  event: KeyboardEvent,
  { isFirst, isLast }: { isFirst: boolean; isLast: boolean },
  onMove: (by: -1 | 1) => void,
): void {
  if (!event.altKey || !event.shiftKey) return;
  const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null;
  if (by === null) return;
  event.preventDefault();
  if (by === -1 ? isFirst : isLast) return;
  const focused = document.activeElement;
  onMove(by);
  // Moving an element in the page takes the focus out of it.
  requestAnimationFrame(() => {
    if (focused instanceof HTMLElement && focused.isConnected && document.activeElement !== focused) focused.focus();
  });
}
