/**
 * Between what a window shows and how it is told to others: by the paragraph or row at the upper edge, never by pixels of
 * the whole page, because windows differ. The parts of a page are known by `data-id` (paragraphs) and `data-record` (rows).
 */
import type { ViewPlace } from './follow-states.ts';

const PARTS = '.prose-text > [data-id], [data-record]:not(:has([data-record]))';
/** Above this much of scrolling it is the top. */
const TOP_PX = 8;

/** What stands at the upper edge of the scrolling element. */
export function readViewPlace(scroller: HTMLElement): ViewPlace {
  if (scroller.scrollTop <= TOP_PX) return { of: 'top' };
  const edge = scroller.getBoundingClientRect().top;
  for (const part of scroller.querySelectorAll<HTMLElement>(PARTS)) {
    const { top, bottom, height } = part.getBoundingClientRect();
    if (bottom <= edge + 1 || height === 0) continue;
    const { id, record } = part.dataset;
    const share = top >= edge ? 0 : Math.min(1, (edge - top) / height);
    const gap = top >= edge ? Math.min(10_000, Math.round(top - edge)) : 0;
    return id === undefined ? { of: 'record', id: record ?? '', share, gap } : { of: 'block', id, share, gap };
  }
  return { of: 'top' };
}

/** Puts the same part at the upper edge; false when it is not on the page. */
export function showViewPlace(scroller: HTMLElement, place: ViewPlace): boolean {
  if (place.of === 'top') {
    scroller.scrollTop = 0;
    return true;
  }
  const name = place.of === 'block' ? 'data-id' : 'data-record';
  const part = scroller.querySelector<HTMLElement>(`[${name}="${CSS.escape(place.id)}"]`);
  if (part === null) return false;
  const { top, height } = part.getBoundingClientRect();
  scroller.scrollTop += top + height * place.share - place.gap - scroller.getBoundingClientRect().top;
  return true;
}
