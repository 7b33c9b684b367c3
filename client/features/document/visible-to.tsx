/** Who can see this document: a button with the number of agencies, and the list behind it. */
import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import type { CaseDetail, DocumentSummary, Member } from '../../../shared/api.ts';
import { canEnter } from '../../../shared/permissions.ts';
import { useWords } from '../../language/use-words.ts';
import { Face } from '../../ui/face.tsx';
import styles from './document-page.module.css';

/** The members of the document's audience by agency. Pure. */
function audienceByAgency(detail: CaseDetail, summary: DocumentSummary): [string, Member[]][] {
  const byAgency = new Map<string, Member[]>();
  for (const member of detail.members) {
    const { role, agencyId, agencyName } = member;
    const { audience, audienceAgencyId } = summary;
    if (!canEnter({ role, actingAgencyId: agencyId, audience, audienceAgencyId })) continue;
    byAgency.set(agencyName, [...(byAgency.get(agencyName) ?? []), member]);
  }
  return [...byAgency];
}

export function VisibleTo({ detail, summary }: { detail: CaseDetail; summary: DocumentSummary }) {
  const say = useWords();
  const [isOpen, setOpen] = useState(false);
  const byAgency = audienceByAgency(detail, summary);
  const isKnown = summary.audience !== 'unknown';
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)} className={styles.visible}>
        <span className={styles.wideWords}>
          {isKnown ? say('document.visibleTo', { count: byAgency.length }) : say('document.visibleToUnknown')}
        </span>
        <span className={styles.shortWords}>
          {isKnown ? say('document.visibleToShort', { count: byAgency.length }) : say('audience.short.unknown')}
        </span>
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={say('document.visibleToTitle')}
        closeButtonProps={{ 'aria-label': say('general.close') }}
      >
        <p>{say(`audience.${summary.audience}`)}</p>
        <p className={styles.note}>{say('document.visibleToExplanation')}</p>
        {byAgency.map(([agencyName, members]) => (
          <div key={agencyName} className={styles.audience}>
            <h3>{agencyName}</h3>
            <ul>
              {members.map((member) => (
                <li key={member.personId}>
                  <Face person={member} size={24} />
                  <span>{member.name}</span>
                  <span className={styles.note}>{say(`role.${member.role}`)}</span>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </Modal>
    </>
  );
}
