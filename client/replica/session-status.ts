/**
 * What a person's session says of everything together: how much there is that only this device has, and the status line.
 * Looks at the documents, the outbox, the store and the connection whenever one of them changes; what the line says of
 * them is status.ts.
 */
import { documentMadeBy } from '../../shared/commands.ts';
import type { Access } from './access.ts';
import type { Observable, OutboxEntry, SaveStatus } from './contract.ts';
import type { LocalStore } from './local-store.ts';
import { observableOf } from './observable.ts';
import type { OpenDocuments } from './open-documents.ts';
import type { Outbox } from './outbox.ts';
import type { StandingWatch } from './standing.ts';
import { deviceStatus } from './status.ts';
import type { WaitingDocuments } from './waiting-documents.ts';

export interface SessionStatus {
  readonly status: Observable<SaveStatus>;
  /** Documents and commands that the server has not acknowledged. */
  readonly unsynced: Observable<number>;
  /** An open document may have changed. */
  look(): void;
  close(): void;
}

export interface SessionStatusParts {
  readonly access: Observable<Access>;
  readonly isReachable: StandingWatch['isReachable'];
  readonly open: OpenDocuments['all'];
  readonly waiting: WaitingDocuments['ids'];
  readonly outbox: Pick<Outbox, 'entries' | 'storeProblem'>;
  readonly trouble: LocalStore['trouble'];
}

export function createSessionStatus(parts: SessionStatusParts): SessionStatus {
  const { access, isReachable, open, waiting, outbox, trouble } = parts;
  const status = observableOf<SaveStatus>({ kind: 'opening' });
  const unsynced = observableOf(0);
  let isClosed = false;

  function waitingCommands(): OutboxEntry[] {
    return outbox.entries.get().filter(({ state }) => state === 'waiting');
  }

  function waitingDocuments(): Set<string> {
    const made = waitingCommands().flatMap(({ command }) => documentMadeBy(command) ?? []);
    return new Set([...waiting.get(), ...made]);
  }

  function look() {
    if (isClosed) return;
    const { isOnline, isOtherPerson, isSignedOut } = access.get();
    unsynced.set(waitingDocuments().size + waitingCommands().length);
    status.set(
      deviceStatus({
        open: [...open.get().values()].map((document) => document.status.get()),
        waitingDocuments: waitingDocuments().size,
        outbox: outbox.entries.get(),
        isOnline: isOnline && isReachable.get(),
        isOtherPerson,
        isSignedOut,
        storeProblem: trouble.get() ?? outbox.storeProblem.get(),
      }),
    );
  }

  const shown = [access, isReachable, open, waiting, outbox.entries, outbox.storeProblem, trouble];
  const ends = shown.map((each) => each.subscribe(look));

  return {
    status,
    unsynced,
    look,
    close: () => {
      isClosed = true;
      for (const end of ends) end();
    },
  };
}
