/**
 * When a page may be loaded anew: a pure decision over what is going on in it. A composition, edits that the device store has
 * not taken, a hand on the keys and words in a form that nobody has sent stand in the way; nothing else does.
 */
export interface PageSituation {
  /** An input method is composing. */
  readonly isComposing: boolean;
  /** Edits made here are not in the device store. */
  readonly isUnstored: boolean;
  /** Milliseconds since something was last typed anywhere; null for never. */
  readonly sinceTypedMs: number | null;
  /** Words stand in a form that was not sent: they are nowhere else. */
  readonly hasLooseWords: boolean;
}

/** What stands in the way of loading the page anew, most pressing first. */
export type ReloadObstacle = 'composing' | 'unstored' | 'typing' | 'looseWords';

/** What the person may decide to lose, having been told. */
export type Losable = Extract<ReloadObstacle, 'unstored' | 'looseWords'>;

/** Long enough to be between two words and not in one. */
const QUIET_MS = 1_500;

/** null: nothing is in the way. @param givesUp what the person said may go */
export function reloadObstacle(situation: PageSituation, givesUp: Losable | null = null): ReloadObstacle | null {
  const { isComposing, isUnstored, sinceTypedMs, hasLooseWords } = situation;
  if (isComposing) return 'composing';
  if (isUnstored && givesUp !== 'unstored') return 'unstored';
  if (sinceTypedMs !== null && sinceTypedMs < QUIET_MS) return 'typing';
  return hasLooseWords && givesUp !== 'looseWords' ? 'looseWords' : null;
}
