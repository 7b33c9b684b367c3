/** What one may do here, said before one tries: a word, and on asking the reason and who can help. */
import type { DocumentState, SaidRole } from '../../../shared/permissions.ts';
import type { WordKey } from '../../language/catalogue.ts';
import { useWords } from '../../language/use-words.ts';
import type { Tone } from '../../ui/chip.tsx';
import { ExplainedChip } from '../../ui/explained-chip.tsx';

/** What decides it, by the relay's last word. */
export interface Standing {
  readonly role: SaidRole;
  readonly state: DocumentState;
  readonly mayWriteBody: boolean;
  readonly mayWriteWork: boolean;
  /** Whether comments may be written here. */
  readonly mayComment: boolean;
  /** Only plans have tasks to work on after the text is closed. */
  readonly hasTasks: boolean;
  /** The relay refused this device's edits: nothing more is written until that is settled. */
  readonly isStopped: boolean;
  /** Why the program has to be updated before anything may be changed; null when it need not be. */
  readonly needsUpdate: 'program' | 'kind' | null;
}

/** The word, its tone and the sentences behind it. Pure. */
export function standingToWords(standing: Standing): { word: WordKey; why: WordKey[]; tone: Tone } {
  const { state, mayWriteBody, mayWriteWork, mayComment, hasTasks, isStopped, needsUpdate } = standing;
  if (isStopped) return { word: 'document.may.read', why: ['document.why.stopped'], tone: 'bad' };
  if (needsUpdate !== null)
    return { word: 'document.may.read', why: [`document.why.update.${needsUpdate}`], tone: 'warn' };
  if (mayWriteBody && state === 'draft')
    return { word: 'document.may.write', why: ['document.why.write'], tone: 'plain' };
  const mayWork = hasTasks && mayWriteWork;
  const why: WordKey[] = [
    state === 'freezing' ? 'document.why.freezing' : state === 'frozen' ? 'document.why.frozen' : 'document.why.role',
  ];
  if (mayComment) why.push('document.why.comment');
  if (mayWork) why.push('document.why.work');
  if (mayComment) return { word: mayWork ? 'document.may.commentAndWork' : 'document.may.comment', why, tone: 'brand' };
  return { word: mayWork ? 'document.may.readWork' : 'document.may.read', why, tone: 'warn' };
}

export function MayDo({ standing, hosts }: { standing: Standing; hosts: string }) {
  const say = useWords();
  const { word, why, tone } = standingToWords(standing);
  return (
    <ExplainedChip word={say(word)} tone={tone} label={`${say('document.mayTitle')} ${say(word)}`}>
      {why.map((key) => (
        <p key={key}>{say(key, { role: say(`role.${standing.role}`), hosts })}</p>
      ))}
    </ExplainedChip>
  );
}
