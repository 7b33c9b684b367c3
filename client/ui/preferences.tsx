/** Choices of how it looks: language and light or dark. Both in words; kept on the device. */
import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import type { Language } from '../../shared/vocabulary.ts';
import { usePageLanguage } from '../language/language-provider.tsx';
import { useLanguage, useWords } from '../language/use-words.ts';

export function LanguageSwitch() {
  const say = useWords();
  const language = useLanguage();
  const { choose } = usePageLanguage();
  return (
    <SegmentedControl<Language>
      aria-label={say('language.label')}
      size="xs"
      value={language}
      onChange={choose}
      data={[
        { value: 'zh-CN', label: say('language.zh') },
        { value: 'en', label: say('language.en') },
      ]}
    />
  );
}

export function AppearanceSwitch() {
  const say = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl<'auto' | 'light' | 'dark'>
      aria-label={say('appearance.label')}
      size="xs"
      value={colorScheme}
      onChange={setColorScheme}
      data={[
        { value: 'auto', label: say('appearance.auto') },
        { value: 'light', label: say('appearance.light') },
        { value: 'dark', label: say('appearance.dark') },
      ]}
    />
  );
}
