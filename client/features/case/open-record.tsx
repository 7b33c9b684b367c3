/** The case's record, open: title, fields and parties edited in place, under one undo stack. */
import { type ReactNode, useSyncExternalStore } from 'react';
import type { CaseDetail } from '../../../shared/api.ts';
import { caseRecord } from '../../../shared/kinds/case-record.ts';
import { HEADER_RECORD, TITLE_FIELD } from '../../../shared/kinds/kind.ts';
import { readParties } from '../../../shared/kinds/parties.ts';
import { EditingProvider } from '../../fields/editing-context.tsx';
import { HeaderFields } from '../../fields/header-fields.tsx';
import { NewerNote } from '../../fields/newer-note.tsx';
import type { Presence } from '../../fields/presence.ts';
import { useEditingContext } from '../../fields/use-editing-context.ts';
import { useWords } from '../../language/use-words.ts';
import type { DocumentReplica, PersonSession } from '../../replica/contract.ts';
import { CaseMeta } from './case-meta.tsx';
import { CaseTitle } from './case-title.tsx';
import { PartiesSection } from './parties/parties-section.tsx';
import { PersonalHint } from './personal-hint.tsx';

const SPECS = caseRecord.fields.filter((spec) => spec.id !== TITLE_FIELD.id);

interface OpenRecordProps {
  session: PersonSession;
  detail: CaseDetail;
  rooms: DocumentReplica['rooms'];
  mayWrite: boolean;
  presence: Presence;
  mayDo: ReactNode;
}

export function OpenRecord({ session, detail, rooms, mayWrite, presence, mayDo }: OpenRecordProps) {
  const say = useWords();
  const context = useEditingContext(session, rooms.body, mayWrite, detail);
  const { editing } = context;
  const { view } = editing.records('parties');
  const fields = useSyncExternalStore(editing.fieldsView.subscribe, editing.fieldsView.read);
  const parties = useSyncExternalStore(view.subscribe, view.read);
  const header = fields.records.get(HEADER_RECORD);
  return (
    <EditingProvider value={context}>
      <CaseTitle header={header} presence={presence} known={detail.title} />
      <CaseMeta session={session} detail={detail} mayDo={mayDo} />
      <NewerNote spec={caseRecord} rooms={rooms} />
      <HeaderFields specs={SPECS} header={header} presence={presence} />
      <PartiesSection reading={parties} presence={presence} />
      <PersonalHint
        header={header}
        parties={readParties(parties).map((party) => ({ party, label: party.alias || say('party.unnamed') }))}
      />
    </EditingProvider>
  );
}
