/** Saying again what the relay holds: the same is welcome, something else under the same id is not. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { judgeUpdate } from '../../../sync-server/gate/judge.ts';
import { randomFrom } from '../../support/random.ts';
import { joinClient, stageRoom } from '../room/room-stage.ts';
import { any, type HandMadeStruct, handMade, length, text } from './hand-made.ts';

const ME = '11111111-1111-4111-8111-111111111111';

function judge(update: Uint8Array, doc: Y.Doc) {
  return judgeUpdate({
    update,
    doc,
    room: 'body',
    personId: ME,
    capability: 'write',
    isFrozen: false,
    ownerOf: () => ME,
  });
}

/** A document that holds this update. */
function holding(...updates: Uint8Array[]): Y.Doc {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc;
}

const said = (content: string | HandMadeStruct) =>
  handMade([
    {
      client: 5,
      clock: 0,
      structs: [typeof content === 'string' ? { reference: 4, content: text(content) } : content],
    },
  ]);
const valued = (value: number | string | null) =>
  said({ reference: 8, parent: 'fields', parentSub: 'k', content: any({ v: value }) });

describe('what is said again', () => {
  it('[R12] the same has no effect, also a part of it, and a longer run goes on from there', () => {
    const doc = holding(said('一二三四'));
    for (const words of ['一二三四', '一二']) expect(judge(said(words), doc)).toEqual({ type: 'noEffect' });
    expect(judge(said('一二三四五'), doc)).toMatchObject({ type: 'accepted', newClientIds: [] });
    expect(judge(valued(1.5), holding(valued(1.5)))).toEqual({ type: 'noEffect' });
  });

  it('[R11] something else under the same id is refused, however much of it is new', () => {
    const refused = { type: 'refused', reason: 'client-id-of-another', isTooLate: false };
    const doc = holding(said('一二三四'));
    for (const words of ['一二三五', '别', '别的一些新的话']) expect(judge(said(words), doc)).toEqual(refused);
    expect(judge(valued(2), doc)).toEqual(refused);
    expect(judge(valued(2), holding(valued(1)))).toEqual(refused);
    expect(judge(valued('2'), holding(valued(2)))).toEqual(refused);
  });

  it('[R11] no item goes on from the middle of an emptied place, where Yjs fails', () => {
    const emptied = { client: 5, clock: 0, structs: [{ reference: 0, content: length(2) }] };
    const other = { client: 6, clock: 0, structs: [{ reference: 4, content: text('甲') }] };
    const doc = holding(handMade([other, emptied]));
    expect(judge(said('一二'), doc)).toEqual({ type: 'noEffect' });
    expect(judge(said('一二三'), doc)).toMatchObject({ type: 'refused', reason: 'client-id-of-another' });
  });

  it('[R12] what was deleted since cannot be compared and has no effect', () => {
    const doc = holding(said('一二三四'));
    doc.getText('prose').delete(1, 2);
    expect(judge(said('一二三四'), doc)).toEqual({ type: 'noEffect' });
    expect(judge(said('一别的四'), doc)).toEqual({ type: 'noEffect' });
    expect(judge(said('一二三别'), doc)).toMatchObject({ type: 'refused' });
  });

  it.each([
    1, 2, 3, 4, 5, 6, 7, 8,
  ])('[R12] whole histories told again and again are never refused (seed %i)', (seed) => {
    const random = randomFrom(seed);
    const relay = new Y.Doc();
    const replicas = [1, 2, 3].map(() => new Y.Doc());
    for (let step = 0; step < 300; step++) {
      const doc = random.pick(replicas);
      const prose = doc.getText('prose');
      const at = random.int(prose.length + 1);
      const rest = prose.length - at;
      const kind = random.int(6);
      if (kind < 2) prose.insert(at, random.pick(['字', '😀', 'a😀b', '一二三']), random.pick([{}, { bold: true }]));
      else if (kind === 2 && rest > 0) prose.delete(at, Math.min(rest, 1 + random.int(4)));
      else if (kind === 3 && rest > 0) prose.format(at, Math.min(rest, 5), { bold: random.pick([true, null]) });
      else if (kind === 4) prose.insertEmbed(at, { id: `b${step}`, n: -0, list: [1, null] });
      else doc.getMap('fields').set(`k${random.int(4)}`, { v: random.pick([1.25, 'x', null, -0]), at: step });
      if (random.int(3) === 0) {
        const update = Y.encodeStateAsUpdate(doc);
        expect(['accepted', 'noEffect']).toContain(judge(update, relay).type);
        Y.applyUpdate(relay, update);
        Y.applyUpdate(random.pick(replicas), Y.encodeStateAsUpdate(relay));
      }
    }
  });

  it('[C2] a forked replica of one person is not told "saved"', () => {
    const stage = stageRoom();
    const first = joinClient(stage, 'a', { personId: ME });
    const second = joinClient(stage, 'b', { personId: ME });
    second.doc.clientID = first.doc.clientID;
    first.edit((doc) => doc.getText('prose').insert(0, '一'));
    second.edit((doc) => doc.getText('prose').insert(0, '二'));
    second.barrier(1);
    stage.commit();
    expect(second.messages('refused')).toEqual([{ type: 'refused', reason: 'client-id-of-another' }]);
    expect(second.messages('barrier')).toEqual([]);
    expect(stage.closeOf('b')).toBe('editRefused');
    expect(stage.closeOf('a')).toBeNull();
  });
});
