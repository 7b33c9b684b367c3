/**
 * The scene that a restore is for, with the real relay, its own tools and whole devices: a backup, a hundred edits of four
 * people on each other's words, the older backup put back, and everybody returns in some order. `RESTORED=n` runs n orders.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { DocumentReplica, Observable, PersonSession } from '../../client/replica/contract.ts';
import { createDocument } from '../../client/replica/create-document.ts';
import { createDevice } from '../../client/replica/device.ts';
import { readRecordState } from '../../shared/events/record-state.ts';
import { ORIGIN } from '../../shared/origins.ts';
import { EVENTS_ROOT, RELAY_AUTHOR, ROOM_KINDS } from '../../shared/rooms.ts';
import { clientIdsOf } from '../../shared/typing-runs.ts';
import { openForReading } from '../../sync-server/store/database.ts';
import { readRows } from '../../sync-server/store/room-reading.ts';
import { rowToEntries } from '../../sync-server/store/row-entries.ts';
import { freePort } from '../support/free-port.ts';
import { type BrowserProfile, createBrowser, until } from '../support/node-browser.ts';
import { runTool } from '../support/operator-tools.ts';
import { type Random, randomFrom } from '../support/random.ts';
import {
  type ApiUser,
  expectOk,
  type RelayProcess,
  setUpCase,
  signIn,
  startRelay,
  TEST_PASSWORD,
  type TestCase,
} from '../support/relay-process.ts';

const ORDERS = Number(process.env.RESTORED ?? 2);
const EDITS = 100;
const NAMES = ['一', '二', '三', '四'];

interface Someone {
  readonly name: string;
  readonly personId: string;
  readonly profile: BrowserProfile;
  session: PersonSession;
  document: DocumentReplica;
}

describe('after an older backup was put back', () => {
  let relay: RelayProcess;
  let house: TestCase;
  let env: Record<string, string>;
  const personIds = new Map<string, string>();

  beforeEach(async () => {
    env = { PORT: String(await freePort()) };
    relay = await startRelay({ env });
    house = await setUpCase(relay);
    for (const name of NAMES) personIds.set(name, (await house.addMember(name, 'mediator')).personId);
  });
  afterEach(async () => {
    await relay.stop('SIGTERM');
  });

  async function open(profile: BrowserProfile, documentId: string, isSignedIn: boolean, name: string) {
    const device = createDevice(profile.page());
    await until(device.state, ({ kind }) => kind !== 'starting');
    if (!isSignedIn) expect(await device.signIn(name, TEST_PASSWORD)).toEqual({ ok: true });
    const state = await until(device.state, ({ kind }) => kind === 'signedIn');
    if (state.kind !== 'signedIn') throw new Error(state.kind);
    const document = state.session.openDocument(documentId);
    for (const room of ROOM_KINDS) await until(document.rooms[room].view, ({ load }) => load.kind === 'ready');
    return { device, session: state.session, document };
  }

  async function arrive(name: string, documentId: string): Promise<Someone> {
    const profile = createBrowser({ origin: relay.origin });
    const { session, document } = await open(profile, documentId, false, name);
    await until(document.status, ({ kind }) => kind === 'savedOnServer');
    return { name, personId: personIds.get(name) ?? '', profile, session, document };
  }

  for (let order = 1; order <= ORDERS; order++) {
    // Without the key the relay knows its own word no more: everybody brings only their own, and waits for the others.
    const losesKey = order % 2 === 0;
    const how = `order ${order}${losesKey ? ', the signing key lost' : ''}`;
    it(`[R15] all come back, 0 lost, 0 held, 0 given to the wrong author, no number twice (${how})`, async () => {
      const random = randomFrom(order);
      const documentId = await house.addDocument();
      const otherCaseId = randomUUID();
      const input = { title: '另案', category: 'wageArrears', agencyId: house.agencyId };
      await expectOk(house.administrator.ask('PUT', `/api/cases/${otherCaseId}`, input));
      const people: Someone[] = [];
      for (const name of NAMES) people.push(await arrive(name, documentId));
      const authors = new Map<number, string>();
      const tokens: string[] = [];
      const write = (someone: Someone) => {
        const { doc } = someone.document.rooms.body;
        const token = `〔${someone.name}${tokens.length}〕`;
        tokens.push(token);
        const prose = doc.getText('prose');
        // Behind a whole token of anybody's, so that what one writes builds on what another wrote.
        const places = [0, ...[...prose.toString().matchAll(/〕/g)].map(({ index }) => index + 1)];
        doc.transact(() => prose.insert(random.pick(places), token), ORIGIN.editor);
        for (const clientId of clientIdsOf(doc)) authors.set(clientId, someone.personId);
      };
      const all = (predicate: (someone: Someone) => Promise<unknown>) => Promise.all(people.map(predicate));
      const saved = () => all(({ document }) => until(document.status, ({ kind }) => kind === 'savedOnServer'));

      for (let i = 0; i < 8; i++) write(random.pick(people));
      await saved();
      const backup = join(mkdtempSync(join(tmpdir(), 'concord-backup-')), 'monday.concord');
      const toolEnv = { CONCORD_DATA_DIR: relay.dataDirectory };
      expect(await runTool('backup', [backup], toolEnv)).toMatchObject({ status: 0 });
      for (let i = 0; i < EDITS; i++) {
        write(random.pick(people));
        if (i % 5 === 0) await saved();
      }
      await saved();
      const caseTarget = (caseId: string) => ({ of: 'case', caseId });
      const ofDocument = { of: 'document', documentId };
      const numbers = [await numberOf(house.administrator, caseTarget(house.caseId))];
      const lostNumber = await numberOf(house.administrator, ofDocument);
      await all(({ document }) => until(numberIn(document), (number) => number === lostNumber));

      // Everybody loses the network; one closes the page, another goes on writing.
      for (const { profile } of people) profile.setOnline(false);
      const [closing, writing] = [...people].sort(() => random.next() - 0.5);
      if (closing === undefined || writing === undefined) throw new Error('nobody');
      closing.document.release();
      write(writing);
      await until(writing.document.status, ({ kind }) => kind !== 'saving');
      const { dataDirectory } = relay;
      expect(await relay.stop('SIGTERM')).toBe(0);
      const restored = await runTool('restore', [backup], toolEnv);
      expect(restored, restored.said.join('\n')).toMatchObject({ status: 0 });
      if (losesKey) rmSync(join(dataDirectory, 'signing-key.pem'));
      relay = await startRelay({ dataDirectory, env });

      expect(relay.output()).toContain('A backup was put back.');
      for (const someone of shuffled(people, random)) {
        someone.profile.setOnline(true);
        Object.assign(someone, await open(someone.profile, documentId, false, someone.name));
      }
      await all((someone) => inStep(someone, documentId));
      const host = await signIn(relay.origin, 'administrator', TEST_PASSWORD);
      for (const caseId of [otherCaseId, house.caseId]) numbers.push(await numberOf(host, caseTarget(caseId)));
      const newNumber = await numberOf(host, ofDocument);
      expect(newNumber).not.toBe(lostNumber);
      await all((someone) => inStep(someone, documentId));
      // A number that the relay no longer knows of stands nowhere any more.
      await all(({ document }) => until(numberIn(document), (number) => number === newNumber));

      const prose = people[0]?.document.rooms.body.doc.getText('prose').toString() ?? '';
      for (const { document } of people) expect(document.rooms.body.doc.getText('prose').toString()).toBe(prose);
      const counts = tokens.map((token) => prose.split(token).length - 1);
      const lost = counts.filter((count) => count !== 1).length;
      for (const { profile } of people) profile.setOnline(false);
      expect(await relay.stop('SIGTERM')).toBe(0);
      const { held, wrong, updates, carried } = inStore(dataDirectory, documentId, authors);
      expect({ lost, held, wrong }).toEqual({ lost: 0, held: 0, wrong: [] });
      expect(carried === 0).toBe(losesKey);
      expect(new Set(numbers).size).toBe(3);
      expect(await runTool('log-verify', [dataDirectory])).toMatchObject({ status: 0 });
      process.stdout.write(`${how}: ${tokens.length} edits, ${updates} updates, ${carried} carried, ${numbers}\n`);
    });
  }

  it('[R15] [C6] a document made after the backup comes back with what others wrote in it, whoever returns first', async () => {
    const documentId = randomUUID();
    const maker = await arrive(NAMES[0] ?? '', await house.addDocument());
    const backup = join(mkdtempSync(join(tmpdir(), 'concord-backup-')), 'monday.concord');
    const toolEnv = { CONCORD_DATA_DIR: relay.dataDirectory };
    expect(await runTool('backup', [backup], toolEnv)).toMatchObject({ status: 0 });
    const ports = { now: Date.now, uuid: () => randomUUID() };
    const input = { documentId, caseId: house.caseId, kind: 'caseNote', title: '后来', audience: 'joint' } as const;
    await createDocument(maker.session, ports, { ...input, audienceAgencyId: house.agencyId, language: 'zh-CN' });
    await until(maker.session.status, ({ kind }) => kind === 'savedOnServer');
    const guest = await arrive(NAMES[1] ?? '', documentId);
    const { doc } = guest.document.rooms.body;
    doc.transact(() => doc.getText('prose').insert(0, '客'), ORIGIN.editor);
    await until(guest.document.status, ({ kind }) => kind !== 'savedOnServer');
    await until(guest.document.status, ({ kind }) => kind === 'savedOnServer');
    for (const { profile } of [maker, guest]) profile.setOnline(false);
    const { dataDirectory } = relay;
    expect(await relay.stop('SIGTERM')).toBe(0);
    expect(await runTool('restore', [backup], toolEnv)).toMatchObject({ status: 0 });
    relay = await startRelay({ dataDirectory, env });

    guest.profile.setOnline(true);
    Object.assign(guest, await open(guest.profile, documentId, false, guest.name));
    // The relay has nothing of it: the guest's word waits, and their device says so.
    await untilShown(guest, documentId, () => guest.session.waitingDocuments.get().includes(documentId));
    await untilShown(guest, documentId, () => guest.document.status.get().kind === 'savedOnDevice');
    expect(await guest.session.unsyncedCount()).toBe(1);
    maker.profile.setOnline(true);
    Object.assign(maker, await open(maker.profile, documentId, false, maker.name));
    for (const someone of [maker, guest]) await inStep(someone, documentId);
    const authors = new Map(clientIdsOf(doc).map((clientId) => [clientId, guest.personId]));
    for (const { profile } of [maker, guest]) profile.setOnline(false);
    expect(await relay.stop('SIGTERM')).toBe(0);
    const { held, owners } = inStore(dataDirectory, documentId, authors);
    expect(held).toBe(0);
    // The template is the maker's, the word behind it the guest's.
    expect(owners.filter(([clientId]) => authors.has(clientId)).map(([, owner]) => owner)).toEqual([guest.personId]);
    expect(new Set(owners.map(([, owner]) => owner))).toEqual(new Set([maker.personId, guest.personId]));
  });

  async function numberOf(host: ApiUser, target: object): Promise<string | undefined> {
    const command = { commandId: randomUUID(), type: 'giveNumber', target };
    const answer = await expectOk(host.ask('POST', '/api/commands', command));
    return ((await answer.json()) as { number?: string }).number;
  }
});

/** Waits until everything is saved. */
async function inStep(someone: Someone, documentId: string): Promise<void> {
  await untilShown(someone, documentId, () => someone.document.status.get().kind === 'savedOnServer');
}

