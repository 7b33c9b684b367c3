/** What the case is, in one line under its title: number, category, who leads it, one's own place in it. */
import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CaseDetail } from '../../../shared/api.ts';
import { canCommand } from '../../../shared/permissions.ts';
import { useWords } from '../../language/use-words.ts';
import { HeldMark } from '../../recovery/held-mark.tsx';
import type { PersonSession } from '../../replica/contract.ts';
import { Chip } from '../../ui/chip.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useEnvironment } from '../../ui/environment.tsx';
import { useNotice } from '../../ui/notices.tsx';
import styles from './case-record.module.css';

export function CaseMeta({
  session,
  detail,
  mayDo,
}: {
  session: PersonSession;
  detail: CaseDetail;
  /** What one may do with the record, when that is known. */
  mayDo: ReactNode;
}) {
  const say = useWords();
  const notify = useNotice();
  const { uuid } = useEnvironment();
  const [isNumbering, setNumbering] = useState(false);
  const { caseId, number, myRole } = detail;
  const myAgency = detail.members.find((member) => member.personId === session.me.person.personId)?.agencyName;
  const giveNumber = async () => {
    await session.submit({ commandId: uuid(), type: 'giveNumber', target: { of: 'case', caseId } });
    notify({ text: say('case.numberAsked') });
  };
  return (
    <div className={styles.meta}>
      {number === null ? <Chip>{say('cases.numberPending')}</Chip> : <span>{number}</span>}
      <Chip>{say(`category.${detail.category}`)}</Chip>
      <span>{say('case.lead', { agency: detail.leadAgencyName })}</span>
      {myAgency !== undefined && <span>{say('case.myRole', { role: say(`role.${myRole}`), agency: myAgency })}</span>}
      {mayDo}
      <HeldMark session={session} caseId={caseId} documentId={caseId} held={detail.record?.held} />
      {canCommand(myRole, 'giveNumber') && number === null && (
        <Button variant="default" size="compact-sm" onClick={() => setNumbering(true)}>
          {say('case.giveNumber')}
        </Button>
      )}
      <ConfirmDialog
        opened={isNumbering}
        title={say('case.giveNumberTitle')}
        confirmLabel={say('case.giveNumber')}
        onConfirm={() => void giveNumber()}
        onClose={() => setNumbering(false)}
      >
        {say('case.giveNumberExplanation')}
      </ConfirmDialog>
    </div>
  );
}
