/**
 * Comments on fields and rows, laid over the page: how many there are at each, a button at the one under the pointer or the
 * focus, a frame around the one being read. Cells need only say which they are (field-places.ts).
 */
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useWords } from '../language/use-words.ts';
import styles from './comments.module.css';
import {
  type FieldPlace,
  fieldAt,
  fieldElement,
  fieldKey,
  fieldLabel,
  fieldWords,
  listFields,
} from './field-places.ts';

interface FieldCount extends FieldPlace {
  readonly threadIds: readonly string[];
}

interface FieldCommentsProps {
  counts: readonly FieldCount[];
  /** The field of the thread being read. */
  active: FieldPlace | null;
  mayComment: boolean;
  onOpen: (threadId: string) => void;
  onComment: (place: FieldPlace) => void;
  /** What each commented place is called now, by key; null for one that is not there. */
  onLabels: (labels: ReadonlyMap<string, string | null>) => void;
}

/** How long the pointer stands on a field before the button is offered. */
const POINTER_RESTS_MS = 300;

type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

export function FieldComments({ counts, active, mayComment, onOpen, onComment, onLabels }: FieldCommentsProps) {
  const say = useWords();
  const origin = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<FieldPlace | null>(null);
  const [, setMeasured] = useState(0);
  const told = useRef('');
  const words = fieldWords(say);

  useEffect(() => {
    const root = origin.current?.parentElement ?? null;
    if (root === null) return;
    let rest: ReturnType<typeof setTimeout> | undefined;
    const point = (event: Event) => {
      const { target, type } = event;
      if (!(target instanceof Element)) return;
      clearTimeout(rest);
      if (origin.current?.contains(target)) return;
      const place = fieldAt(target);
      const set = () =>
        setPointed((before) =>
          place !== null && before !== null && fieldKey(before) === fieldKey(place) ? before : place,
        );
      // A pointer on its way over a table lights up nothing.
      if (type === 'pointerover') rest = setTimeout(set, POINTER_RESTS_MS);
      else set();
    };
    const leave = () => {
      clearTimeout(rest);
      setPointed(null);
    };
    let frame = 0;
    const measure = () => {
      frame = 0;
      setMeasured((n) => n + 1);
    };
    const soon = () => {
      if (frame === 0) frame = requestAnimationFrame(measure);
    };
    // What is typed into the text moves no field.
    const mutations = new MutationObserver((records) => {
      const isOutside = ({ target }: MutationRecord) => {
        const element = target instanceof Element ? target : target.parentElement;
        return element !== null && element.closest('.prose-editor') === null && !origin.current?.contains(element);
      };
      if (records.some(isOutside)) soon();
    });
    mutations.observe(root, { childList: true, subtree: true });
    const sizes = new ResizeObserver(soon);
    sizes.observe(root);
    root.addEventListener('pointerover', point);
    root.addEventListener('focusin', point);
    root.addEventListener('pointerleave', leave);
    root.addEventListener('scroll', soon, true);
    return () => {
      clearTimeout(rest);
      cancelAnimationFrame(frame);
      mutations.disconnect();
      sizes.disconnect();
      root.removeEventListener('pointerover', point);
      root.removeEventListener('focusin', point);
      root.removeEventListener('pointerleave', leave);
      root.removeEventListener('scroll', soon, true);
    };
  }, []);

  // After every drawing: names come from the page.
  useLayoutEffect(() => {
    const root = origin.current?.parentElement;
    if (!root) return;
    const order = counts.length === 0 ? [] : listFields(root).map(fieldKey);
    const labels = counts
      .map((place) => ({ place, at: order.indexOf(fieldKey(place)) }))
      .sort((a, b) => a.at - b.at)
      .map(({ place }) => [fieldKey(place), fieldLabel(root, place, words)] as const);
    const telling = JSON.stringify(labels);
    if (telling === told.current) return;
    told.current = telling;
    onLabels(new Map(labels));
  });

  const root = origin.current?.parentElement ?? null;
  const boxOf = (place: FieldPlace | null): Box | null => {
    const element = root === null || place === null ? null : fieldElement(root, place);
    const from = origin.current?.getBoundingClientRect();
    if (element === null || from === undefined) return null;
    const { left, top, width, height } = element.getBoundingClientRect();
    return width === 0 ? null : { left: left - from.left, top: top - from.top, width, height };
  };
  const labelOf = (place: FieldPlace) => (root === null ? '' : (fieldLabel(root, place, words) ?? ''));
  const frame = boxOf(active);
  const here = mayComment && pointed !== null ? boxOf(pointed) : null;
  return (
    <div ref={origin} className={styles.overlay}>
      {frame !== null && <div className={styles.frame} style={frame} />}
      {counts.map((place) => {
        const box = boxOf(place);
        if (box === null) return null;
        return (
          <button
            key={fieldKey(place)}
            type="button"
            className={styles.badge}
            style={{ left: box.left + box.width, top: box.top }}
            aria-label={say('comments.fieldCount', { place: labelOf(place), count: place.threadIds.length })}
            onClick={() => onOpen(place.threadIds[0] ?? '')}
          >
            {place.threadIds.length}
          </button>
        );
      })}
      {here !== null && pointed !== null && (
        <button
          type="button"
          // Without a stop of its own: from the field, the shortcut does the same.
          tabIndex={-1}
          className={styles.onField}
          style={{ left: here.left + here.width, top: here.top }}
          aria-label={say('comments.onField', { place: labelOf(pointed) })}
          onClick={() => onComment(pointed)}
        >
          {say('comments.write')}
        </button>
      )}
    </div>
  );
}
