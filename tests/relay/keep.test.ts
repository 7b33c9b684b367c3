/** Cases kept on a device, against the real relay: fetched without being opened, skipped when nothing changed, let go when asked. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Device, DocumentReplica, PersonSession } from '../../client/replica/contract.ts';
import { createDevice } from '../../client/replica/device.ts';
import { appendEvent } from '../../shared/events/event-log.ts';
import { ORIGIN } from '../../shared/origins.ts';
import { EVENTS_ROOT, ROOM_KINDS } from '../../shared/rooms.ts';
import { type BrowserProfile, createBrowser, until } from '../support/node-browser.ts';
import { randomFrom } from '../support/random.ts';
import {
  expectOk,
  type RelayProcess,
  setUpCase,
  startRelay,
  TEST_PASSWORD,
  type TestCase,
} from '../support/relay-process.ts';

function type(document: DocumentReplica, text: string): void {
  const { doc } = document.rooms.body;
  doc.transact(() => doc.getText('prose').insert(0, text), ORIGIN.editor);
}

const ULID = '01HZX000000000000000000000';

const words = (document: DocumentReplica) => document.rooms.body.doc.getText('prose').toString();

describe('a case kept on a device', () => {
  let relay: RelayProcess;
  let house: TestCase;
  const people: string[] = [];
  const browsers: BrowserProfile[] = [];

  beforeAll(async () => {
    relay = await startRelay();
    house = await setUpCase(relay);
    for (const name of ['甲', '乙', '丙', '丁']) people.push((await house.addMember(name, 'mediator')).personId);
  });
  afterAll(async () => {
    for (const browser of browsers) browser.setOnline(false);
    await relay.stop('SIGTERM');
  });

  function browser(): BrowserProfile {
    const profile = createBrowser({ origin: relay.origin });
    browsers.push(profile);
    return profile;
  }

  async function sessionOf(device: Device): Promise<PersonSession> {
    const state = await until(device.state, ({ kind }) => kind === 'signedIn');
    if (state.kind !== 'signedIn') throw new Error(state.kind);
    return state.session;
  }

  async function signedIn(profile: BrowserProfile, name: string): Promise<PersonSession> {
    const device = createDevice(profile.page());
    await until(device.state, ({ kind }) => kind !== 'starting');
    expect(await device.signIn(name, TEST_PASSWORD)).toEqual({ ok: true });
    const session = await sessionOf(device);
    await until(session.catalogue.cases, (cases) => cases.length > 0);
    return session;
  }

  /** Waits until every document of the case is whole and as new as the server's. */
  async function untilWhole(session: PersonSession, caseId: string): Promise<void> {
    await until(session.keeping.cases, (cases) => {
      const kept = cases[caseId];
      return kept !== undefined && kept.documents > 0 && kept.here === kept.documents && kept.behind === 0;
    });
    await until(session.keeping.progress, ({ kind }) => kind === 'idle');
  }

  async function opened(session: PersonSession, documentId: string): Promise<DocumentReplica> {
    const document = session.openDocument(documentId);
    for (const room of ROOM_KINDS) await until(document.rooms[room].view, ({ load }) => load.kind === 'ready');
    return document;
  }

  /** Has everything the server had when it was opened. */
  async function untilSynced(document: DocumentReplica): Promise<void> {
    await until(document.rooms.body.view, ({ synced }) => synced);
    await until(document.status, ({ kind }) => kind === 'savedOnServer');
  }

  /** Writes into the words, the talk and the work of a document, and closes it when the server has it. */
  async function writeDocument(session: PersonSession, documentId: string): Promise<void> {
    const document = await opened(session, documentId);
    await until(document.status, ({ kind }) => kind === 'savedOnServer');
    type(document, `正文 ${documentId}`);
    for (const room of ['review', 'work'] as const) {
      const { doc } = document.rooms[room];
      doc.transact(
        () => appendEvent(doc.getMap(EVENTS_ROOT), session.me.person.personId, ULID, { text: `${room} ${documentId}` }),
        ORIGIN.model,
      );
    }
    await until(document.status, ({ kind }) => kind !== 'savedOnServer');
    await until(document.status, ({ kind }) => kind === 'savedOnServer');
    document.release();
  }

  async function newCase(documents: number): Promise<{ caseId: string; documentIds: string[] }> {
    const caseId = randomUUID();
    await expectOk(
      house.administrator.ask('PUT', `/api/cases/${caseId}`, {
        title: '保留',
        category: 'wageArrears',
        agencyId: house.agencyId,
      }),
    );
    for (const personId of people) {
      const command = {
        commandId: randomUUID(),
        type: 'inviteMember',
        caseId,
        personId,
        agencyId: house.agencyId,
        role: 'mediator',
      };
      await expectOk(house.administrator.ask('POST', '/api/commands', command));
    }
    const documentIds = Array.from({ length: documents }, () => randomUUID());
    for (const documentId of documentIds) {
      const input = { caseId, kind: 'caseNote', title: '记录', audience: 'joint' };
      await expectOk(house.administrator.ask('PUT', `/api/documents/${documentId}`, input));
    }
    return { caseId, documentIds };
  }

  it('[C11] is whole offline, all rooms of every document, though only the case was opened', async () => {
    const { caseId, documentIds } = await newCase(5);
    const writer = await signedIn(browser(), '甲');
    for (const documentId of documentIds) await writeDocument(writer, documentId);

    const profile = browser();
    const session = await signedIn(profile, '乙');
    await until(session.keeping.cases, (cases) => cases[caseId]?.documents === 5);
    expect(session.keeping.cases.get()[caseId]).toMatchObject({ isKept: false, here: 0 });
    session.keeping.noteOpened(caseId);
    await untilWhole(session, caseId);
    profile.setOnline(false);

    const later = await sessionOf(createDevice(profile.page()));
    expect(later.keeping.cases.get()[caseId]).toMatchObject({ isKept: true, here: 5, behind: 0 });
    for (const documentId of documentIds) {
      const document = await opened(later, documentId);
      expect(words(document)).toBe(`正文 ${documentId}`);
      for (const room of ['review', 'work'] as const) {
        expect([...document.rooms[room].doc.getMap(EVENTS_ROOT).values()]).toEqual([{ text: `${room} ${documentId}` }]);
      }
    }
  });

  it('[C12] opens no socket for what has not changed, and fetches what has, also a case one was invited to', async () => {
    const { caseId, documentIds } = await newCase(3);
    const writer = await signedIn(browser(), '甲');
    for (const documentId of documentIds) await writeDocument(writer, documentId);
    const profile = browser();
    const session = await signedIn(profile, '丙');
    await session.keeping.setKeepsNew(true);
    await untilWhole(session, caseId);
    const before = profile.socketPaths.length;
    const fetchedAtMs = session.catalogue.fetchedAtMs.get() ?? 0;
    profile.look();
    await until(session.catalogue.fetchedAtMs, (atMs) => (atMs ?? 0) > fetchedAtMs);
    await until(session.keeping.progress, ({ kind }) => kind === 'idle');
    expect(profile.socketPaths.slice(before)).toEqual([]);

    const [changed = ''] = documentIds;
    const document = await opened(writer, changed);
    await until(document.status, ({ kind }) => kind === 'savedOnServer');
    const { doc } = document.rooms.work;
    doc.transact(
      () => appendEvent(doc.getMap(EVENTS_ROOT), writer.me.person.personId, `${ULID.slice(0, -1)}1`, { text: '又' }),
      ORIGIN.model,
    );
    await until(document.status, ({ kind }) => kind !== 'savedOnServer');
    await until(document.status, ({ kind }) => kind === 'savedOnServer');
    const other = await newCase(1);
    profile.look();
    await until(session.keeping.cases, (cases) => cases[other.caseId]?.here === 1);
    await untilWhole(session, caseId);
    // A case is a document of its own.
    expect(new Set(profile.socketPaths.slice(before).map((path) => path.split('/')[2]))).toEqual(
      new Set([changed, other.caseId, ...other.documentIds]),
    );
  });

  it('[C11] delivers what was written offline in two documents that nobody has open any more', async () => {
    const { caseId, documentIds } = await newCase(2);
    const profile = browser();
    const session = await signedIn(profile, '乙');
    await until(session.keeping.cases, (cases) => cases[caseId]?.documents === 2);
    session.keeping.noteOpened(caseId);
    await untilWhole(session, caseId);
    profile.setOnline(false);
    for (const documentId of documentIds) {
      const document = await opened(session, documentId);
      type(document, `离线 ${documentId}`);
      await until(document.status, (status) => status.kind === 'offline' && status.waitingDocuments === 1);
      document.release();
    }
    // The page is closed and opened again when there is a network: nobody opens the documents.
    const later = await sessionOf(createDevice(profile.page()));
    expect(await later.unsyncedCount()).toBe(2);
    profile.setOnline(true);
    await until(later.status, ({ kind }) => kind === 'savedOnServer');
    const reader = await signedIn(browser(), '甲');
    for (const documentId of documentIds) {
      const document = await opened(reader, documentId);
      await untilSynced(document);
      expect(words(document)).toBe(`离线 ${documentId}`);
    }
  });

  it('[C6] lets copies go when the person says so, but none that holds what only this device has', async () => {
    const { caseId, documentIds } = await newCase(3);
    const [first = ''] = documentIds;
    const profile = browser();
    const session = await signedIn(profile, '丁');
    await until(session.keeping.cases, (cases) => cases[caseId]?.documents === 3);
    session.keeping.noteOpened(caseId);
    await untilWhole(session, caseId);
    profile.setOnline(false);
    const document = await opened(session, first);
    type(document, '只在这里');
    await until(document.status, (status) => status.kind === 'offline' && status.waitingDocuments === 1);
    document.release();
    expect(await session.keeping.setKept(caseId, false)).toEqual({ removed: 2, staying: 1 });
    expect(session.keeping.cases.get()[caseId]).toMatchObject({ isKept: false, here: 1 });
    // Opening the case again does not turn it on: the person said no.
    session.keeping.noteOpened(caseId);

    const later = await sessionOf(createDevice(profile.page()));
    profile.setOnline(true);
    await until(later.keeping.cases, (cases) => cases[caseId]?.here === 0);
    expect(later.keeping.cases.get()[caseId]?.isKept).toBe(false);
    expect(await later.unsyncedCount()).toBe(0);
    const reader = await signedIn(browser(), '甲');
    const there = await opened(reader, first);
    await untilSynced(there);
    expect(words(there)).toBe('只在这里');
  });

  it('[C14] brings everything unsynced through a file to a wiped device, nothing lost, nothing twice (5 seeds)', async () => {
    for (let seed = 1; seed <= 5; seed++) {
      const random = randomFrom(seed);
      const { caseId, documentIds } = await newCase(3);
      const profile = browser();
      const session = await signedIn(profile, '乙');
      const other = await signedIn(browser(), '甲');
      await until(session.keeping.cases, (cases) => cases[caseId]?.documents === 3);
      session.keeping.noteOpened(caseId);
      await untilWhole(session, caseId);
      profile.setOnline(false);
      const made = randomUUID();
      await session.submit({
        commandId: randomUUID(),
        type: 'registerDocument',
        documentId: made,
        caseId,
        kind: 'caseNote',
        title: '离线新建',
        audience: 'joint',
      });
      let token = 0x4e00;
      const expected = new Map<string, string[]>();
      const write = (document: DocumentReplica) => {
        const { doc } = document.rooms.body;
        const text = doc.getText('prose');
        const character = String.fromCharCode(token++);
        doc.transact(() => text.insert(random.int(text.length + 1), character), ORIGIN.editor);
        expected.set(document.documentId, [...(expected.get(document.documentId) ?? []), character]);
      };
      const mine = await Promise.all([...documentIds.slice(0, 2), made].map((id) => opened(session, id)));
      const theirs = await Promise.all(documentIds.map((id) => opened(other, id)));
      await Promise.all(theirs.map((each) => until(each.status, ({ kind }) => kind === 'savedOnServer')));
      for (let i = 0; i < 40; i++) write(random.pick([...mine, ...theirs]));
      for (const document of mine) document.release();

      const exported = await session.exportUnsynced();
      expect(exported).toMatchObject({ commands: 1, unreadable: 0 });
      const text = await exported.blob.text();
      // Nobody else may bring it in, and a damaged file brings nothing in.
      expect(await other.importUnsynced(text)).toEqual({ ok: false, reason: 'otherPerson' });
      expect(await session.importUnsynced(text.slice(0, -20))).toEqual({ ok: false, reason: 'unreadable' });

      const wiped = await signedIn(browser(), '乙');
      const outcome = await wiped.importUnsynced(text);
      expect(outcome).toEqual({ ok: true, documents: exported.documents, commands: 1, alreadyHere: 0 });
      await until(wiped.status, ({ kind }) => kind === 'savedOnServer');
      // A second time, and the first device coming back with the same work: neither changes anything.
      expect(await wiped.importUnsynced(text)).toMatchObject({ ok: true, documents: 0 });
      profile.setOnline(true);
      await until(session.outbox, (entries) => entries.length === 0);
      await until(session.status, ({ kind }) => kind === 'savedOnServer');

      const reader = await signedIn(browser(), '丙');
      for (const [documentId, characters] of expected) {
        const document = await opened(reader, documentId);
        await untilSynced(document);
        expect([...words(document)].sort(), `seed ${seed}`).toEqual([...characters].sort());
      }
    }
  });
});
