/**
 * List items as Word and WPS put them on the clipboard: plain paragraphs whose style says `mso-list: l0 level2 lfo1`, with the
 * drawn marker as text in a span `mso-list: Ignore`. Markers such as `一、` or `第三条` are how official papers number their
 * headings and cannot be derived from a list; they are kept as words.
 */

export type OfficeItem = {
  readonly indent: number;
  /** Null: the marker is kept as words and the block is a paragraph. */
  readonly kind: 'bullet' | 'numbered' | null;
};

/** The raw style text: browsers drop `mso-` properties from `element.style`. */
export function styleOf(element: Element): string {
  return element.getAttribute('style') ?? '';
}

/** The element that holds the drawn marker. */
export function isMarkerSpan(element: Element): boolean {
  return /mso-list:\s*ignore/i.test(styleOf(element));
}

/** What a paragraph is in an office list, or null when it is in none. */
export function officeItem(paragraph: Element): OfficeItem | null {
  const level = /mso-list:[^;]*level(\d+)/i.exec(styleOf(paragraph))?.[1];
  if (level === undefined) return null;
  const marker = [...paragraph.querySelectorAll('span')].find(isMarkerSpan)?.textContent ?? '';
  return { indent: Math.max(0, Number(level) - 1), kind: kindOfMarker(marker) };
}

function kindOfMarker(marker: string): OfficeItem['kind'] {
  const sign = marker.replace(/[\s\u00a0]/g, '');
  if (/[\u4e00-\u9fff\u3400-\u4dbf]/.test(sign)) return null;
  return /^[（(]?(?:\d+|[a-z]|[ivxlcdm]+)[.．、)）]/i.test(sign) || /^[\u2460-\u2473]/.test(sign)
    ? 'numbered'
    : 'bullet';
}

/** The heading that Word or WPS means by a paragraph, from its style name or outline level; null when none. */
export function officeHeading(paragraph: Element): 'h1' | 'h2' | 'h3' | null {
  const byClass = /^MsoHeading(\d)$/i.exec(paragraph.className)?.[1];
  const byOutline = /mso-outline-level:\s*(\d)/i.exec(styleOf(paragraph))?.[1];
  if (/^MsoTitle$/i.test(paragraph.className)) return 'h1';
  const level = Number(byClass ?? byOutline ?? 0);
  return level === 0 ? null : level === 1 ? 'h1' : level === 2 ? 'h2' : 'h3';
}
