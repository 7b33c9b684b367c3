/** Two people who took the same clientID: real replicas, each with its device store, and the real room with its gate. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { withClientId } from '../../../client/replica/client-ids.ts';
import { BODY_ROOTS } from '../../../shared/rooms.ts';
import { type Person, type Tab, World } from '../../support/world.ts';

const CLIENT_ID = 424_242;

const proseOf = (tab: Tab) => tab.room.doc.getText(BODY_ROOTS.prose);
const wordsOf = (tab: Tab) => proseOf(tab).toString();

async function open(world: World, person: Person, clientId?: number): Promise<Tab> {
  const tab = world.openTab(person);
  await world.settle();
  if (clientId !== undefined) tab.room.doc.clientID = clientId;
  return tab;
}

/** What the program does when a copy was replaced: opens the document anew. */
async function reopenReplaced(world: World): Promise<void> {
  for (const tab of world.tabs.filter(({ room }) => room.isDiscarded.get())) {
    world.killTab(tab);
    world.openTab(tab.person);
  }
  await world.heal();
}

function expectNothingLost(world: World, words: readonly string[]): void {
  const [first] = world.tabs;
  for (const tab of world.tabs) {
    const text = wordsOf(tab);
    for (const each of words) expect(text.split(each), `${each} in ${text}`).toHaveLength(2);
    expect(text).toBe(first && wordsOf(first));
    expect(tab.room.view.get().mayWrite).toBe(true);
    expect(tab.room.situation.get()).toMatchObject({ isUnacknowledged: false, held: null, stopped: null });
  }
  for (const { disk } of world.people) {
    expect(disk.held).toBeNull();
    const stored = new Y.Doc();
    for (const { update } of disk.entries) Y.applyUpdate(stored, update);
    expect(stored.getText(BODY_ROOTS.prose).toString()).toBe(first && wordsOf(first));
  }
  expect(world.relay.durable.getText(BODY_ROOTS.prose).toString()).toBe(first && wordsOf(first));
  expect(world.faults.filter((fault) => fault !== 'room.renewed')).toEqual([]);
}

describe('two people with the same clientID', () => {
  it.each([1, 2, 3, 4, 5])('[R11] [C2] write at once: both keep every word, nobody is held (seed %i)', async (seed) => {
    const world = new World(seed);
    const first = await open(world, world.addPerson(), CLIENT_ID);
    const second = await open(world, world.addPerson(), CLIENT_ID);
    proseOf(first).insert(0, '甲方陈述');
    proseOf(second).insert(0, '乙方说明');
    proseOf(second).insert(4, '补充一句');
    await world.settle();
    await reopenReplaced(world);
    expectNothingLost(world, ['甲方陈述', '乙方说明', '补充一句']);
    const [again] = world.tabs.slice(-1);
    if (again !== undefined) proseOf(again).insert(0, '还能写');
    await world.settle();
    expectNothingLost(world, ['甲方陈述', '乙方说明', '补充一句', '还能写']);
  });

  it.each([1, 2, 3])('[R11] [C2] write without a network first: both keep every word (seed %i)', async (seed) => {
    const world = new World(seed);
    const first = await open(world, world.addPerson(), CLIENT_ID);
    const late = world.addPerson();
    const second = await open(world, late, CLIENT_ID);
    late.isPartitioned = true;
    second.link.cut();
    proseOf(second).insert(0, '乙');
    proseOf(second).delete(0, 1);
    proseOf(second).insert(0, '乙方离线写的话');
    proseOf(first).insert(0, '甲方先写了很长的一段话，比乙方的还要长得多');
    await world.settle();
    await world.heal();
    await reopenReplaced(world);
    expectNothingLost(world, ['乙方离线写的话', '甲方先写了很长的一段话，比乙方的还要长得多']);
  });

  it('[R10] what goes on under the clientID of another past its first word stays refused', async () => {
    const world = new World(1);
    const first = await open(world, world.addPerson(), CLIENT_ID);
    const second = await open(world, world.addPerson());
    proseOf(first).insert(0, '甲');
    await world.settle();
    second.room.doc.clientID = CLIENT_ID;
    proseOf(second).insert(1, '伪');
    await world.settle();
    expect(second.link.closes).toContain('editRefused');
    expect(second.person.disk.held).toMatchObject({ reason: 'client-id-of-another' });
    expect(wordsOf(first)).toBe('甲');
  });
});

describe('putting words under another clientID', () => {
  it('changes nothing else: the words, their marks, their places and what was deleted', () => {
    const doc = new Y.Doc();
    doc.clientID = 5;
    const prose = doc.getText('prose');
    prose.insert(0, '一二三四五六', { bold: true });
    prose.insertEmbed(3, { block: 'b' });
    doc.getMap('fields').set('header/place/1', { v: '会议室' });
    const other = new Y.Doc();
    other.clientID = 9;
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    other.getText('prose').insert(2, '别人的');
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
    prose.delete(1, 2);
    prose.insert(4, '之后');
    const moved = new Y.Doc();
    Y.applyUpdate(moved, withClientId(Y.encodeStateAsUpdate(doc), 5, 77));
    expect(moved.store.pendingStructs).toBeNull();
    expect(moved.getText('prose').toDelta()).toEqual(prose.toDelta());
    expect(moved.getMap('fields').toJSON()).toEqual(doc.getMap('fields').toJSON());
    expect([...moved.store.clients.keys()].sort()).toEqual([77, 9]);
    expect(Y.getState(moved.store, 77)).toBe(Y.getState(doc.store, 5));
  });
});
