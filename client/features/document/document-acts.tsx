/** What may be done with the document as a whole: freeze, reopen, number, look at held changes, export. By role and state. */
import { Menu } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { DocumentSummary } from '../../../shared/api.ts';
import { specOfKind } from '../../../shared/kinds/all-kinds.ts';
import { canCommand, canSettleHeld, type DocumentState, type SaidRole } from '../../../shared/permissions.ts';
import { useWords } from '../../language/use-words.ts';
import type { PersonSession } from '../../replica/contract.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useEnvironment } from '../../ui/environment.tsx';
import { MoreMenu } from '../../ui/more-menu.tsx';
import { useNotice } from '../../ui/notices.tsx';

type Act = 'freeze' | 'unfreeze' | 'giveNumber';

interface DocumentActsProps {
  /** Lines above the others: what may be done with the page. */
  first?: ReactNode;
  session: PersonSession;
  summary: DocumentSummary;
  role: SaidRole;
  state: DocumentState;
  number: string | null;
  onHeld: () => void;
  onExport: () => void;
}

/** The acts a role has in a state. Pure. */
function documentActs(role: SaidRole, summary: DocumentSummary, state: DocumentState, number: string | null): Act[] {
  const acts: Act[] = [];
  if (state === 'draft' && canCommand(role, 'freezeDocument')) acts.push('freeze');
  if (state === 'frozen' && canCommand(role, 'unfreezeDocument')) acts.push('unfreeze');
  const hasSeries = specOfKind(summary.kind).numberSeries !== undefined;
  if (hasSeries && number === null && canCommand(role, 'giveNumber')) acts.push('giveNumber');
  return acts;
}

const WORDS = {
  freeze: { label: 'document.freeze', title: 'document.freezeTitle', text: 'document.freezeExplanation' },
  unfreeze: { label: 'document.unfreeze', title: 'document.unfreezeTitle', text: 'document.unfreezeExplanation' },
  giveNumber: { label: 'document.giveNumber', title: 'document.giveNumberTitle', text: 'case.giveNumberExplanation' },
} as const;

export function DocumentActs({ first, session, summary, role, state, number, onHeld, onExport }: DocumentActsProps) {
  const say = useWords();
  const notify = useNotice();
  const { uuid } = useEnvironment();
  const [asked, setAsked] = useState<Act | null>(null);
  const { documentId } = summary;
  const acts = documentActs(role, summary, state, number);

  const carryOut = async (act: Act) => {
    const commandId = uuid();
    if (act === 'giveNumber') {
      await session.submit({ commandId, type: 'giveNumber', target: { of: 'document', documentId } });
    } else {
      await session.submit({ commandId, type: act === 'freeze' ? 'freezeDocument' : 'unfreezeDocument', documentId });
    }
    notify({ text: say(session.status.get().kind === 'offline' ? 'document.askedOffline' : 'document.asked') });
  };

  return (
    <>
      <MoreMenu label={say('document.more.actions')}>
        {first}
        {acts.map((act) => (
          <Menu.Item key={act} onClick={() => setAsked(act)}>
            {say(WORDS[act].label)}
          </Menu.Item>
        ))}
        {acts.length > 0 && <Menu.Divider />}
        {(canSettleHeld(role, summary.audience) || summary.held !== undefined) && (
          <Menu.Item onClick={onHeld}>{say('document.held')}</Menu.Item>
        )}
        <Menu.Item onClick={onExport}>{say('document.export')}</Menu.Item>
      </MoreMenu>
      <ConfirmDialog
        opened={asked !== null}
        title={asked === null ? '' : say(WORDS[asked].title)}
        confirmLabel={asked === null ? '' : say(WORDS[asked].label)}
        onConfirm={() => {
          if (asked !== null) void carryOut(asked);
        }}
        onClose={() => setAsked(null)}
      >
        {asked !== null && say(WORDS[asked].text)}
      </ConfirmDialog>
    </>
  );
}
