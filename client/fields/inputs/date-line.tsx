/**
 * A day, or a day with a time: typed in any usual way or taken from the calendar, its reading shown beside it. What cannot
 * be read as a date is not written: Enter asks for another, and when it is left so, that is said.
 */
import '@mantine/dates/styles.layer.css';
import 'dayjs/locale/zh-cn';
import { DateInput } from '@mantine/dates';
import { useEffect, useRef, useState } from 'react';
import { isValueOfField } from '../../../shared/kinds/field-value.ts';
import { formatDayShort, formatWeekday } from '../../language/dates.ts';
import { useLanguage, useWords } from '../../language/use-words.ts';
import { useNotice } from '../../ui/notices.tsx';
import { parseDateText } from '../date-text.ts';
import { useEditing } from '../editing-context.tsx';
import { type FieldInputProps, useDraftKeys } from './draft-input.ts';
import styles from './inputs.module.css';

const NINE = '09:00';

export function DateLine(props: FieldInputProps & { withTime: boolean }) {
  const { withTime, value, label, typed = '' } = props;
  const { today } = useEditing();
  const language = useLanguage();
  const say = useWords();
  const notify = useNotice();
  // What is no day (a newer version may put more into the field) is kept, not shown: the calendar would hang on it.
  const isDay = typeof value === 'string' && isValueOfField({ input: withTime ? 'dateTime' : 'date' }, value);
  const shown = isDay ? value.replace('T', ' ') : null;
  const [draft, setDraft] = useState<string | null>(shown);
  /** What stands in the box while it is being typed; the library keeps it to itself. */
  const [text, setText] = useState<string | null>(null);
  const box = useRef<HTMLInputElement>(null);
  const reading = text === null ? null : parseDateText(text, today);
  const [isRefused, setRefused] = useState(false);
  const { handlers } = useDraftKeys(
    props,
    () => {
      if (text === null && draft === shown) return undefined;
      const words = (text ?? draft ?? '').trim();
      if (words === '') return null;
      const parsed = parseDateText(words, today);
      if (parsed === null) {
        notify({ text: say('field.noDate', { words }) });
        return undefined;
      }
      return withTime ? `${parsed.day}T${parsed.time ?? NINE}` : parsed.day;
    },
    () => {
      const isUnread = text !== null && text.trim() !== '' && reading === null;
      setRefused(isUnread);
      return isUnread;
    },
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed to begin with is typed once.
  useEffect(() => {
    const node = box.current;
    if (node === null) return;
    // Another day takes the place of the one that stands there.
    if (typed === '') {
      node.select();
      return;
    }
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(node, typed);
    node.dispatchEvent(new Event('input', { bubbles: true }));
  }, []);
  return (
    <>
      <DateInput
        ref={box}
        variant="unstyled"
        classNames={{ input: styles.line }}
        aria-label={label}
        locale={language === 'zh-CN' ? 'zh-cn' : 'en'}
        firstDayOfWeek={1}
        weekendDays={[]}
        autoFocus
        allowDeselect
        withTime={withTime}
        valueFormat={withTime ? 'YYYY-MM-DD HH:mm' : 'YYYY-MM-DD'}
        placeholder={withTime ? `${today} 13:30` : today}
        dateParser={(text) => {
          const parsed = parseDateText(text, today);
          if (parsed === null) return null;
          return withTime ? `${parsed.day} ${parsed.time ?? NINE}:00` : parsed.day;
        }}
        value={draft}
        onChange={(next) => {
          setDraft(next);
          // Taken from the calendar: what was typed before counts no more.
          setText((typedNow) =>
            typedNow !== null && next !== null && parseDateText(typedNow, today)?.day === next.slice(0, 10)
              ? typedNow
              : null,
          );
        }}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setRefused(false);
        }}
        monthLabelFormat={language === 'zh-CN' ? 'YYYY年M月' : 'MMMM YYYY'}
        yearLabelFormat={language === 'zh-CN' ? 'YYYY年' : 'YYYY'}
        // What is being typed is read back in its place.
        popoverProps={{ withinPortal: true, disabled: text !== null && text !== '' }}
        {...handlers}
      />
      <span className={styles.reading} data-refused={isRefused} aria-live="polite">
        {isRefused && say('field.dateHelp')}
        {reading !== null &&
          `→ ${formatDayShort(reading.day, today)} ${formatWeekday(reading.day, language)} ${withTime ? (reading.time ?? NINE) : ''}`}
      </span>
    </>
  );
}
