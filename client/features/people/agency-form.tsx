/** Adds or changes one agency: in a dialog, or in the page where a frame is given. */
import { TextInput } from '@mantine/core';
import { type ComponentType, useState } from 'react';
import { type Agency, agencyInputSchema } from '../../../shared/api.ts';
import { useWords } from '../../language/use-words.ts';
import type { PersonSession } from '../../replica/contract.ts';
import { useEnvironment } from '../../ui/environment.tsx';
import { FormDialog, type FormFrameProps } from '../../ui/form-dialog.tsx';
import { accountApi } from './account-api.ts';
import { useAccountForm } from './use-account-form.ts';

interface AgencyFormProps {
  session: PersonSession;
  agency: Agency | 'new';
  frame?: ComponentType<FormFrameProps>;
  /** Saved, or given up. */
  onClose: () => void;
}

export function AgencyForm({ session, agency, frame: Frame = FormDialog, onClose }: AgencyFormProps) {
  const say = useWords();
  const { uuid, fetch } = useEnvironment();
  const known = agency === 'new' ? null : agency;
  const [values, setValues] = useState({
    name: known?.name ?? '',
    shortName: known?.shortName ?? '',
    mark: known?.mark ?? '',
  });
  const form = useAccountForm({
    session,
    schema: agencyInputSchema,
    // A name that is short enough needs no second one.
    input: { ...values, shortName: values.shortName.trim() === '' ? values.name : values.shortName },
    send: (input) => accountApi(fetch).putAgency(known?.agencyId ?? uuid(), input),
    onDone: onClose,
  });
  const field = (key: keyof typeof values) => ({
    value: values[key],
    onChange: (event: { currentTarget: HTMLInputElement }) => {
      const { value } = event.currentTarget;
      setValues((before) => ({ ...before, [key]: value }));
    },
    error: form.isWrong(key) ? say('general.required') : undefined,
  });
  return (
    <Frame
      opened
      title={say(known === null ? 'people.addAgency' : 'people.changeAgency')}
      submitLabel={say(known === null ? 'people.addAgency' : 'general.save')}
      busy={form.isBusy}
      error={form.error}
      onSubmit={form.submit}
      onClose={onClose}
    >
      <TextInput label={say('people.agencyName')} data-autofocus {...field('name')} />
      <TextInput label={say('people.agencyShortName')} placeholder={values.name} {...field('shortName')} />
      <TextInput label={say('people.agencyMark')} description={say('setup.agencyMarkExplanation')} {...field('mark')} />
    </Frame>
  );
}
