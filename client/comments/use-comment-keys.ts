/**
 * Keys for comments anywhere on a document's page: F8 and Shift+F8 go from comment to comment, Ctrl+Alt+M comments on the
 * field that has the focus. In the text the editor takes Ctrl+Alt+M first.
 */
import { useEffect } from 'react';
import { useLatest } from '../ui/use-latest.ts';
import { type FieldPlace, fieldAt } from './field-places.ts';

interface CommentKeys {
  go(by: -1 | 1): void;
  /** null: no field has the focus. */
  comment(place: FieldPlace | null): void;
}

export function useCommentKeys(keys: CommentKeys): void {
  const latest = useLatest(keys);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
      const hasMod = event.ctrlKey || event.metaKey;
      if (event.key === 'F8' && !hasMod && !event.altKey) latest.current.go(event.shiftKey ? -1 : 1);
      else if (hasMod && event.altKey && (event.key.toLowerCase() === 'm' || event.code === 'KeyM')) {
        latest.current.comment(event.target instanceof Element ? fieldAt(event.target) : null);
      } else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [latest]);
}
