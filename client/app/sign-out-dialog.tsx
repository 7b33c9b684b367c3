/**
 * Before signing out with unsynced work: what waits, and the three ways on. Wait until it has reached the server, take it
 * out as a file, or sign out all the same: it stays on this device and is delivered when the person comes back.
 */
import { Button, Group, Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useWords } from '../language/use-words.ts';
import { useExportUnsynced } from '../recovery/export-unsynced.ts';
import type { PersonSession } from '../replica/contract.ts';
import { useObservable } from '../replica/hooks.ts';

interface SignOutDialogProps {
  session: PersonSession;
  onLeave: () => void;
  onClose: () => void;
}

export function SignOutDialog({ session, onLeave, onClose }: SignOutDialogProps) {
  const say = useWords();
  /** `syncing`: waits for the server, then signs out. `stuck`: tried, and something still waits. */
  const [step, setStep] = useState<'asking' | 'syncing' | 'stuck'>('asking');
  const exportUnsynced = useExportUnsynced(session);
  const documents = useObservable(session.waitingDocuments).length;
  const requests = useObservable(session.outbox).filter(({ state }) => state === 'waiting').length;
  const status = useObservable(session.status);
  const count = documents + requests;
  const isSyncing = step === 'syncing';
  const canSync = status.kind !== 'offline' && status.kind !== 'needsAttention';

  useEffect(() => {
    if (!isSyncing) return;
    let isOver = false;
    void session.syncNow().then(async () => {
      const left = await session.unsyncedCount();
      if (isOver) return;
      if (left > 0) setStep('stuck');
      else onLeave();
    });
    return () => {
      isOver = true;
    };
  }, [isSyncing, session, onLeave]);

  return (
    <Modal
      opened
      onClose={onClose}
      title={say('account.signOut')}
      closeButtonProps={{ 'aria-label': say('general.close') }}
    >
      <p>{say('account.unsynced', { count })}</p>
      <p role="status">
        {isSyncing && say('account.syncing', { count })}
        {step === 'stuck' && say('account.stuck', { count })}
        {step === 'asking' && !canSync && say('account.cannotSync')}
      </p>
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={onClose} data-autofocus>
          {say('general.cancel')}
        </Button>
        <Button variant="default" onClick={() => void exportUnsynced()}>
          {say('device.export')}
        </Button>
        <Button variant="default" onClick={onLeave}>
          {say('account.signOutAnyway')}
        </Button>
        {canSync && (
          <Button loading={isSyncing} onClick={() => setStep('syncing')}>
            {say('account.syncAndSignOut')}
          </Button>
        )}
      </Group>
    </Modal>
  );
}
