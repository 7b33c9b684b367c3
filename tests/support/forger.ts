/**
 * Forged updates from a seed: what a person with a program of their own could send into a room to write in another's
 * name, where nothing may stand, over a hole, or at everybody's cost. Often an honest edit of the forger's own is hidden
 * in front, so that a gate which takes updates apart would be found out. Every one of them must be refused whole.
 */
import {
  any,
  type HandMadeSection,
  type HandMadeStruct,
  handMade,
  length,
  text,
} from '../sync-server/gate/hand-made.ts';
import type { Random } from './random.ts';

/** What a forger may know of the room: who else wrote, how far, and whose event stands under which key. */
export interface Victim {
  readonly clientId: number;
  readonly reach: number;
  readonly personId: string;
  readonly eventKey: string;
}

export interface Forgery {
  readonly kind: string;
  readonly update: Uint8Array;
  /** Sent by somebody who may only read. */
  readonly isReader: boolean;
  /** The clientID that the forger would own if it were accepted. */
  readonly clientId: number;
}

type Deletes = readonly (readonly [client: number, clock: number, length: number])[];
interface Parts {
  readonly sections?: readonly HandMadeSection[];
  readonly deletes?: Deletes;
  readonly isReader?: boolean;
  readonly bytes?: Uint8Array;
}
type Make = (random: Random, victim: Victim, own: number) => Parts;

const word = (random: Random) => text(random.pick(['伪', '改', '删去', 'x', '😀', '欠薪已结清']));
const section = (client: number, clock: number, ...structs: HandMadeStruct[]) => ({ client, clock, structs });
const alone = (own: number, struct: HandMadeStruct): Parts => ({ sections: [section(own, 0, struct)] });

/** In a body: prose of the victim from clock 0 up to their reach. */
const BODY: Record<string, Make> = {
  'words under the clientID of another': (random, { clientId, reach }) => ({
    sections: [
      section(clientId, reach, { reference: 4, origin: [clientId, random.int(reach)], content: word(random) }),
    ],
  }),
  'emptied places under the clientID of another': (random, { clientId, reach }) => ({
    sections: [section(clientId, reach, { reference: random.int(2), content: length(1 + random.int(99)) })],
  }),
  'other words under an id that is held': (random, { clientId, reach }) => ({
    sections: [section(clientId, random.int(reach), { reference: 4, origin: [clientId, 0], content: text('伪造') })],
  }),
  'something held said again beside what is not there': (random, { clientId, reach }, own) => ({
    sections: [
      section(clientId, 0, { reference: 4, rightOrigin: [clientId, reach + random.int(9)], content: text('双') }),
      section(own, 0, { reference: 4, content: word(random) }),
    ],
  }),
  'neighbours in the wrong order': (random, { clientId, reach }, own) => {
    const right = random.int(reach - 1);
    const left = right + random.int(reach - right);
    return alone(own, {
      reference: 4,
      origin: [clientId, left],
      rightOrigin: [clientId, right],
      content: word(random),
    });
  },
  'neighbours that never touched': (random, { clientId, reach }, own) => {
    const left = random.int(reach - 2);
    return alone(own, {
      reference: 4,
      origin: [clientId, left],
      rightOrigin: [clientId, left + 2],
      content: word(random),
    });
  },
  'a hole with a flag': (_random, _victim, own) => ({
    sections: [section(own, 0, { reference: 10 | 32, content: length(3) })],
  }),
  'deletion of nothing': (random, { clientId, reach }, own) => ({
    ...alone(own, { reference: 4, content: word(random) }),
    deletes: [[clientId, reach + random.int(9), 0]],
  }),
  'a root that is not there': (random, _victim, own) =>
    alone(own, {
      reference: 4,
      parent: random.pick(['', 'Prose', 'events', 'prose/x', '__proto__']),
      content: word(random),
    }),
  'a type in the text': (random, _victim, own) =>
    alone(own, { reference: 7, parent: 'prose', content: length(1 + random.int(2)) }),
  'an item in an item': (random, { clientId, reach }, own) =>
    alone(own, { reference: 4, parent: [clientId, random.int(reach)], content: word(random) }),
  'a start past what is held': (random, _victim, own) => ({
    sections: [section(own, 1 + random.int(1_000), { reference: 4, content: word(random) })],
  }),
  'a neighbour that is not there': (random, { clientId, reach }, own) =>
    alone(own, {
      reference: 4,
      [random.pick(['origin', 'rightOrigin'])]: [clientId, reach + random.int(9)],
      content: word(random),
    }),
  'a hole that is skipped': (random, _victim, own) => ({
    sections: [
      section(own, 0, { reference: 10, content: length(1 + random.int(9)) }, { reference: 4, content: word(random) }),
    ],
  }),
  'deletion past what is held': (random, { clientId, reach }) => ({
    deletes: [[clientId, 0, reach + 1 + random.int(9)]],
  }),
  'deletions that overlap': (random, { clientId, reach }) => ({
    deletes: [
      [clientId, 0, reach],
      [clientId, random.int(reach), 1],
    ],
  }),
  'a run longer than any room': (random, _victim, own) =>
    alone(own, { reference: random.int(2), content: length(2 ** (27 + random.int(20))) }),
  'a length past all numbers': (_random, _victim, own) => alone(own, { reference: 0, content: length(2 ** 53 - 1) }),
  'a count of structs that are not there': (random, _victim, own) => ({
    sections: [{ ...section(own, 0), declaredStructs: 1 + random.int(2 ** 30) }],
  }),
  'a broken end': (random, { clientId, reach }) => {
    const whole = handMade([], [[clientId, 0, reach]]);
    return { bytes: whole.subarray(0, random.int(whole.length)) };
  },
  'a pile at one place': (random, _victim, own) => ({
    sections: [section(own, 0, ...Array.from({ length: 1_100 }, () => ({ reference: 4, content: word(random) })))],
  }),
  'two that wait for each other': (random, _victim, own) => ({
    sections: [
      section(own, 0, { reference: 4, origin: [own + 1, 0], content: word(random) }),
      section(own + 1, 0, { reference: 4, origin: [own, 0], content: word(random) }),
    ],
  }),
  'words of a reader': (random, { clientId, reach }, own) => ({
    ...alone(own, { reference: 4, origin: [clientId, random.int(reach)], content: word(random) }),
    isReader: true,
  }),
  'deletion by a reader': (random, { clientId, reach }) => ({
    deletes: [[clientId, random.int(reach), 1]],
    isReader: true,
  }),
};

