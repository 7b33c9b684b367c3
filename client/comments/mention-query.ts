/** Mentions in a comment: `@name` of a person who may see the document. Finding what is being typed, and who is named. Pure. */
export interface Mentionable {
  readonly personId: string;
  readonly name: string;
  /** Said after the name: the agency. */
  readonly note: string;
}

/** An `@` behind a Latin letter or digit belongs to an address. */
const TYPED = /(?:^|[^A-Za-z0-9._%+-])[@＠]([^\s@＠，。；：！？、]{0,16})$/u;
const MAX_OFFERED = 6;

/** What is being typed after an `@` before the caret; null when nothing is. */
export function mentionQueryAt(text: string, caret: number): { readonly from: number; readonly query: string } | null {
  const query = TYPED.exec(text.slice(0, caret))?.[1];
  return query === undefined ? null : { from: caret - query.length - 1, query };
}

/** Who is offered for it: those whose name begins with it first. */
export function offered(people: readonly Mentionable[], query: string): Mentionable[] {
  const wanted = query.toLowerCase();
  const found = people.filter(({ name, note }) => `${name} ${note}`.toLowerCase().includes(wanted));
  const begins = (person: Mentionable) => person.name.toLowerCase().startsWith(wanted);
  return [...found.filter(begins), ...found.filter((person) => !begins(person))].slice(0, MAX_OFFERED);
}

/** A comment's text in pieces: plain words, and `@name` of people who are among these. */
export function mentionPieces(
  text: string,
  people: readonly Pick<Mentionable, 'personId' | 'name'>[],
): { readonly text: string; readonly personIds: readonly string[] }[] {
  const longestFirst = [...people].filter(({ name }) => name !== '').sort((a, b) => b.name.length - a.name.length);
  const pieces: { text: string; personIds: string[] }[] = [];
  let plainFrom = 0;
  for (let at = text.search(/[@＠]/); at >= 0 && at < text.length; at++) {
    if (text[at] !== '@' && text[at] !== '＠') continue;
    const named = longestFirst.find(({ name }) => text.startsWith(name, at + 1));
    if (named === undefined) continue;
    if (at > plainFrom) pieces.push({ text: text.slice(plainFrom, at), personIds: [] });
    const end = at + 1 + named.name.length;
    // Two people of one name: both are meant, rather than the wrong one.
    const personIds = people.filter(({ name }) => name === named.name).map(({ personId }) => personId);
    pieces.push({ text: text.slice(at, end), personIds });
    plainFrom = end;
    at = end - 1;
  }
  if (plainFrom < text.length) pieces.push({ text: text.slice(plainFrom), personIds: [] });
  return pieces;
}

/** The ids of everybody named in a text, each once. */
export function mentionsIn(text: string, people: readonly Mentionable[]): string[] {
  return [...new Set(mentionPieces(text, people).flatMap(({ personIds }) => personIds))];
}
