/**
 * Who works on the case, by agency. The host invites, changes roles and removes; everybody else reads who the host is.
 * Commands go through the outbox; the catalogue shows them at once, a refusal is told by the app.
 */
import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import type { CaseDetail, Member } from '../../../shared/api.ts';
import { canCommand, ROLES, type SaidRole } from '../../../shared/permissions.ts';
import { useWords } from '../../language/use-words.ts';
import type { PersonSession } from '../../replica/contract.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useEnvironment } from '../../ui/environment.tsx';
import { Face } from '../../ui/face.tsx';
import text from '../../ui/page-text.module.css';
import table from '../../ui/table.module.css';
import { InviteDialog } from './invite-dialog.tsx';
import styles from './members-section.module.css';

export function MembersSection({ session, detail }: { session: PersonSession; detail: CaseDetail }) {
  const say = useWords();
  const { uuid } = useEnvironment();
  const [isInviting, setInviting] = useState(false);
  const [leaving, setLeaving] = useState<Member | null>(null);
  const { caseId } = detail;
  const mayManage = canCommand(detail.myRole, 'inviteMember');
  const hosts = detail.members.filter((member) => member.role === 'host');
  const hostNames = hosts.map((host) => host.name).join(say('general.separator'));
  const byAgency = membersByAgency(detail);

  return (
    <section aria-labelledby="members-heading" className={styles.section}>
      <div className={text.heading}>
        <h2 id="members-heading">{say('case.members')}</h2>
        <span className={text.note}>
          {say('case.agencyCount', { count: byAgency.length })} ·{' '}
          {say('case.memberCount', { count: detail.members.length })}
        </span>
        {mayManage ? (
          <Button variant="default" onClick={() => setInviting(true)}>
            {say('case.invite')}
          </Button>
        ) : (
          <span className={text.note}>{say('case.onlyHost', { hosts: hostNames })}</span>
        )}
      </div>
      <div className={table.frame}>
        {byAgency.map(([agencyId, members]) => (
          <div key={agencyId} className={styles.agency}>
            <h3 className={styles.agencyName}>{members[0]?.agencyName}</h3>
            <ul className={styles.members}>
              {members.map((member) => {
                const isLastHost = member.role === 'host' && hosts.length === 1;
                const isMe = member.personId === session.me.person.personId;
                return (
                  <li key={member.personId} className={styles.member}>
                    <Face person={member} />
                    <span className={styles.name}>
                      {isMe ? say('general.bracketed', { text: member.name, note: say('general.you') }) : member.name}
                    </span>
                    {mayManage && !isLastHost ? (
                      <>
                        <Select
                          classNames={{ root: styles.role, input: styles.roleInput }}
                          aria-label={say('case.roleOf', { name: member.name })}
                          data={roleChoices(member.role).map((role) => ({ value: role, label: say(`role.${role}`) }))}
                          value={member.role}
                          allowDeselect={false}
                          onChange={(next) => {
                            const role = ROLES.find((each) => each === next);
                            if (role === undefined || role === member.role) return;
                            void session.submit({
                              commandId: uuid(),
                              type: 'changeRole',
                              caseId,
                              personId: member.personId,
                              role,
                            });
                          }}
                        />
                        <Button
                          variant="subtle"
                          color="gray"
                          aria-label={say('case.removeOf', { name: member.name })}
                          onClick={() => setLeaving(member)}
                        >
                          {say('case.remove')}
                        </Button>
                      </>
                    ) : (
                      <span
                        className={styles.roleWord}
                        title={isLastHost && mayManage ? say('case.lastHost') : undefined}
                      >
                        {say(`role.${member.role}`)}
                      </span>
                    )}
                  </li>
                );
              })}
            </ul>
          </div>
        ))}
      </div>
      <InviteDialog opened={isInviting} session={session} detail={detail} onClose={() => setInviting(false)} />
      <ConfirmDialog
        opened={leaving !== null}
        title={say('case.removeTitle', { name: leaving?.name ?? '' })}
        confirmLabel={say('case.remove')}
        danger
        onConfirm={() => {
          if (leaving === null) return;
          void session.submit({ commandId: uuid(), type: 'removeMember', caseId, personId: leaving.personId });
        }}
        onClose={() => setLeaving(null)}
      >
        {say('case.removeExplanation')}
      </ConfirmDialog>
    </section>
  );
}

/** The roles to choose from; one that this version does not know stands among them while somebody has it. */
function roleChoices(now: SaidRole): readonly SaidRole[] {
  return now === 'unknown' ? [...ROLES, now] : ROLES;
}

/** Agencies in the order of their names, the lead agency first; in each the host first, then by role. */
function membersByAgency(detail: CaseDetail): [string, Member[]][] {
  const byAgency = new Map<string, Member[]>();
  for (const member of detail.members) {
    byAgency.set(member.agencyId, [...(byAgency.get(member.agencyId) ?? []), member]);
  }
  const rankOf = ({ role }: Member) => roleChoices(role).indexOf(role);
  for (const members of byAgency.values()) members.sort((a, b) => rankOf(a) - rankOf(b));
  const rank = (agencyId: string) => (agencyId === detail.leadAgencyId ? 0 : 1);
  return [...byAgency].sort(
    ([a, membersA], [b, membersB]) =>
      rank(a) - rank(b) || (membersA[0]?.agencyName ?? '').localeCompare(membersB[0]?.agencyName ?? '', 'zh-CN'),
  );
}
