/**
 * A new document: kind, title, who sees it. Its id is made here and its template is written here, once, by its creator;
 * the server hears of it by a command in the outbox, so it works offline too.
 */
import { Radio, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CaseDetail } from '../../../shared/api.ts';
import { titleSchema } from '../../../shared/commands.ts';
import { KINDS } from '../../../shared/kinds/all-kinds.ts';
import { AUDIENCES, type Audience, canEnter } from '../../../shared/permissions.ts';
import { MADE_KINDS, type MadeKind } from '../../../shared/vocabulary.ts';
import { useLanguage, useWords } from '../../language/use-words.ts';
import type { PersonSession } from '../../replica/contract.ts';
import { createDocument } from '../../replica/create-document.ts';
import { useEnvironment } from '../../ui/environment.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';

interface CreateDocumentDialogProps {
  opened: boolean;
  session: PersonSession;
  detail: CaseDetail;
  onClose: () => void;
  onCreated: (documentId: string) => void;
}

export function CreateDocumentDialog({ opened, session, detail, onClose, onCreated }: CreateDocumentDialogProps) {
  const say = useWords();
  const language = useLanguage();
  const environment = useEnvironment();
  const [kind, setKind] = useState<MadeKind>('caseNote');
  const [typedTitle, setTitle] = useState<string | null>(null);
  const [audience, setAudience] = useState<Audience>('joint');
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [hasFailed, setFailed] = useState(false);

  const title = typedTitle ?? KINDS[kind].name[language];
  const parsedTitle = titleSchema.safeParse(title);
  // Only audiences the creator is in: nobody makes a document they cannot open.
  const audiences = AUDIENCES.filter((each) =>
    canEnter({
      role: detail.myRole,
      actingAgencyId: detail.myAgencyId,
      audience: each,
      audienceAgencyId: detail.myAgencyId,
    }),
  );

  const submit = async () => {
    setTried(true);
    if (!parsedTitle.success || isBusy) return;
    setBusy(true);
    setFailed(false);
    const documentId = environment.uuid();
    const isCreated = await createDocument(session, environment, {
      documentId,
      caseId: detail.caseId,
      kind,
      title: parsedTitle.data,
      audience,
      audienceAgencyId: detail.myAgencyId,
      language,
    });
    setBusy(false);
    if (!isCreated) {
      setFailed(true);
      return;
    }
    setTitle(null);
    setTried(false);
    onClose();
    onCreated(documentId);
  };

  return (
    <FormDialog
      opened={opened}
      title={say('createDocument.title')}
      submitLabel={say('createDocument.submit')}
      busy={isBusy}
      error={hasFailed ? say('createDocument.failed') : null}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <Radio.Group
        label={say('createDocument.kind')}
        value={kind}
        onChange={(next) => setKind(MADE_KINDS.find((each) => each === next) ?? 'caseNote')}
      >
        <Stack gap={6} mt={6}>
          {MADE_KINDS.map((each) => (
            <Radio key={each} value={each} label={KINDS[each].name[language]} />
          ))}
        </Stack>
      </Radio.Group>
      <TextInput
        label={say('createDocument.documentTitle')}
        maxLength={200}
        data-autofocus
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        error={isTried && !parsedTitle.success ? say('general.required') : undefined}
      />
      <Select
        label={say('createDocument.audience')}
        data={audiences.map((each) => ({ value: each, label: say(`audience.${each}`) }))}
        value={audience}
        onChange={(next) => setAudience(AUDIENCES.find((each) => each === next) ?? 'joint')}
        allowDeselect={false}
      />
    </FormDialog>
  );
}
