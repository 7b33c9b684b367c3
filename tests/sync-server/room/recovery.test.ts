/**
 * A backup is put back and everybody returns, in any order, with all they hold. Histories are real ones: four people in a
 * room that forwards, a backup somewhere in the middle. `RESTORES=n` runs n of them.
 */
import { describe, expect, it } from 'vitest';
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { EVENTS_ROOT, RELAY_AUTHOR, type RoomKind } from '../../../shared/rooms.ts';
import { encodeMessage, type Message } from '../../../shared/wire/messages.ts';
import { encodeOwnership } from '../../../shared/wire/ownership.ts';
import type { Append, RoomSession, StoredRoom } from '../../../sync-server/room/effects.ts';
import { type Random, randomFrom } from '../../support/random.ts';
import { TEST_KEY } from '../../support/test-key.ts';
import {
  DOCUMENT_ID,
  EMPTY_ROOM,
  joinClient,
  makeSession,
  type Stage,
  type StageClient,
  stageRoom,
} from './room-stage.ts';

const RESTORES = Number(process.env.RESTORES ?? 60);
const PEOPLE = ['a', 'b', 'c', 'd'];

/** Somebody's page: what it holds outlives the relay's store. */
interface Page {
  readonly name: string;
  readonly doc: Y.Doc;
  /** What the relay stated, in the order of hearing. */
  readonly statements: Extract<Message, { type: 'owners' }>[];
  /** Under these it wrote and nobody confirmed it. */
  readonly own: number[];
}

const pageOf = (client: StageClient): Page => {
  client.catchUp();
  const statements = client.messages('owners') as Page['statements'];
  return { name: client.sessionId, doc: client.doc, statements, own: [client.doc.clientID] };
};

/** Writes, formats and deletes somewhere, as people do. */
function edit(doc: Y.Doc, random: Random, word: string): void {
  const prose = doc.getText('prose');
  const at = random.int(prose.length + 1);
  if (prose.length > 3 && random.chance(0.25)) prose.delete(random.int(prose.length - 1), 1);
  else if (prose.length > 3 && random.chance(0.1)) prose.format(random.int(prose.length - 2), 2, { bold: true });
  else prose.insert(at, word);
}

interface World {
  readonly pages: readonly Page[];
  readonly log: readonly Append[];
  /** Who wrote under each clientID. */
  readonly authors: ReadonlyMap<number, string>;
}

/** Four people write; some do not hear the others for a while, so that what one makes builds on what another made. */
function history(random: Random, edits: number): World {
  const stage = stageRoom();
  const clients = PEOPLE.map((name) => joinClient(stage, name));
  for (const { doc } of clients) {
    // As our pages: nothing is tidied by itself.
    doc.on('afterTransaction', (transaction: Y.Transaction) => {
      transaction._needFormattingCleanup = false;
    });
  }
  for (let i = 0; i < edits; i++) {
    const client = random.pick(clients);
    if (random.chance(0.7)) client.catchUp();
    client.edit((doc) => edit(doc, random, `${client.sessionId}${i}`));
    stage.commit();
  }
  const log = stage.effects.flatMap((effect) => (effect.type === 'append' ? [effect.append] : []));
  return {
    pages: clients.map(pageOf),
    log,
    authors: new Map(clients.map(({ doc, sessionId }) => [doc.clientID, `person-${sessionId}`])),
  };
}

/** The store as it was after so many rows. */
function storeAfter(log: readonly Append[], rows: number): StoredRoom {
  const kept = log.slice(0, rows);
  const owners = kept.flatMap(({ newClientIds, author }) => newClientIds.map((id) => [id, author] as const));
  return {
    ...EMPTY_ROOM,
    updates: kept.map(({ update }) => update),
    ownersByClient: new Map(owners),
    lastSeq: rows,
    updatesSinceSnapshot: rows,
  };
}

const restored = (stored: StoredRoom, mayCarry = true, room: RoomKind = 'body'): Stage =>
  stageRoom(room, stored, {}, { generation: 'generation-2', recovery: { mayCarry: () => mayCarry } });

/** The page comes back: says whose clientIDs it knows and which are its own, then everything that the relay lacks. */
function comeBack(stage: Stage, page: Page, change: Partial<RoomSession> = {}, sessionId = page.name): void {
  stage.perform(stage.room.join(makeSession(sessionId, { personId: `person-${page.name}`, ...change })));
  const client = speaker(stage, sessionId);
  client.send({ type: 'syncStep1', stateVector: Y.encodeStateVector(page.doc) });
  for (const statement of page.statements) client.send(statement);
  client.send({ type: 'claim', clientIds: page.own });
  answer(stage, page, sessionId);
  client.send({ type: 'barrier', number: 1 });
}

