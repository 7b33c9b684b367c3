/**
 * The title of the case as its heading. It is a field of the case's record; a case whose record has none yet (made by a
 * script) shows the title the relay has, and the first edit writes it down.
 */
import type { FieldRecord } from '../../../shared/fields/records.ts';
import type { RegisterValue } from '../../../shared/fields/register.ts';
import { TITLE_FIELD } from '../../../shared/kinds/kind.ts';
import { RELAY_AUTHOR } from '../../../shared/rooms.ts';
import type { Presence } from '../../fields/presence.ts';
import { TitleHeading } from '../../fields/title-heading.tsx';

interface CaseTitleProps {
  header: FieldRecord | undefined;
  presence: Presence;
  /** The catalogue's. */
  known: string;
}

export function CaseTitle({ header, presence, known }: CaseTitleProps) {
  const written = header?.fields.get(TITLE_FIELD.id) ?? [];
  const ofRelay: RegisterValue = { value: known, writes: [{ rev: '', by: RELAY_AUTHOR, atMs: 0 }] };
  return <TitleHeading values={written.length === 0 ? [ofRelay] : written} presence={presence} />;
}
