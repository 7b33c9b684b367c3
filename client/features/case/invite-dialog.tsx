/** Invites somebody with an account: who, for which of their agencies, in which role. */
import { Select } from '@mantine/core';
import { useState } from 'react';
import type { CaseDetail } from '../../../shared/api.ts';
import { ROLES, type Role } from '../../../shared/permissions.ts';
import { useWords } from '../../language/use-words.ts';
import type { PersonSession } from '../../replica/contract.ts';
import { useObservable } from '../../replica/hooks.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useEnvironment } from '../../ui/environment.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';

interface InviteDialogProps {
  opened: boolean;
  session: PersonSession;
  detail: CaseDetail;
  onClose: () => void;
}

export function InviteDialog({ opened, session, detail, onClose }: InviteDialogProps) {
  const say = useWords();
  const { uuid } = useEnvironment();
  const directory = useObservable(session.catalogue.directory);
  const [personId, setPersonId] = useState<string | null>(null);
  const [chosenAgencyId, setAgencyId] = useState<string | null>(null);
  const [role, setRole] = useState<Role>('participant');
  const [isTried, setTried] = useState(false);

  const agencyById = new Map(directory.agencies.map((agency) => [agency.agencyId, agency]));
  const memberIds = new Set(detail.members.map((member) => member.personId));
  const candidates = directory.people.filter((person) => !memberIds.has(person.personId));
  const person = candidates.find((each) => each.personId === personId);
  const agencyIds = person?.agencyIds ?? [];
  const agencyId = agencyIds.find((id) => id === chosenAgencyId) ?? agencyIds[0] ?? null;

  const close = () => {
    setPersonId(null);
    setAgencyId(null);
    setTried(false);
    onClose();
  };
  const submit = () => {
    setTried(true);
    if (person === undefined || agencyId === null) return;
    void session.submit({
      commandId: uuid(),
      type: 'inviteMember',
      caseId: detail.caseId,
      personId: person.personId,
      agencyId,
      role,
    });
    close();
  };
  const label = (id: string) => agencyById.get(id)?.name ?? id;

  return (
    <FormDialog
      opened={opened}
      title={say('invite.title')}
      submitLabel={candidates.length === 0 ? null : say('invite.submit')}
      onSubmit={submit}
      onClose={close}
    >
      {candidates.length === 0 ? (
        <EmptyState title={say('invite.nobody')} next={say('invite.nobodyNext')} />
      ) : (
        <>
          <Select
            label={say('invite.person')}
            placeholder={say('invite.personPlaceholder')}
            searchable
            data-autofocus
            maxDropdownHeight={280}
            data={candidates.map((each) => ({
              value: each.personId,
              label: say('general.bracketed', {
                text: each.name,
                note: each.agencyIds.map(label).join(say('general.separator')),
              }),
            }))}
            value={personId}
            onChange={setPersonId}
            error={isTried && person === undefined ? say('general.required') : undefined}
          />
          <Select
            label={say('invite.agency')}
            data={agencyIds.map((id) => ({ value: id, label: label(id) }))}
            value={agencyId}
            onChange={setAgencyId}
            allowDeselect={false}
            disabled={person === undefined}
          />
          <Select
            label={say('invite.role')}
            data={ROLES.map((each) => ({
              value: each,
              label: `${say(`role.${each}`)} · ${say(`role.explain.${each}`)}`,
            }))}
            value={role}
            onChange={(next) => setRole(ROLES.find((each) => each === next) ?? 'participant')}
            allowDeselect={false}
          />
        </>
      )}
    </FormDialog>
  );
}
