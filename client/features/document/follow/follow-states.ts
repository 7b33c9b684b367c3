/**
 * Who follows whose view, read from awareness. A follower says `following: <personId>` (and `projects: true` from a wall);
 * whoever is followed answers with `view`, and with none while nobody is. Who somebody is comes from `person`, which the relay
 * stamps; states of others are input from outside and anything else in them is passed over. Pure.
 */
import { z } from 'zod';

const viewSchema = z.discriminatedUnion('of', [
  z.object({ of: z.literal('top') }),
  z.object({
    of: z.enum(['block', 'record']),
    id: z.string().max(64),
    /** How much of it is above the upper edge, 0 to 1. */
    share: z.number().min(0).max(1),
    /** Pixels between the upper edge and it, when it is below. */
    gap: z.number().min(0).max(10_000),
  }),
]);

/** What stands at the upper edge of somebody's window: the same words on a window of another size. */
export type ViewPlace = z.infer<typeof viewSchema>;

const stateSchema = z.object({
  person: z.object({ personId: z.string().max(64), name: z.string().max(200) }),
  following: z.string().max(64).nullish().catch(null),
  projects: z.boolean().optional().catch(false),
  view: viewSchema.nullish().catch(null),
});

export interface FollowReading {
  /** Other people who follow this person's view. */
  readonly followerCount: number;
  /** Whether this person's view is on a wall. */
  readonly isProjected: boolean;
  /** Everybody in the document but this window, each once, by id. */
  readonly present: ReadonlyMap<string, string>;
  /** The newest view of each person who shows one. */
  readonly views: ReadonlyMap<string, ViewPlace>;
}

export const NOBODY_FOLLOWS: FollowReading = {
  followerCount: 0,
  isProjected: false,
  present: new Map(),
  views: new Map(),
};

interface Own {
  readonly clientId: number;
  readonly personId: string;
}

/** @param updatedAt when a client's state was last heard of: a person may have several windows */
export function readFollow(
  states: ReadonlyMap<number, unknown>,
  own: Own,
  updatedAt: (clientId: number) => number,
): FollowReading {
  const followers = new Set<string>();
  const present = new Map<string, string>();
  const views = new Map<string, ViewPlace>();
  let isProjected = false;
  for (const [clientId, state] of [...states].sort(([a], [b]) => updatedAt(a) - updatedAt(b))) {
    if (clientId === own.clientId) continue;
    const parsed = stateSchema.safeParse(state);
    if (!parsed.success) continue;
    const { person, following, projects, view } = parsed.data;
    if (following === own.personId) {
      if (projects === true) isProjected = true;
      else if (person.personId !== own.personId) followers.add(person.personId);
    }
    if (projects === true) continue;
    present.set(person.personId, person.name);
    if (view != null) views.set(person.personId, view);
  }
  return { followerCount: followers.size, isProjected, present, views };
}

/** Whether two readings say the same. */
export function isSameFollow(a: FollowReading, b: FollowReading): boolean {
  const shape = ({ followerCount, isProjected, present, views }: FollowReading) =>
    JSON.stringify([followerCount, isProjected, [...present], [...views]]);
  return shape(a) === shape(b);
}
