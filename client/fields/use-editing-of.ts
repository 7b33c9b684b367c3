/**
 * The editing of an open document for as long as it is shown, with undo and redo that say why they could not. Keys of
 * undo work on the whole page; boxes with words of their own being typed keep theirs.
 */
import { useCallback, useEffect, useMemo } from 'react';
import type * as Y from 'yjs';
import type { CaseDetail, Directory } from '../../shared/api.ts';
import type { HistoryOutcome } from '../../shared/fields/history.ts';
import { useWords } from '../language/use-words.ts';
import { useEnvironment } from '../ui/environment.tsx';
import { useNotice } from '../ui/notices.tsx';
import { createEditing, type Editing } from './editing.ts';

export function useEditingOf(
  doc: Y.Doc,
  personId: string,
  mayWrite: boolean,
  members: CaseDetail['members'],
  directory: Directory,
): { editing: Editing; undo: () => void; redo: () => void } {
  const say = useWords();
  const notify = useNotice();
  const environment = useEnvironment();
  // One editing for one copy of the document: taking a fresh copy makes another.
  const editing = useMemo(() => createEditing(doc, personId, environment), [doc, personId, environment]);
  useEffect(() => () => editing.destroy(), [editing]);
  // What was undone before it was frozen must not come back after.
  useEffect(() => {
    if (!mayWrite) editing.history.clear();
  }, [editing, mayWrite]);

  const tell = useCallback(
    (outcome: HistoryOutcome, nothing: 'history.nothingToUndo' | 'history.nothingToRedo') => {
      if (outcome.outcome === 'nothing') notify({ text: say(nothing) });
      if (outcome.outcome === 'refused' || outcome.outcome === 'partly') {
        const { by } = outcome;
        const known = [...members, ...directory.people].find((person) => person.personId === by);
        const word = outcome.outcome === 'refused' ? 'history.refused' : 'history.partly';
        notify({ text: say(word, { name: known?.name ?? say('author.unknown') }) });
      }
    },
    [notify, say, members, directory],
  );
  const undo = useCallback(() => tell(editing.history.undo(), 'history.nothingToUndo'), [editing, tell]);
  const redo = useCallback(() => tell(editing.history.redo(), 'history.nothingToRedo'), [editing, tell]);

  useEffect(() => {
    if (!mayWrite) return;
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented || hasOwnUndo(event.target))
        return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      if (key === 'y' || event.shiftKey) redo();
      else undo();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [mayWrite, undo, redo]);

  return { editing, undo, redo };
}

/** Boxes and the prose editor answer these keys themselves. */
function hasOwnUndo(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}
