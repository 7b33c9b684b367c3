/**
 * Forged updates against a living room: each is refused whole, and the document, who owns which clientID, the log and
 * every other session are as they were. FORGERIES=10000 runs more of them than every commit does.
 */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { forge, type Victim } from '../../support/forger.ts';
import { randomFrom } from '../../support/random.ts';
import { joinClient, stageRoom } from '../room/room-stage.ts';
import { any, handMade, text } from './hand-made.ts';

const FORGERIES = Number(process.env.FORGERIES ?? 500);
const SEED = 20261126;
const VICTIM = '22222222-2222-4222-8222-222222222222';
const NOTHING = new Uint8Array([0, 0]);
const EVENT_KEY = `${VICTIM}/01ARZ3NDEKTSV4RRFFQ69G5FAV`;

function stageWithVictim(room: 'body' | 'review' | 'work') {
  const stage = stageRoom(room);
  const author = joinClient(stage, 'victim', { personId: VICTIM });
  author.edit((doc) => {
    if (room === 'body') doc.getText('prose').insert(0, '双方确认欠薪一百二十万元。');
    else doc.getMap('events').set(EVENT_KEY, { type: 'comment', words: '请补充' });
  });
  stage.commit();
  const reach = Y.decodeStateVector(Y.encodeStateVector(author.doc)).get(author.doc.clientID) ?? 0;
  const victim: Victim = { clientId: author.doc.clientID, reach, personId: VICTIM, eventKey: EVENT_KEY };
  return { stage, author, victim };
}

describe.each(['body', 'review'] as const)('what somebody else said, said again into %s', (room) => {
  it('[R11] [R12] changes nothing and makes nobody its author, by whom and how often it is said', () => {
    const { stage, author, victim } = stageWithVictim(room);
    const before = stage.room.encodedState();
    const rows = stage.durable.length;
    const [heard] = stage.durable;
    for (const capability of ['write', 'read'] as const) {
      const replayer = joinClient(stage, `replayer-${capability}`, { capability });
      for (const type of ['update', 'syncStep2', 'update'] as const) replayer.send({ type, update: heard ?? NOTHING });
      expect(stage.closeOf(replayer.sessionId)).toBeNull();
    }
    expect([stage.pending.length, stage.durable.length]).toEqual([0, rows]);
    expect(stage.room.encodedState()).toEqual(before);
    // It is still the victim's: nobody else goes on with it.
    const thief = joinClient(stage, 'thief');
    const place = room === 'body' ? {} : { parent: 'events', parentSub: `person-thief/${EVENT_KEY.split('/')[1]}` };
    const struct = { reference: 8, content: any(1), ...place };
    thief.send({
      type: 'update',
      update: handMade([{ client: victim.clientId, clock: victim.reach, structs: [struct] }]),
    });
    expect([stage.closeOf('thief'), stage.closeOf(author.sessionId)]).toEqual(['editRefused', null]);
  });
});

describe.each([
  'body',
  'review',
  'work',
] as const)(`forged updates into %s (seed ${SEED}, ${FORGERIES} of them)`, (room) => {
  it('[R10] [R11] [R17] are each refused whole and change nothing anywhere', () => {
    const random = randomFrom(SEED);
    const { stage, author, victim } = stageWithVictim(room);
    const before = stage.room.encodedState();
    const claimed: number[] = [];
    const kinds = new Map<string, number>();
    for (let n = 0; n < FORGERIES; n++) {
      const forgery = forge(random, room, victim, 1_000 + 10 * n);
      const name = `forger-${n}`;
      const forger = joinClient(stage, name, { capability: forgery.isReader ? 'read' : 'write' });
      const seen = stage.effects.length;
      forger.send({ type: random.pick(['update', 'syncStep2'] as const), update: forgery.update });
      const effects = stage.effects.slice(seen);
      const said = `${n}: ${forgery.kind}`;
      // Refused, or asked for what it builds on; in no way taken.
      const isAsked = forger.messages('syncStep1').length > 1;
      expect(isAsked || stage.closeOf(name) !== null, said).toBe(true);
      expect(
        effects.filter(({ type }) => type === 'append' || type === 'compact' || type === 'snapshot'),
        said,
      ).toEqual([]);
      expect(
        effects.filter((effect) => 'sessionId' in effect && effect.sessionId !== name),
        said,
      ).toEqual([]);
      expect(stage.room.encodedState(), said).toEqual(before);
      stage.perform(stage.room.leave(name));
      stage.effects.length = 0;
      claimed.push(forgery.clientId);
      kinds.set(forgery.kind, (kinds.get(forgery.kind) ?? 0) + 1);
    }
    expect(kinds.size).toBe(room === 'body' ? 24 : 5);
    // Nobody came to own a clientID by it, and the victim still owns theirs.
    const heir = joinClient(stage, 'heir', { personId: VICTIM });
    const ids = claimed.slice(-100);
    const structOf = (clientId: number) =>
      room === 'body'
        ? { reference: 4, parent: `t/${VICTIM}/x`, content: text('a') }
        : {
            reference: 8,
            parent: 'events',
            parentSub: `${VICTIM}/01ARZ3NDEKTSV4RRFFQ${String(clientId).padStart(7, '0')}`,
            content: any(1),
          };
    heir.send({
      type: 'update',
      update: handMade(ids.map((client) => ({ client, clock: 0, structs: [structOf(client)] }))),
    });
    expect([stage.closeOf('heir'), stage.pending.length]).toEqual([null, 1]);
    author.edit((doc) => {
      if (room === 'body') doc.getText('prose').insert(0, '续');
      else doc.getMap('events').set(`${VICTIM}/01BX5ZZKBKACTAV9WEVGEMMVRZ`, 1);
    });
    expect([stage.closeOf('victim'), stage.pending.length]).toEqual([null, 2]);
  });
});
