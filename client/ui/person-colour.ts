/**
 * One stable colour per person, the same on every device: carets, cell frames and faces. Chosen by the id, dark enough
 * on white for white letters and light enough on dark for dark ones; never the only sign of who it is.
 */
export interface PersonColour {
  /** On a light ground, with white letters on it. */
  readonly light: string;
  /** On a dark ground, with dark letters on it. */
  readonly dark: string;
}

const COLOURS: readonly PersonColour[] = [
  { light: '#0b7285', dark: '#4fc3d9' },
  { light: '#9c36b5', dark: '#d98cec' },
  { light: '#c2410c', dark: '#f5955f' },
  { light: '#2b7a3a', dark: '#74c98a' },
  { light: '#5f3dc4', dark: '#ab97f0' },
  { light: '#a61e4d', dark: '#f08cb0' },
  { light: '#7a4b12', dark: '#d9a566' },
  { light: '#1862ab', dark: '#74b3ec' },
  { light: '#5c6b13', dark: '#b9c95c' },
  { light: '#364fc7', dark: '#93a5f5' },
];

/** @param personId a person's uuid; any text has a colour */
export function personColour(personId: string): PersonColour {
  let hash = 0;
  for (let i = 0; i < personId.length; i++) hash = (Math.imul(hash, 31) + personId.charCodeAt(i)) >>> 0;
  return COLOURS[hash % COLOURS.length] ?? { light: '#0b7285', dark: '#4fc3d9' };
}
