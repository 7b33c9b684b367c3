/** For which items of the agenda somebody was there: the whole meeting, or those that are ticked. */
import { Checkbox, Popover, Stack } from '@mantine/core';
import type { AgendaItem } from '../../../../shared/minutes/agenda.ts';
import { useWords } from '../../../language/use-words.ts';
import { itemsInWords } from './attendance-line.ts';
import styles from './minutes.module.css';

interface AttendedItemsProps {
  who: string;
  agenda: readonly AgendaItem[];
  /** Null for the whole meeting. */
  items: readonly string[] | null;
  onChange: (items: readonly string[] | null) => void;
}

export function AttendedItems({ who, agenda, items, onChange }: AttendedItemsProps) {
  const say = useWords();
  const ids = agenda.map(({ recordId }) => recordId);
  const chosen = ids.filter((id) => items === null || items.includes(id));
  const itemNumber = (recordId: string) => agenda.find((item) => item.recordId === recordId)?.number ?? null;
  const words = itemsInWords({ items }, itemNumber, say) || say('attendance.wholeMeeting');
  const toggle = (id: string) => {
    const next = ids.filter((each) => (each === id) !== chosen.includes(each));
    // Nobody is there for nothing: the last tick stays. All of them are the whole meeting, also of items to come.
    if (next.length === 0) return;
    // Items that are not in this agenda (any more, or not that this version can tell) stay as they are.
    const others = (items ?? []).filter((each) => !ids.includes(each));
    onChange(next.length === ids.length ? null : [...next, ...others]);
  };
  return (
    <Popover position="bottom-start" withRoles={false}>
      <Popover.Target>
        <button type="button" className={styles.items} aria-label={`${say('attendance.itemsOf', { who })} ${words}`}>
          {words}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <fieldset className={styles.fieldset}>
          <legend>{say('attendance.itemsTitle')}</legend>
          <Stack gap={8}>
            {agenda.map(({ recordId, number, item }) => (
              <Checkbox
                key={recordId}
                label={`${number}. ${item}`}
                checked={chosen.includes(recordId)}
                onChange={() => toggle(recordId)}
              />
            ))}
          </Stack>
        </fieldset>
      </Popover.Dropdown>
    </Popover>
  );
}
