/**
 * Updates that no Yjs would write, made from ones that it did: heads, places, contents, counts and deletions changed one by
 * one, and the shapes that are known to cost much. What comes out is mostly well formed, so that it gets past the first look.
 */
import * as encoding from 'lib0/encoding';
import type { Random } from '../support/random.ts';
import { any, bytes, handMade, length, text } from '../sync-server/gate/hand-made.ts';
import { type LooseSection, type LooseStruct, type LooseUpdate, takeApart } from './loose-update.ts';

/** What a mutation may name: who wrote in the room and how far, the names of places, honest updates. */
export interface Known {
  /** clientIDs that the room holds, with the clock each has reached. */
  readonly reach: ReadonlyMap<number, number>;
  /** All clientIDs, also of what is still to come. */
  readonly clients: readonly number[];
  readonly roots: readonly string[];
  readonly keys: readonly string[];
  readonly updates: readonly Uint8Array[];
}

type Mutation = (random: Random, update: LooseUpdate, known: Known) => void;

const EXTREMES = [0, 1, 127, 128, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 53 - 2, 2 ** 53 - 1];

const someClient = (random: Random, { clients }: Known) =>
  random.chance(0.8) ? random.pick(clients) : random.chance(0.8) ? 1 + random.int(2 ** 31) : random.pick(EXTREMES);
const someClock = (random: Random, { reach }: Known, client: number) =>
  random.chance(0.1) ? random.pick(EXTREMES) : random.int((reach.get(client) ?? 3) + 2);
function someId(random: Random, known: Known): [number, number] {
  const held = [...known.reach.keys()];
  const client = held.length > 0 && random.chance(0.8) ? random.pick(held) : someClient(random, known);
  return [client, someClock(random, known, client)];
}
const sectionOf = (random: Random, { sections }: LooseUpdate): LooseSection | null =>
  sections.length === 0 ? null : random.pick(sections);
function structOf(random: Random, update: LooseUpdate): LooseStruct | null {
  const section = sectionOf(random, update);
  return section === null || section.structs.length === 0 ? null : random.pick(section.structs);
}

/** Content that fits the reference, or nearly. */
function contentFor(random: Random, reference: number): LooseStruct['content'] {
  switch (reference) {
    case 0:
    case 1:
    case 10:
      return length(random.chance(0.3) ? random.pick(EXTREMES) : 1 + random.int(9));
    case 2:
      return (encoder) => {
        encoding.writeVarUint(encoder, random.pick([1, 2, 2 ** 20]));
        encoding.writeVarString(encoder, random.pick(['undefined', '{}', '[[[', '1']));
      };
    case 3:
      return (encoder) => encoding.writeVarUint8Array(encoder, new Uint8Array(random.int(20)));
    case 5:
      return text(random.pick(['{"id":"b1"}', '"x"', '[1,', 'null', '['.repeat(random.pick([3, 40, 5_000]))]));
    case 6:
      return (encoder) => {
        encoding.writeVarString(encoder, random.pick(['bold', '', '__proto__', 'ychange']));
        encoding.writeVarString(encoder, random.pick(['true', 'null', '{', '{"a":1}']));
      };
    case 7:
      return bytes(random.int(8), ...(random.chance(0.3) ? [1, 120] : []));
    case 8:
      return random.chance(0.2)
        ? bytes(
            1,
            ...random.pick([[118, 1, 9, 95, 95, 112, 114, 111, 116, 111, 95, 95, 126], [127], [117, 200, 200, 1]]),
          )
        : any(...random.pick([[1], ['words'], [{ a: [1, 2, { b: null }] }], [null, true], [1e308], [[]]]));
    case 9:
      return (encoder) => {
        encoding.writeVarString(encoder, 'guid');
        encoding.writeAny(encoder, {});
      };
    default:
      return text(random.pick(['字', 'ab', '😀', '\u0000', '', 'x'.repeat(random.pick([1, 300, 20_000]))]));
  }
}

