/** The whole client without a page (device, outbox, replica, provider) against the real relay process. */
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Device, DocumentReplica, PersonSession, SaveStatus } from '../../client/replica/contract.ts';
import { createDevice } from '../../client/replica/device.ts';
import { appendEvent } from '../../shared/events/event-log.ts';
import { heldListSchema } from '../../shared/held.ts';
import { makeUlid } from '../../shared/ids.ts';
import { ORIGIN } from '../../shared/origins.ts';
import { EVENTS_ROOT } from '../../shared/rooms.ts';
import { type BrowserProfile, createBrowser, until } from '../support/node-browser.ts';
import { type RelayProcess, setUpCase, startRelay, TEST_PASSWORD, type TestCase } from '../support/relay-process.ts';

const isSaved = (status: SaveStatus) => status.kind === 'savedOnServer';
const words = (document: DocumentReplica) => document.rooms.body.doc.getText('prose').toString();

function type(document: DocumentReplica, text: string): void {
  const { doc } = document.rooms.body;
  doc.transact(() => doc.getText('prose').insert(0, text), ORIGIN.editor);
}

async function sessionOf(device: Device): Promise<PersonSession> {
  const state = await until(device.state, ({ kind }) => kind === 'signedIn');
  if (state.kind !== 'signedIn') throw new Error(state.kind);
  return state.session;
}

/** Resolves when the body says these words. */
async function untilWords(document: DocumentReplica, expected: string): Promise<void> {
  const { doc } = document.rooms.body;
  await until(
    {
      get: () => words(document),
      subscribe: (listener) => {
        doc.on('update', listener);
        return () => doc.off('update', listener);
      },
    },
    (now) => now === expected,
  );
}

