/**
 * Says once, in one line, how much of a document a newer version of the program wrote that this one cannot show, and where it
 * stands. Counted again a moment after something has changed; draws nothing where there is nothing to say.
 */
import { useEffect, useState } from 'react';
import type * as Y from 'yjs';
import { readEvents } from '../../shared/events/event-log.ts';
import { readRecordState } from '../../shared/events/record-state.ts';
import { reviewEventSchema } from '../../shared/events/review-events.ts';
import { taskEventSchema } from '../../shared/events/task-events.ts';
import { readThreads, unreadEvents } from '../../shared/events/threads.ts';
import type { DocumentKindSpec } from '../../shared/kinds/kind.ts';
import { type NewerPlace, newerContent } from '../../shared/kinds/newer-content.ts';
import { EVENTS_ROOT } from '../../shared/rooms.ts';
import { useWords } from '../language/use-words.ts';
import type { Editing } from './editing.ts';
import { useEditing } from './editing-context.tsx';
import styles from './newer-note.module.css';

/** Counted again this long after a change. */
const SETTLE_MS = 400;

type Place = NewerPlace | 'review' | 'work' | 'record';
type Counts = readonly (readonly [Place, number])[];
/** Talk, work and lifecycle of the document. */
type Logs = Readonly<Record<'review' | 'work' | 'record', { readonly doc: Y.Doc }>>;

export function NewerNote({ spec, rooms }: { spec: DocumentKindSpec; rooms: Logs }) {
  const say = useWords();
  const { editing } = useEditing();
  const counts = useCounts(editing, spec, rooms);
  const count = counts.reduce((sum, [, each]) => sum + each, 0);
  if (count === 0) return null;
  const places = counts.map(([place, each]) => say('newer.place', { place: say(`newer.place.${place}`), count: each }));
  return (
    <p className={styles.note} role="note">
      {say('newer.kept', { count, places: places.join(say('general.separator')) })}
    </p>
  );
}

function useCounts(editing: Editing, spec: DocumentKindSpec, rooms: Logs): Counts {
  const [counts, setCounts] = useState(() => readCounts(editing, spec, rooms));
  useEffect(() => {
    const readAgain = () =>
      setCounts((before) => {
        const now = readCounts(editing, spec, rooms);
        return JSON.stringify(now) === JSON.stringify(before) ? before : now;
      });
    let timer: ReturnType<typeof setTimeout> | null = null;
    const onUpdate = () => {
      timer ??= setTimeout(() => {
        timer = null;
        readAgain();
      }, SETTLE_MS);
    };
    readAgain();
    const docs = [editing.doc, rooms.review.doc, rooms.work.doc, rooms.record.doc];
    for (const doc of docs) doc.on('update', onUpdate);
    return () => {
      if (timer !== null) clearTimeout(timer);
      for (const doc of docs) doc.off('update', onUpdate);
    };
  }, [editing, spec, rooms]);
  return counts;
}

function readCounts(editing: Editing, spec: DocumentKindSpec, { review, work, record }: Logs): Counts {
  const body = newerContent(editing.doc, spec, (root) =>
    root === 'fields'
      ? editing.fieldsView.read()
      : root === 'tasks'
        ? editing.tasksView.read()
        : editing.records(root).view.read(),
  );
  const said = readEvents(review.doc.getMap(EVENTS_ROOT), reviewEventSchema);
  const counts: Counts = [
    ...body,
    [
      'review',
      unreadEvents(
        said,
        readThreads(said.events, () => null),
      ),
    ],
    ['work', readEvents(work.doc.getMap(EVENTS_ROOT), taskEventSchema).invalid.length],
    ['record', readRecordState(record.doc.getMap(EVENTS_ROOT)).unread],
  ];
  return counts.filter(([, count]) => count > 0);
}
