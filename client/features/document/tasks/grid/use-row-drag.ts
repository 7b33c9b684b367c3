/**
 * Dragging a row by its handle, with a mouse, a pen or a finger: a line shows where it will stand; letting go moves it, Escape
 * does not. Near the edge of the window the page follows. Rows that colleagues add or move meanwhile are counted where they
 * are then.
 */
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';

export interface RowDrag {
  /** The row on its way; null while none is. */
  readonly recordId: string | null;
  /** Where the line stands, in pixels from the top of the frame. */
  readonly lineTop: number | null;
  onPointerDown(event: PointerEvent<HTMLElement>, recordId: string): void;
}

/** So near to the edges of the window (above, the bars of the page stay) it scrolls, by so many pixels a frame. */
const [ABOVE, BELOW, STEP] = [140, 72, 14];

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
    let pointerY: number | null = null;
    const follow = () => {
      const around = frame.current;
      const now = latest.current.drag;
      if (around === null || now === null || pointerY === null) return;
      setDrag({ recordId: now.recordId, ...dropAt(around, now.recordId, pointerY) });
    };
    const onMove = (event: globalThis.PointerEvent) => {
      pointerY = event.clientY;
      follow();
    };
    let ticking = requestAnimationFrame(function tick() {
      ticking = requestAnimationFrame(tick);
      const by = pointerY === null ? 0 : pointerY < ABOVE ? -STEP : pointerY > window.innerHeight - BELOW ? STEP : 0;
      if (by === 0 || frame.current === null) return;
      scrollerOf(frame.current).scrollBy(0, by);
      follow();
    });
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
      cancelAnimationFrame(ticking);
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

/** What scrolls when the table is longer than the window. */
function scrollerOf(frame: HTMLElement): Element {
  for (let node = frame.parentElement; node !== null; node = node.parentElement) {
    if (node.scrollHeight > node.clientHeight && /auto|scroll/.test(getComputedStyle(node).overflowY)) return node;
  }
  return document.scrollingElement ?? document.documentElement;
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
