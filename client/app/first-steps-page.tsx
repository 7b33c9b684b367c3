/** The guided start with the forms of the features whose things it makes: composed here, because features do not know each other. */
import { CaseForm } from '../features/cases/case-form.tsx';
import { FirstSteps } from '../features/first-steps/first-steps.tsx';
import { AgencyForm } from '../features/people/agency-form.tsx';
import { PersonForm } from '../features/people/person-form.tsx';
import type { PersonSession } from '../replica/contract.ts';
import { InlineForm } from '../ui/inline-form.tsx';

interface FirstStepsPageProps {
  session: PersonSession;
  onOpenCase: (caseId: string) => void;
  onLeave: () => void;
}

export function FirstStepsPage({ session, onOpenCase, onLeave }: FirstStepsPageProps) {
  return (
    <FirstSteps
      session={session}
      address={window.location.origin}
      agencyForm={(onDone) => <AgencyForm session={session} agency="new" frame={InlineForm} onClose={onDone} />}
      personForm={(onDone) => <PersonForm session={session} person="new" frame={InlineForm} onClose={onDone} />}
      caseForm={() => (
        <CaseForm opened session={session} frame={InlineForm} onClose={() => {}} onCreated={onOpenCase} />
      )}
      onLeave={onLeave}
    />
  );
}
