/**
 * Where known names stand in a sentence. An agency is also found by its short name without the level before it (人社局 for
 * 县人社局); the longest name at a place counts and no two overlap. Pure.
 */

export interface Spot {
  readonly start: number;
  readonly end: number;
}

export interface NameSpot extends Spot {
  /** Whose name it is. */
  readonly id: string;
}

interface Named {
  readonly id: string;
  readonly names: readonly string[];
}

/** All of them, from left to right. */
export function findNames(sentence: string, named: readonly Named[]): NameSpot[] {
  const found = named.flatMap(({ id, names }) =>
    formsOf(names).flatMap((form) =>
      placesOf(sentence, form).map((start) => ({ id, start, end: start + form.length })),
    ),
  );
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: NameSpot[] = [];
  for (const spot of found) if (spot.start >= (kept.at(-1)?.end ?? 0)) kept.push(spot);
  return kept;
}

/** A name and how it is said in short: 县人社局 → 人社局. */
function formsOf(names: readonly string[]): string[] {
  const bare = names.map((name) => name.replace(/^[省市县区镇乡](?=.{2,}$)/u, ''));
  return [...new Set([...names, ...bare])].filter((form) => form.length >= 2);
}

function placesOf(sentence: string, form: string): number[] {
  const text = sentence.toLowerCase();
  const wanted = form.toLowerCase();
  const places: number[] = [];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    if (isWhole(text, at, wanted)) places.push(at);
  }
  return places;
}

/** Letters of the Latin alphabet make a word only together. */
function isWhole(text: string, at: number, wanted: string): boolean {
  const isLatin = (character: string | undefined) => character !== undefined && /[\p{Script=Latin}\d]/u.test(character);
  const [first, last] = [wanted[0], wanted.at(-1)];
  return !(isLatin(first) && isLatin(text[at - 1])) && !(isLatin(last) && isLatin(text[at + wanted.length]));
}
