/** A person as a small disc: the first character of the name on the person's one colour, the whole name on hover. */
import { useWords } from '../language/use-words.ts';
import styles from './face.module.css';
import { personStyle } from './person-style.ts';

export interface FacePerson {
  readonly personId: string;
  readonly name: string;
  /** Said after the name, such as the agency. */
  readonly note?: string;
}

export function Face({ person, size = 26 }: { person: FacePerson; size?: number }) {
  const say = useWords();
  const label = person.note ? say('general.bracketed', { text: person.name, note: person.note }) : person.name;
  return (
    <span
      className={`${styles.face} person`}
      role="img"
      aria-label={label}
      title={label}
      style={{ width: size, height: size, ...personStyle(person.personId) }}
    >
      {[...person.name][0] ?? '?'}
    </span>
  );
}

/** At most `max` faces, overlapping; the rest as a number. */
export function Faces({ people, max = 6 }: { people: readonly FacePerson[]; max?: number }) {
  const say = useWords();
  if (people.length === 0) return null;
  const shown = people.length > max ? people.slice(0, max - 1) : people;
  const rest = people.length - shown.length;
  return (
    <ul
      className={styles.faces}
      aria-label={say('document.here', { names: people.map((person) => person.name).join(say('general.separator')) })}
    >
      {shown.map((person) => (
        <li key={person.personId}>
          <Face person={person} />
        </li>
      ))}
      {rest > 0 && (
        <li className={styles.rest} title={say('document.more', { count: rest })}>
          +{rest}
        </li>
      )}
    </ul>
  );
}
