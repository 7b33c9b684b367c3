/** The copy on this device cannot be read: the reason, what can be taken out, and how to go on. Nothing is deleted unasked. */
import { Button, Group } from '@mantine/core';
import { useWords } from '../language/use-words.ts';
import type { DocumentReplica } from '../replica/contract.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { useStartFresh } from './start-fresh.tsx';

export function UnreadableCopy(props: {
  replica: DocumentReplica;
  message: string;
  onExport: () => void;
  onReload: () => void;
}) {
  const say = useWords();
  const { ask, dialog } = useStartFresh(props.replica, 'unread');
  return (
    <div role="alert">
      <EmptyState
        title={say('problem.loadFailed')}
        next={
          <>
            {say('problem.loadFailedNext')}
            <br />
            <small>{say('problem.technical', { message: props.message })}</small>
          </>
        }
        act={
          <Group gap="sm" justify="center">
            <Button onClick={props.onExport}>{say('problem.export')}</Button>
            <Button variant="default" onClick={props.onReload}>
              {say('general.reload')}
            </Button>
            <Button variant="default" onClick={ask}>
              {say('problem.startFresh')}
            </Button>
          </Group>
        }
      />
      {dialog}
    </div>
  );
}