/** In a room of events: one of the victim under their key. */
const EVENTS: Record<string, Make> = {
  'an event over that of another': (random, { eventKey }, own) =>
    alone(own, { reference: 8, parent: 'events', parentSub: eventKey, content: any({ words: random.int(9) }) }),
  'an event in the name of another': (random, { personId }, own) =>
    alone(own, {
      reference: 8,
      parent: 'events',
      parentSub: `${random.pick([personId, 'relay', ''])}/01BX5ZZKBKACTAV9WEVGEMMVRZ`,
      content: any({ words: '伪' }),
    }),
  'an event that hides its key behind a neighbour': (random, { clientId }, own) =>
    alone(own, { reference: 8, [random.pick(['origin', 'rightOrigin'])]: [clientId, 0], content: any(random.int(9)) }),
  'deletion of the event of another': (_random, { clientId }) => ({ deletes: [[clientId, 0, 1]] }),
  'an event under the clientID of another': (_random, { clientId, reach, eventKey }) => ({
    sections: [
      section(clientId, reach, { reference: 8, parent: 'events', parentSub: `${eventKey}2`, content: any('伪') }),
    ],
  }),
};

/** One forged update for this kind of room. `own` is a clientID that nobody owns; so is the next one. */
export function forge(random: Random, room: 'body' | 'review' | 'work', victim: Victim, own: number): Forgery {
  const makers = room === 'body' ? BODY : EVENTS;
  const kind = random.pick(Object.keys(makers));
  const { sections = [], deletes = [], isReader = false, bytes } = makers[kind]?.(random, victim, own) ?? {};
  if (bytes !== undefined) return { kind, update: bytes, isReader, clientId: own };
  const honest: HandMadeSection = section(own + 2, 0, { reference: 4, parent: 'prose', content: word(random) });
  const isHidden = room === 'body' && random.chance(0.5);
  const update = handMade(isHidden ? [honest, ...sections] : sections, deletes);
  return { kind, update, isReader, clientId: isHidden ? own + 2 : own };
}
