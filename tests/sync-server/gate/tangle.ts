/**
 * Made-up updates of several clients whose items name neighbours at random among all that was ever said, in two lists and
 * under a key, between emptied places, inside runs: often such as could have been, often not. And the order that came of it.
 */
import * as Y from 'yjs';
import type { Random } from '../../support/random.ts';
import { any, type HandMadeSection, type HandMadeStruct, handMade, length, text } from './hand-made.ts';

export const TANGLED_ROOTS = ['prose', 't/record/field'] as const;
const CLIENTS = [1, 2, 3, 4, 5];

type Id = readonly [client: number, clock: number];
type Neighbours = Pick<HandMadeStruct, 'origin' | 'rightOrigin'>;

/** Up to so many things said on top of what a document holds. */
export function tangle(random: Random, doc: Y.Doc, most: number): Uint8Array {
  const reach = new Map(CLIENTS.map((client) => [client, Y.getState(doc.store, client)]));
  const root = random.pick(TANGLED_ROOTS);
  const standing = orderOf(doc, root);
  const sections = new Map<number, HandMadeSection & { structs: HandMadeStruct[] }>();
  let before: { readonly id: Id; readonly neighbours: Neighbours } | null = null;

  const someId = (): Id | undefined => {
    const clients = [...reach].filter(([, clocks]) => clocks > 0);
    if (clients.length === 0 || random.chance(0.15)) return undefined;
    const [client, clocks] = random.pick(clients);
    return [client, random.chance(0.5) ? random.int(clocks) : clocks - 1 - random.int(Math.min(clocks, 3))];
  };
  const behind = (origin: Id | undefined): Id | undefined => {
    const at = origin === undefined ? -1 : standing.indexOf(origin.join(':'));
    const [client, clock] = standing[at + 1 + (random.chance(0.3) ? random.int(3) : 0)]?.split(':').map(Number) ?? [];
    return client === undefined || clock === undefined ? undefined : [client, clock];
  };
  const named = (origin: Id | undefined, rightOrigin: Id | undefined): Neighbours => ({
    ...(origin && { origin }),
    ...(rightOrigin && { rightOrigin }),
  });
  const someNeighbours = (): Neighbours => {
    const origin = someId();
    if (before === null || random.chance(0.5)) return named(origin, random.chance(0.5) ? behind(origin) : someId());
    // At what was just said: on with it, or before it.
    const { id, neighbours } = before;
    if (random.chance(0.5)) return named(id, random.chance(0.7) ? neighbours.rightOrigin : behind(neighbours.origin));
    return named(random.chance(0.7) ? neighbours.origin : origin, id);
  };

  for (let left = 1 + random.int(most); left > 0; left--) {
    const client = random.pick(CLIENTS);
    const clock = reach.get(client) ?? 0;
    const section = sections.get(client) ?? { client, clock, structs: [] };
    sections.set(client, section);
    const words = random.pick(['一', '一', '一二', '一二三四五']);
    const neighbours = someNeighbours();
    const head = { ...neighbours, parent: root, ...(random.chance(0.05) && { parentSub: 'key' }) };
    section.structs.push(
      random.pick<HandMadeStruct>([
        { reference: 0, content: length(words.length) },
        { reference: 1, ...head, content: length(words.length) },
        { reference: 8, ...head, content: any(...words) },
        ...Array.from({ length: 9 }, () => ({ reference: 4, ...head, content: text(words) })),
      ]),
    );
    before = { id: [client, clock + random.int(words.length)], neighbours };
    reach.set(client, clock + words.length);
  }
  return handMade([...sections.values()]);
}

/** The ids of a list, `client:clock`, in the order in which they stand. */
export function orderOf(doc: Y.Doc, root: string): string[] {
  const ids: string[] = [];
  for (let item = doc.share.get(root)?._start ?? null; item !== null; item = item.right) {
    for (let n = 0; n < item.length; n++) ids.push(`${item.id.client}:${item.id.clock + n}`);
  }
  return ids;
}
