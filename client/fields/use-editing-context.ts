/**
 * Everything the fields of an open document need, gathered once where the document is shown: the editing, names, the day,
 * and who is in which cell. What may be edited is the caller's to say.
 */
import { useEffect, useMemo } from 'react';
import type { CaseDetail } from '../../shared/api.ts';
import { dayOf } from '../language/dates.ts';
import type { PersonSession, RoomReplica } from '../replica/contract.ts';
import { useObservable } from '../replica/hooks.ts';
import { useEnvironment } from '../ui/environment.tsx';
import { useSame } from '../ui/use-same.ts';
import type { EditingContextValue } from './editing-context.tsx';
import { useEditingOf } from './use-editing-of.ts';
import { useNames } from './use-names.ts';

export function useEditingContext(
  session: PersonSession,
  body: RoomReplica,
  mayWrite: boolean,
  detail: CaseDetail,
): EditingContextValue {
  const environment = useEnvironment();
  // Fetched again whenever something in the case changes; seldom do they say anything else.
  const directory = useSame(useObservable(session.catalogue.directory));
  const members = useSame(detail.members);
  const { editing, undo, redo } = useEditingOf(body.doc, session.me.person.personId, mayWrite, members, directory);
  const names = useNames(session, members);
  const today = dayOf(environment.now());
  useEffect(() => () => body.awareness.setLocalStateField('cell', null), [body]);
  return useMemo(
    () => ({
      editing,
      body,
      mayWrite,
      names,
      today,
      enterCell: (place) => body.awareness.setLocalStateField('cell', place),
      undo,
      redo,
    }),
    [editing, body, mayWrite, names, today, undo, redo],
  );
}
