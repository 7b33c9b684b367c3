/**
 * What whoever acts as host may do with a held change: put its words into the document, as text or as a comment, say that they
 * have made the change there themselves, or why it is not taken. Words are written first and durable on this device; that they
 * were is a command after it, so that whatever ends in between, no words are lost and the change still waits.
 */
import { Button, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { type HeldSummary, MAX_SETTLEMENT_REASON, type Settlement } from '../../../shared/held.ts';
import { formatMoment } from '../../language/dates.ts';
import { useLanguage, useWords } from '../../language/use-words.ts';
import type { PersonSession } from '../../replica/contract.ts';
import { useEnvironment } from '../../ui/environment.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useNotice } from '../../ui/notices.tsx';
import { addAsComments, addToText, commentTexts } from './add-held.ts';
import { commentLines, type EffectWords } from './effect-words.ts';
import styles from './held-page.module.css';
import type { Place } from './with-place.tsx';

interface SettleActsProps {
  session: PersonSession;
  documentId: string;
  held: HeldSummary;
  /** What it would do; null when it cannot be read. */
  words: EffectWords | null;
  /** null while the document is being opened. */
  place: Place | null;
}

export function SettleActs({ session, documentId, held, words, place }: SettleActsProps) {
  const say = useWords();
  const language = useLanguage();
  const notify = useNotice();
  const { uuid, now, randomBytes } = useEnvironment();
  const [asked, setAsked] = useState<'add' | 'done' | 'discard' | null>(null);
  const { heldId, authorName: name } = held;
  const close = () => setAsked(null);

  const settle = async (settlement: Settlement, done: 'held.added' | 'held.addedComment' | 'held.noted') => {
    close();
    try {
      if (settlement.outcome !== 'discarded') await stored(place);
      await session.submit({ commandId: uuid(), type: 'settleHeld', documentId, heldId, settlement });
      notify({ text: say(done) });
    } catch {
      // The device store took it not: the change still waits.
      notify({ text: say('held.notStored') });
    }
  };
  const forText = words === null ? [] : [...words.lines, ...words.values];
  const forComment = words === null ? [] : commentLines(words, say);
  // Words of the discussion and of facts are no text of the document. What only deletes or changes is told in a comment.
  const asText = place !== null && held.room === 'body' && place.mayWriteText && forText.length > 0;
  const lines = asText ? forText : forComment;
  const mayAdd = place !== null && lines.length > 0 && (asText || place.mayComment);
  const mayHaveDone = place !== null && words !== null && (place.mayWriteText || place.mayComment);
  const add = () => {
    if (place === null) return;
    const { person } = session.me;
    const heading = say('held.addendum', { by: person.name, name, when: formatMoment(held.receivedAtMs, language) });
    if (asText) {
      addToText(place.replica.rooms.body.doc, { heldId, heading, lines }, uuid);
      void settle({ outcome: 'addedToText' }, 'held.added');
      return;
    }
    const texts = commentTexts(lines, (part, parts) =>
      parts === 1 ? heading : say('held.addendumPart', { heading, part: String(part), parts: String(parts) }),
    );
    const author = { personId: person.personId, nowMs: now(), randomBytes };
    addAsComments(place.replica.rooms.review.doc, { heldId, texts }, author);
    void settle({ outcome: 'addedAsComment' }, 'held.addedComment');
  };
  const way = asText ? 'addToText' : 'addAsComment';

  return (
    <>
      <Button variant="subtle" size="compact-sm" onClick={() => setAsked('discard')}>
        {say('held.discard')}
      </Button>
      {mayHaveDone && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAsked('done')}>
          {say('held.doneByHand')}
        </Button>
      )}
      {mayAdd && (
        <Button variant="default" size="compact-sm" onClick={() => setAsked('add')}>
          {say(`held.${way}`)}
        </Button>
      )}
      {place !== null && lines.length > 0 && !mayAdd && <span className={styles.note}>{say('held.mayNotAdd')}</span>}
      {asked === 'add' && mayAdd && (
        <FormDialog
          opened
          isSubmitFocused
          title={say(`held.${way}Title`)}
          submitLabel={say(`held.${way}`)}
          onSubmit={add}
          onClose={close}
        >
          <p>{say(`held.${way}Explanation`, { name })}</p>
          {asText && words !== null && words.values.length > 0 && <p>{say('held.valuesAsWords')}</p>}
          {asText && words !== null && unwritten(words) > 0 && (
            <p>{say('held.onlyWords', { count: unwritten(words) })}</p>
          )}
          <blockquote className={styles.preview}>{lines.join('\n')}</blockquote>
        </FormDialog>
      )}
      {asked === 'done' && (
        <FormDialog
          opened
          isSubmitFocused
          title={say('held.doneByHandTitle')}
          submitLabel={say('held.doneByHand')}
          onSubmit={() => void settle({ outcome: 'doneByHand' }, 'held.noted')}
          onClose={close}
        >
          <p>{say('held.doneByHandExplanation', { name })}</p>
        </FormDialog>
      )}
      {asked === 'discard' && (
        <DiscardDialog
          explanation={say('held.discardExplanation', { name })}
          onDiscard={(reason) => void settle({ outcome: 'discarded', reason }, 'held.noted')}
          onClose={close}
        />
      )}
    </>
  );
}

/** How many of its changes no word in the text stands for. */
function unwritten({ deletions, changes, values, unnamed }: EffectWords): number {
  return deletions.length + changes.length - values.length + unnamed;
}

/** Resolves when the words are in the device store; throws when they could not be put there. */
async function stored(place: Place | null): Promise<void> {
  await place?.replica.settled();
  const status = place?.replica.status.get();
  if (status?.kind === 'needsAttention' && status.problem.kind === 'storeFailed')
    throw new Error(status.problem.message);
}

interface DiscardDialogProps {
  explanation: ReactNode;
  onDiscard: (reason: string) => void;
  onClose: () => void;
}

function DiscardDialog({ explanation, onDiscard, onClose }: DiscardDialogProps) {
  const say = useWords();
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const isMissing = reason.trim() === '';
  return (
    <FormDialog
      opened
      title={say('held.discardTitle')}
      submitLabel={say('held.discard')}
      onSubmit={() => {
        setTried(true);
        if (!isMissing) onDiscard(reason.trim());
      }}
      onClose={onClose}
    >
      <p>{explanation}</p>
      <Textarea
        label={say('held.discardReason')}
        placeholder={say('held.discardReasonHint')}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={MAX_SETTLEMENT_REASON}
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={isTried && isMissing ? say('general.required') : undefined}
      />
    </FormDialog>
  );
}
