/** A new case: title by alias, category, and the agency in whose name. Made on the device, also offline. In a dialog, or where a frame is given. */
import { Select, TextInput } from '@mantine/core';
import { type ComponentType, useState } from 'react';
import { titleSchema } from '../../../shared/commands.ts';
import { CASE_CATEGORIES, type CaseCategory } from '../../../shared/vocabulary.ts';
import { useLanguage, useWords } from '../../language/use-words.ts';
import type { PersonSession } from '../../replica/contract.ts';
import { useEnvironment } from '../../ui/environment.tsx';
import { FormDialog, type FormFrameProps } from '../../ui/form-dialog.tsx';
import { createCase } from './create-case.ts';

interface CaseFormProps {
  opened: boolean;
  session: PersonSession;
  frame?: ComponentType<FormFrameProps>;
  onClose: () => void;
  onCreated: (caseId: string) => void;
}

export function CaseForm({ opened, session, frame: Frame = FormDialog, onClose, onCreated }: CaseFormProps) {
  const say = useWords();
  const language = useLanguage();
  const environment = useEnvironment();
  const { agencies } = session.me;
  const [title, setTitle] = useState('');
  const [category, setCategory] = useState<CaseCategory | null>(null);
  const [agencyId, setAgencyId] = useState<string | null>(agencies[0]?.agencyId ?? null);
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const parsedTitle = titleSchema.safeParse(title);

  const submit = async () => {
    setTried(true);
    if (!parsedTitle.success || category === null || agencyId === null || isBusy) return;
    setBusy(true);
    setFailed(false);
    const caseId = await createCase(session, environment, { title: parsedTitle.data, category, agencyId, language });
    setBusy(false);
    if (caseId === null) {
      // What was typed stays in the form.
      setFailed(true);
      return;
    }
    setTitle('');
    setCategory(null);
    setTried(false);
    onClose();
    onCreated(caseId);
  };

  return (
    <Frame
      opened={opened}
      title={say('cases.create')}
      submitLabel={say('createCase.submit')}
      busy={isBusy}
      error={hasFailed ? say('createDocument.failed') : null}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <TextInput
        label={say('createCase.caseTitle')}
        description={say('createCase.caseTitleExplanation')}
        maxLength={200}
        data-autofocus
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        error={isTried && !parsedTitle.success ? say('general.required') : undefined}
      />
      <Select
        label={say('createCase.category')}
        data={CASE_CATEGORIES.map((each) => ({ value: each, label: say(`category.${each}`) }))}
        value={category}
        onChange={(next) => setCategory(CASE_CATEGORIES.find((each) => each === next) ?? null)}
        searchable
        maxDropdownHeight={280}
        error={isTried && category === null ? say('general.required') : undefined}
      />
      <Select
        label={say('createCase.agency')}
        description={say('createCase.agencyExplanation')}
        data={agencies.map((agency) => ({ value: agency.agencyId, label: agency.name }))}
        value={agencyId}
        onChange={setAgencyId}
        allowDeselect={false}
        error={isTried && agencyId === null ? say('general.required') : undefined}
      />
    </Frame>
  );
}
