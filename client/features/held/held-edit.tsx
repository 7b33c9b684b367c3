/** One held change: by whom, when and why, the words in it when they are asked for, and what became of it or may. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { type HeldSummary, heldReason } from '../../../shared/held.ts';
import { formatMoment } from '../../language/dates.ts';
import { formatBytes } from '../../language/sizes.ts';
import { useLanguage, useWords } from '../../language/use-words.ts';
import type { PersonSession } from '../../replica/contract.ts';
import { Chip } from '../../ui/chip.tsx';
import { Face } from '../../ui/face.tsx';
import { useNotice } from '../../ui/notices.tsx';
import { HeldContents } from './held-contents.tsx';
import styles from './held-page.module.css';
import { SettleActs } from './settle-acts.tsx';
import { type ReadingContext, useEffectWords, useHeld } from './use-effect-words.ts';

/** What is shown without asking, and fetched without saying how much it is. */
export const SHORT_BYTES = 64_000;

interface HeldEditProps {
  session: PersonSession;
  documentId: string;
  held: HeldSummary;
  /** Settled on this device; the server has not said so yet. */
  isSending: boolean;
  isOpenAtFirst: boolean;
  /** The document it is read against, and whether this person says what becomes of it. */
  reading: ReadingContext;
  maySettle: boolean;
}

export function HeldEdit({ session, documentId, held, isSending, isOpenAtFirst, reading, maySettle }: HeldEditProps) {
  const say = useWords();
  const language = useLanguage();
  const notify = useNotice();
  const { heldId } = held;
  const [asked, setAsked] = useState<'no' | 'yes' | 'failed'>(isOpenAtFirst ? 'yes' : 'no');
  const isAsked = asked === 'yes';
  const whole = useHeld(session, { documentId, heldId, isAsked }, () => setAsked('failed'));
  const words = useEffectWords(whole, reading);
  const { place } = reading;
  const lines = words === null || words === 'unreadable' ? [] : words.lines;
  const copy = async () => {
    await navigator.clipboard.writeText(lines.join('\n'));
    notify({ text: say('held.copied') });
  };
  const isWaiting = held.settled === null && !isSending;

  return (
    <li className={styles.held} aria-label={held.authorName}>
      <header className={styles.head}>
        <Face person={{ personId: held.authorId, name: held.authorName }} size={24} />
        <b>{held.authorName}</b>
        <span className={styles.note}>{formatMoment(held.receivedAtMs, language)}</span>
        <span className={styles.note}>{say(`held.room.${held.room}`)}</span>
        <Chip tone={isWaiting ? 'warn' : 'plain'}>{say(`held.reason.${heldReason(held.reason)}`)}</Chip>
      </header>
      {words !== null ? (
        <HeldContents
          words={words}
          deletedSince={whole?.deletedSince ?? []}
          isToSettle={isWaiting && maySettle}
          withoutDocument={
            place !== null && place !== 'none' && place.hasHeldChanges ? 'held.ownCopy' : 'held.notCompared'
          }
        />
      ) : isAsked ? (
        <p className={styles.note} role="status">
          {say('held.reading')}
        </p>
      ) : (
        <p className={styles.note}>
          {asked === 'failed' && `${say('held.readFailed')} `}
          <Button variant="subtle" size="compact-sm" onClick={() => setAsked('yes')}>
            {held.bytes <= SHORT_BYTES
              ? say('held.read')
              : say('held.readLarge', { size: formatBytes(held.bytes, language) })}
          </Button>
        </p>
      )}
      <div className={styles.foot}>
        <Outcome held={held} isSending={isSending} isReader={!maySettle} me={session.me.person.personId} />
        <div className={styles.acts}>
          {lines.length > 0 && window.isSecureContext && (
            <Button variant="subtle" size="compact-sm" onClick={() => void copy()}>
              {say('held.copy')}
            </Button>
          )}
          {isWaiting && maySettle && words !== null && (
            <SettleActs
              session={session}
              held={held}
              words={words === 'unreadable' ? null : words}
              place={place === 'none' ? null : place}
              documentId={documentId}
            />
          )}
        </div>
      </div>
    </li>
  );
}

interface OutcomeProps {
  held: HeldSummary;
  isSending: boolean;
  isReader: boolean;
  me: string;
}

function Outcome({ held: { settled }, isSending, isReader, me }: OutcomeProps) {
  const say = useWords();
  const language = useLanguage();
  if (settled === null) {
    const state = isSending ? 'sending' : isReader ? 'waiting' : 'toSettle';
    return <p className={styles.outcome}>{say(`held.state.${state}`)}</p>;
  }
  const { outcome, byId, byName: name, reason, atMs } = settled;
  const words = { name, reason: reason ?? '' };
  return (
    <p className={styles.outcome} data-outcome={outcome}>
      {byId === me ? say(`held.outcome.${outcome}ByMe`, words) : say(`held.outcome.${outcome}`, words)}{' '}
      <span className={styles.note}>{formatMoment(atMs, language)}</span>
    </p>
  );
}
