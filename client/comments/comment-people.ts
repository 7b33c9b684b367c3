/** People as comments name them: who may be mentioned, and who somebody is. Pure. */
import type { CaseDetail, DocumentSummary } from '../../shared/api.ts';
import { canEnter } from '../../shared/permissions.ts';
import type { Names } from '../fields/names.ts';
import type { Say } from '../language/use-words.ts';
import type { Mentionable } from './mention-query.ts';

export type Audienced = Pick<DocumentSummary, 'audience' | 'audienceAgencyId'>;

/** Everybody in the document's audience: whoever is not could not read what they are called to. */
export function whoMaySee(detail: CaseDetail, summary: Audienced, names: Names): Mentionable[] {
  const { audience, audienceAgencyId } = summary;
  return detail.members
    .filter(({ role, agencyId }) => canEnter({ role, actingAgencyId: agencyId, audience, audienceAgencyId }))
    .map(({ personId, name, agencyName }) => ({ personId, name, note: names.agencyShortName(agencyName) }));
}

/** Name, and agency and role in one line; of somebody who has left the case only the name. */
export function describePerson(
  personId: string,
  detail: CaseDetail,
  names: Names,
  say: Say,
): { readonly name: string; readonly note: string } {
  const member = detail.members.find((each) => each.personId === personId);
  if (member === undefined) return { name: names.personName(personId) ?? say('author.unknown'), note: '' };
  const { name, agencyName, role } = member;
  return { name, note: `${names.agencyShortName(agencyName)} · ${say(`role.${role}`)}` };
}