describe('a device and the real relay', () => {
  let relay: RelayProcess;
  let house: TestCase;
  const browsers: BrowserProfile[] = [];

  beforeAll(async () => {
    relay = await startRelay();
    house = await setUpCase(relay);
    await house.addMember('甲', 'mediator');
    await house.addMember('乙', 'participant');
    await house.addMember('丙', 'observer');
    await house.addMember('戊', 'reviewer');
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

  async function signedIn(profile: BrowserProfile, name: string): Promise<PersonSession> {
    const device = createDevice(profile.page());
    await until(device.state, ({ kind }) => kind !== 'starting');
    expect(await device.signIn(name, TEST_PASSWORD)).toEqual({ ok: true });
    return sessionOf(device);
  }

  it('[C2] brings words from one person to another and says when they are saved on the server', async () => {
    const documentId = await house.addDocument();
    const [first, second, reader] = await Promise.all([
      signedIn(browser(), '甲'),
      signedIn(browser(), '乙'),
      signedIn(browser(), '丙'),
    ]);
    const [mine, theirs, seen] = [first, second, reader].map((session) => session.openDocument(documentId));
    if (!mine || !theirs || !seen) throw new Error('not opened');
    await until(mine.status, isSaved);
    type(mine, '欠薪');
    await until(mine.status, (status) => !isSaved(status));
    await until(mine.status, isSaved);
    await untilWords(theirs, '欠薪');
    type(theirs, '关于');
    await untilWords(mine, '关于欠薪');
    await untilWords(seen, '关于欠薪');
    await until(seen.status, isSaved);
    expect(seen.rooms.body.view.get().mayWrite).toBe(false);
    expect(mine.rooms.body.view.get()).toMatchObject({ mayWrite: true, connected: true, synced: true });
  });

  it('[C4] [C6] carries a case, a document and its words made offline through a closed page and delivers all of it', async () => {
    const profile = browser();
    const before = await signedIn(profile, '甲');
    await until(before.catalogue.fetchedAtMs, (at) => at !== null);
    profile.setOnline(false);
    const [caseId, documentId] = [randomUUID(), randomUUID()];
    const agencyId = before.me.agencies[0]?.agencyId ?? '';
    await before.submit({
      commandId: randomUUID(),
      type: 'createCase',
      caseId,
      title: '离线立案',
      category: 'wageArrears',
      agencyId,
    });
    await before.submit({
      commandId: randomUUID(),
      type: 'registerDocument',
      documentId,
      caseId,
      kind: 'caseNote',
      title: '离线记录',
      audience: 'joint',
    });
    expect(before.catalogue.caseDetail(caseId).get()).toMatchObject({ title: '离线立案', documentCount: 1 });
    const opened = before.openDocument(documentId);
    await until(opened.rooms.body.view, ({ load }) => load.kind === 'ready');
    expect(opened.rooms.body.view.get().mayWrite).toBe(true);
    type(opened, '在路上写的');
    await until(opened.status, (status) => status.kind === 'offline' && status.waitingDocuments === 1);

    // The page is closed without a word and opened again, still offline.
    const device = createDevice(profile.page());
    const after = await sessionOf(device);
    expect(after.outbox.get().map(({ command, state }) => [command.type, state])).toEqual([
      ['createCase', 'waiting'],
      ['registerDocument', 'waiting'],
    ]);
    const reopened = after.openDocument(documentId);
    await untilWords(reopened, '在路上写的');
    // Two commands, the note, and the case, which is a document of its own.
    expect(await after.unsyncedCount()).toBe(4);

    profile.setOnline(true);
    await until(reopened.status, isSaved);
    await until(after.outbox, (entries) => entries.length === 0);
    expect(await after.unsyncedCount()).toBe(0);
    const elsewhere = await signedIn(browser(), '甲');
    await until(elsewhere.catalogue.cases, (cases) => cases.some((each) => each.caseId === caseId));
    const there = elsewhere.openDocument(documentId);
    await untilWords(there, '在路上写的');
  });

  it('[C4] lets a reviewer who has been here once comment offline after a restart, and delivers it', async () => {
    const documentId = await house.addDocument();
    const profile = browser();
    const opened = (await signedIn(profile, '戊')).openDocument(documentId);
    await until(opened.status, isSaved);
    expect(opened.rooms.body.view.get().mayWrite).toBe(false);
    expect(opened.rooms.review.view.get().mayWrite).toBe(true);
    profile.setOnline(false);

    const session = await sessionOf(createDevice(profile.page()));
    const again = session.openDocument(documentId);
    await until(again.rooms.review.view, ({ load }) => load.kind === 'ready');
    expect(again.rooms.body.view.get().mayWrite).toBe(false);
    expect(again.rooms.review.view.get()).toMatchObject({ mayWrite: true, isUnacknowledged: false });
    const { personId } = session.me.person;
    const comment = { type: 'comment', anchor: { of: 'document' }, text: '请补附件', mentions: [], isBlocking: true };
    const ulid = makeUlid(Date.now(), (count) => new Uint8Array(randomBytes(count)));
    const { doc } = again.rooms.review;
    doc.transact(() => appendEvent(doc.getMap(EVENTS_ROOT), personId, ulid, comment), ORIGIN.model);
    expect(again.rooms.review.view.get().isUnacknowledged).toBe(true);
    await until(again.status, (status) => status.kind === 'offline' && status.waitingDocuments === 1);

    profile.setOnline(true);
    await until(again.status, isSaved);
    expect(again.rooms.review.view.get().isUnacknowledged).toBe(false);
    const there = (await signedIn(browser(), '甲')).openDocument(documentId);
    await until(there.rooms.review.view, ({ synced }) => synced);
    expect(there.rooms.review.doc.getMap(EVENTS_ROOT).get(`${personId}/${ulid}`)).toEqual(comment);
  });

  it('[C2] survives kill -9 of the relay in the middle of writing', async () => {
    const documentId = await house.addDocument();
    const [mine, theirs] = (await Promise.all([signedIn(browser(), '甲'), signedIn(browser(), '乙')])).map((session) =>
      session.openDocument(documentId),
    );
    if (!mine || !theirs) throw new Error('not opened');
    await until(mine.status, isSaved);
    await until(theirs.status, isSaved);
    type(mine, '一');
    type(theirs, '一');
    await relay.stop('SIGKILL');
    type(mine, '二');
    await until(mine.status, (status) => status.kind === 'offline' && status.waitingDocuments === 1);
    const port = new URL(relay.origin).port;
    relay = await startRelay({ dataDirectory: relay.dataDirectory, env: { PORT: port } });
    await until(mine.status, isSaved);
    await until(theirs.status, isSaved);
    await untilWords(theirs, words(mine));
    expect([...words(mine)].sort().join('')).toBe('一一二');
  });

  it('[C9] sends nothing and destroys nothing when the cookie has become another person’s', async () => {
    const documentId = await house.addDocument();
    const profile = browser();
    const mine = await signedIn(profile, '甲');
    const document = mine.openDocument(documentId);
    await until(document.status, isSaved);
    // Another tab of the same browser signs in as somebody else.
    const other = createDevice(profile.page());
    await sessionOf(other);
    expect(await other.signIn('乙', TEST_PASSWORD)).toEqual({ ok: true });
    const theirs = await until(
      { get: () => other.state.get(), subscribe: other.state.subscribe },
      (state) => state.kind === 'signedIn' && state.session.me.person.name === '乙',
    );
    await until(mine.status, (status) => status.kind === 'needsAttention' && status.problem.kind === 'otherPerson');
    type(document, '我的话');
    await mine.submit({
      commandId: randomUUID(),
      type: 'createCase',
      caseId: randomUUID(),
      title: '不该发出',
      category: 'other',
      agencyId: mine.me.agencies[0]?.agencyId ?? '',
    });
    expect(document.rooms.body.view.get().connected).toBe(false);
    if (theirs.kind !== 'signedIn') throw new Error('not signed in');
    await theirs.session.catalogue.refresh();
    expect(theirs.session.catalogue.cases.get().map(({ title }) => title)).not.toContain('不该发出');
    // Signing out of the page that is not theirs any more leaves the other person signed in.
    await mine.signOut();
    await theirs.session.catalogue.refresh();
    expect(theirs.session.status.get().kind).toBe('savedOnServer');
    expect((await profile.page().fetch(`${relay.origin}/api/session`)).status).toBe(200);
    // When the right person comes back, everything is there and goes out.
    const back = createDevice(profile.page());
    await sessionOf(back);
    expect(await back.signIn('甲', TEST_PASSWORD)).toEqual({ ok: true });
    const again = await until(
      { get: () => back.state.get(), subscribe: back.state.subscribe },
      (state) => state.kind === 'signedIn' && state.session.me.person.name === '甲',
    );
    if (again.kind !== 'signedIn') throw new Error('not signed in');
    await until(again.session.outbox, (entries) => entries.length === 0);
    const reopened = again.session.openDocument(documentId);
    await untilWords(reopened, '我的话');
    await until(reopened.status, isSaved);
  });

  it('[C6] signs out without losing what waits, and starts locked', async () => {
    const documentId = await house.addDocument();
    const profile = browser();
    const session = await signedIn(profile, '乙');
    const document = session.openDocument(documentId);
    await until(document.status, isSaved);
    profile.setOnline(false);
    type(document, '未同步');
    await session.signOut();
    const locked = createDevice(profile.page());
    await until(locked.state, ({ kind }) => kind === 'signedOut');
    profile.setOnline(true);
    expect(await locked.signIn('乙', TEST_PASSWORD)).toEqual({ ok: true });
    const again = await sessionOf(locked);
    // Nobody opens the document: what waits in it is delivered all the same.
    await until(again.status, isSaved);
    const elsewhere = (await signedIn(browser(), '甲')).openDocument(documentId);
    await untilWords(elsewhere, '未同步');
  });

  it('[C3] goes on with an open document when the person signs in again after the session has ended', async () => {
    const documentId = await house.addDocument();
    const profile = browser();
    const device = createDevice(profile.page());
    await until(device.state, ({ kind }) => kind !== 'starting');
    expect(await device.signIn('乙', TEST_PASSWORD)).toEqual({ ok: true });
    const session = await sessionOf(device);
    const document = session.openDocument(documentId);
    await until(document.status, isSaved);
    // The cookie ends without the page having asked for it; it learns so from its sockets.
    await profile.page().fetch(`${relay.origin}/api/session`, { method: 'DELETE' });
    await until(document.status, (status) => status.kind === 'needsAttention' && status.problem.kind === 'closed');
    type(document, '仍然写着');
    expect(await device.signIn('乙', TEST_PASSWORD)).toEqual({ ok: true });
    await until(document.status, isSaved);
    expect(document.rooms.body.view.get()).toMatchObject({ mayWrite: true, connected: true });
  });

  it('[C6] stays signed out when another tab comes back online with the old cookie', async () => {
    const profile = browser();
    const session = await signedIn(profile, '甲');
    const other = createDevice(profile.page());
    await sessionOf(other);
    profile.setOnline(false);
    await session.signOut();
    await until(other.state, ({ kind }) => kind === 'signedOut');
    profile.setOnline(true);
    const answered = () => profile.page().fetch(`${relay.origin}/api/session`);
    for (let i = 0; i < 200 && (await answered()).status !== 401; i++);
    expect((await answered()).status).toBe(401);
    const later = createDevice(profile.page());
    await until(later.state, ({ kind }) => kind === 'signedOut');
  });

  it('[R11] hands edits in that came too late, and goes on with a fresh copy only when the host has them', async () => {
    const late = await house.addMember('迟', 'participant');
    const documentId = await house.addDocument();
    const profile = browser();
    const session = await signedIn(profile, '迟');
    const document = session.openDocument(documentId);
    await until(document.status, isSaved);
    type(document, '及时');
    await until(document.status, (status) => !isSaved(status));
    await until(document.status, isSaved);
    profile.setOnline(false);
    type(document, '太迟');
    await expect(document.startFresh()).resolves.toBeUndefined();
    await house.administrator.ask('POST', '/api/commands', {
      commandId: randomUUID(),
      type: 'changeRole',
      caseId: house.caseId,
      personId: late.personId,
      role: 'observer',
    });
    profile.setOnline(true);
    await until(
      document.status,
      (status) => status.kind === 'needsAttention' && status.problem.kind === 'editsHeld' && status.problem.handedIn,
    );
    expect(words(document)).toBe('太迟及时');
    const answer = await house.administrator.ask('GET', `/api/held/${documentId}`);
    const { items } = heldListSchema.parse(await answer.json());
    expect(items).toMatchObject([{ authorId: late.personId, room: 'body', reason: 'may-not-write', settled: null }]);
    const heldId = items[0]?.heldId ?? '';
    await document.startFresh();
    expect(document.replaced.get()).toBe(true);
    const fresh = session.openDocument(documentId);
    expect(fresh).not.toBe(document);
    await untilWords(fresh, '及时');
    await until(fresh.status, isSaved);
    expect(fresh.rooms.body.view.get().mayWrite).toBe(false);

    // Its author is told what became of it: by the catalogue that there is news, by the list what it is.
    const detail = session.catalogue.caseDetail(house.caseId);
    const counts = () => detail.get()?.documents.find((each) => each.documentId === documentId)?.held;
    await until(detail, () => counts()?.ownWaiting === 1);
    const settlement = { outcome: 'discarded', reason: '已写明' };
    const settle = { commandId: randomUUID(), type: 'settleHeld', documentId, heldId, settlement };
    expect((await house.administrator.ask('POST', '/api/commands', settle)).status).toBe(200);
    await session.syncNow();
    await until(detail, () => counts()?.ownSettled === 1);
    expect(await session.held.list(documentId)).toMatchObject({
      kind: 'ok',
      value: { items: [{ settled: settlement }] },
    });
    expect(await session.held.read(documentId, heldId)).toMatchObject({
      kind: 'ok',
      value: { reason: 'may-not-write' },
    });
    expect(await session.held.read(documentId, randomUUID())).toEqual({ kind: 'notAllowed' });
    profile.setOnline(false);
    expect(await session.held.list(documentId)).toEqual({ kind: 'offline' });
  });

  it('[C2] says that the device cannot store what is typed, and stores it as soon as it can', async () => {
    const documentId = await house.addDocument();
    const profile = browser();
    const document = (await signedIn(profile, '甲')).openDocument(documentId);
    await until(document.status, isSaved);
    profile.failWrites('QuotaExceededError');
    type(document, '放不下');
    const status = await until(document.status, ({ kind }) => kind === 'needsAttention');
    expect(status).toMatchObject({ problem: { kind: 'storeFailed', message: expect.stringContaining('Quota') } });
    const exported = JSON.parse(await (await document.exportLocal()).text()) as { inMemory: { update: string }[] };
    expect(exported.inMemory.length).toBe(4);
    profile.failWrites(null);
    type(document, '又');
    await until(document.status, isSaved);
  });

  it('stops writing while a document freezes, and every word is there when it is frozen', async () => {
    const documentId = await house.addDocument();
    const document = (await signedIn(browser(), '甲')).openDocument(documentId);
    await until(document.status, isSaved);
    type(document, '最后一句');
    const response = await house.administrator.ask('POST', '/api/commands', {
      commandId: randomUUID(),
      type: 'freezeDocument',
      documentId,
    });
    expect(response.status).toBe(200);
    await until(document.rooms.body.view, (view) => view.documentState === 'frozen' && view.connected);
    expect(document.rooms.body.view.get().mayWrite).toBe(false);
    expect(document.rooms.review.view.get().mayWrite).toBe(true);
    await until(document.status, isSaved);
    const other = (await signedIn(browser(), '丙')).openDocument(documentId);
    await untilWords(other, '最后一句');
  });

  it('[C9] refuses a command of a page whose browser has become another person’s', async () => {
    const { cookie } = house.administrator;
    const other = await house.addMember('丁', 'observer');
    const asked = (as: string) => fetch(`${relay.origin}/api/cases`, { headers: { cookie, 'x-concord-as': as } });
    expect((await asked(house.administrator.personId)).status).toBe(200);
    const refused = await asked(other.personId);
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ error: { code: 'other-person' } });
  });
});
