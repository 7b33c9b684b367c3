/**
 * One run of the deterministic world: people edit, networks and relays and tabs fail, then everything heals and the oracles
 * look. Whatever is random comes from the seed. The report says what went wrong, by the rule it breaks; it never throws.
 */
import * as Y from 'yjs';
import { readRecords } from '../../shared/fields/records.ts';
import { BODY_ROOTS } from '../../shared/rooms.ts';
import { clientIdsOf } from '../../shared/typing-runs.ts';
import { projection } from '../client/editor/binding/peer.ts';
import { tokensIn } from '../client/editor/binding/token-fuzz.ts';
import { type Random, randomFrom } from '../support/random.ts';
import { type Person, type PlantedBug, type Tab, turn, World } from '../support/world.ts';
import { act, type Page, showPage } from './page.ts';

export interface SimulationReport {
  readonly seed: number;
  /** Broken rules, each with what was seen; empty when all is well. */
  readonly broken: readonly string[];
  readonly edits: number;
  readonly tokens: number;
  readonly crashes: number;
  readonly kills: number;
  readonly wipes: number;
  readonly restores: number;
  /** How often the room had parked and was needed again. */
  readonly wakings: number;
  readonly people: number;
}

export interface SimulationOptions {
  readonly steps?: number;
  readonly bug?: PlantedBug;
  /** Backups are put back at the relay, in the place of device stores that are deleted. */
  readonly withRestores?: boolean;
  /** The room parks now and then, as after a minute in which nothing happens; it does unless this is false. */
  readonly withParking?: boolean;
}

const TOKEN = /[\u4e00-\u9fff]/g;
const FIRST_TOKEN = 0x4e00;

