/**
 * Words that go on where their author's end are taken without looking at the document and are put into it later. From outside
 * it is the same room: what it says to any update, holds and tells is held here against a document in which everything is judged
 * by the whole gate and applied at once.
 */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { readContinuation } from '../../../sync-server/gate/continuation.ts';
import { judgeUpdate, type Verdict } from '../../../sync-server/gate/judge.ts';
import { LiveDocument } from '../../../sync-server/room/live-document.ts';
import { type Random, randomFrom } from '../../support/random.ts';
import { any, type HandMadeStruct, handMade, text } from '../gate/hand-made.ts';

const RUNS = 40;
const STEPS = 250;
const SEED = 23;
const EVERYTHING = Uint8Array.of(0);
const PEOPLE = ['person-0', 'person-1', 'person-2'];

type Id = readonly [client: number, clock: number];

/** A page of somebody who writes, with what it has not said and not heard yet. */
class Page {
  readonly doc = new Y.Doc();
  readonly personId: string;
  readonly said: Uint8Array[] = [];
  heard = 0;
  #caret = 0;

  constructor(personId: string, clientId: number) {
    this.personId = personId;
    this.doc.clientID = clientId;
    this.doc.on('update', (update: Uint8Array, _origin: unknown, _doc: Y.Doc, { local }: Y.Transaction) => {
      if (local) this.said.push(update);
    });
  }

  /** Mostly types on. */
  act(random: Random): void {
    const words = this.doc.getText('prose');
    const chance = random.next();
    if (chance < 0.12) this.#caret = random.int(words.length + 1);
    const at = Math.min(this.#caret, words.length);
    if (chance < 0.75) {
      const typed = random.pick(['字', 'a', '协议', 'é', '🙂', 'word ']);
      words.insert(at, typed);
      this.#caret = at + typed.length;
    } else if (chance < 0.85 && at > 0) {
      words.delete(at - 1, 1);
      this.#caret = at - 1;
    } else if (chance < 0.9) words.insertEmbed(at, { block: 1 });
    else if (chance < 0.95) words.format(0, Math.min(3, words.length), { bold: true });
    else this.doc.getMap('fields').set(random.pick(['a', 'b']), random.int(9));
  }
}

/** An update as somebody would write it who wants to get something past the gate: nearly what typing on looks like. */
function forged(doc: Y.Doc, random: Random): Uint8Array {
  const clients = [...doc.store.clients.keys(), 1_001];
  const client = random.pick([...clients, 1_000]);
  const clock = Math.max(0, Y.getState(doc.store, client) + random.pick([0, 0, 0, 0, 1, -1]));
  const someId = (): Id => {
    const other = random.pick(clients);
    return [other, random.int(Y.getState(doc.store, other) + 2)];
  };
  const origin: Id | undefined =
    random.chance(0.8) && clock > 0 ? [client, clock - 1] : random.chance(0.7) ? someId() : undefined;
  const [of, at] = origin ?? [0, 0];
  const held =
    origin === undefined || at >= Y.getState(doc.store, of) ? null : Y.getItem(doc.store, Y.createID(of, at));
  const next = held instanceof Y.Item ? held.right : null;
  const right =
    random.chance(0.6) && next !== null
      ? ([next.id.client, next.id.clock] as const)
      : random.chance(0.3)
        ? someId()
        : undefined;
  const struct: HandMadeStruct = {
    ...(random.chance(0.9)
      ? { reference: 4, content: text(random.pick(['新', 'xy', '🙂', ''])) }
      : { reference: 8, content: any(1) }),
    ...(origin === undefined ? { parent: 'prose' } : { origin }),
    ...(right === undefined ? {} : { rightOrigin: right }),
  };
  const [ofDeleted, deleted] = someId();
  return handMade([{ client, clock, structs: [struct] }], random.chance(0.1) ? [[ofDeleted, deleted, 1]] : []);
}

/** A room by the long way. */
class PlainRoom {
  readonly doc = new Y.Doc();
  readonly owners = new Map<number, string>();

  judge(update: Uint8Array, personId: string, capability: 'read' | 'write'): Verdict {
    const ownerOf = (clientId: number) => this.owners.get(clientId);
    return judgeUpdate({ update, doc: this.doc, room: 'body', personId, capability, isFrozen: false, ownerOf });
  }