/** Says all of it under fresh clientIDs, from clock 0: what a forger must do to be heard at all. */
function inOwnName(random: Random, { sections }: LooseUpdate): void {
  const moved = new Map<number, { client: number; by: number }>();
  for (const section of sections) {
    const client = 1 + random.int(2 ** 40);
    moved.set(section.client, { client, by: section.clock });
    section.client = client;
    section.clock = 0;
  }
  const follow = (id: LooseStruct['origin']): LooseStruct['origin'] => {
    const to = id === undefined ? undefined : moved.get(id[0]);
    return id === undefined || to === undefined || id[1] < to.by ? id : [to.client, id[1] - to.by];
  };
  for (const struct of sections.flatMap(({ structs }) => structs)) {
    if (struct.origin !== undefined) struct.origin = follow(struct.origin) ?? struct.origin;
    if (struct.rightOrigin !== undefined) struct.rightOrigin = follow(struct.rightOrigin) ?? struct.rightOrigin;
  }
}

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'another clientID': (random, update, known) => {
    const section = sectionOf(random, update);
    if (section !== null) section.client = someClient(random, known);
  },
  'another clock': (random, update, known) => {
    const section = sectionOf(random, update);
    if (section === null) return;
    const { client, clock } = section;
    section.clock = Math.max(0, random.pick([0, clock + 1, clock - 1, someClock(random, known, client)]));
  },
  'another left neighbour': (random, update, known) => {
    const struct = structOf(random, update);
    if (struct !== null) struct.origin = someId(random, known);
  },
  'another right neighbour': (random, update, known) => {
    const struct = structOf(random, update);
    if (struct !== null) struct.rightOrigin = someId(random, known);
  },
  'a neighbour right behind itself': (random, update) => {
    const section = sectionOf(random, update);
    const struct = section?.structs[0];
    if (section !== null && struct !== undefined) struct.origin = [section.client, section.clock + random.int(2)];
  },
  'another place': (random, update, known) => {
    const struct = structOf(random, update);
    if (struct === null) return;
    delete struct.origin;
    delete struct.rightOrigin;
    struct.parent = random.chance(0.8) ? random.pick(known.roots) : someId(random, known);
    if (random.chance(0.5)) struct.parentSub = random.pick(known.keys);
    else delete struct.parentSub;
  },
  'another kind of content': (random, update) => {
    const struct = structOf(random, update);
    if (struct === null) return;
    struct.reference = random.int(12);
    struct.content = contentFor(random, random.chance(0.9) ? struct.reference : random.int(12));
  },
  'other content': (random, update) => {
    const struct = structOf(random, update);
    if (struct !== null) struct.content = contentFor(random, struct.reference);
  },
  'structs said several times': (random, update) => {
    const section = sectionOf(random, update);
    const struct = section?.structs[0];
    if (section === null || struct === undefined) return;
    const times = random.pick([1, 1, 1, 5, 40, random.chance(0.05) ? 1_500 : 2]);
    for (let n = 0; n < times; n++) section.structs.push({ ...struct });
  },
  'a struct left out': (random, update) => {
    const section = sectionOf(random, update);
    if (section !== null) section.structs.splice(random.int(section.structs.length), 1);
  },
  'structs in another order': (random, update) => {
    const section = sectionOf(random, update);
    section?.structs.reverse();
    if (random.chance(0.5)) update.sections.reverse();
  },
  'a section said twice': (random, update, known) => {
    const section = sectionOf(random, update);
    if (section === null) return;
    const client = random.chance(0.3) ? section.client : someClient(random, known);
    update.sections.push({ ...section, client, structs: section.structs.map((struct) => ({ ...struct })) });
  },
  'two updates in one': (random, update, known) => {
    const other = takeApart(random.pick(known.updates));
    update.sections.push(...other.sections);
    update.deletes.push(...other.deletes);
  },
  'a count that lies': (random, update) => {
    const section = sectionOf(random, update);
    if (section !== null) section.declaredStructs = random.pick([0, section.structs.length + 1, ...EXTREMES]);
  },
  'further deletions': (random, update, known) => {
    for (let n = random.pick([1, 1, 2, 30]); n > 0; n--) {
      const [client, clock] = someId(random, known);
      const rest = (known.reach.get(client) ?? 0) - clock;
      update.deletes.push([
        client,
        clock,
        random.chance(0.8) ? 1 + random.int(Math.max(1, rest)) : random.pick(EXTREMES),
      ]);
    }
  },
  'everything deleted': (_random, update, known) => {
    for (const [client, reach] of known.reach) update.deletes.push([client, 0, reach]);
  },
  'deletions left out': (_random, update) => {
    update.deletes = [];
  },
  'only the deletions': (_random, update) => {
    update.sections = [];
  },
  'a pile at one place': (random, update, known) => {
    const struct = structOf(random, update) ?? { reference: 4, parent: 'prose', content: text('x') };
    const count = random.pick([3, 30, 300, random.chance(0.1) ? 1_500 : 5]);
    const { rightOrigin: _, ...behind } = struct;
    const head = { ...behind, reference: 4, content: text('x') };
    for (let piles = random.pick([1, 2, 3]); piles > 0; piles--) {
      const client = someClient(random, known);
      update.sections.push({ client, clock: 0, structs: Array.from({ length: count }, () => ({ ...head })) });
    }
  },
  'parts that wait for each other': (random, update, known) => {
    const count = random.pick([2, 20, 200]);
    const spine = someClient(random, known);
    const first = 1_000_000 + random.int(2 ** 30);
    const order = Array.from({ length: count }, (_, n) => first + (n % 2 === 0 ? n / 2 : count - (n + 1) / 2));
    update.sections.push({
      client: spine,
      clock: 0,
      structs: order.map((part) => ({ reference: 4, origin: [part, 0], content: text('a') })),
    });
    order.forEach((client, n) => {
      const head: Partial<LooseStruct> = n === 0 ? { parent: 'prose' } : { origin: [spine, n - 1] };
      update.sections.push({ client, clock: 0, structs: [{ reference: 4, ...head, content: text('b') }] });
    });
  },
  'many new clientIDs': (random, update) => {
    const first = 1 + random.int(2 ** 40);
    for (let n = random.pick([2, 20, random.chance(0.1) ? 600 : 3]); n > 0; n--) {
      const struct = { reference: 4, parent: 'prose', content: text('n') };
      update.sections.push({ client: first + n, clock: 0, structs: [struct] });
    }
  },
};

const NAMES = Object.keys(MUTATIONS);

/** An update made from an honest one, often in a name of its own, by up to four mutations; the names say which. */
export function mutateUpdate(random: Random, known: Known): { update: Uint8Array; mutations: readonly string[] } {
  const update = takeApart(random.pick(known.updates));
  const mutations: string[] = [];
  const isOwn = random.chance(0.5);
  if (isOwn) inOwnName(random, update);
  for (let n = random.pick(isOwn ? [0, 1, 1, 2, 3] : [1, 1, 1, 2, 2, 3, 4]); n > 0; n--) {
    const name = random.pick(NAMES);
    MUTATIONS[name]?.(random, update, known);
    mutations.push(name);
  }
  return { update: handMade(update.sections, update.deletes), mutations };
}