function speaker(stage: Stage, sessionId: string) {
  return { send: (message: Message) => stage.perform(stage.room.receive(sessionId, encodeMessage(message))) };
}

/** Answers the relay's last question in full. */
function answer(stage: Stage, page: Page, sessionId = page.name): void {
  const asked = stage
    .sentTo(sessionId)
    .filter(({ type }) => type === 'syncStep1')
    .at(-1);
  const stateVector = (asked as Extract<Message, { type: 'syncStep1' }>).stateVector;
  speaker(stage, sessionId).send({ type: 'syncStep2', update: Y.encodeStateAsUpdate(page.doc, stateVector) });
}

const hasEcho = (stage: Stage, sessionId: string) => stage.sentTo(sessionId).some(({ type }) => type === 'barrier');

const wordsIn = (update: Uint8Array) => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  return doc.getText('prose').toDelta();
};

/** Words that are in the log under another's name. */
function wronglyGiven(stage: Stage, authors: World['authors']): string[] {
  return stage.effects.flatMap((effect) => {
    if (effect.type !== 'append') return [];
    const { author, update, newClientIds } = effect.append;
    const writers = new Set(Y.decodeUpdate(update).structs.map(({ id }) => authors.get(id.client)));
    const wrong = [...writers].filter((writer) => writer !== author);
    const owned = newClientIds.filter((id) => authors.get(id) !== author);
    return wrong.length + owned.length === 0 ? [] : [`${[...writers]} written as ${author}, owned ${owned}`];
  });
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

describe('after a backup was put back', () => {
  it(`[R15] everybody comes back in any order: nothing lost, nobody refused, nothing given to another (${RESTORES} restores)`, () => {
    for (let seed = 1; seed <= RESTORES; seed++) {
      const random = randomFrom(seed);
      const world = history(random, 60);
      const stage = restored(storeAfter(world.log, random.int(world.log.length)));
      const writer = random.pick(world.pages);
      for (const page of shuffled(world.pages, random)) {
        // A reader carries as well as who may write, only not what was deleted; some lost their right meanwhile.
        const isReader = page !== writer && random.chance(0.3);
        comeBack(stage, page, isReader ? { capability: 'read' } : {});
        if (random.chance(0.5)) stage.commit();
      }
      stage.commit();
      stage.perform(stage.room.tick());
      for (const page of world.pages) answer(stage, page);
      stage.commit();
      const everything = new Y.Doc();
      for (const { doc } of world.pages) Y.applyUpdate(everything, Y.encodeStateAsUpdate(doc));
      const state = stage.room.encodedState() ?? new Uint8Array();
      expect(wordsIn(state), `seed ${seed}`).toEqual(everything.getText('prose').toDelta());
      expect(wronglyGiven(stage, world.authors), `seed ${seed}`).toEqual([]);
      for (const { name } of world.pages) expect(stage.closeOf(name), `seed ${seed}`).toBeNull();
    }
  });

  it('[R15] one person alone, also a reader, brings back all that the others wrote, each in their name', () => {
    const world = history(randomFrom(7), 60);
    for (const capability of ['write', 'read'] as const) {
      const stage = restored(storeAfter(world.log, 5));
      const [page] = world.pages;
      if (page === undefined) throw new Error('nobody');
      Y.applyUpdate(page.doc, Y.encodeStateAsUpdate(merged(world)));
      comeBack(stage, page, { capability });
      stage.commit();
      const state = stage.room.encodedState() ?? new Uint8Array();
      const clocks = Y.decodeStateVector(Y.encodeStateVectorFromUpdate(state));
      expect(clocks).toEqual(Y.decodeStateVector(Y.encodeStateVector(merged(world))));
      expect(wronglyGiven(stage, world.authors)).toEqual([]);
      const carried = stage.effects.flatMap((effect) => (effect.type === 'append' ? [effect.append] : []));
      expect(new Set(carried.map(({ by }) => by.personId))).toEqual(new Set(['person-a']));
      // Deletions do not say whose they were; a reader's word is not enough for them.
      const deleting = carried.filter(({ author }) => author === RELAY_AUTHOR);
      expect(deleting.length > 0).toBe(capability === 'write');
    }
  });
});

describe('what nobody vouches for', () => {
  /** `b` wrote behind what `a` wrote, and `a` behind that; the store knows neither. */
  function twoOnEachOther() {
    const a = new Y.Doc();
    a.getText('prose').insert(0, '甲');
    const b = new Y.Doc();
    Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
    b.getText('prose').insert(1, '乙');
    Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
    a.getText('prose').insert(2, '丙');
    const page = (name: string, doc: Y.Doc): Page => ({ name, doc, statements: [], own: [doc.clientID] });
    return {
      a: page('a', a),
      b: page('b', b),
      authors: new Map([
        [a.clientID, 'person-a'],
        [b.clientID, 'person-b'],
      ]),
    };
  }
  const proseOf = (stage: Stage) => wordsIn(stage.room.encodedState() ?? new Uint8Array());

  it('[R15] [R13] waits for its author, and what builds on it too: not refused, not taken, not acknowledged', () => {
    const { a, b, authors } = twoOnEachOther();
    const stage = restored(EMPTY_ROOM);
    comeBack(stage, a);
    stage.commit();
    expect(proseOf(stage)).toEqual([{ insert: '甲' }]);
    expect(stage.closeOf('a')).toBeNull();
    expect(hasEcho(stage, 'a')).toBe(false);
    comeBack(stage, b);
    stage.commit();
    expect(proseOf(stage)).toEqual([{ insert: '甲乙' }]);
    expect(hasEcho(stage, 'b')).toBe(true);
    stage.perform(stage.room.tick());
    answer(stage, a);
    stage.commit();
    expect(proseOf(stage)).toEqual([{ insert: '甲乙丙' }]);
    expect(hasEcho(stage, 'a')).toBe(true);
    expect(wronglyGiven(stage, authors)).toEqual([]);
  });

  it('[R15] is not asked for again while nothing is new', () => {
    const { a } = twoOnEachOther();
    const stage = restored(EMPTY_ROOM);
    comeBack(stage, a);
    stage.commit();
    const questions = () => stage.sentTo('a').filter(({ type }) => type === 'syncStep1').length;
    for (let i = 0; i < 3; i++) {
      stage.perform(stage.room.tick());
      answer(stage, a);
    }
    expect(questions()).toBeLessThanOrEqual(2);
    expect(stage.closeOf('a')).toBeNull();
  });

  it('[R15] the stock client, which can claim nothing, is the author under what it shows itself as, and of nothing else', () => {
    const { a, b, authors } = twoOnEachOther();
    const stage = restored(EMPTY_ROOM);
    const presence = (clientId: number) => {
      const awareness = new Awareness(Object.assign(new Y.Doc(), { clientID: clientId }));
      awareness.setLocalState({ caret: 1 });
      return encodeAwarenessUpdate(awareness, [clientId]);
    };
    for (const page of [b, a]) {
      stage.perform(stage.room.join(makeSession(page.name, { wireVersion: null })));
      speaker(stage, page.name).send({ type: 'awareness', update: presence(page.doc.clientID) });
    }
    // It repeats what it hears, also when the other has just gone: that claims nothing.
    stage.perform(stage.room.leave('a'));
    speaker(stage, 'b').send({ type: 'awareness', update: presence(a.doc.clientID) });
    answer(stage, b);
    stage.commit();
    expect(proseOf(stage)).toEqual([]);
    stage.perform(stage.room.leave('b'));
    for (const page of [a, b]) {
      stage.perform(stage.room.join(makeSession(page.name, { wireVersion: null })));
      speaker(stage, page.name).send({ type: 'awareness', update: presence(page.doc.clientID) });
      answer(stage, page);
      stage.commit();
    }
    stage.perform(stage.room.tick());
    answer(stage, a);
    stage.commit();
    expect(proseOf(stage)).toEqual([{ insert: '甲乙丙' }]);
    expect(wronglyGiven(stage, authors)).toEqual([]);
  });

  it('[R15] [R10] the word of the relay weighs more than who says that a clientID is theirs', () => {
    const world = history(randomFrom(3), 20);
    const stage = restored(EMPTY_ROOM);
    const [thief, victim] = world.pages;
    if (thief === undefined || victim === undefined) throw new Error('nobody');
    // Claims everything, and keeps what the relay said to itself; the other has shown it.
    comeBack(stage, { ...victim, doc: new Y.Doc() });
    comeBack(stage, { ...thief, statements: [], own: [...world.authors.keys()] });
    stage.commit();
    expect(wronglyGiven(stage, world.authors)).toEqual([]);
  });

  it('[R15] a statement of this very store, of another room or without a signature proves nothing', () => {
    const { a, b } = twoOnEachOther();
    const own = new Map([[b.doc.clientID, 'person-b']]);
    const statementOf = (room: string, generation: string) =>
      encodeOwnership({ room, generation, isWhole: true, ownersByClient: own });
    const room = `${DOCUMENT_ID}/body`;
    const good = statementOf(room, 'generation-1');
    const bad: Page['statements'] = [
      statementOf(room, 'generation-2'),
      statementOf(`${DOCUMENT_ID}/review`, 'generation-1'),
    ].map((statement) => ({ type: 'owners', statement, signature: TEST_KEY.sign(statement) }));
    bad.push({ type: 'owners', statement: good, signature: TEST_KEY.sign(room ? new Uint8Array() : good) });
    const stage = restored(EMPTY_ROOM);
    comeBack(stage, { ...a, statements: bad });
    stage.commit();
    expect(proseOf(stage)).toEqual([{ insert: '甲' }]);
    comeBack(
      stage,
      { ...a, statements: [{ type: 'owners', statement: good, signature: TEST_KEY.sign(good) }] },
      {},
      'a2',
    );
    stage.commit();
    expect(proseOf(stage)).toEqual([{ insert: '甲乙丙' }]);
    // Long after, the old word is good for one's own words only.
    const late = restored(EMPTY_ROOM, false);
    comeBack(late, { ...a, statements: [{ type: 'owners', statement: good, signature: TEST_KEY.sign(good) }] });
    late.commit();
    expect(proseOf(late)).toEqual([{ insert: '甲' }]);
    comeBack(late, {
      ...b,
      own: [],
      statements: [{ type: 'owners', statement: good, signature: TEST_KEY.sign(good) }],
    });
    late.commit();
    expect(proseOf(late)).toEqual([{ insert: '甲乙' }]);
  });
});

describe('in other rooms, and in a frozen body', () => {
  const ULID = '01HZX000000000000000000000';
  /** What `author` wrote, as it was proven before, in the hands of `a`. */
  function carried(room: RoomKind, author: string, write: (doc: Y.Doc) => void): Page {
    const doc = new Y.Doc();
    write(doc);
    const owners = new Map([[doc.clientID, author]]);
    const said = { room: `${DOCUMENT_ID}/${room}`, generation: 'generation-1', isWhole: true, ownersByClient: owners };
    const statement = encodeOwnership(said);
    const own: Page['statements'] = [{ type: 'owners', statement, signature: TEST_KEY.sign(statement) }];
    return { name: 'a', doc, statements: own, own: [] };
  }
  const events = (key: string) => (doc: Y.Doc) => void doc.getMap(EVENTS_ROOT).set(key, { type: 'comment' });
  const rowsOf = (stage: Stage) =>
    stage.effects.flatMap((effect) => (effect.type === 'append' ? [effect.append.author] : []));

  it('[R15] an event is brought back as its author’s, and one under a key of somebody else is refused', () => {
    for (const [author, row] of [
      ['person-b', ['person-b']],
      ['person-c', []],
    ] as const) {
      const stage = restored(EMPTY_ROOM, true, 'review');
      comeBack(stage, carried('review', author, events(`person-b/${ULID}`)), { capability: 'read' });
      stage.commit();
      expect(rowsOf(stage)).toEqual(row);
      expect(stage.closeOf('a')).toBe(author === 'person-b' ? null : 'editRefused');
    }
  });

  it('[R15] a line of the record is the relay’s own: nobody brings one, and nobody is refused for holding it', () => {
    const stage = restored(EMPTY_ROOM, true, 'record');
    comeBack(stage, carried('record', RELAY_AUTHOR, events(`${RELAY_AUTHOR}/${ULID}`)), { capability: 'read' });
    stage.commit();
    expect(rowsOf(stage)).toEqual([]);
    expect(stage.closeOf('a')).toBeNull();
  });

  it('[R15] what was proven waits while the body is frozen, and comes in when it is written in again', () => {
    const stage = restored(EMPTY_ROOM);
    const page = carried('body', 'person-b', (doc) => doc.getText('prose').insert(0, '乙'));
    comeBack(stage, page, { capability: 'read', documentState: 'frozen' });
    stage.commit();
    expect([rowsOf(stage), stage.closeOf('a')]).toEqual([[], null]);
    stage.perform(stage.room.expel('a', 'rightsChanged'));
    comeBack(stage, page, {}, 'a again');
    stage.commit();
    expect(rowsOf(stage)).toEqual(['person-b']);
  });

  it('[R15] [R11] what breaks the rules of the room is refused whole, in whose name it may come', () => {
    const stage = restored(EMPTY_ROOM);
    comeBack(
      stage,
      carried('body', 'person-b', (doc) => void doc.getMap('nonsense').set('a', 1)),
    );
    stage.commit();
    expect([rowsOf(stage), stage.closeOf('a')]).toEqual([[], 'editRefused']);
  });
});

function merged({ pages }: World): Y.Doc {
  const doc = new Y.Doc();
  for (const page of pages) Y.applyUpdate(doc, Y.encodeStateAsUpdate(page.doc));
  return doc;
}