export async function simulate(seed: number, options: SimulationOptions = {}): Promise<SimulationReport> {
  const { steps = 400, bug = null, withRestores = false, withParking = true } = options;
  const run = new Simulation(seed, { bug, withRestores, withParking });
  try {
    await run.start();
    for (let i = 0; i < steps; i++) await run.step();
    await run.finish();
  } catch (error) {
    run.broken.push(`[V1] ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
  return run.report();
}

interface Variant {
  readonly bug: PlantedBug | null;
  readonly withRestores: boolean;
  readonly withParking: boolean;
}

class Simulation {
  readonly broken: string[] = [];
  readonly #seed: number;
  readonly #world: World;
  readonly #pages = new Map<Tab, Page>();
  readonly #holds = new Map<Tab, () => void>();
  /** Who wrote each token, and which tokens somebody deleted or brought back. */
  readonly #minted = new Map<string, Tab>();
  readonly #deleted = new Set<string>();
  readonly #broughtBack = new Map<string, Set<Tab>>();
  readonly #rows = new Map<string, Tab>();
  /** Tokens and rows of pages that died before their store had them. */
  readonly #mayBeLost = new Set<string>();
  /** Tokens and rows whose store was deleted under open pages: until they are written again, the pages are all there is. */
  readonly #onlyInPages = new Map<string, Person>();
  #edits = 0;
  #tokens = 0;
  #crashes = 0;
  #kills = 0;
  #wipes = 0;
  #restores = 0;
  #restartIn = 0;
  readonly #withRestores: boolean;
  /** Chance of its own, so that a seed is otherwise the same world with and without it; null when the room never parks. */
  readonly #parking: Random | null;
  /** Who wrote under each clientID. */
  readonly #authors = new Map<number, string>();

  constructor(seed: number, { bug, withRestores, withParking }: Variant) {
    this.#seed = seed;
    this.#withRestores = withRestores;
    this.#parking = withParking ? randomFrom(-seed) : null;
    this.#world = new World(seed, bug, 6);
  }

  async start(): Promise<void> {
    const { random } = this.#world;
    const writers = 3 + random.int(4);
    for (let i = 0; i < writers; i++) {
      const person = this.#world.addPerson('write');
      this.#world.openTab(person);
      if (random.chance(0.25)) this.#world.openTab(person);
    }
    // What only a reader still knows to be deleted is not taken back: then it differs for good.
    const readers = this.#withRestores ? 0 : random.int(3);
    for (let i = readers; i > 0; i--) this.#world.openTab(this.#world.addPerson('read'));
    await this.#world.settle();
    this.#showPages();
  }

  async step(): Promise<void> {
    const { random, relay } = this.#world;
    if (!relay.isUp && --this.#restartIn <= 0) relay.restart();
    if (this.#parking?.chance(0.1)) this.#restAWhile();
    const chance = random.next();
    if (chance < 0.3) this.#edit();
    else if (chance < 0.33) await this.#failSomewhere();
    else {
      for (let i = 1 + random.int(4); i > 0; i--) {
        const possible = this.#world.possibleSteps();
        if (possible.length > 0) random.pick(possible)();
      }
    }
    await turn();
    this.#showPages();
  }

  /** As long as it takes the room to park, if nothing is under way in it. */
  #restAWhile(): void {
    for (let i = 0; i < 2; i++) this.#world.relay.tick();
  }

  /** Heals everything and asks every oracle. */
  async finish(): Promise<void> {
    for (const release of this.#holds.values()) release();
    this.#holds.clear();
    await this.#world.heal();
    this.#showPages();
    await this.#world.heal();
    for (let i = 0; i < 3; i++) {
      this.#world.relay.tick();
      await this.#world.heal();
    }
    this.#judge();
    for (const page of this.#pages.values()) page.destroy();
    for (const tab of [...this.#world.tabs]) this.#world.killTab(tab);
  }

  report(): SimulationReport {
    return {
      seed: this.#seed,
      broken: this.broken,
      edits: this.#edits,
      tokens: this.#tokens,
      crashes: this.#crashes,
      kills: this.#kills,
      wipes: this.#wipes,
      restores: this.#restores,
      wakings: this.#world.relay.wokenTimes,
      people: this.#world.people.length,
    };
  }

  /** An editor is mounted where the store has loaded, and only there. */
  #showPages(): void {
    for (const tab of this.#world.tabs) {
      if (tab.room.view.get().load.kind !== 'ready' || this.#pages.has(tab)) continue;
      this.#pages.set(
        tab,
        showPage(tab, () => this.#world.clock.nowMs()),
      );
    }
  }

  #edit(): void {
    const { random } = this.#world;
    const editable = [...this.#pages.values()].filter(({ tab }) => tab.room.view.get().mayWrite);
    if (editable.length === 0) return;
    const page = random.pick(editable);
    const before = countTokens(page);
    const known = new Set(this.#minted.keys());
    const written = new Set<string>();
    const observe = (event: Y.YTextEvent) => {
      for (const { insert } of event.delta) {
        const words = typeof insert === 'string' ? insert : JSON.stringify(insert ?? '');
        for (const token of words.match(TOKEN) ?? []) if (known.has(token)) written.add(token);
      }
    };
    const { doc } = page.tab.room;
    for (const clientId of clientIdsOf(doc)) this.#authors.set(clientId, page.tab.person.personId);
    page.peer.text.observe(observe);
    act(
      page,
      random,
      () => this.#mint(page.tab),
      () => this.#newRow(page.tab),
    );
    page.peer.text.unobserve(observe);
    this.#edits++;
    const after = countTokens(page);
    // A token that is there twice (two brought it back) may be deleted in two places by two people.
    for (const [token, count] of before) if ((after.get(token) ?? 0) < count) this.#deleted.add(token);
    for (const token of written) {
      this.#broughtBack.set(token, (this.#broughtBack.get(token) ?? new Set()).add(page.tab));
    }
    this.#checkView(page);
  }

  /** The view shows what the text says: blocks and their attributes, words and their marks. */
  #checkView({ tab, peer }: Page): void {
    const said = projection(peer);
    const shown = peer.view.state.doc;
    if (shown.eq(said)) return;
    this.broken.push(
      `[C8] ${tab.person.personId} is shown ${JSON.stringify(shown)} instead of ${JSON.stringify(said)}`,
    );
  }

  #mint(tab: Tab): string {
    const token = String.fromCharCode(FIRST_TOKEN + this.#tokens++);
    this.#minted.set(token, tab);
    return token;
  }

  #newRow(tab: Tab): string {
    const row = `00000000-0000-4000-8000-${String(this.#rows.size).padStart(12, '0')}`;
    this.#rows.set(row, tab);
    return row;
  }

  async #failSomewhere(): Promise<void> {
    const { random, relay, people } = this.#world;
    const tabs = this.#world.tabs;
    switch (random.int(9)) {
      case 0:
        // kill -9, with the commit under way lost, done, or done without anybody hearing of it.
        if (!relay.isUp) return;
        random.pick([() => relay.commit(), () => relay.commit(false), () => {}])();
        relay.crash();
        this.#crashes++;
        this.#restartIn = random.int(40);
        return;
      case 1:
      case 2:
        if (tabs.length > 0) random.pick(tabs).link.cut();
        return;
      case 3: {
        const person = random.pick(people);
        person.isPartitioned = !person.isPartitioned;
        if (person.isPartitioned) for (const { link } of person.tabs) link.cut();
        return;
      }
      case 4:
        if (tabs.length > 0) this.#killAndReopen(random.pick(tabs));
        return;
      case 5: {
        const tab = tabs.length > 0 ? random.pick(tabs) : undefined;
        const delivered = tab?.link.connection?.delivered.length ?? 0;
        if (delivered > 0) tab?.link.readAgain(random.int(delivered));
        return;
      }
      case 6:
        this.#holdOrRelease();
        return;
      case 7:
        this.#openAnother(random.pick(people));
        return;
      case 8:
        if (this.#withRestores) this.#restore();
        else await this.#wipe(random.pick(people));
        return;
    }
  }

  #killAndReopen(tab: Tab): void {
    const page = this.#pages.get(tab);
    if (page !== undefined) this.#noteWhatDies(page);
    page?.destroy();
    this.#pages.delete(tab);
    this.#holds.delete(tab);
    this.#world.killTab(tab);
    this.#kills++;
    this.#world.openTab(tab.person);
  }

  /** What the page wrote and its person's store does not have may be lost with it, and only that. */
  #noteWhatDies({ tab }: Page): void {
    const stored = new Y.Doc();
    for (const { update } of tab.person.disk.entries) Y.applyUpdate(stored, update);
    const words = JSON.stringify(stored.getText(BODY_ROOTS.prose).toDelta());
    const diesWithIt = (id: string, author: Tab) => author === tab || this.#onlyInPages.get(id) === tab.person;
    for (const [token, author] of this.#minted) {
      if (diesWithIt(token, author) && !words.includes(token)) this.#mayBeLost.add(token);
    }
    const { records } = readRecords(stored.getMap(BODY_ROOTS.tasks));
    for (const [row, author] of this.#rows) if (diesWithIt(row, author) && !records.has(row)) this.#mayBeLost.add(row);
    // What it moved or brought back here is gone in its old place and nowhere else.
    for (const [token, tabs] of this.#broughtBack)
      if (tabs.has(tab) && !words.includes(token)) this.#mayBeLost.add(token);
    stored.destroy();
  }

  /** What is neither in an open page of the person nor at the relay is gone with the store, and only that. */
  async #wipe(person: Person): Promise<void> {
    // While a page loads it holds nothing that could be written again, and what it reads is not what will be there.
    if (person.tabs.some(({ room }) => room.view.get().load.kind !== 'ready')) return;
    // A copy: a document that is asked for a typed root tidies formatting by itself from then on.
    const durable = new Y.Doc();
    Y.applyUpdate(durable, Y.encodeStateAsUpdate(this.#world.relay.durable));
    const docs = [durable, ...person.tabs.map(({ room }) => room.doc)];
    const words = docs.map((doc) => JSON.stringify(doc.getText(BODY_ROOTS.prose).toDelta()));
    for (const [token, author] of this.#minted) {
      if (author.person !== person || words[0]?.includes(token)) continue;
      if (words.some((each) => each.includes(token))) this.#onlyInPages.set(token, person);
      else this.#mayBeLost.add(token);
    }
    for (const [token, tabs] of this.#broughtBack) {
      const isTheirs = [...tabs].some((tab) => tab.person === person);
      if (isTheirs && !words.some((each) => each.includes(token))) this.#mayBeLost.add(token);
    }
    const records = docs.map((doc) => readRecords(doc.getMap(BODY_ROOTS.tasks)).records);
    for (const [row, author] of this.#rows) {
      if (author.person !== person || records[0]?.has(row)) continue;
      if (records.some((each) => each.has(row))) this.#onlyInPages.set(row, person);
      else this.#mayBeLost.add(row);
    }
    await this.#world.wipe(person);
    this.#wipes++;
  }

  /** An older copy of the store is put back, and whoever was connected comes again. */
  #restore(): void {
    const { relay, random } = this.#world;
    relay.restore(random.int(relay.rows.length + 1));
    this.#restores++;
  }

  #holdOrRelease(): void {
    const { random } = this.#world;
    const pages = [...this.#pages.keys()];
    if (pages.length === 0) return;
    const tab = random.pick(pages);
    const release = this.#holds.get(tab);
    if (release === undefined) {
      this.#holds.set(tab, tab.room.holdRemoteChanges());
      return;
    }
    this.#holds.delete(tab);
    release();
  }

  #openAnother(person: Person): void {
    if (person.tabs.length < 2) this.#world.openTab(person);
  }

  #judge(): void {
    const { relay, people, faults } = this.#world;
    this.broken.push(...faults, ...relay.faults);
    const pages = [...this.#pages.values()];
    for (const page of pages) {
      const { tab, peer } = page;
      const { personId } = tab.person;
      this.#checkView(page);
      const { connected } = tab.room.view.get();
      const { isUnacknowledged } = tab.room.situation.get();
      if (!connected) this.broken.push(`[V1] ${personId} is not connected`);
      if (isUnacknowledged) this.broken.push(`[C2] ${personId} still waits for an acknowledgement`);
      if (peer.binding.counters.fallbacks > 0) this.broken.push(`[C8] ${personId} wrote more than was changed`);
    }
    for (const person of people) {
      if (person.disk.held !== null) this.broken.push(`[R10] ${person.personId} was refused`);
      if (person.capability === 'read' && relay.rowsByPerson.has(person.personId)) {
        this.broken.push(`[R6] the reader ${person.personId} wrote`);
      }
      const stored = new Y.Doc();
      for (const { update } of person.disk.entries) Y.applyUpdate(stored, update);
      if (contentOf(stored) !== contentOf(relay.durable))
        this.broken.push(`[V1] the store of ${person.personId} differs`);
    }
    this.#judgeAuthors();
    const expected = contentOf(relay.durable);
    for (const { tab } of pages) {
      if (contentOf(tab.room.doc) !== expected) this.broken.push(`[V1] ${tab.person.personId} sees other content`);
    }
    const first = pages[0];
    if (first === undefined) {
      this.broken.push('[C1] no page was ever shown');
      return;
    }
    this.#judgeTokens(countTokens(first));
    const { records } = readRecords(first.tasks);
    for (const row of this.#rows.keys()) {
      if (!records.has(row) && !this.#mayBeLost.has(row)) this.broken.push(`[C8] ${row} is lost`);
    }
  }

  /** Nobody's words stand in the log under another's name, and nobody owns what another wrote with. */
  #judgeAuthors(): void {
    for (const { update, author, newClientIds } of this.#world.relay.rows) {
      for (const clientId of [...Y.parseUpdateMeta(update).from.keys(), ...newClientIds]) {
        const writer = this.#authors.get(clientId);
        if (writer !== author) this.broken.push(`[R15] what ${writer} wrote is in the log as ${author}'s`);
      }
    }
  }

  #judgeTokens(counts: ReadonlyMap<string, number>): void {
    for (const token of this.#minted.keys()) {
      const count = counts.get(token) ?? 0;
      if (count === 0 && !this.#deleted.has(token) && !this.#mayBeLost.has(token)) {
        this.broken.push(`[C8] ${token} is lost`);
      }
      if (count > 1 && (this.#broughtBack.get(token)?.size ?? 0) < 2) this.broken.push(`[C8] ${token} is doubled`);
    }
  }
}

/** How often each token is on a page. */
function countTokens({ peer }: Page): Map<string, number> {
  const counts = new Map<string, number>();
  for (const token of tokensIn(peer.view.state.doc)) counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts;
}

/** Everything a room says, in one string that does not depend on how it was merged. */
function contentOf(doc: Y.Doc): string {
  const maps = [BODY_ROOTS.blocks, BODY_ROOTS.fields, BODY_ROOTS.tasks].map((name) =>
    Object.entries(doc.getMap(name).toJSON()).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  const cells = [...doc.share.keys()]
    .filter((name) => name.startsWith('t/'))
    .sort()
    .map((name) => [name, doc.getText(name).toString()])
    .filter(([, text]) => text !== '');
  const prose: [unknown, string][] = [];
  for (const { insert, attributes } of doc.getText(BODY_ROOTS.prose).toDelta()) {
    const marks = JSON.stringify(Object.entries(attributes ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));
    const last = prose.at(-1);
    // Where Yjs cuts a run of equal words is no content.
    if (last !== undefined && typeof insert === 'string' && typeof last[0] === 'string' && last[1] === marks) {
      last[0] += insert;
    } else {
      prose.push([insert, marks]);
    }
  }
  return JSON.stringify([prose, maps, cells]);
}
