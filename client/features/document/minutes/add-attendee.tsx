/**
 * The box below attendance: offers the case's people by agency and its agencies without a name; anything else that is
 * written and sent with Enter is the name of somebody without an account. Stays where it is for the next one.
 */
import { Autocomplete } from '@mantine/core';
import { useState } from 'react';
import type { Member } from '../../../../shared/api.ts';
import type { Attendee } from '../../../../shared/minutes/attendance.ts';
import { useEditing } from '../../../fields/editing-context.tsx';
import { isOptionMarked } from '../../../fields/inputs/names-line.tsx';
import { useCompositionHold } from '../../../fields/use-composition-hold.ts';
import { useWords } from '../../../language/use-words.ts';
import { useEnvironment } from '../../../ui/environment.tsx';
import { enterAttendees, type NewAttendee, offeredAttendees } from './attendees.ts';

interface AddAttendeeProps {
  members: readonly Member[];
  attendees: readonly Attendee[];
}

export function AddAttendee({ members, attendees }: AddAttendeeProps) {
  const say = useWords();
  const { uuid } = useEnvironment();
  const { editing, body, names } = useEditing();
  const [text, setText] = useState('');
  const hold = useCompositionHold(body, () => {});
  const offered = new Map<string, NewAttendee>();
  for (const attendee of offeredAttendees(members, attendees)) {
    const agency = attendee.agency === null ? '' : names.agencyLabel(attendee.agency);
    const label =
      attendee.person === null
        ? say('attendance.unnamed', { agency })
        : say('attendance.option', { person: names.personLabel(attendee.person), agency });
    // Two of one name and agency: the second is found by a written name only.
    if (!offered.has(label)) offered.set(label, attendee);
  }
  const enter = (attendee: NewAttendee) => {
    enterAttendees(editing, [attendee], uuid);
    // The library puts the chosen words into the box after this.
    setTimeout(() => setText(''), 0);
  };
  return (
    <Autocomplete
      aria-label={say('attendance.add')}
      placeholder={`${say('attendance.add')} · ${say('attendance.addHint')}`}
      data={[...offered.keys()]}
      limit={40}
      value={text}
      onChange={setText}
      onOptionSubmit={(label) => {
        const attendee = offered.get(label);
        if (attendee !== undefined) enter(attendee);
      }}
      {...hold.handlers}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || isOptionMarked()) return;
        event.preventDefault();
        const written = text.trim();
        if (written !== '') enter(offered.get(written) ?? { person: written, agency: null, status: 'present' });
      }}
    />
  );
}
