/** A comment being written: what it is about, its words, and for reviewers and hosts the mark that it blocks. */
import { Checkbox, Select } from '@mantine/core';
import { useState } from 'react';
import { MAX_QUOTE_LENGTH } from '../../shared/events/review-events.ts';
import { mayBlock } from '../../shared/events/review-rules.ts';
import { type Say, useWords } from '../language/use-words.ts';
import { Chip } from '../ui/chip.tsx';
import { About } from './about.tsx';
import { CommentBox } from './comment-box.tsx';
import { useCommenting } from './commenting-context.tsx';
import styles from './comments.module.css';
import { type FieldPlace, fieldKey, fieldLabel, fieldQuote, fieldWords, listFields } from './field-places.ts';
import { whereabouts } from './thread-view.ts';
import type { NewComment } from './use-drafts.ts';

interface DraftCardProps {
  draftId: string;
  draft: NewComment;
  isFocused: boolean;
  /** @param threadId the thread it became; null when it was given up */
  onDone: (threadId: string | null) => void;
}

const WHOLE = 'document';

/**
 * Fields and rows of the document, for a comment that is not on words. A cell of a row is offered only where one began on it.
 */
function choicesOf(say: Say, begunOn: FieldPlace | null): (FieldPlace & { readonly label: string })[] {
  const words = fieldWords(say);
  const listed = listFields(document);
  const isListed = begunOn === null || listed.some((place) => fieldKey(place) === fieldKey(begunOn));
  return (isListed ? listed : [begunOn, ...listed]).flatMap((place) => {
    const label = fieldLabel(document, place, words);
    return label === null || label === '' ? [] : [{ ...place, label }];
  });
}

export function DraftCard({ draftId, draft, isFocused, onDone }: DraftCardProps) {
  const say = useWords();
  const { drafts, people, role, hasText, review, record, reveal, backToText } = useCommenting();
  const { anchor, text, isBlocking } = draft;
  // The page as it is when one begins to write.
  const [choices] = useState(() => choicesOf(say, anchor.of === 'field' ? anchor : null));
  const change = (more: Partial<NewComment>) => drafts.setNew(draftId, { ...draft, ...more });
  return (
    <li>
      <section className={styles.card} data-thread={draftId} data-active="true" aria-label={say('comments.draft')}>
        {anchor.of === 'prose' ? (
          <About where={whereabouts(anchor, anchor, undefined)} onReveal={() => reveal(draftId)} />
        ) : (
          <Select
            label={say('comments.on')}
            searchable
            allowDeselect={false}
            value={anchor.of === 'field' ? fieldKey(anchor) : WHOLE}
            data={[
              { value: WHOLE, label: say(hasText ? 'comments.onDocument' : 'comments.onCase') },
              ...choices.map((choice) => ({ value: fieldKey(choice), label: choice.label })),
            ]}
            onChange={(chosen) => {
              const choice = choices.find((each) => fieldKey(each) === chosen);
              if (choice === undefined) change({ anchor: { of: 'document' } });
              else {
                const { recordId, field } = choice;
                const quote = fieldQuote(document, choice).slice(0, MAX_QUOTE_LENGTH);
                change({ anchor: { of: 'field', recordId, field, quote } });
              }
            }}
          />
        )}
        <CommentBox
          room={review}
          value={text}
          people={people}
          label={say('comments.box')}
          hint={say('comments.boxHint')}
          sendLabel={say('comments.send')}
          isFocused={isFocused}
          onChange={(next) => change({ text: next })}
          onSend={() => {
            const threadId = record({ type: 'comment', anchor, text, mentions: [], isBlocking });
            drafts.setNew(draftId, null);
            onDone(threadId);
          }}
          onLeave={backToText}
          onDiscard={() => {
            drafts.setNew(draftId, null);
            onDone(null);
            backToText();
          }}
        >
          {mayBlock(role) && (
            <Checkbox
              label={say('comments.blockingMark')}
              checked={isBlocking}
              onChange={(event) => change({ isBlocking: event.currentTarget.checked })}
            />
          )}
          {!isFocused && text !== '' && <Chip tone="warn">{say('comments.draft')}</Chip>}
        </CommentBox>
      </section>
    </li>
  );
}
