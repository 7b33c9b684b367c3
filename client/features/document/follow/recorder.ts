/** Whose view a meeting follows: whom the header names as recorder, else the case's recorder, else its host. Pure. */
import type { Member } from '../../../../shared/api.ts';
import type { FieldRecord } from '../../../../shared/fields/records.ts';
import { newestValue } from '../../../../shared/fields/register.ts';

export function recorderOf(header: FieldRecord | undefined, members: readonly Member[]): string | null {
  const named = newestValue(header?.fields.get('recorder') ?? []);
  const member =
    members.find(({ personId }) => personId === named) ??
    members.find(({ role }) => role === 'recorder') ??
    members.find(({ role }) => role === 'host');
  return member?.personId ?? null;
}
