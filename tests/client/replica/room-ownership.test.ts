/** What a device keeps of the relay's word on owners, and how it comes back from the store. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { plainKeys } from '../../../client/replica/envelope.ts';
import { openLocalStore } from '../../../client/replica/local-store.ts';
import {
  createRoomOwnership,
  type OwnersMessage,
  ownClientIds,
  type StatementChange,
  type StoredStatement,
} from '../../../client/replica/room-ownership.ts';
import { encodeOwnership } from '../../../shared/wire/ownership.ts';
import { storeEnvironment } from '../../support/store-environment.ts';

const ROOM = { documentId: '00000000-0000-4000-8000-00000000d0c1', room: 'body' } as const;

function said(generation: string, isWhole: boolean, owners: Record<number, string>): OwnersMessage {
  const ownersByClient = new Map(Object.entries(owners).map(([clientId, personId]) => [Number(clientId), personId]));
  const statement = encodeOwnership({ room: 'd/body', generation, isWhole, ownersByClient });
  return { type: 'owners', statement, signature: new Uint8Array(64) };
}

/** Carries out changes as a store does. */
function shelf() {
  const kept = new Map<string, StoredStatement>();
  return {
    kept,
    make: (change: StatementChange | null) => {
      for (const key of change?.remove ?? []) kept.delete(key);
      for (const statement of change?.put ?? []) kept.set(statement.key, statement);
    },
  };
}

const writtenBy = (clientId: number) => {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  doc.getText('prose').insert(0, '字');
  return Y.encodeStateAsUpdate(doc);
};

describe('the relay’s word on owners', () => {
  it('[R15] is kept until it is said whole again, by each store of the relay apart, and twice is once', () => {
    const { kept, make } = shelf();
    const ownership = createRoomOwnership('me');
    make(ownership.hear(said('g1', true, { 1: 'me' })));
    make(ownership.hear(said('g1', false, { 2: 'other' })));
    expect(ownership.hear(said('g1', false, { 2: 'other' }))).toBeNull();
    make(ownership.hear(said('g2', true, { 1: 'me' })));
    expect(kept.size).toBe(3);
    expect(ownership.former('g2')).toHaveLength(2);
    make(ownership.hear(said('g1', true, { 1: 'me', 2: 'other' })));
    expect(kept.size).toBe(2);
    make(ownership.settled('g2'));
    expect(kept.size).toBe(1);
    expect(ownership.former('g2')).toEqual([]);
  });

  it('[R15] confirms one’s own clientIDs, which are claimed until then and not after', () => {
    const ownership = createRoomOwnership('me');
    ownership.wrote(writtenBy(7));
    ownership.wrote(writtenBy(8));
    expect(ownership.unconfirmed()).toEqual([7, 8]);
    expect(ownership.hear(said('g1', false, { 7: 'me', 9: 'other' }))?.confirmed).toEqual([7]);
    ownership.wrote(writtenBy(7));
    expect(ownership.unconfirmed()).toEqual([8]);
    expect(ownership.mine()).toEqual([8, 7]);
  });

  it('[R15] [C4] is in the device store, with what nobody confirmed, and goes with the copy', async () => {
    const environment = storeEnvironment();
    const room = () => openLocalStore('database', plainKeys, environment).room(ROOM);
    const first = createRoomOwnership('me');
    const change = first.hear(said('g1', true, { 1: 'me', 2: 'other' }));
    if (change === null) throw new Error('nothing new');
    await room().append(writtenBy(1), true, [1, 5]);
    await room().changeStatements(change);
    const stored = await room().readStatements();
    const read = await room().read(0);
    if (!stored.ok || !read.ok) throw new Error('not read');
    expect(read.value.facts.own).toEqual([1, 5]);
    await room().changeStatements({ put: [], remove: [], confirmed: [1] });
    const later = createRoomOwnership('me');
    later.load(stored.value);
    expect(later.former('g2')).toHaveLength(1);
    expect(ownClientIds('me', stored.value)).toEqual([1]);
    const facts = await room().changeFacts((before) => ({ ...before, ackedMark: before.lastMark }));
    expect(facts.ok && facts.value.own).toEqual([5]);
    await room().discard('handedIn');
    expect(await room().readStatements()).toEqual({ ok: true, value: [] });
  });
});
