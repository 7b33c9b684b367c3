/** Asks for the activity again shortly after something was written in the case's record, by oneself or a colleague. */
import { useEffect } from 'react';
import type { PersonSession, RoomReplica } from '../../replica/contract.ts';

/** Long enough for the relay to have noted it, and for a sentence to be typed. */
const SETTLE_MS = 2_000;

export function useActivityRefresh(session: PersonSession, caseId: string, body: RoomReplica): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onUpdate = () => {
      clearTimeout(timer);
      timer = setTimeout(() => void session.activity.refresh(caseId), SETTLE_MS);
    };
    body.doc.on('update', onUpdate);
    return () => {
      clearTimeout(timer);
      body.doc.off('update', onUpdate);
    };
  }, [session, caseId, body]);
}
