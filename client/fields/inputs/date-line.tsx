/**
 * A day, or a day with a time: typed in any usual way or taken from the calendar. What cannot be read as a date is not
 * written; the field keeps what it had.
 */
import '@mantine/dates/styles.layer.css';
import 'dayjs/locale/zh-cn';
import { DateInput } from '@mantine/dates';
import { useState } from 'react';
import { useLanguage } from '../../language/use-words.ts';
import { parseDateText } from '../date-text.ts';
import { useEditing } from '../editing-context.tsx';
import { type FieldInputProps, useDraftKeys } from './draft-input.ts';
import styles from './inputs.module.css';

const NINE = '09:00';

export function DateLine(props: FieldInputProps & { withTime: boolean }) {
  const { withTime, value, label } = props;
  const { today } = useEditing();
  const language = useLanguage();
  const [draft, setDraft] = useState<string | null>(typeof value === 'string' ? value.replace('T', ' ') : null);
  const { handlers } = useDraftKeys(props, () => {
    if (draft === null) return null;
    const parsed = parseDateText(draft, today);
    if (parsed === null) return undefined;
    return withTime ? `${parsed.day}T${parsed.time ?? NINE}` : parsed.day;
  });
  return (
    <DateInput
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
      onChange={setDraft}
      monthLabelFormat={language === 'zh-CN' ? 'YYYY年M月' : 'MMMM YYYY'}
      yearLabelFormat={language === 'zh-CN' ? 'YYYY年' : 'YYYY'}
      popoverProps={{ withinPortal: true }}
      {...handlers}
    />
  );
}
