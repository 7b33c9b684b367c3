/** One problem as a banner with the acts that help; acts that the page cannot do are left out. */
import { Button } from '@mantine/core';
import type { WordKey } from '../language/catalogue.ts';
import { useWords } from '../language/use-words.ts';
import { Banner } from './banner.tsx';
import { type ProblemAct, problemToWords, type ShownProblem } from './problem-words.ts';

const LABEL: Record<ProblemAct, WordKey> = {
  export: 'problem.export',
  startFresh: 'problem.startFresh',
  seeHeld: 'problem.seeHeld',
  signIn: 'problem.signInAgain',
  reload: 'general.reload',
};

export function ProblemBanner({
  problem,
  onAct,
}: {
  problem: ShownProblem;
  onAct: Partial<Record<ProblemAct, () => void>>;
}) {
  const say = useWords();
  const words = problemToWords(problem);
  const acts = words.acts.filter((act) => onAct[act] !== undefined);
  return (
    <Banner
      tone={words.tone}
      title={say(words.title)}
      acts={acts.map((act, index) => (
        <Button key={act} variant={index === 0 ? 'filled' : 'default'} onClick={onAct[act]}>
          {say(LABEL[act])}
        </Button>
      ))}
    >
      {words.reason === undefined
        ? say(words.next)
        : say('general.twoSentences', { first: say(words.reason), second: say(words.next) })}
    </Banner>
  );
}
