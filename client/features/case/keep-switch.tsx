/**
 * "Keep on this device" for one case: the choice, and what it amounts to right now. Turning it off asks first, and says
 * what stays until the server has it. Opening a case is what turns it on, unless the person said no before.
 */
import { Switch } from '@mantine/core';
import { useState } from 'react';
import { formatMomentShort } from '../../language/dates.ts';
import { type Say, useWords } from '../../language/use-words.ts';
import type { KeptCase, PersonSession } from '../../replica/contract.ts';
import { useObservable } from '../../replica/hooks.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useEnvironment } from '../../ui/environment.tsx';
import { useNotice } from '../../ui/notices.tsx';
import styles from './keep-switch.module.css';

export function KeepSwitch({ session, caseId, title }: { session: PersonSession; caseId: string; title: string }) {
  const say = useWords();
  const notify = useNotice();
  const { now } = useEnvironment();
  const kept = useObservable(session.keeping.cases)[caseId];
  const [isAsking, setAsking] = useState(false);
  if (kept === undefined) return null;

  const choose = async (isKept: boolean) => {
    try {
      const { removed, staying } = await session.keeping.setKept(caseId, isKept);
      if (isKept) return;
      const told = [
        ...(removed > 0 || staying === 0 ? [say('keep.removed', { count: removed })] : []),
        ...(staying > 0 ? [say('keep.staying', { count: staying })] : []),
      ];
      notify({ text: told.join(say('general.pause')) });
    } catch {
      // The choice is not in the store, so it does not count; why the store refuses is said above the page.
      notify({ text: say('keep.failed') });
    }
  };

  return (
    <div className={styles.row}>
      <Switch
        label={say('keep.switch')}
        checked={kept.isKept}
        onChange={(event) => (event.currentTarget.checked ? void choose(true) : setAsking(true))}
        aria-describedby={`kept-${caseId}`}
      />
      <span id={`kept-${caseId}`} className={styles.note}>
        {keptInWords(kept, now(), say)}
      </span>
      <ConfirmDialog
        opened={isAsking}
        title={say('keep.offTitle')}
        confirmLabel={say('keep.offConfirm')}
        onConfirm={() => void choose(false)}
        onClose={() => setAsking(false)}
      >
        {say('keep.offExplanation', { title })}
      </ConfirmDialog>
    </div>
  );
}

function keptInWords({ isKept, documents, here, behind, syncedAtMs }: KeptCase, nowMs: number, say: Say): string {
  if (!isKept) return say('keep.off');
  if (documents === 0) return say('keep.empty');
  if (here < documents) return say('keep.partial', { here, count: documents });
  if (behind > 0) return say('keep.behind', { count: documents, behind });
  return syncedAtMs === null
    ? say('keep.completeHere', { count: documents })
    : say('keep.complete', { count: documents, when: formatMomentShort(syncedAtMs, nowMs) });
}
