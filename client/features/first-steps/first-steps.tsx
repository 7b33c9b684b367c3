/**
 * The guided start of a new house: three steps, each with the real form in its place. How far one is follows from what there
 * is, so it can be left and taken up anywhere; nothing here is made that the other pages would not make. The forms are
 * handed in: they belong to the features whose things they make.
 */
import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Agency, Person } from '../../../shared/api.ts';
import { useWords } from '../../language/use-words.ts';
import type { PersonSession } from '../../replica/contract.ts';
import { useObservable } from '../../replica/hooks.ts';
import { Chip } from '../../ui/chip.tsx';
import text from '../../ui/page-text.module.css';
import { Path } from '../../ui/path.tsx';
import { Page } from '../../ui/shell.tsx';
import styles from './first-steps.module.css';

const STEPS = ['agencies', 'people', 'case'] as const;
type Step = (typeof STEPS)[number];

interface FirstStepsProps {
  session: PersonSession;
  /** Where people sign in. */
  address: string;
  /** The real forms; each calls back when its thing has been made. */
  agencyForm: (onDone: () => void) => ReactNode;
  personForm: (onDone: () => void) => ReactNode;
  caseForm: () => ReactNode;
  onLeave: () => void;
}

export function FirstSteps(props: FirstStepsProps) {
  const { session, address, agencyForm, personForm, caseForm, onLeave } = props;
  const say = useWords();
  const { agencies, people } = useObservable(session.catalogue.directory);
  const cases = useObservable(session.catalogue.cases);
  const isDone: Record<Step, boolean> = {
    agencies: agencies.length > 1,
    people: people.length > 1,
    case: cases.length > 0,
  };
  const [chosen, setChosen] = useState<Step | null>(null);
  const current = chosen ?? STEPS.find((step) => !isDone[step]) ?? 'case';
  /** A form that was sent is shown anew, empty, for the next one. */
  const [made, setMade] = useState(0);
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (made > 0) form.current?.querySelector('input')?.focus();
  }, [made]);
  // Making the first of something must not close the step under somebody who has more to add.
  const stay = (step: Step) => () => {
    setChosen(step);
    setMade((before) => before + 1);
  };
  const nextOf = (step: Step) => STEPS[STEPS.indexOf(step) + 1];

  const parts: Record<Step, { title: string; count: string; body: ReactNode }> = {
    agencies: {
      title: say('firstSteps.agencies'),
      count: say('firstSteps.agencyCount', { count: agencies.length }),
      body: (
        <>
          <p className={text.note}>{say('firstSteps.agenciesWhy')}</p>
          <NameChips items={agencies} nameOf={(agency: Agency) => agency.name} idOf={(agency) => agency.agencyId} />
          <div key={made} ref={form}>
            {agencyForm(stay('agencies'))}
          </div>
        </>
      ),
    },
    people: {
      title: say('firstSteps.people'),
      count: say('firstSteps.peopleCount', { count: people.length }),
      body: (
        <>
          <p className={text.note}>{say('firstSteps.peopleWhy')}</p>
          <p className={styles.handOver}>{say('firstSteps.handOver', { address })}</p>
          <NameChips items={people} nameOf={(person: Person) => person.name} idOf={(person) => person.personId} />
          <div key={made} ref={form}>
            {personForm(stay('people'))}
          </div>
        </>
      ),
    },
    case: {
      title: say('firstSteps.case'),
      count: cases.length === 0 ? say('firstSteps.caseNone') : say('firstSteps.caseCount', { count: cases.length }),
      body: (
        <>
          <p className={text.note}>{say('firstSteps.caseWhy')}</p>
          {caseForm()}
        </>
      ),
    },
  };

  return (
    <Page path={<Path above={[]} here={say('firstSteps.title')} />}>
      <div className={text.column}>
        <h1 className={text.title}>{say('firstSteps.title')}</h1>
        <p className={text.meta}>{say('firstSteps.intro')}</p>
        <ol className={styles.steps}>
          {STEPS.map((step, index) => {
            const { title, count, body } = parts[step];
            const next = nextOf(step);
            const isCurrent = step === current;
            return (
              <li key={step} className={styles.step} aria-current={isCurrent ? 'step' : undefined}>
                <div className={styles.head}>
                  <h2>{title}</h2>
                  <span className={text.note}>{say('firstSteps.progress', { step: index + 1 })}</span>
                  <Chip tone={isDone[step] ? 'ok' : 'plain'}>{count}</Chip>
                  {!isCurrent && (
                    <Button
                      variant="subtle"
                      size="compact-sm"
                      aria-label={`${say('firstSteps.open')} ${title}`}
                      onClick={() => setChosen(step)}
                    >
                      {say('firstSteps.open')}
                    </Button>
                  )}
                </div>
                {isCurrent && (
                  <div className={styles.body}>
                    {body}
                    {next !== undefined && (
                      <Button variant="default" className={styles.next} onClick={() => setChosen(next)}>
                        {say(isDone[step] ? 'firstSteps.next' : 'firstSteps.skip')}
                      </Button>
                    )}
                  </div>
                )}
              </li>
            );
          })}
        </ol>
        <Button variant="subtle" color="gray" className={styles.leave} onClick={onLeave}>
          {say(isDone.case ? 'firstSteps.back' : 'firstSteps.leave')}
        </Button>
      </div>
    </Page>
  );
}

/** What there is already, by name; of many the first ones. */
function NameChips<T>({
  items,
  nameOf,
  idOf,
}: {
  items: readonly T[];
  nameOf: (item: T) => string;
  idOf: (item: T) => string;
}) {
  const say = useWords();
  const shown = items.slice(0, 12);
  return (
    <ul className={styles.names}>
      {shown.map((item) => (
        <li key={idOf(item)}>
          <Chip>{nameOf(item)}</Chip>
        </li>
      ))}
      {items.length > shown.length && <li>{say('document.more', { count: items.length - shown.length })}</li>}
    </ul>
  );
}
