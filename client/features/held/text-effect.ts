/**
 * What a held change would delete and format in one text of the document, in the words that stand there now: each passage with
 * a little of what stands around it in its paragraph. What it writes is not told here. Pure.
 */
import * as Y from 'yjs';
import { BLOCK_CLOSE, blockIdOf, mentionOf } from '../../../shared/prose/embeds.ts';
import type { TextPiece } from './merged-text.ts';

/** Words that would go. */
export interface DeletedPassage {
  readonly before: string;
  /** Paragraphs parted by line breaks. Empty when only the end of a paragraph goes, or an empty one. */
  readonly words: string;
  readonly after: string;
  /** Two paragraphs become one, and no word goes. */
  readonly joins: boolean;
}

/** Words that stay and would look otherwise. */
export interface Reformatted {
  readonly words: string;
  readonly keys: readonly { readonly key: string; readonly value: unknown }[];
}

export interface TextEffect {
  readonly deleted: readonly DeletedPassage[];
  readonly reformatted: readonly Reformatted[];
  /** Things that go and have no words. */
  readonly wordless: number;
}

/** What stands for a thing without words, as in the editor. */
const THING = '◇';
const CONTEXT = 16;

type Format = Readonly<Record<string, unknown>>;

/** @param pieces the text with the change in it (merged-text.ts) */
export function textEffect(pieces: Iterable<TextPiece>): TextEffect {
  const deleted: DeletedPassage[] = [];
  const reformatted: { words: string; keys: Reformatted['keys']; signature: string }[] = [];
  let wordless = 0;
  let [now, then]: [Format, Format] = [{}, {}];
  /** What is kept of the paragraph so far. */
  let kept = '';
  let open: { before: string; words: string; beginsWithEnd: boolean } | null = null;
  /** The passage that still wants what follows it. */
  let unfollowed: { after: string } | null = null;
  let isFormatOpen = false;

  const endPassage = () => {
    if (open === null) return;
    const { before, words, beginsWithEnd } = open;
    open = null;
    if (words === '') {
      // The beginning of a paragraph without its end: nobody sees that.
      wordless += 1;
      return;
    }
    const passage = { before, words: words.replace(/^\n+|\n+$/g, ''), after: '', joins: false };
    passage.joins = passage.words === '' && beginsWithEnd;
    deleted.push(passage);
    unfollowed = passage;
  };
  const keep = (words: string) => {
    endPassage();
    if (unfollowed !== null) {
      unfollowed.after += words.slice(0, CONTEXT + 1 - unfollowed.after.length);
      if (unfollowed.after.length > CONTEXT) unfollowed = null;
    }
    kept = (kept + words).slice(-CONTEXT - 1);
    const keys = changedKeys(now, then);
    const last = reformatted.at(-1);
    const signature = JSON.stringify(keys);
    if (keys.length === 0) isFormatOpen = false;
    else if (isFormatOpen && last?.signature === signature) last.words += words;
    else {
      reformatted.push({ words, keys, signature });
      isFormatOpen = true;
    }
  };
  const drop = (words: string, isEnd: boolean) => {
    open ??= { before: kept, words: '', beginsWithEnd: isEnd };
    open.words += words;
  };
  const paragraph = () => {
    endPassage();
    unfollowed = null;
    kept = '';
    const last = reformatted.at(-1);
    if (isFormatOpen && last !== undefined && !last.words.endsWith('\n')) last.words += '\n';
  };

  for (const { content, from, to, fate } of pieces) {
    if (content instanceof Y.ContentFormat) {
      const [key, value] = [String(content.key), content.value as unknown];
      if (fate !== 'added') now = withKey(now, key, value);
      if (fate !== 'deleted') then = withKey(then, key, value);
    } else if (fate === 'added') {
      // Told by its words.
    } else if (content instanceof Y.ContentString) {
      for (const [n, line] of content.str.slice(from, to).split(BLOCK_CLOSE).entries()) {
        if (n > 0 && fate === 'deleted') drop('\n', true);
        else if (n > 0) paragraph();
        if (line === '') continue;
        if (fate === 'deleted') drop(line, false);
        else keep(line);
      }
    } else if (content instanceof Y.ContentEmbed && blockIdOf(content.embed) !== null) {
      if (fate === 'deleted') drop('', false);
      else paragraph();
    } else {
      const mention = content instanceof Y.ContentEmbed ? mentionOf(content.embed) : null;
      const words = mention === null ? THING : `@${mention.label}`;
      if (fate === 'kept') keep(words);
      else {
        drop(words, false);
        if (mention === null) wordless += to - from;
      }
    }
  }
  endPassage();
  return {
    deleted,
    reformatted: reformatted.map(({ words, keys }) => ({ words: words.replace(/\n+$/, ''), keys })),
    wordless,
  };
}

function withKey(format: Format, key: string, value: unknown): Format {
  const { [key]: _, ...rest } = format;
  return value === null || value === undefined ? rest : { ...rest, [key]: value };
}

/** The keys that are otherwise then, with their value then; null for one that is gone. */
function changedKeys(now: Format, then: Format): Reformatted['keys'] {
  if (now === then) return [];
  return [...new Set([...Object.keys(now), ...Object.keys(then)])]
    .sort()
    .filter((key) => JSON.stringify(now[key]) !== JSON.stringify(then[key]))
    .map((key) => ({ key, value: then[key] ?? null }));
}
