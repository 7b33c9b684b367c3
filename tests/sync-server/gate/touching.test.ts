/** The shortcuts of the gate for what typing makes: they say what the long way says, whatever neighbours an update names. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { conflictWork } from '../../../sync-server/gate/conflict.ts';
import { bodyRefusal } from '../../../sync-server/gate/content-rules.ts';
import { effectOf } from '../../../sync-server/gate/effect.ts';
import { areValuesSingle } from '../../../sync-server/gate/keyed-values.ts';
import { areNeighboursSane } from '../../../sync-server/gate/neighbours.ts';
import { scanUpdate } from '../../../sync-server/gate/scan.ts';
import { touchesItsNeighbours } from '../../../sync-server/gate/touching.ts';
import { WorkMeter } from '../../../sync-server/gate/work.ts';
import { type Random, randomFrom } from '../../support/random.ts';
import { any, type HandMadeStruct, handMade, text } from './hand-made.ts';

const RUNS = 60;
const UPDATES = 60;
const SEED = 11;

/** A room of four people's words and a few keys, some of it deleted. */
function room(random: Random): Y.Doc {
  const doc = new Y.Doc();
  for (let n = 0; n < 20; n++) {
    doc.clientID = 1 + random.int(4);
    const words = doc.getText('prose');
    words.insert(random.int(words.length + 1), random.pick(['一', '一二', '三四五']));
    if (random.chance(0.3)) words.delete(random.int(words.length), 1);
    if (random.chance(0.3)) doc.getMap('fields').set(random.pick(['a', 'b']), n);
  }
  return doc;
}

/** One or two structs with neighbours at random, or such as touch, and sometimes a deletion. */
function updateFor(doc: Y.Doc, random: Random): Uint8Array {
  const ids = [...doc.store.clients].flatMap(([client, structs]) =>
    structs.flatMap(({ id, length }) => Array.from({ length }, (_, n) => [client, id.clock + n] as const)),
  );
  const someId = () => random.pick([...ids, [1 + random.int(5), 200 + random.int(3)] as const]);
  const client = 1 + random.int(5);
  const clock = Math.max(0, Y.getState(doc.store, client) - (random.chance(0.1) ? 1 : 0));
  const struct = (): HandMadeStruct => {
    const origin = random.chance(0.9) ? someId() : undefined;
    const held = origin === undefined || origin[1] >= 200 ? null : Y.getItem(doc.store, Y.createID(...origin));
    const next = held instanceof Y.Item && held.right !== null ? held.right.id : null;
    const touching = next === null ? undefined : ([next.client, next.clock] as const);
    const right = random.chance(0.7) ? touching : random.chance(0.5) ? someId() : undefined;
    return {
      ...(random.chance(0.9)
        ? { reference: 4, content: text(random.pick(['新', '新的'])) }
        : { reference: 8, content: any(1) }),
      ...(origin === undefined ? { parent: random.pick(['prose', 'fields']) } : { origin }),
      ...(right === undefined ? {} : { rightOrigin: right }),
      ...(origin === undefined && random.chance(0.3) ? { parentSub: 'a' } : {}),
    };
  };
  const structs = random.chance(0.15) ? [] : random.chance(0.8) ? [struct()] : [struct(), struct()];
  const deleted = someId();
  const deletes = random.chance(0.3) ? [[deleted[0], deleted[1], 1 + random.int(2)] as const] : [];
  return handMade(structs.length === 0 && deletes.length > 0 ? [] : [{ client, clock, structs }], deletes);
}

/** What an update says, whatever its bytes. */
function said(update: Uint8Array) {
  const { structs, ds } = Y.decodeUpdate(update);
  const told = structs.map(({ id, length, ...struct }) => {
    const { origin, rightOrigin, content } = struct as Partial<Y.Item>;
    return { ...id, length, origin, rightOrigin, content: content?.getContent() };
  });
  const deleted = [...ds.clients].flatMap(([client, ranges]) =>
    ranges.map(({ clock, len }) => ({ client, clock, len })),
  );
  return { told, deleted };
}

function effectInYjs(doc: Y.Doc, update: Uint8Array): Uint8Array {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  let effect: Uint8Array = new Uint8Array();
  copy.on('update', (bytes: Uint8Array) => {
    effect = bytes;
  });
  Y.applyUpdate(copy, update);
  return effect;
}

describe(`updates with neighbours at random (seed ${SEED}, ${RUNS} rooms)`, () => {
  it('[R17] that touch what is held pass every rule about neighbours and need one comparison at most', () => {
    let count = 0;
    for (let run = 0; run < RUNS; run++) {
      const random = randomFrom(SEED * 1_000 + run);
      const doc = room(random);
      for (let n = 0; n < UPDATES; n++) {
        const update = updateFor(doc, random);
        const scanned = scanUpdate(update);
        const effect = scanned === null ? null : effectOf(scanned, doc, new WorkMeter());
        if (effect?.type !== 'known' || !touchesItsNeighbours(effect.newStructs, doc)) continue;
        count++;
        const { newStructs } = effect;
        expect(conflictWork(newStructs, doc, 1_000)).toBeLessThanOrEqual(1);
        expect(areValuesSingle(newStructs, update, doc)).toBe(true);
        expect(areNeighboursSane(newStructs, doc, new WorkMeter())).toBe(true);
      }
    }
    expect(count).toBeGreaterThan(RUNS);
  });

  it('[V1] that are what typing makes say what Yjs says of what they changed, and break no rule of a body', () => {
    let count = 0;
    for (let run = 0; run < RUNS; run++) {
      const random = randomFrom(SEED * 2_000 + run);
      const doc = room(random);
      for (let n = 0; n < UPDATES; n++) {
        const update = updateFor(doc, random);
        const scanned = scanUpdate(update);
        const effect = scanned === null ? null : effectOf(scanned, doc, new WorkMeter());
        if (effect?.type !== 'known' || !effect.isTyping) continue;
        count++;
        expect(bodyRefusal(effect.newStructs, update, doc, new WorkMeter(), () => false)).toBeNull();
        expect(said(update)).toEqual(said(effectInYjs(doc, update)));
      }
    }
    expect(count).toBeGreaterThan(RUNS);
  });
});
