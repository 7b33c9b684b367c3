/**
 * Dragging a row by its handle, with a mouse, a pen or a finger: a line shows where it will stand; letting go moves it, Escape
 * does not. Rows that colleagues add or move meanwhile are counted where they are then.
 */
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';

export interface RowDrag {
  /** The row on its way; null while none is. */
  readonly recordId: string | null;
  /** Where the line stands, in pixels from the top of the frame. */
  readonly lineTop: number | null;
  onPointerDown(event: PointerEvent<HTMLElement>, recordId: string): void;
}

/**
 * @param frame the positioned element around the table
 * @param onDrop the row and its new index among the other rows
 */
export function useRowDrag(
  frame: RefObject<HTMLElement | null>,
  onDrop: (recordId: string, index: number) => void,
): RowDrag {
  const [drag, setDrag] = useState<{ recordId: string; index: number | null; lineTop: number | null } | null>(null);
  const latest = useRef({ drag, onDrop });
  latest.current = { drag, onDrop };
  const isDragging = drag !== null;

  useEffect(() => {
    if (!isDragging) return;
    const onMove = (event: globalThis.PointerEvent) => {
      const around = frame.current;
      const now = latest.current.drag;
      if (around === null || now === null) return;
      setDrag({ recordId: now.recordId, ...dropAt(around, now.recordId, event.clientY) });
    };
    const onUp = () => {
      const now = latest.current.drag;
      setDrag(null);
      if (now !== null && now.index !== null) latest.current.onDrop(now.recordId, now.index);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setDrag(null);
    };
    const onCancel = () => setDrag(null);
    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerup', onUp);
    window.addEventListener('pointercancel', onCancel);
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('pointermove', onMove);
      window.removeEventListener('pointerup', onUp);
      window.removeEventListener('pointercancel', onCancel);
      window.removeEventListener('keydown', onKey);
    };
  }, [isDragging, frame]);

  return {
    recordId: drag?.recordId ?? null,
    lineTop: drag?.lineTop ?? null,
    onPointerDown: (event, recordId) => {
      if (event.button !== 0) return;
      // Otherwise words are selected, or a finger scrolls the page.
      event.preventDefault();
      setDrag({ recordId, index: null, lineTop: null });
    },
  };
}

/** Between which rows the pointer is; nothing where the row stands already. */
function dropAt(frame: HTMLElement, recordId: string, y: number): { index: number | null; lineTop: number | null } {
  const rows = [...frame.querySelectorAll<HTMLElement>('tr[data-record]')];
  const here = rows.findIndex((row) => row.dataset.record === recordId);
  const boxes = rows.map((row) => row.getBoundingClientRect());
  const below = boxes.findIndex((box) => y < box.top + box.height / 2);
  const gap = below === -1 ? rows.length : below;
  if (gap === here || gap === here + 1) return { index: null, lineTop: null };
  const line = gap < boxes.length ? boxes[gap]?.top : boxes.at(-1)?.bottom;
  const lineTop = (line ?? 0) - frame.getBoundingClientRect().top - frame.clientTop;
  return { index: gap > here ? gap - 1 : gap, lineTop };
}
