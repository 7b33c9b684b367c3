/** The device store taken away: deleted under open pages, removed between visits, held by somebody else; each told, and what is in memory saved. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createDevice } from '../../../client/replica/device.ts';
import { plainKeys } from '../../../client/replica/envelope.ts';
import { openLocalStore, personDatabaseName } from '../../../client/replica/local-store.ts';
import { type OpenSession, openSession } from '../../../client/replica/person-session.ts';
import { isUnacknowledged } from '../../../client/replica/room-store.ts';
import { ORIGIN } from '../../../shared/origins.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';
import { type BrowserProfile, createBrowser, until } from '../../support/node-browser.ts';
import { turn } from '../../support/world.ts';

const OPEN_ID = '00000000-0000-4000-8000-000000000001';
const CLOSED_ID = '00000000-0000-4000-8000-000000000002';
const CASE_ID = '00000000-0000-4000-8000-0000000000cc';
const me = {
  person: { personId: '00000000-0000-4000-8000-0000000000aa', name: '甲', agencyIds: [], isAdministrator: false },
  agencies: [],
  generation: 'g',
};

function offlineBrowser(): { browser: BrowserProfile; clock: FakeClock } {
  const clock = createFakeClock();
  const browser = createBrowser({ origin: 'http://concord.example', clock });
  browser.setOnline(false);
  return { browser, clock };
}

async function sessionIn(browser: BrowserProfile): Promise<OpenSession> {
  const environment = browser.page();
  const store = openLocalStore('test', plainKeys, environment);
  return openSession({
    me,
    store,
    environment,
    onMe: () => {},
    onWaiting: () => {},
    lost: null,
    onSignOut: async () => {},
  });
}

async function write(session: OpenSession, documentId: string, text: string) {
  const document = session.openDocument(documentId);
  await until(document.rooms.body.view, ({ load }) => load.kind === 'ready');
  const { doc } = document.rooms.body;
  doc.transact(() => doc.getText('prose').insert(0, text), ORIGIN.editor);
  await session.settled();
  return document;
}

/** Deletes the database as another page, or the browser's settings, would. */
function deleteDatabase(browser: BrowserProfile, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = browser.indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
}

async function stored(browser: BrowserProfile, documentId: string) {
  const store = openLocalStore('test', plainKeys, browser.page());
  const read = await store.room({ documentId, room: 'body' }).read(0);
  if (!read.ok) throw new Error(read.reason);
  const doc = new Y.Doc();
  for (const { update } of read.value.updates) Y.applyUpdate(doc, update);
  store.close();
  return { words: doc.getText('prose').toString(), isWaiting: isUnacknowledged(read.value.facts) };
}

describe('a database that is deleted under an open page', () => {
  it('[C13] gets everything that is open, the waiting commands and the choices again, and says what was lost', async () => {
    const { browser, clock } = offlineBrowser();
    const session = await sessionIn(browser);
    const closed = await write(session, CLOSED_ID, '已经关上');
    closed.release();
    clock.advance(6_000);
    await until(session.waitingDocuments, (ids) => ids.includes(CLOSED_ID));
    for (let i = 0; i < 20; i++) await turn();
    const document = await write(session, OPEN_ID, '开着');
    await session.submit({
      commandId: '00000000-0000-4000-8000-0000000000dd',
      type: 'createCase',
      caseId: CASE_ID,
      title: '欠薪',
      category: 'wageArrears',
      agencyId: CASE_ID,
    });
    await session.keeping.setKept(CASE_ID, false);

    await deleteDatabase(browser, 'test');
    const note = await until(session.storeNote, (found) => found !== null);
    expect(note).toEqual({ kind: 'deletedWhileOpen', lost: 1 });
    await session.settled();
    expect(document.rooms.body.doc.getText('prose').toString()).toBe('开着');
    expect(await stored(browser, OPEN_ID)).toEqual({ words: '开着', isWaiting: true });
    // The open document, and the new case's own record.
    await until(session.status, (status) => status.kind === 'offline' && status.waitingDocuments === 2);
    await session.close();

    const later = await sessionIn(browser);
    expect(later.outbox.get()).toHaveLength(1);
    expect(later.keeping.cases.get()[CASE_ID]?.isKept).toBe(false);
    await later.close();
  });

  it('[C13] is noticed by every page that has it open, and holds the words of all of them', async () => {
    const { browser } = offlineBrowser();
    const [left, right] = [await sessionIn(browser), await sessionIn(browser)];
    await write(left, OPEN_ID, '左');
    await write(right, OPEN_ID, '右');
    await deleteDatabase(browser, 'test');
    await until(left.storeNote, (note) => note !== null);
    await until(right.storeNote, (note) => note !== null);
    await left.settled();
    await right.settled();
    const { words, isWaiting } = await stored(browser, OPEN_ID);
    expect([...words].sort()).toEqual(['右', '左']);
    expect(isWaiting).toBe(true);
    await left.close();
    await right.close();
  });
});

describe('a database that is not what it was', () => {
  it('[C13] is told at the next visit, with how much waited in it', async () => {
    const { browser } = offlineBrowser();
    browser.setOnline(true);
    const environment = { ...browser.page(), fetch: async () => Response.json(me, { status: 200 }) };
    const first = createDevice(environment);
    const state = await until(first.state, ({ kind }) => kind === 'signedIn');
    if (state.kind !== 'signedIn') throw new Error(state.kind);
    browser.setOnline(false);
    const session = state.session as OpenSession;
    await write(session, OPEN_ID, '没有送达');
    await until(session.waitingDocuments, (ids) => ids.length === 1);
    for (let i = 0; i < 20; i++) await turn();
    await session.close();

    await deleteDatabase(browser, personDatabaseName(me.person.personId));
    const later = createDevice(environment);
    const next = await until(later.state, ({ kind }) => kind === 'signedIn');
    if (next.kind !== 'signedIn') throw new Error(next.kind);
    expect(next.session.storeNote.get()).toEqual({ kind: 'evicted', lost: 1 });
    next.session.dismissStoreNote();
    expect(next.session.storeNote.get()).toBeNull();

    const again = createDevice(environment);
    const third = await until(again.state, ({ kind }) => kind === 'signedIn');
    if (third.kind !== 'signedIn') throw new Error(third.kind);
    expect(third.session.storeNote.get()).toBeNull();
  });

  it('says that another page is in the way of opening it, and goes on by itself when it is not any more', async () => {
    const { browser, clock } = offlineBrowser();
    const holder = await new Promise<IDBDatabase>((resolve) => {
      const request = browser.indexedDB.open('concord-device');
      request.onupgradeneeded = () => request.result.createObjectStore('records');
      request.onsuccess = () => resolve(request.result);
    });
    // An older page of the program that does not give way to a deletion.
    const deleted = deleteDatabase(browser, 'concord-device');
    const device = createDevice(browser.page());
    await turn();
    clock.advance(6_000);
    await until(device.state, (state) => state.kind === 'storeFailed' && state.why === 'blocked');
    holder.close();
    await deleted;
    await until(device.state, ({ kind }) => kind === 'signedOut');
  });
});
