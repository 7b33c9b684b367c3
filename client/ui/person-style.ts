/** A person's colour as CSS variables: `--person-light` and `--person-dark`; base.css turns them into `--person`. */
import type { CSSProperties } from 'react';
import { personColour } from './person-colour.ts';

/** Style for an element with the class `person`. */
export function personStyle(personId: string): CSSProperties {
  const { light, dark } = personColour(personId);
  return { '--person-light': light, '--person-dark': dark } as CSSProperties;
}
