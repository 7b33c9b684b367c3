/** What one may do with the case's record, said before one tries: a word, and on asking the reason and who can help. */
import type { SaidRole } from '../../../shared/permissions.ts';
import { useWords } from '../../language/use-words.ts';
import { ExplainedChip } from '../../ui/explained-chip.tsx';

export function CaseMayDo({
  role,
  mayWrite,
  mayComment,
  isStopped,
  needsUpdate,
  hosts,
}: {
  role: SaidRole;
  mayWrite: boolean;
  mayComment: boolean;
  isStopped: boolean;
  /** The program on the server is newer than this page. */
  needsUpdate: boolean;
  hosts: string;
}) {
  const say = useWords();
  const word = say(mayWrite ? 'document.may.write' : mayComment ? 'document.may.comment' : 'document.may.read');
  const why = isStopped
    ? 'document.why.stopped'
    : needsUpdate
      ? 'document.why.update.program'
      : mayWrite
        ? 'caseRecord.why.write'
        : mayComment
          ? 'caseRecord.why.comment'
          : 'caseRecord.why.role';
  return (
    <ExplainedChip
      word={word}
      tone={isStopped ? 'bad' : mayWrite ? 'plain' : mayComment ? 'brand' : 'warn'}
      label={`${say('document.mayTitle')} ${word}`}
    >
      <p>{say(why, { role: say(`role.${role}`), hosts })}</p>
    </ExplainedChip>
  );
}
