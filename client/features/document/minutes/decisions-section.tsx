/**
 * What was decided, below the text: each with its number, its words as the text has them now, and what has become of it. The
 * words lead back into the text; a decision moves by buttons and keys, and withdrawing it leaves the text alone.
 */
import { Menu } from '@mantine/core';
import { useState } from 'react';
import type { RecordLink } from '../../../../shared/fields/record-link.ts';
import { DECISION_FIELDS } from '../../../../shared/kinds/joint-minutes.ts';
import type { FieldSpec } from '../../../../shared/kinds/kind.ts';
import { useEditing } from '../../../fields/editing-context.tsx';
import { FieldCell } from '../../../fields/field-cell.tsx';
import { cellKey, type Presence } from '../../../fields/presence.ts';
import { useLanguage, useWords } from '../../../language/use-words.ts';
import { Chip } from '../../../ui/chip.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ExplainedChip } from '../../../ui/explained-chip.tsx';
import { MoreMenu } from '../../../ui/more-menu.tsx';
import { useNotice } from '../../../ui/notices.tsx';
import { DecisionTask } from './decision-task.tsx';
import styles from './minutes.module.css';
import { moveByKey } from './move-by-key.ts';
import type { PlacedDecision } from './use-decisions.ts';
import type { LinkedPlans } from './use-linked-plans.ts';

interface DecisionsSectionProps {
  caseId: string;
  specs: readonly FieldSpec[];
  decisions: readonly PlacedDecision[];
  plans: LinkedPlans;
  presence: Presence;
  /** The one that was gone to last. */
  currentId: string | null;
  /** The keys that make one, in words. */
  keys: string;
  onReveal: (decision: PlacedDecision) => void;
  onToTask: (decision: PlacedDecision) => void;
  /** Two people made a task at once: takes its second copy of the words away. */
  onKeepOne: (link: RecordLink) => void;
}

export function DecisionsSection(props: DecisionsSectionProps) {
  const { decisions, keys } = props;
  const say = useWords();
  const { mayWrite } = useEditing();
  return (
    <section aria-labelledby="decisions-heading" className={styles.section} data-view="decisions">
      <div className={styles.heading}>
        <h2 id="decisions-heading">{say('decisions.title')}</h2>
      </div>
      {decisions.length === 0 ? (
        <EmptyState
          title={say('decisions.empty')}
          next={mayWrite ? say('decisions.emptyNext', { keys }) : say('decisions.emptyReader')}
        />
      ) : (
        <ol className={styles.decisions}>
          {decisions.map((decision) => (
            <DecisionRow
              key={decision.decisionId}
              {...props}
              decision={decision}
              isLast={decision.number === decisions.length}
            />
          ))}
        </ol>
      )}
    </section>
  );
}

/** The element that `#decision-<id>` in the address means. */
export function decisionElementId(decisionId: string): string {
  return `decision-${decisionId}`;
}

function DecisionRow(props: DecisionsSectionProps & { decision: PlacedDecision; isLast: boolean }) {
  const { caseId, specs, plans, presence, currentId, onReveal, onToTask, onKeepOne, decision, isLast } = props;
  const say = useWords();
  const language = useLanguage();
  const notify = useNotice();
  const { editing, mayWrite, undo } = useEditing();
  const [isAddingDissent, setAddingDissent] = useState(false);
  const { decisionId, number, record, place, words } = decision;
  const { map } = editing.records('decisions');
  const isFirst = number === 1;
  const move = (by: -1 | 1) => editing.history.moveRecord(map, decisionId, number - 1 + by);
  const withdraw = () => {
    editing.history.deleteRecord(map, decisionId);
    notify({ text: say('decisions.withdrawn', { number }), act: { label: say('general.undo'), onClick: undo } });
  };
  const hasDissent = decision.dissent !== '' || (record.fields.get(DECISION_FIELDS.dissent)?.length ?? 0) > 1;
  const isReworded = place !== null && place.words.trim() !== words.trim();
  return (
    <li
      id={decisionElementId(decisionId)}
      className={styles.decision}
      data-record={decisionId}
      data-row-label={say('decisions.label', { number })}
      data-current={currentId === decisionId}
      onKeyDown={(event) => {
        if (mayWrite) moveByKey(event, { isFirst, isLast }, move);
      }}
    >
      <span className={styles.decisionNumber}>{say('decisions.label', { number })}</span>
      <div className={styles.decisionBody}>
        {place === null ? (
          <p className={styles.decisionGone}>
            <span>{words}</span> <Chip tone="warn">{say('decisions.gone')}</Chip>
          </p>
        ) : (
          <button
            type="button"
            className={styles.decisionWords}
            title={say('decisions.toText')}
            onClick={() => onReveal(decision)}
          >
            {place.words}
          </button>
        )}
        <div className={styles.decisionLine}>
          <DecisionTask
            caseId={caseId}
            decision={decision}
            plans={plans}
            onToTask={mayWrite ? () => onToTask(decision) : null}
            onKeepOne={onKeepOne}
          />
          {isReworded && (
            <ExplainedChip word={say('decisions.reworded')}>{say('decisions.before', { words })}</ExplainedChip>
          )}
        </div>
        {specs.map(
          (spec) =>
            (hasDissent || isAddingDissent) && (
              <div key={spec.id} className={styles.dissent} data-field={spec.id}>
                <span className={styles.dissentLabel}>{spec.label[language]}</span>
                <FieldCell
                  spec={spec}
                  recordId={decisionId}
                  values={record.fields.get(spec.id) ?? []}
                  label={say('decisions.cellOf', { number, field: spec.label[language] })}
                  others={presence.peopleByCell.get(cellKey(decisionId, spec.id)) ?? []}
                  onCommit={(value) => editing.history.setField(map, decisionId, spec.id, value)}
                />
              </div>
            ),
        )}
      </div>
      {mayWrite && (
        <MoreMenu label={say('decisions.actionsOf', { number })}>
          {!hasDissent && (
            <Menu.Item
              onClick={() => {
                setAddingDissent(true);
                // The cell is on the page after this turn, when the menu has given the focus back.
                setTimeout(
                  () =>
                    document.querySelector<HTMLElement>(`[data-record="${decisionId}"] [data-field] button`)?.click(),
                  100,
                );
              }}
            >
              {say('decisions.addDissent')}
            </Menu.Item>
          )}
          <Menu.Item disabled={isFirst} onClick={() => move(-1)}>
            {say('tasks.moveUp')}
          </Menu.Item>
          <Menu.Item disabled={isLast} onClick={() => move(1)}>
            {say('tasks.moveDown')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="bad" onClick={withdraw}>
            {say('decisions.withdraw')}
          </Menu.Item>
        </MoreMenu>
      )}
    </li>
  );
}
