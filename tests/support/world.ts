/**
 * A small world of people and one room: real replicas (client/replica) with a device store each, the real relay core, and a
 * network in between. One step at a time; a test or the simulation chooses which. `heal` lets everything that can happen
 * happen until nothing is left to do.
 */

import type { OpenRoom } from '../../client/replica/room-parts.ts';
import { openRoom } from '../../client/replica/room-replica.ts';
import type { TabMessage } from '../../client/replica/tab-channel.ts';
import type { Capability } from '../../shared/permissions.ts';
import type { RoomAddress } from '../../shared/rooms.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { type DiskBug, FakeDisk } from './fake-disk.ts';
import { createFakeLink, type FakeLink } from './fake-link.ts';
import { FakeRelay, type RelayBug } from './fake-relay.ts';
import { type Random, randomFrom } from './random.ts';

const ADDRESS: RoomAddress = { documentId: '00000000-0000-4000-8000-000000000001', room: 'body' };

export type PlantedBug = RelayBug | DiskBug | 'acknowledgesItself';

const RELAY_BUGS: readonly PlantedBug[] = ['echoesBeforeCommit', 'forwardsBeforeCommit', 'losesACommit'];

/** One page of one person. */
export interface Tab {
  readonly person: Person;
  readonly room: OpenRoom;
  readonly link: FakeLink;
  /** Messages of the person's other tabs that have not arrived. */
  readonly inbox: TabMessage[];
  readTabMessage(): boolean;
}

export interface Person {
  readonly personId: string;
  capability: Exclude<Capability, 'none'>;
  readonly disk: FakeDisk;
  tabs: Tab[];
  /** No connection is made while the network is away. */
  isPartitioned: boolean;
}

export class World {
  readonly clock: FakeClock = createFakeClock();
  readonly random: Random;
  readonly relay: FakeRelay;
  readonly people: Person[] = [];
  /** What the replicas had to log, and what was handed in as refused. */
  readonly faults: string[] = [];
  readonly #bug: PlantedBug | null;
  readonly #compactAt: number;

  constructor(seed: number, bug: PlantedBug | null = null, compactAt = 200) {
    this.random = randomFrom(seed);
    this.#bug = bug;
    this.#compactAt = compactAt;
    const relayBug = RELAY_BUGS.includes(bug as PlantedBug) ? (bug as RelayBug) : null;
    this.relay = new FakeRelay(ADDRESS, () => this.clock.nowMs(), relayBug);
  }

  get tabs(): readonly Tab[] {
    return this.people.flatMap(({ tabs }) => tabs);
  }

  addPerson(capability: Person['capability'] = 'write'): Person {
    const disk = new FakeDisk(this.#bug === 'compactionLosesAnEntry' ? this.#bug : null);
    const person: Person = {
      personId: `person-${this.people.length}`,
      capability,
      disk,
      tabs: [],
      isPartitioned: false,
    };
    disk.onAcknowledged = (entries) => {
      // The word of a store that is no more counts until the device hears of the new one.
      if (disk.facts.generation !== this.relay.generation) return;
      const lost = entries.filter(({ update }) => !this.relay.holds(update));
      if (lost.length > 0) this.faults.push(`[C2] ${person.personId} counts as acknowledged what is not durable`);
    };
    this.people.push(person);
    return person;
  }

  /** A page is opened; it begins to load its store. */
  openTab(person: Person): Tab {
    const key = {};
    const inbox: TabMessage[] = [];
    const listeners: ((message: TabMessage) => void)[] = [];
    let link: FakeLink | null = null;
    const room = openRoom({
      address: ADDRESS,
      personId: person.personId,
      store: person.disk.storeFor(key),
      channel: {
        post: (message) => {
          for (const other of person.tabs) if (other !== tab) other.inbox.push(structuredClone(message));
        },
        onMessage: (listener) => listeners.push(listener),
        close: () => {},
      },
      openLink: (doc, _awareness, events) => {
        link = createFakeLink({
          relay: this.relay,
          doc,
          events,
          entrant: () => ({ personId: person.personId, capability: person.capability }),
          acknowledgesItself: this.#bug === 'acknowledgesItself',
        });
        return link;
      },
      handIn: async (_address, held) => {
        this.faults.push(`handed in: ${held.reason}`);
        return 'kept';
      },
      mayWriteUnheard: false,
      onFirstEdit: () => {},
      compactAt: this.#compactAt,
      clock: this.clock,
      random: {
        bytes: (count) => Uint8Array.from({ length: count }, () => this.random.int(256)),
        uuid: () => `00000000-0000-4000-8000-${String(this.random.int(1e9)).padStart(12, '0')}`,
      },
      log: (event) => this.faults.push(event),
    });
    if (link === null) throw new Error('the room opened no link');
    const tab: Tab = {
      person,
      room,
      link,
      inbox,
      readTabMessage: () => {
        const message = inbox.shift();
        if (message === undefined) return false;
        for (const listener of listeners) listener(message);
        return true;
      },
    };
    this.#keys.set(tab, key);
    person.tabs.push(tab);
    room.setConnectable(true);
    return tab;
  }

  /** The page is gone in this instant, with everything that had not reached the store. */
  killTab(tab: Tab): void {
    const { person } = tab;
    person.tabs = person.tabs.filter((other) => other !== tab);
    const key = this.#keys.get(tab);
    if (key !== undefined) person.disk.kill(key);
    tab.link.destroy();
    // Frees timers; whatever it would still write goes nowhere, because its store no longer answers.
    tab.room.awareness.destroy();
  }

  /** The person's database is deleted under all their pages, which notice and find an empty one in its place. */
  async wipe(person: Person): Promise<void> {
    person.disk.wipe();
    await turn();
    for (const { room } of person.tabs) room.storeReplaced();
  }

  /** Every single thing that could happen next, apart from people and catastrophes. */
  possibleSteps(): (() => void)[] {
    const { relay } = this;
    return [
      ...relay.connections.filter(({ toRelay }) => toRelay.length > 0).map((each) => () => relay.receive(each)),
      ...(relay.isWaking ? [() => relay.wake()] : []),
      ...(relay.pendingCommits > 0 ? [() => relay.commit(true, 1 + this.random.int(relay.pendingCommits))] : []),
      ...this.people
        .filter(({ disk }) => disk.pending > 0)
        .map(
          ({ disk }) =>
            () =>
              disk.step(),
        ),
      ...this.tabs.flatMap((tab) => [
        ...(tab.link.isWaiting && !tab.person.isPartitioned && relay.isUp ? [() => tab.link.open()] : []),
        ...((tab.link.connection?.toClient.length ?? 0) > 0 ? [() => void tab.link.readNext()] : []),
        ...(tab.inbox.length > 0 ? [() => void tab.readTabMessage()] : []),
      ]),
    ];
  }

  /** Everything that can happen happens, in random order, until nothing is left to do. */
  async settle(maxSteps = 20_000): Promise<void> {
    for (let i = 0; i < maxSteps; i++) {
      const steps = this.possibleSteps();
      if (steps.length === 0) {
        await turn();
        if (this.possibleSteps().length === 0) return;
        continue;
      }
      this.random.pick(steps)();
      await turn();
    }
    throw new Error('the world does not come to rest');
  }

  /** The network is back, the relay runs, everybody is connected. */
  async heal(): Promise<void> {
    if (!this.relay.isUp) this.relay.restart();
    for (const person of this.people) person.isPartitioned = false;
    await this.settle();
  }

  readonly #keys = new Map<Tab, object>();
}

/** Lets promises that are due go on. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
