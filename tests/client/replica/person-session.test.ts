/** A person's session without a network: what it keeps open, and what it says of edits that only it has. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { plainKeys } from '../../../client/replica/envelope.ts';
import { openLocalStore } from '../../../client/replica/local-store.ts';
import { type OpenSession, openSession } from '../../../client/replica/person-session.ts';
import { openTabChannel } from '../../../client/replica/tab-channel.ts';
import { ORIGIN } from '../../../shared/origins.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { createBrowser, until } from '../../support/node-browser.ts';

const DOCUMENT_ID = '00000000-0000-4000-8000-000000000001';
const me = {
  person: { personId: '00000000-0000-4000-8000-0000000000aa', name: '甲', agencyIds: [], isAdministrator: false },
  agencies: [],
  generation: 'g',
};

async function offline() {
  const clock = createFakeClock();
  const browser = createBrowser({ origin: 'http://concord.example', clock });
  browser.setOnline(false);
  const environment = browser.page();
  const session: OpenSession = await openSession({
    me,
    store: openLocalStore('test', plainKeys, environment),
    environment,
    onMe: () => {},
    onWaiting: () => {},
    lost: null,
    onSignOut: async () => {},
  });
  return { clock, browser, session };
}

/** An update that inserts these words. */
function updateOf(words: string): Uint8Array {
  const doc = new Y.Doc();
  doc.getText('prose').insert(0, words);
  return Y.encodeStateAsUpdate(doc);
}

describe('a session without a network', () => {
  it('[C6] keeps a document that nobody shows any more open while the store does not take its edits, and says so', async () => {
    const { clock, browser, session } = await offline();
    const document = session.openDocument(DOCUMENT_ID);
    await until(document.rooms.body.view, ({ load }) => load.kind === 'ready');
    browser.failWrites('QuotaExceededError');
    const { doc } = document.rooms.body;
    doc.transact(() => doc.getText('prose').insert(0, '只在这里'), ORIGIN.editor);
    const isFailed = { kind: 'needsAttention', problem: { kind: 'storeFailed' } };
    await until(session.status, ({ kind }) => kind === 'needsAttention');
    document.release();
    clock.advance(6_000);
    await session.settled();
    clock.advance(6_000);
    await session.settled();
    expect(session.status.get()).toMatchObject(isFailed);

    browser.failWrites(null);
    clock.advance(6_000);
    await session.settled();
    clock.advance(6_000);
    await until(session.status, (status) => status.kind === 'offline' && status.waitingDocuments === 1);
    const again = session.openDocument(DOCUMENT_ID);
    await until(again.rooms.body.view, ({ load }) => load.kind === 'ready');
    expect(again.rooms.body.doc.getText('prose').toString()).toBe('只在这里');
    await session.close();
  });

  it('[C6] counts what waits in a document whose copy another tab threw away, also when nobody opens it anew', async () => {
    const { browser, session } = await offline();
    const document = session.openDocument(DOCUMENT_ID);
    for (const room of ['body', 'record'] as const) {
      await until(document.rooms[room].view, ({ load }) => load.kind === 'ready');
    }
    const tab = browser.page();
    const body = openLocalStore('test', plainKeys, tab).room({ documentId: DOCUMENT_ID, room: 'body' });
    // It waits in the store, and this tab has not heard of it.
    expect(await body.append(updateOf('只在这里'), true)).toMatchObject({ ok: true });
    openTabChannel(tab, 'test', { documentId: DOCUMENT_ID, room: 'record' }).post({ type: 'discarded' });
    await until(session.waitingDocuments, (ids) => ids.includes(DOCUMENT_ID));
    expect(document.replaced.get()).toBe(true);
    await session.close();
  });
});
