/** The left side: cases, for administrators people; the open case with its documents; the person's own corner at the foot. */
import { Link, useRoute } from 'wouter';
import type { DocumentSummary } from '../../shared/api.ts';
import { DOCUMENT_KINDS, type SaidKind } from '../../shared/vocabulary.ts';
import { compareTitles } from '../language/title-order.ts';
import { useWords } from '../language/use-words.ts';
import type { Program } from '../offline/contract.ts';
import type { PersonSession } from '../replica/contract.ts';
import { useObservable } from '../replica/hooks.ts';
import { Face } from '../ui/face.tsx';
import { AppearanceSwitch, LanguageSwitch } from '../ui/preferences.tsx';
import { KeptFoot } from './kept-foot.tsx';
import styles from './navigation.module.css';
import { ProgramFoot } from './program-foot.tsx';
import { SignOut } from './sign-out.tsx';

interface NavigationProps {
  session: PersonSession;
  program: Program;
  isSecureOrigin: boolean;
  /** After a choice: puts a drawer away. */
  onChosen: () => void;
  /** Opens the list of keys. */
  onKeys: () => void;
}

export function Navigation({ session, program, isSecureOrigin, onChosen, onKeys }: NavigationProps) {
  const say = useWords();
  const [, inCase] = useRoute('/cases/:caseId/*?');
  const { person, agencies } = session.me;
  return (
    <div className={styles.navigation}>
      <div className={styles.product}>
        {say('general.product')} <small>{say('general.productAlso')}</small>
      </div>
      <NavigationLink href="/" label={say('navigation.cases')} onChosen={onChosen} />
      {person.isAdministrator && <NavigationLink href="/people" label={say('navigation.people')} onChosen={onChosen} />}
      {inCase?.caseId !== undefined && (
        <OpenCase key={inCase.caseId} session={session} caseId={inCase.caseId} onChosen={onChosen} />
      )}
      <div className={styles.foot}>
        <KeptFoot session={session} onChosen={onChosen} />
        <ProgramFoot program={program} isSecureOrigin={isSecureOrigin} />
        <button type="button" className={styles.keys} onClick={onKeys}>
          {say('keys.open')}
        </button>
        <LanguageSwitch />
        <AppearanceSwitch />
        <div className={styles.person}>
          <Face person={person} />
          <div className={styles.who}>
            <div className={styles.name}>{person.name}</div>
            <div className={styles.agency}>
              {agencies.map((agency) => agency.shortName).join(say('general.separator'))}
            </div>
          </div>
          <SignOut session={session} />
        </div>
      </div>
    </div>
  );
}

function OpenCase({ session, caseId, onChosen }: { session: PersonSession; caseId: string; onChosen: () => void }) {
  const say = useWords();
  const detail = useObservable(session.catalogue.caseDetail(caseId));
  if (detail === null) return null;
  return (
    <>
      <div className={styles.heading} title={detail.title}>
        {detail.title}
      </div>
      <NavigationLink isSub href={`/cases/${caseId}`} label={say('navigation.caseOverview')} onChosen={onChosen} />
      {inFixedOrder(detail.documents).map(({ documentId, title }) => (
        <NavigationLink
          key={documentId}
          isSub
          href={`/cases/${caseId}/documents/${documentId}`}
          label={title || say('document.untitled')}
          onChosen={onChosen}
        />
      ))}
    </>
  );
}

/** By kind, then title: a place in the list that does not change when somebody writes. */
function inFixedOrder(documents: readonly DocumentSummary[]): DocumentSummary[] {
  const kinds: readonly SaidKind[] = [...DOCUMENT_KINDS, 'unknown'];
  return [...documents].sort(
    (a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || compareTitles(a.title, b.title),
  );
}

function NavigationLink({
  href,
  label,
  isSub = false,
  onChosen,
}: {
  href: string;
  label: string;
  isSub?: boolean;
  onChosen: () => void;
}) {
  const [isHere] = useRoute(href);
  return (
    <Link
      href={href}
      className={`${styles.link} ${isSub ? styles.sub : ''} ${isHere ? styles.here : ''}`}
      aria-current={isHere ? 'page' : undefined}
      onClick={onChosen}
      title={label}
    >
      <span className={styles.label}>{label}</span>
    </Link>
  );
}
