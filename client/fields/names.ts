/**
 * Names for ids, and ids for names: people and agencies in fields are uuids of the directory, or plain words for somebody
 * without an account. Pure; made anew when the directory or the members change.
 */
import type { Directory, Member } from '../../shared/api.ts';

export interface Named {
  readonly id: string;
  readonly label: string;
  /** Said beside it where one chooses: a person's agency. */
  readonly note?: string;
  /** The agencies a person acts for: the one in this case, else all. */
  readonly agencyIds?: readonly string[];
}

export interface Names {
  /** The case's own people first, then everybody else. */
  readonly people: readonly Named[];
  readonly agencies: readonly Named[];
  /** The name alone, or null when nobody has this id. */
  personName(personId: string): string | null;
  /** What a field shows for a person: the name; words that are no id stay as they are. */
  personLabel(value: string): string;
  agencyLabel(value: string): string;
  /** The short name of the agency with this full name; the full name when nobody here knows another. */
  agencyShortName(name: string): string;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

/** @param unknown what stands for an id that nobody here knows */
export function createNames(directory: Directory, members: readonly Member[], unknown: string): Names {
  const agencyById = new Map(directory.agencies.map((agency) => [agency.agencyId, agency.shortName]));
  for (const member of members) {
    if (!agencyById.has(member.agencyId)) agencyById.set(member.agencyId, member.agencyName);
  }
  const shortByName = new Map(directory.agencies.map((agency) => [agency.name, agency.shortName]));
  const personById = new Map(directory.people.map((person) => [person.personId, person.name]));
  for (const member of members) personById.set(member.personId, member.name);
  const agencyIdsInCase = new Set(members.map((member) => member.agencyId));
  const idsInCase = new Set(members.map((member) => member.personId));
  const rest = directory.people.filter((person) => !idsInCase.has(person.personId));
  const label = (byId: ReadonlyMap<string, string>) => (value: string) =>
    byId.get(value) ?? (UUID.test(value) ? unknown : value);
  const named = (id: string, label: string, agencyIds: readonly string[]): Named => {
    const note = agencyIds.flatMap((agencyId) => agencyById.get(agencyId) ?? [])[0];
    return note === undefined ? { id, label, agencyIds } : { id, label, note, agencyIds };
  };
  return {
    people: [
      ...members.map(({ personId, name, agencyId }) => named(personId, name, [agencyId])),
      ...rest.map(({ personId, name, agencyIds }) => named(personId, name, agencyIds)),
    ],
    agencies: [...agencyById]
      .map(([id, name]) => ({ id, label: name }))
      .sort((a, b) => Number(agencyIdsInCase.has(b.id)) - Number(agencyIdsInCase.has(a.id))),
    personName: (personId) => personById.get(personId) ?? null,
    personLabel: label(personById),
    agencyLabel: label(agencyById),
    agencyShortName: (name) => shortByName.get(name) ?? name,
  };
}
