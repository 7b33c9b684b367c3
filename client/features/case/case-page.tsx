/**
 * One case: what it is, its documents, who works on it. Everything here is the catalogue's view and commands; the
 * documents' content is elsewhere. What a person may not do is said, not hidden.
 */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { canCommand } from '../../../shared/permissions.ts';
import { useWords } from '../../language/use-words.ts';
import type { PersonSession } from '../../replica/contract.ts';
import { useObservable } from '../../replica/hooks.ts';
import { Chip } from '../../ui/chip.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useEnvironment } from '../../ui/environment.tsx';
import { useNotice } from '../../ui/notices.tsx';
import text from '../../ui/page-text.module.css';
import { Path } from '../../ui/path.tsx';
import { Page } from '../../ui/shell.tsx';
import { CreateDocumentDialog } from './create-document-dialog.tsx';
import { DocumentsList } from './documents-list.tsx';
import { KeepSwitch } from './keep-switch.tsx';
import { MembersSection } from './members-section.tsx';

interface CasePageProps {
  session: PersonSession;
  caseId: string;
  onOpenDocument: (documentId: string) => void;
  toCases: () => void;
}

export function CasePage({ session, caseId, onOpenDocument, toCases }: CasePageProps) {
  const say = useWords();
  const notify = useNotice();
  const { uuid } = useEnvironment();
  const detail = useObservable(session.catalogue.caseDetail(caseId));
  const [isCreating, setCreating] = useState(false);
  const [isNumbering, setNumbering] = useState(false);
  const above = [{ label: say('navigation.cases'), href: '/' }];

  if (detail === null) {
    return (
      <Page path={<Path above={above} here={say('case.unknown')} />}>
        <EmptyState
          title={say('case.unknown')}
          next={say('case.unknownNext')}
          act={<Button onClick={toCases}>{say('general.toCases')}</Button>}
        />
      </Page>
    );
  }

  const myAgency = detail.members.find((member) => member.personId === session.me.person.personId)?.agencyName;
  const mayCreate = canCommand(detail.myRole, 'registerDocument');
  const mayNumber = canCommand(detail.myRole, 'giveNumber') && detail.number === null;
  const create = mayCreate ? (
    <Button onClick={() => setCreating(true)}>{say('createDocument.title')}</Button>
  ) : undefined;

  const giveNumber = async () => {
    await session.submit({ commandId: uuid(), type: 'giveNumber', target: { of: 'case', caseId } });
    notify({ text: say('case.numberAsked') });
  };

  return (
    <Page path={<Path above={above} here={detail.title} />} acts={create}>
      <div className={text.column}>
        <h1 className={text.title}>{detail.title}</h1>
        <div className={text.meta}>
          {detail.number === null ? <Chip>{say('cases.numberPending')}</Chip> : <span>{detail.number}</span>}
          <Chip>{say(`category.${detail.category}`)}</Chip>
          <span>{say('case.lead', { agency: detail.leadAgencyName })}</span>
          {myAgency !== undefined && (
            <span>{say('case.myRole', { role: say(`role.${detail.myRole}`), agency: myAgency })}</span>
          )}
          {mayNumber && (
            <Button variant="default" onClick={() => setNumbering(true)}>
              {say('case.giveNumber')}
            </Button>
          )}
        </div>
        <KeepSwitch session={session} caseId={caseId} title={detail.title} />
        <DocumentsList session={session} detail={detail} create={create} />
        <MembersSection session={session} detail={detail} />
      </div>
      <CreateDocumentDialog
        opened={isCreating}
        session={session}
        detail={detail}
        onClose={() => setCreating(false)}
        onCreated={onOpenDocument}
      />
      <ConfirmDialog
        opened={isNumbering}
        title={say('case.giveNumberTitle')}
        confirmLabel={say('case.giveNumber')}
        onConfirm={() => void giveNumber()}
        onClose={() => setNumbering(false)}
      >
        {say('case.giveNumberExplanation')}
      </ConfirmDialog>
    </Page>
  );
}
