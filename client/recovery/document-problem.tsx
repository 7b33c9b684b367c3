/**
 * The problem of one document with the acts that help, for every page that shows one: the document's own, and the case's
 * page, whose record is a document too.
 */
import { useWords } from '../language/use-words.ts';
import type { DocumentReplica, Problem, SaveStatus } from '../replica/contract.ts';
import { useObserved } from '../replica/hooks.ts';
import { ProblemBanner } from '../ui/problem-banner.tsx';
import { saveFile } from './save-file.ts';
import { useStartFresh } from './start-fresh.tsx';

/** Hands everything this device holds of the document to the person, as a file. */
export function useExport(replica: DocumentReplica | null): () => void {
  const say = useWords();
  return () => {
    if (replica === null) return;
    void replica
      .exportLocal()
      .then((blob) => saveFile(blob, `${say('problem.exportName')}-${replica.documentId.slice(0, 8)}.json`));
  };
}

interface DocumentProblemProps {
  problem: Problem;
  replica: DocumentReplica;
  onSignIn: () => void;
  onReload: () => void;
  onExport: () => void;
  /** To what becomes of edits that were not taken. */
  onHeld: () => void;
}

/** The problem of this document with the acts that help; a refused command has its own note above. */
export function DocumentProblem({ problem, replica, onSignIn, onReload, onExport, onHeld }: DocumentProblemProps) {
  const { ask, dialog } = useStartFresh(replica, problem.kind === 'editsHeld' && problem.handedIn ? 'kept' : 'notKept');
  if (problem.kind === 'commandRefused') return null;
  return (
    <>
      <ProblemBanner
        problem={problem}
        onAct={{ signIn: onSignIn, reload: onReload, export: onExport, startFresh: ask, seeHeld: onHeld }}
      />
      {dialog}
    </>
  );
}

/** Only that edits were not taken: of a document that is not in the catalogue (any more), the one problem worth telling. */
export function HeldProblem(props: Omit<DocumentProblemProps, 'problem'>) {
  const problem = useObserved(props.replica.status, heldProblem);
  return problem === null ? null : <DocumentProblem {...props} problem={problem} />;
}

/** That edits were not taken, if that is what is the matter. */
export function heldProblem(status: SaveStatus): Extract<Problem, { kind: 'editsHeld' }> | null {
  return status.kind === 'needsAttention' && status.problem.kind === 'editsHeld' ? status.problem : null;
}
