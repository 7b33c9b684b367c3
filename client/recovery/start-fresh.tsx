/**
 * Goes on with what the server has, in place of a copy of this device that cannot go on: its edits were not taken, or it
 * cannot be read. Asks first; what nobody else has goes into a file before the copy is let go.
 */
import { type ReactNode, useState } from 'react';
import type { WordKey } from '../language/catalogue.ts';
import { useWords } from '../language/use-words.ts';
import type { DocumentReplica } from '../replica/contract.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { useNotice } from '../ui/notices.tsx';
import { saveFile } from './save-file.ts';

/** Why the copy cannot go on: its edits are with the host, are only here, or the copy cannot be read. */
export type FreshReason = 'kept' | 'notKept' | 'unread';

const EXPLANATION: Record<FreshReason, WordKey> = {
  kept: 'problem.startFreshKept',
  notKept: 'problem.startFreshNotKept',
  unread: 'problem.startFreshUnread',
};

/** `ask` opens the question; `dialog` is to be shown somewhere on the page. */
export function useStartFresh(replica: DocumentReplica, why: FreshReason): { ask: () => void; dialog: ReactNode } {
  const say = useWords();
  const notify = useNotice();
  const [isAsking, setAsking] = useState(false);
  const startFresh = async () => {
    const saveCopy = async () => {
      const blob = await replica.exportLocal();
      saveFile(blob, `${say('problem.exportName')}-${replica.documentId.slice(0, 8)}.json`);
    };
    try {
      // What nobody else has yet goes into a file first; the replica refuses otherwise.
      if (why !== 'kept') await saveCopy();
      await replica.startFresh().catch(async (error: unknown) => {
        if (why !== 'kept') throw error;
        // Another tab wrote on after the edits were handed in: that is only here.
        await saveCopy();
        await replica.startFresh();
      });
    } catch {
      // The store would not let go of the copy, or what is only here could not be written out: the copy stays.
      notify({ text: say('problem.startFreshFailed') });
    }
  };
  const dialog = (
    <ConfirmDialog
      opened={isAsking}
      title={say('problem.startFreshTitle')}
      confirmLabel={say('problem.startFresh')}
      onConfirm={() => void startFresh()}
      onClose={() => setAsking(false)}
    >
      {say(EXPLANATION[why])}
    </ConfirmDialog>
  );
  return { ask: () => setAsking(true), dialog };
}
