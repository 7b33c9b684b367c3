/**
 * Notes above every page: what the whole device has to say (its store, its sign-in), and commands that were refused, each
 * until the person has seen it. Problems of one document are shown on that document's page.
 */
import { Button } from '@mantine/core';
import type { Command } from '../../shared/commands.ts';
import { type Say, useWords } from '../language/use-words.ts';
import type { PersonSession, SaveStatus } from '../replica/contract.ts';
import { useObservable } from '../replica/hooks.ts';
import { Banner } from '../ui/banner.tsx';
import { ProblemBanner } from '../ui/problem-banner.tsx';
import { StoreNotes } from './store-notes.tsx';

interface DeviceNotesProps {
  session: PersonSession;
  /** A document's page shows such a problem itself, with more that can be done. */
  isOnDocument: boolean;
  onSignIn: () => void;
  onReload: () => void;
}

export function DeviceNotes({ session, isOnDocument, onSignIn, onReload }: DeviceNotesProps) {
  const say = useWords();
  const problem = deviceProblem(useObservable(session.status));
  const refused = useObservable(session.outbox).filter((entry) => entry.state === 'refused');
  return (
    <>
      {problem !== null && !isOnDocument && (
        <ProblemBanner problem={problem} onAct={{ signIn: onSignIn, reload: onReload }} />
      )}
      <StoreNotes session={session} />
      {refused.map(({ command, reason }) => (
        <Banner
          key={command.commandId}
          tone="warn"
          title={say('refusal.title', { what: commandInWords(command, say) })}
          acts={
            <Button variant="default" onClick={() => void session.dismiss(command.commandId)}>
              {say('refusal.dismiss')}
            </Button>
          }
        >
          {reason !== undefined && say(`refusal.${reason}`)}
          {(command.type === 'createCase' || command.type === 'registerDocument') && ` ${say('refusal.keptHere')}`}
        </Banner>
      ))}
    </>
  );
}

/** The problem, when it is one of the device and not of a single document. */
function deviceProblem(status: SaveStatus) {
  if (status.kind !== 'needsAttention') return null;
  const { problem } = status;
  const isOfDevice =
    problem.kind === 'storeFailed' ||
    problem.kind === 'otherPerson' ||
    (problem.kind === 'closed' && problem.close === 'signIn');
  return isOfDevice ? problem : null;
}

function commandInWords(command: Command, say: Say): string {
  switch (command.type) {
    case 'createCase':
    case 'registerDocument':
      return say(`command.${command.type}`, { title: command.title });
    default:
      return say(`command.${command.type}`);
  }
}
