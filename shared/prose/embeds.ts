/**
 * The embeds that stand in the prose: the marker that opens a block, mentions, and whatever a newer version puts there.
 * An embed is known by its key, never by its type, so an unknown one can never be taken for a block.
 */

/** Whom a mention names. */
export const MENTION_KINDS = ['person', 'agency', 'party'] as const;
export type MentionKind = (typeof MENTION_KINDS)[number];
export type Mention = { readonly kind: MentionKind; readonly id: string; readonly label: string };

/** The character that closes a block. It never occurs as text. */
export const BLOCK_CLOSE = '\n';

/** The embed that opens a block. */
export function blockOpen(blockId: string): { block: string } {
  return { block: blockId };
}

/** The id of the block that an embed opens, or null when it is not such a marker. */
export function blockIdOf(embed: unknown): string | null {
  const id = isRecord(embed) ? embed.block : undefined;
  return typeof id === 'string' && id !== '' ? id : null;
}

/** The embed of a mention. */
export function mentionEmbed({ kind, id, label }: Mention): { mention: Mention } {
  return { mention: { kind, id, label } };
}

/** The mention in an embed, or null when it is not exactly one (then it is kept as it is). */
export function mentionOf(embed: unknown): Mention | null {
  if (!isRecord(embed) || Object.keys(embed).length !== 1 || !isRecord(embed.mention)) return null;
  const { kind, id, label, ...rest } = embed.mention;
  const known = MENTION_KINDS.find((each) => each === kind);
  if (known === undefined || typeof id !== 'string' || typeof label !== 'string') return null;
  return Object.keys(rest).length === 0 ? { kind: known, id, label } : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
