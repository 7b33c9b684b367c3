/** What one may do with the case's record, said before one tries: a word, and on asking the reason and who can help. */
import { Popover } from '@mantine/core';
import type { SaidRole } from '../../../shared/permissions.ts';
import { useWords } from '../../language/use-words.ts';
import { Chip } from '../../ui/chip.tsx';
import styles from './case-record.module.css';

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
    <Popover width={300} position="bottom-start">
      <Popover.Target>
        <button type="button" className={styles.chipButton} aria-label={`${say('document.mayTitle')} ${word}`}>
          <Chip tone={isStopped ? 'bad' : mayWrite ? 'plain' : mayComment ? 'brand' : 'warn'}>{word}</Chip>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <p>{say(why, { role: say(`role.${role}`), hosts })}</p>
      </Popover.Dropdown>
    </Popover>
  );
}
