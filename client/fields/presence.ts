/**
 * Who else is in the document and in which cell, read from awareness. Who somebody is comes from `person`, which the
 * relay stamps; states of others are input from outside and anything else in them is passed over. Pure.
 */
import { z } from 'zod';
import type { FacePerson } from '../ui/face.tsx';

const stateSchema = z.object({
  person: z.object({ personId: z.string().max(64), name: z.string().max(200), agencyName: z.string().max(200) }),
  cell: z
    .object({ recordId: z.string().max(64), field: z.string().max(64) })
    .nullish()
    .catch(null),
  /** A page on a wall is nobody who is here. */
  projects: z.boolean().optional().catch(false),
});

/** The awareness field that says which cell one is in; null for none. */
export interface CellPlace {
  readonly recordId: string;
  readonly field: string;
}

export interface Presence {
  /** Everybody else, each once, in the order of their names. */
  readonly people: readonly FacePerson[];
  /** Who is in a cell, by `cellKey`. */
  readonly peopleByCell: ReadonlyMap<string, readonly FacePerson[]>;
}

export const NOBODY: Presence = { people: [], peopleByCell: new Map() };

export function cellKey(recordId: string, field: string): string {
  return `${recordId}/${field}`;
}

export function readPresence(states: ReadonlyMap<number, unknown>, ownPersonId: string): Presence {
  const people = new Map<string, FacePerson>();
  const peopleByCell = new Map<string, FacePerson[]>();
  for (const state of states.values()) {
    const parsed = stateSchema.safeParse(state);
    if (!parsed.success || parsed.data.person.personId === ownPersonId || parsed.data.projects === true) continue;
    const { personId, name, agencyName } = parsed.data.person;
    const person = people.get(personId) ?? { personId, name, note: agencyName };
    people.set(personId, person);
    const { cell } = parsed.data;
    if (!cell) continue;
    const key = cellKey(cell.recordId, cell.field);
    const here = peopleByCell.get(key) ?? [];
    if (!here.includes(person)) peopleByCell.set(key, [...here, person]);
  }
  return {
    people: [...people.values()].sort((a, b) => a.name.localeCompare(b.name, 'zh-CN')),
    peopleByCell,
  };
}
