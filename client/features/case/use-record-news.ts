/**
 * What follows, outside the page, from something written in the case's record, by oneself or a colleague: a new title is the
 * case's title in every list at once, and the activity has a new line, asked for when the writing has come to rest.
 */
import { useEffect } from 'react';
import type { CaseDetail } from '../../../shared/api.ts';
import { readTitle } from '../../../shared/kinds/title.ts';
import type { PersonSession, RoomReplica } from '../../replica/contract.ts';
import { useLatest } from '../../ui/use-latest.ts';

/** Long enough for the relay to have noted and projected it, and for a sentence to be typed. */
const SETTLE_MS = 2_000;

export function useRecordNews(session: PersonSession, detail: CaseDetail, body: RoomReplica): void {
  const latest = useLatest(detail);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = () => {
      const { caseId, title } = latest.current;
      void session.activity.refresh(caseId);
      if ((readTitle(body.doc) ?? title) !== title) void session.catalogue.refresh();
    };
    const note = () => {
      const title = readTitle(body.doc);
      if (title !== null) session.catalogue.noteTitle(latest.current.caseId, title);
    };
    note();
    const onUpdate = () => {
      note();
      clearTimeout(timer);
      timer = setTimeout(ask, SETTLE_MS);
    };
    body.doc.on('update', onUpdate);
    return () => {
      clearTimeout(timer);
      body.doc.off('update', onUpdate);
    };
  }, [session, body, latest]);
}
