/** The input of a field by its kind of entry; long text has a box of its own. */
import type { FieldSpec } from '../../shared/kinds/kind.ts';
import { useLanguage } from '../language/use-words.ts';
import { later } from '../ui/later.tsx';
import { useEditing } from './editing-context.tsx';
import { ChoiceLine } from './inputs/choice-line.tsx';
import type { FieldInputProps } from './inputs/draft-input.ts';
import { NameLine, NamesLine } from './inputs/names-line.tsx';
import { TextLine } from './inputs/text-line.tsx';
import { optionLabel } from './value-words.ts';

/** With its calendar the largest of the inputs: loaded apart, before it is asked for. */
export const DateLine = later(async () => (await import('./inputs/date-line.tsx')).DateLine);

interface FieldInputOf extends FieldInputProps {
  spec: FieldSpec;
  agenciesFirst?: readonly string[] | undefined;
}

export function FieldInput({ spec, agenciesFirst, ...props }: FieldInputOf) {
  const { names } = useEditing();
  const language = useLanguage();
  switch (spec.input) {
    case 'text':
    case 'longText':
      return <TextLine {...props} />;
    case 'date':
    case 'dateTime':
      return <DateLine {...props} withTime={spec.input === 'dateTime'} />;
    case 'choice':
      return <ChoiceLine {...props} options={spec.options ?? []} />;
    case 'person':
      return <NameLine {...props} known={names.people} labelOf={names.personLabel} agenciesFirst={agenciesFirst} />;
    case 'agency':
      return <NameLine {...props} known={names.agencies} labelOf={names.agencyLabel} />;
    case 'people':
      return <NamesLine {...props} known={names.people} labelOf={names.personLabel} agenciesFirst={agenciesFirst} />;
    case 'agencies':
      return <NamesLine {...props} known={names.agencies} labelOf={names.agencyLabel} />;
    case 'textList':
      return (
        <NamesLine
          {...props}
          known={(spec.options ?? []).map((option) => ({ id: option.id, label: option.label[language] }))}
          labelOf={(item) => optionLabel(spec, item, language)}
        />
      );
  }
}