  apply(update: Uint8Array): Uint8Array {
    let effect: Uint8Array = new Uint8Array();
    const keep = (bytes: Uint8Array) => {
      effect = bytes;
    };
    this.doc.on('update', keep);
    Y.applyUpdate(this.doc, update);
    this.doc.off('update', keep);
    return effect;
  }
}

/** What an update says, whatever its bytes. */
function said(update: Uint8Array | null) {
  if (update === null) return null;
  const { structs, ds } = Y.decodeUpdate(update);
  return {
    structs: structs.map(({ id, length, ...rest }) => ({
      id,
      length,
      rest: JSON.stringify((rest as Partial<Y.Item>).content),
    })),
    ds: [...ds.clients],
  };
}

function play(seed: number) {
  const random = randomFrom(seed);
  const plain = new PlainRoom();
  const live = new LiveDocument('body');
  live.load({ updates: [], ownersByClient: new Map(), lastSeq: 0, updatesSinceSnapshot: 0 });
  let lastClientId = 0;
  const begin = (personId: string) => {
    const page = new Page(personId, ++lastClientId);
    Y.applyUpdate(page.doc, Y.encodeStateAsUpdate(plain.doc));
    page.heard = log.length;
    return page;
  };
  const log: { readonly update: Uint8Array; readonly page: Page | null }[] = [];
  const pages = PEOPLE.map(begin);
  let unlooked = 0;

  const say = (update: Uint8Array, personId: string, capability: 'read' | 'write', page: Page | null) => {
    const verdict = live.judge(update, { personId, capability, documentState: 'draft' });
    const wanted = plain.judge(update, personId, capability);
    if (verdict.type === 'accepted' && verdict.clientIds.length === 0 && readContinuation(update) !== null) {
      unlooked++;
      expect(wanted).toMatchObject({ isItsOwnEffect: true });
    }
    expect(comparable(verdict)).toEqual(comparable(wanted));
    if (verdict.type !== 'accepted') return false;
    const told = live.apply(update);
    expect(said(told)).toEqual(said(plain.apply(update)));
    live.own(verdict.newClientIds, personId);
    for (const clientId of verdict.newClientIds) plain.owners.set(clientId, personId);
    if (told !== null) log.push({ update: told, page });
    return true;
  };

  for (let step = 0; step < STEPS; step++) {
    const page = random.pick(pages);
    const chance = random.next();
    if (chance < 0.7) {
      page.act(random);
      const isTaken = page.said.splice(0).every((update) => say(update, page.personId, 'write', page));
      // Somebody wrote under its clientID: it begins anew, as pages do.
      if (!isTaken) pages[pages.indexOf(page)] = begin(page.personId);
    } else if (chance < 0.85) {
      for (; page.heard < log.length; page.heard++) {
        const row = log[page.heard];
        if (row !== undefined && row.page !== page) Y.applyUpdate(page.doc, row.update);
      }
    } else if (chance < 0.97) {
      const update = forged(plain.doc, random);
      say(update, random.pick([...PEOPLE, 'stranger']), random.chance(0.8) ? 'write' : 'read', null);
    } else expect(live.diff(EVERYTHING)).toEqual(Y.encodeStateAsUpdate(plain.doc));
  }
  expect(live.encode()).toEqual(Y.encodeStateAsUpdate(plain.doc));
  expect(live.stateVector()).toEqual(Y.encodeStateVector(plain.doc));
  return unlooked;
}

/** What a verdict decides. */
function comparable(verdict: Verdict) {
  if (verdict.type !== 'accepted') return verdict;
  const { type, newClientIds, against } = verdict;
  return { type, newClientIds, against };
}

describe(`a room in which people type on (seed ${SEED}, ${RUNS} histories)`, () => {
  it('[V1] says, holds and tells what it would if each update were judged by the whole gate and applied at once', () => {
    let unlooked = 0;
    for (let run = 0; run < RUNS; run++) unlooked += play(SEED * 1_000 + run);
    expect(unlooked).toBeGreaterThan(RUNS * STEPS * 0.1);
  });
});
