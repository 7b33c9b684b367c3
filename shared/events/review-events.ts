/**
 * What people say about a document in its review room, each under their own key, never changed: comments, replies, and
 * what becomes of them. A comment or a reply is named by its event's key, `<personId>/<ulid>`. What the events add up to,
 * and which of them count, is in threads.ts and review-rules.ts. Every bound is here: whoever writes more is not read.
 */
import { z } from 'zod';

/** Longest comment or reply, in characters. */
export const MAX_COMMENT_LENGTH = 5_000;
/** Most characters of the commented words that are kept; a longer range is still marked whole. */
export const MAX_QUOTE_LENGTH = 500;
/** Characters kept before and behind the words, to find them again among like ones. */
export const CONTEXT_LENGTH = 32;

/** The Yjs id of one character: it names it for ever, whatever is written around it. */
const unitIdSchema = z.object({
  client: z.int().nonnegative(),
  clock: z.int().nonnegative(),
});

const quoteSchema = z.object({
  exact: z.string().min(1).max(MAX_QUOTE_LENGTH),
  prefix: z.string().max(CONTEXT_LENGTH),
  suffix: z.string().max(CONTEXT_LENGTH),
});

const proseAnchorSchema = z.object({
  of: z.literal('prose'),
  /** The first and the last unit (character or embed) of the words, both within. */
  first: unitIdSchema,
  last: unitIdSchema,
  /** The block the words begin in; null for words outside any block. */
  blockId: z.string().min(1).max(100).nullable(),
  quote: quoteSchema,
});
export type ProseAnchor = z.infer<typeof proseAnchorSchema>;

const fieldAnchorSchema = z.object({
  of: z.literal('field'),
  /** A task, a decision, a party … or `header`. */
  recordId: z.string().min(1).max(100),
  /** Empty for the record as a whole. */
  field: z.string().max(40),
  /** What stood there. */
  quote: z.string().max(MAX_QUOTE_LENGTH),
});

/** What a comment is about. */
export const anchorSchema = z.discriminatedUnion('of', [
  proseAnchorSchema,
  fieldAnchorSchema,
  z.object({ of: z.literal('document') }),
]);
export type Anchor = z.infer<typeof anchorSchema>;

const text = z.string().trim().min(1).max(MAX_COMMENT_LENGTH);
/** People who are to see it, by id; their names stand in the text as `@name`. */
const mentions = z.array(z.string().min(1).max(64)).max(50);
/** `<personId>/<ulid>` of the event it speaks of. */
const eventKey = z.string().min(28).max(100);

export const reviewEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('comment'),
    anchor: anchorSchema,
    text,
    mentions,
    /** 阻断: while it is open the document should not go on. */
    isBlocking: z.boolean(),
  }),
  z.object({ type: z.literal('reply'), threadId: eventKey, text, mentions }),
  /** One's own comment or reply in other words. */
  z.object({ type: z.literal('edit'), of: eventKey, text, mentions }),
  /** One's own comment or reply taken back. */
  z.object({ type: z.literal('withdraw'), of: eventKey }),
  z.object({ type: z.literal('resolve'), threadId: eventKey }),
  z.object({ type: z.literal('reopen'), threadId: eventKey }),
  /** The same words by new names, after they were moved, or deleted and restored. */
  z.object({ type: z.literal('reanchor'), threadId: eventKey, anchor: proseAnchorSchema }),
]);
export type ReviewEvent = z.infer<typeof reviewEventSchema>;
