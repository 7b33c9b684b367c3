/**
 * Finds quoted words in a text: the same words where what stands around them agrees, or, in one paragraph, words that are
 * nearly the same. Strict on purpose: a comment on the wrong words is worse than one whose words are gone. Pure.
 */
export interface Quote {
  readonly exact: string;
  readonly prefix: string;
  readonly suffix: string;
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Characters around the words that must agree: in the paragraph they are known to come from, and anywhere. */
const TRUST_AT_HOME = 4;
const TRUST_ANYWHERE = 8;
/** Words this long are hardly written twice by chance. */
const LONG = 24;
/** A whole paragraph of at least this length is known by its words alone. */
const WHOLE_PARAGRAPH = 4;
/** Share of characters that may differ in words that are nearly the same, and the longest that are compared so. */
const MAX_DIFFERENT = 0.34;
const MAX_COMPARED = 200;
const MAX_SEARCHED = 5_000;

/** The one place within bounds where the words stand as they were; null when there is none, or two like each other. */
export function findExact(text: string, quote: Quote, within: Range, isAtHome: boolean): Range | null {
  let best: Range | null = null;
  let bestScore = -1;
  for (
    let from = text.indexOf(quote.exact, within.from);
    from >= 0 && from + quote.exact.length <= within.to;
    from = text.indexOf(quote.exact, from + 1)
  ) {
    const range = { from, to: from + quote.exact.length };
    const score = agreement(text, range, quote);
    if (!isTrusted(text, range, quote, score, isAtHome)) continue;
    if (score < bestScore) continue;
    best = score === bestScore ? null : range;
    bestScore = score;
  }
  return best;
}

function isTrusted(text: string, range: Range, quote: Quote, score: number, isAtHome: boolean): boolean {
  const around = quote.prefix.length + quote.suffix.length;
  if (score >= Math.min(around, isAtHome ? TRUST_AT_HOME : TRUST_ANYWHERE)) return true;
  const { length } = quote.exact;
  return length >= LONG || (length >= WHOLE_PARAGRAPH && isWholeParagraph(text, range) && isWholeQuote(quote));
}

function isWholeParagraph(text: string, { from, to }: Range): boolean {
  return (from === 0 || text[from - 1] === '\n') && (to === text.length || text[to] === '\n');
}

function isWholeQuote({ prefix, suffix }: Quote): boolean {
  return (prefix === '' || prefix.endsWith('\n')) && (suffix === '' || suffix.startsWith('\n'));
}

/** How many characters before and behind agree with what stood there. */
function agreement(text: string, { from, to }: Range, { prefix, suffix }: Quote): number {
  let before = 0;
  while (before < prefix.length && before < from && text[from - 1 - before] === prefix[prefix.length - 1 - before])
    before++;
  let behind = 0;
  while (behind < suffix.length && to + behind < text.length && text[to + behind] === suffix[behind]) behind++;
  return before + behind;
}

/**
 * The stretch within bounds that takes the fewest changes to become the words (Sellers' matching); null when even that is
 * too different, or what stands around it does not agree.
 */
export function findSimilar(text: string, quote: Quote, within: Range): Range | null {
  const { exact } = quote;
  const searched = text.slice(within.from, within.to);
  if (exact.length < 3 || exact.length > MAX_COMPARED || searched.length > MAX_SEARCHED) return null;
  if (share(exact, searched) < 1 - MAX_DIFFERENT) return null;
  // One column per character of the text: fewest changes to end there, and where the stretch that does begins.
  let costs = Array.from({ length: exact.length + 1 }, (_, i) => i);
  let starts = exact.split('').map(() => 0);
  starts.push(0);
  let best = { cost: Number.POSITIVE_INFINITY, from: 0, to: 0 };
  for (let j = 1; j <= searched.length; j++) {
    const nextCosts = [0];
    const nextStarts = [j];
    for (let i = 1; i <= exact.length; i++) {
      const same = (costs[i - 1] ?? 0) + (exact[i - 1] === searched[j - 1] ? 0 : 1);
      const more = (costs[i] ?? 0) + 1;
      const less = (nextCosts[i - 1] ?? 0) + 1;
      const cost = Math.min(same, more, less);
      nextCosts.push(cost);
      // Of stretches that take as few changes, the longest.
      nextStarts.push(
        Math.min(
          cost === same ? (starts[i - 1] ?? j) : j,
          cost === more ? (starts[i] ?? j) : j,
          cost === less ? (nextStarts[i - 1] ?? j) : j,
        ),
      );
    }
    costs = nextCosts;
    starts = nextStarts;
    const cost = costs[exact.length] ?? 0;
    if (cost < best.cost) best = { cost, from: starts[exact.length] ?? 0, to: j };
  }
  if (best.cost > exact.length * MAX_DIFFERENT || best.from >= best.to) return null;
  const range = { from: within.from + best.from, to: within.from + best.to };
  const around = quote.prefix.length + quote.suffix.length;
  return agreement(text, range, quote) >= Math.min(around, TRUST_AT_HOME) ? range : null;
}

/** Which share of the characters of some words also occurs in others, each as often at most as it does there. */
export function share(words: string, others: string): number {
  if (words === '') return 0;
  const counts = new Map<string, number>();
  for (const character of others) counts.set(character, (counts.get(character) ?? 0) + 1);
  let found = 0;
  let all = 0;
  for (const character of words) {
    all += 1;
    const left = counts.get(character) ?? 0;
    if (left === 0) continue;
    counts.set(character, left - 1);
    found += 1;
  }
  return found / all;
}
