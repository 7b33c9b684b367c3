/** One room: how edits travel between the store, the tabs and the relay, and what "acknowledged" means. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { isUnacknowledged } from '../../../client/replica/room-store.ts';
import { ORIGIN } from '../../../shared/origins.ts';
import { type Tab, turn, World } from '../../support/world.ts';

const words = (tab: Tab) => tab.room.doc.getText('prose').toString();

function type(tab: Tab, text: string): void {
  tab.room.doc.transact(() => tab.room.doc.getText('prose').insert(0, text), ORIGIN.editor);
}

describe('opening', () => {
  it('[C1] is not ready before the local store has loaded, and connects only afterwards', async () => {
    const world = new World(1);
    const tab = world.openTab(world.addPerson());
    await turn();
    expect(tab.room.view.get().load).toEqual({ kind: 'loading' });
    expect(tab.link.isWaiting).toBe(false);
    const { disk } = world.people[0] ?? tab.person;
    while (disk.pending > 0) disk.step();
    await turn();
    expect(tab.room.view.get().load).toEqual({ kind: 'ready' });
    expect(tab.link.isWaiting).toBe(true);
  });

  it('[C1] reports a store with an entry that is no Yjs update as failed, shows nothing and does not connect', async () => {
    const world = new World(2);
    const person = world.addPerson();
    person.disk.entries.push({ mark: 1, update: new Uint8Array([200, 1, 2, 3]) });
    const tab = world.openTab(person);
    await world.settle();
    expect(tab.room.view.get().load.kind).toBe('failed');
    expect(tab.room.view.get().mayWrite).toBe(false);
    expect(tab.link.isWaiting).toBe(false);
    expect(tab.link.connection).toBeNull();
  });

  it('[C5] reads but neither writes nor connects where a newer schema wrote', async () => {
    const world = new World(3);
    const person = world.addPerson();
    person.disk.facts = { ...person.disk.facts, schemaVersion: 999, mayWrite: true };
    const tab = world.openTab(person);
    await world.settle();
    expect(tab.room.view.get()).toMatchObject({ load: { kind: 'ready' }, mayWrite: false });
    expect(tab.link.connection).toBeNull();
    expect(tab.room.situation.get().stopped).toBe('updateClient');
  });

  it('gives every opening a clientID of its own with up to 53 bits', async () => {
    const world = new World(4);
    const person = world.addPerson();
    const ids = Array.from({ length: 20 }, () => world.openTab(person).room.doc.clientID);
    expect(new Set(ids).size).toBe(20);
    expect(ids.every((id) => Number.isSafeInteger(id) && id >= 0)).toBe(true);
    expect(Math.max(...ids)).toBeGreaterThan(2 ** 40);
  });
});

describe('acknowledgement', () => {
  it('[C2] says acknowledged only when the relay has committed, and keeps that fact in the store', async () => {
    const world = new World(5);
    const person = world.addPerson();
    const tab = world.openTab(person);
    await world.settle();
    type(tab, '甲');
    while (person.disk.pending > 0) {
      person.disk.step();
      await turn();
    }
    expect(tab.room.situation.get().isUnacknowledged).toBe(true);
    // Everything but the commit.
    for (let i = 0; i < 20; i++) {
      for (const connection of world.relay.connections) world.relay.receive(connection);
      tab.link.readNext();
      await turn();
    }
    expect(tab.room.situation.get().isUnacknowledged).toBe(true);
    await world.settle();
    expect(tab.room.situation.get().isUnacknowledged).toBe(false);
    expect(isUnacknowledged(person.disk.facts)).toBe(false);
    expect(person.disk.facts.ackedMark).toBeGreaterThan(0);
    expect(world.faults).toEqual([]);
  });

  it('[C2] covers a deletion, which no state vector shows', async () => {
    const world = new World(6);
    const person = world.addPerson();
    const tab = world.openTab(person);
    await world.settle();
    type(tab, '甲乙');
    await world.settle();
    tab.room.doc.transact(() => tab.room.doc.getText('prose').delete(0, 1), ORIGIN.editor);
    await turn();
    expect(tab.room.situation.get().isUnacknowledged).toBe(true);
    await world.settle();
    expect(tab.room.situation.get().isUnacknowledged).toBe(false);
    expect(world.relay.durable.getText('prose').toString()).toBe('乙');
  });

  it('[C2] counts what another tab wrote into the store and died before sending', async () => {
    const world = new World(7);
    const person = world.addPerson();
    const [writer, other] = [world.openTab(person), world.openTab(person)];
    await world.settle();
    person.isPartitioned = true;
    writer.link.cut();
    other.link.cut();
    type(writer, '甲');
    while (person.disk.pending > 0) {
      person.disk.step();
      await turn();
    }
    // The message to the other tab is lost with the tab, its entry in the store is not.
    other.inbox.length = 0;
    world.killTab(writer);
    person.isPartitioned = false;
    await world.settle();
    expect(words(other)).toBe('甲');
    expect(world.relay.durable.getText('prose').toString()).toBe('甲');
    expect(isUnacknowledged(person.disk.facts)).toBe(false);
  });

  it('[C2] takes everything back when the relay says that its store is another one, and sends it again', async () => {
    const world = new World(8);
    const person = world.addPerson();
    const tab = world.openTab(person);
    await world.settle();
    type(tab, '甲');
    await world.settle();
    type(tab, '乙');
    await world.settle();
    world.relay.restore(1);
    expect(world.relay.durable.getText('prose').toString()).toBe('甲');
    tab.link.readNext();
    tab.link.open();
    tab.link.readNext();
    await turn();
    while (person.disk.pending > 0) {
      person.disk.step();
      await turn();
    }
    expect(isUnacknowledged(person.disk.facts)).toBe(true);
    await world.settle();
    expect(world.relay.durable.getText('prose').toString()).toBe('乙甲');
    expect(isUnacknowledged(person.disk.facts)).toBe(false);
    expect(person.disk.facts.generation).toBe('store-1+');
  });
});

describe('offline', () => {
  it('[C4] has an edit made offline after the tab was killed and opened again offline', async () => {
    const world = new World(9);
    const person = world.addPerson();
    person.disk.facts = { ...person.disk.facts, mayWrite: true };
    world.relay.crash();
    const first = world.openTab(person);
    await world.settle();
    type(first, '离线');
    person.disk.step();
    world.killTab(first);
    const second = world.openTab(person);
    await world.settle();
    expect(words(second)).toBe('离线');
    expect(second.room.situation.get()).toMatchObject({ isUnacknowledged: true });
  });

  it('[C6] keeps an unacknowledged edit through compaction and delivers it afterwards', async () => {
    const world = new World(10, null, 5);
    const person = world.addPerson();
    const tab = world.openTab(person);
    await world.settle();
    person.isPartitioned = true;
    tab.link.cut();
    for (let i = 0; i < 20; i++) {
      type(tab, '字');
      await world.settle();
    }
    expect(person.disk.entries.length).toBeLessThan(8);
    world.killTab(tab);
    world.openTab(person);
    await world.heal();
    expect(world.relay.durable.getText('prose').toString()).toBe('字'.repeat(20));
    expect(isUnacknowledged(person.disk.facts)).toBe(false);
  });
});

describe('closing', () => {
  it('[C3] stays away after a close without retry until the person acts', async () => {
    const world = new World(11);
    const tab = world.openTab(world.addPerson());
    await world.settle();
    const [connection] = world.relay.connections;
    if (connection) world.relay.expel(connection, 'signIn');
    await world.settle();
    expect(tab.link.connection).toBeNull();
    expect(tab.link.isWaiting).toBe(false);
    expect(tab.room.situation.get().stopped).toBe('signIn');
    // The network coming back is not the person acting.
    tab.room.setConnectable(false);
    tab.room.setConnectable(true);
    await world.settle();
    expect(tab.link.connection).toBeNull();
    tab.room.resume();
    await world.settle();
    expect(tab.room.view.get().connected).toBe(true);
  });

  it('comes back by itself after a close with retry', async () => {
    const world = new World(12);
    const tab = world.openTab(world.addPerson());
    await world.settle();
    const [connection] = world.relay.connections;
    if (connection) world.relay.expel(connection, 'rightsChanged');
    await world.settle();
    expect(tab.room.view.get().connected).toBe(true);
  });

  it('[R11] keeps refused edits under one id, hands them in, and stops writing', async () => {
    const world = new World(13);
    const person = world.addPerson();
    const tab = world.openTab(person);
    await world.settle();
    type(tab, '甲');
    await world.settle();
    person.isPartitioned = true;
    tab.link.cut();
    type(tab, '迟');
    await world.settle();
    person.capability = 'read';
    person.isPartitioned = false;
    await world.settle();
    expect(tab.link.closes.at(-1)).toBe('editTooLate');
    expect(world.faults).toContain('handed in: may-not-write');
    expect(person.disk.held).toMatchObject({ handedIn: true, mark: person.disk.facts.lastLocalMark });
    const handedIn = new Y.Doc();
    Y.applyUpdate(handedIn, Y.encodeStateAsUpdate(world.relay.durable));
    Y.applyUpdate(handedIn, person.disk.held?.update ?? new Uint8Array([0, 0]));
    expect(handedIn.getText('prose').toString()).toBe('迟甲');
    expect(tab.room.view.get().mayWrite).toBe(false);
    expect(tab.room.situation.get().held).toEqual({ reason: 'may-not-write', handedIn: true, isTurnedAway: false });
    expect(world.relay.durable.getText('prose').toString()).toBe('甲');
    // The local copy is still there until the person asks for a fresh one.
    expect(words(tab)).toBe('迟甲');
  });
});

describe('a reader', () => {
  it('[R6] sends nothing of its own and writes nothing in reaction to what it merges', async () => {
    const world = new World(14);
    const writer = world.openTab(world.addPerson());
    const readerPerson = world.addPerson('read');
    const reader = world.openTab(readerPerson);
    reader.room.doc.getText('prose');
    await world.settle();
    type(writer, '甲乙丙');
    await world.settle();
    const text = writer.room.doc.getText('prose');
    writer.room.doc.transact(() => text.format(0, 2, { bold: true }), ORIGIN.editor);
    writer.room.doc.transact(() => text.format(0, 3, { bold: true }), ORIGIN.editor);
    writer.room.doc.transact(() => text.format(0, 3, { bold: null }), ORIGIN.editor);
    await world.settle();
    expect(words(reader)).toBe('甲乙丙');
    expect(world.relay.rowsByPerson.get(readerPerson.personId)).toBeUndefined();
    expect(readerPerson.disk.facts.lastLocalMark).toBe(0);
    expect(world.relay.faults).toEqual([]);
  });
});

describe('freezing', () => {
  it('stops writing at once, says a barrier after the answer, and writes again when it is lifted', async () => {
    const world = new World(15);
    const tab = world.openTab(world.addPerson());
    await world.settle();
    type(tab, '甲');
    await world.settle();
    world.relay.announceFreeze();
    await world.settle();
    expect(tab.room.view.get()).toMatchObject({ mayWrite: false, documentState: 'freezing' });
    world.relay.documentState = 'draft';
    const [connection] = world.relay.connections;
    if (connection) world.relay.expel(connection, 'rightsChanged');
    await world.settle();
    expect(tab.room.view.get()).toMatchObject({ mayWrite: true, documentState: 'draft' });
  });
});

describe('an input method composing', () => {
  it('[C7] holds what others write, from the relay and from another tab, and lets all of it in afterwards as one change', async () => {
    const world = new World(16);
    const person = world.addPerson();
    const [composing, sibling] = [world.openTab(person), world.openTab(person)];
    const colleague = world.openTab(world.addPerson());
    await world.settle();
    const release = composing.room.holdRemoteChanges();
    let changes = 0;
    composing.room.doc.on('afterTransaction', (transaction: Y.Transaction) => {
      if (transaction.origin === ORIGIN.connection || transaction.origin === ORIGIN.store) changes++;
    });
    type(colleague, '乙');
    await world.settle();
    type(sibling, '丙');
    await world.settle();
    type(composing, '甲');
    await world.settle();
    expect(words(composing)).toBe('甲');
    expect(changes).toBe(0);
    expect(composing.room.view.get().heldChanges).toBeGreaterThanOrEqual(2);
    // What is typed here goes out all the same.
    expect(words(colleague)).toContain('甲');
    release();
    await world.settle();
    expect(changes).toBeGreaterThanOrEqual(1);
    expect([...words(composing)].sort()).toEqual(['丙', '乙', '甲'].sort());
    expect(words(composing)).toBe(words(colleague));
    expect(composing.room.view.get().heldChanges).toBe(0);
    expect(composing.room.situation.get().isUnacknowledged).toBe(false);
  });

  it('[C7] answers the relay at once while it holds, and lets go by itself after 15 seconds', async () => {
    const world = new World(17);
    const tab = world.openTab(world.addPerson());
    const colleague = world.openTab(world.addPerson());
    await world.settle();
    const release = tab.room.holdRemoteChanges();
    tab.link.cut();
    type(tab, '甲');
    await world.settle();
    expect(words(colleague)).toBe('甲');
    type(colleague, '乙');
    await world.settle();
    expect(words(tab)).toBe('甲');
    world.clock.advance(15_000);
    expect([...words(tab)].sort()).toEqual(['乙', '甲'].sort());
    release();
    release();
    await world.settle();
    expect(words(tab)).toBe(words(colleague));
  });
});

describe('two tabs of one person', () => {
  it('see each other without a relay, and store each change once', async () => {
    const world = new World(18);
    const person = world.addPerson();
    person.disk.facts = { ...person.disk.facts, mayWrite: true };
    world.relay.crash();
    const [left, right] = [world.openTab(person), world.openTab(person)];
    await world.settle();
    type(left, '左');
    await world.settle();
    type(right, '右');
    await world.settle();
    expect(words(left)).toBe('右左');
    expect(words(right)).toBe('右左');
    expect(person.disk.entries.length).toBe(2);
  });

  it('find what they missed when both wrote at once', async () => {
    const world = new World(19);
    const person = world.addPerson();
    const [left, right] = [world.openTab(person), world.openTab(person)];
    await world.settle();
    for (let i = 0; i < 5; i++) {
      type(left, '左');
      type(right, '右');
    }
    await world.settle();
    expect(words(left).length).toBe(10);
    expect(words(left)).toBe(words(right));
    expect(world.relay.durable.getText('prose').toString()).toBe(words(left));
    expect(isUnacknowledged(person.disk.facts)).toBe(false);
  });

  it('[C6] hands in what another tab left in the store too, also while an input method keeps it out of the document', async () => {
    const world = new World(24);
    const person = world.addPerson();
    const [tab, other] = [world.openTab(person), world.openTab(person)];
    await world.settle();
    person.isPartitioned = true;
    tab.link.cut();
    other.link.cut();
    tab.room.holdRemoteChanges();
    type(other, '乙');
    await world.settle();
    world.killTab(other);
    type(tab, '甲');
    await world.settle();
    person.capability = 'read';
    person.isPartitioned = false;
    await world.settle();
    expect(tab.room.situation.get().held).toMatchObject({ handedIn: true });
    const handedIn = new Y.Doc();
    Y.applyUpdate(handedIn, Y.encodeStateAsUpdate(world.relay.durable));
    Y.applyUpdate(handedIn, person.disk.held?.update ?? new Uint8Array([0, 0]));
    expect([...handedIn.getText('prose').toString()].sort()).toEqual(['乙', '甲']);
    expect(person.disk.held?.mark).toBe(person.disk.facts.lastLocalMark);
  });
});

describe('a device store deleted under a page', () => {
  it('[C13] leaves no word without the words it goes on from, at whatever step the page dies', async () => {
    let steps = 0;
    for (let isOver = false; !isOver; steps++) {
      const world = new World(25);
      const person = world.addPerson();
      const tab = world.openTab(person);
      await world.settle();
      person.isPartitioned = true;
      tab.link.cut();
      type(tab, '甲');
      await world.settle();
      person.disk.wipe();
      // Before the page has heard of it.
      type(tab, '乙');
      tab.room.storeReplaced();
      for (let i = 0; i < steps; i++) {
        isOver = person.disk.pending === 0;
        person.disk.step();
        await turn();
      }
      world.killTab(tab);
      const later = world.openTab(person);
      await world.heal();
      expect(later.room.doc.store.pendingStructs, `killed after ${steps} steps`).toBeNull();
      expect(later.room.view.get().connected).toBe(true);
      expect(isUnacknowledged(person.disk.facts)).toBe(false);
      expect(['', '乙甲']).toContain(words(later));
    }
    expect(steps).toBeGreaterThan(3);
  });
});
