/** Adds or changes one person (name, agencies, password, whether they administer): in a dialog, or where a frame is given. */
import { Checkbox, MultiSelect, PasswordInput, TextInput } from '@mantine/core';
import { type ComponentType, useState } from 'react';
import { type Person, personInputSchema } from '../../../shared/api.ts';
import { useWords } from '../../language/use-words.ts';
import type { PersonSession } from '../../replica/contract.ts';
import { useObservable } from '../../replica/hooks.ts';
import { useEnvironment } from '../../ui/environment.tsx';
import { FormDialog, type FormFrameProps } from '../../ui/form-dialog.tsx';
import { accountApi } from './account-api.ts';
import { useAccountForm } from './use-account-form.ts';

/** A person who does not exist yet needs a password. */
const newPersonSchema = personInputSchema.required({ password: true });

interface PersonFormProps {
  session: PersonSession;
  person: Person | 'new';
  frame?: ComponentType<FormFrameProps>;
  /** Saved, or given up. */
  onClose: () => void;
}

export function PersonForm({ session, person, frame: Frame = FormDialog, onClose }: PersonFormProps) {
  const say = useWords();
  const { uuid, fetch } = useEnvironment();
  const directory = useObservable(session.catalogue.directory);
  const known = person === 'new' ? null : person;
  const [name, setName] = useState(known?.name ?? '');
  // A new person belongs to the only agency there is.
  const [agencyIds, setAgencyIds] = useState<string[]>(() => [
    ...(known?.agencyIds ??
      (directory.agencies.length === 1 ? directory.agencies.map(({ agencyId }) => agencyId) : [])),
  ]);
  const [password, setPassword] = useState('');
  const [isAdministrator, setAdministrator] = useState(known?.isAdministrator ?? false);
  const form = useAccountForm({
    session,
    schema: known === null ? newPersonSchema : personInputSchema,
    input: { name, agencyIds, isAdministrator, ...(password === '' ? {} : { password }) },
    send: (input) => accountApi(fetch).putPerson(known?.personId ?? uuid(), input),
    onDone: onClose,
  });
  return (
    <Frame
      opened
      title={say(known === null ? 'people.addPerson' : 'people.changePerson')}
      submitLabel={say(known === null ? 'people.addPerson' : 'general.save')}
      busy={form.isBusy}
      error={form.error}
      onSubmit={form.submit}
      onClose={onClose}
    >
      <TextInput
        label={say('people.personName')}
        data-autofocus
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={form.isWrong('name') ? say('general.required') : undefined}
      />
      <MultiSelect
        label={say('people.personAgencies')}
        data={directory.agencies.map((agency) => ({ value: agency.agencyId, label: agency.name }))}
        value={agencyIds}
        onChange={setAgencyIds}
        searchable
        error={form.isWrong('agencyIds') ? say('general.required') : undefined}
      />
      <PasswordInput
        label={say(known === null ? 'people.password' : 'people.newPassword')}
        description={
          known === null
            ? say('setup.passwordRule')
            : say('general.bracketed', { text: say('people.newPasswordExplanation'), note: say('setup.passwordRule') })
        }
        autoComplete="new-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={form.isWrong('password') ? say('setup.passwordRule') : undefined}
      />
      <Checkbox
        label={say('people.isAdministrator')}
        checked={isAdministrator}
        onChange={(event) => setAdministrator(event.currentTarget.checked)}
      />
    </Frame>
  );
}