/** Waits as the document's page does: a copy with a record that is no more gives way to a fresh one. */
async function untilShown(someone: Someone, documentId: string, isSo: () => boolean): Promise<void> {
  for (;;) {
    const { status, replaced } = someone.document;
    const heard = [status, replaced, someone.session.waitingDocuments];
    const state: Observable<string> = {
      get: () => (replaced.get() ? 'replaced' : isSo() ? 'so' : status.get().kind),
      subscribe: (listener) => {
        const ends = heard.map((each) => each.subscribe(listener));
        return () => ends.forEach((end) => void end());
      },
    };
    if ((await until(state, (is) => is === 'replaced' || is === 'so')) === 'so') return;
    someone.document.release();
    someone.document = someone.session.openDocument(documentId);
  }
}

/** The number that the record of a document shows. */
function numberIn({ rooms }: DocumentReplica): Observable<string | null> {
  const lines = rooms.record.doc.getMap(EVENTS_ROOT);
  return {
    get: () => readRecordState(lines).number,
    subscribe: (listener) => {
      lines.observe(listener);
      return () => lines.unobserve(listener);
    },
  };
}

/** An update that says nothing. */
const NOTHING = Uint8Array.of(0, 0);

/** What the store says: held edits, and updates and owners that name another than who wrote. */
function inStore(dataDirectory: string, documentId: string, authors: ReadonlyMap<number, string>) {
  const db = openForReading(join(dataDirectory, 'concord.sqlite'));
  const room = `${documentId}/body`;
  const { held } = db.prepare('SELECT count(*) AS held FROM held').get() as { held: number };
  const logged = readRows(db, room, 0).flatMap(rowToEntries);
  const owners = db.prepare('SELECT client_id, person_id FROM owners WHERE room = ?').all(room) as {
    client_id: number;
    person_id: string;
  }[];
  db.close();
  const wrong = [
    ...logged.flatMap(({ author, update }) =>
      [...Y.parseUpdateMeta(update ?? NOTHING).from.keys()].flatMap((clientId) =>
        authors.get(clientId) === author ? [] : [`update of ${clientId} as ${author}`],
      ),
    ),
    ...owners.flatMap(({ client_id, person_id }) =>
      authors.get(client_id) === person_id ? [] : [`${client_id} owned by ${person_id}`],
    ),
  ];
  const carried = logged.filter(({ author, carrier }) => author !== carrier && author !== RELAY_AUTHOR).length;
  const owned = owners.map(({ client_id, person_id }) => [client_id, person_id] as const);
  return { held, wrong, updates: logged.length, carried, owners: owned };
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
