/**
 * Who has the caret where, read from awareness. A state says `cursor: {anchor, head}` as relative positions in the prose; who
 * it is comes from `person`, which the relay stamps. States of others are input from outside: anything else reads as no caret.
 */
import * as Y from 'yjs';
import { z } from 'zod';

const itemIdSchema = z.object({ client: z.number().int().nonnegative(), clock: z.number().int().nonnegative() });
/** A relative position of Yjs as JSON; it must name something, or Yjs throws. */
const relativeSchema = z
  .object({
    item: itemIdSchema.nullish(),
    type: itemIdSchema.nullish(),
    tname: z.string().nullish(),
    assoc: z.number().optional(),
  })
  .refine(({ item, type, tname }) => item != null || type != null || tname != null);
const caretStateSchema = z.object({
  person: z.object({ personId: z.string(), name: z.string().max(200), agencyName: z.string().max(200) }),
  cursor: z.object({ anchor: relativeSchema, head: relativeSchema }),
});

export type CaretOwner = { readonly personId: string; readonly name: string; readonly agencyName: string };

export type RemoteCaret = {
  readonly clientId: number;
  readonly owner: CaretOwner;
  /** ProseMirror positions. */
  readonly anchor: number;
  readonly head: number;
};

/** The awareness field of a caret. */
export type CaretField = { readonly anchor: unknown; readonly head: unknown };

export type PositionOf = (relative: Y.RelativePosition) => number | null;

/** The carets of all other clients that have one in this prose, by client. */
export function readCarets(
  states: ReadonlyMap<number, unknown>,
  ownClientId: number,
  positionOf: PositionOf,
): RemoteCaret[] {
  const carets: RemoteCaret[] = [];
  for (const [clientId, state] of [...states].sort(([a], [b]) => a - b)) {
    if (clientId === ownClientId) continue;
    const parsed = caretStateSchema.safeParse(state);
    if (!parsed.success) continue;
    const { person: owner, cursor } = parsed.data;
    const anchor = positionOf(Y.createRelativePositionFromJSON(cursor.anchor));
    const head = positionOf(Y.createRelativePositionFromJSON(cursor.head));
    if (anchor !== null && head !== null) carets.push({ clientId, owner, anchor, head });
  }
  return carets;
}

/** Whether two rows of carets draw the same. */
export function isSameCarets(a: readonly RemoteCaret[], b: readonly RemoteCaret[]): boolean {
  return (
    a.length === b.length &&
    a.every((caret, i) => {
      const other = b[i];
      return (
        other !== undefined &&
        caret.clientId === other.clientId &&
        caret.anchor === other.anchor &&
        caret.head === other.head &&
        caret.owner.personId === other.owner.personId &&
        caret.owner.name === other.owner.name &&
        caret.owner.agencyName === other.owner.agencyName
      );
    })
  );
}
