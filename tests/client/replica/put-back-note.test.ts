/** A backup put back at the server: who is told, and for how long. */
import { describe, expect, it } from 'vitest';
import { plainKeys } from '../../../client/replica/envelope.ts';
import { openLocalStore } from '../../../client/replica/local-store.ts';
import { openPutBackNote } from '../../../client/replica/put-back-note.ts';
import { type BrowserProfile, createBrowser } from '../../support/node-browser.ts';

function visit(browser: BrowserProfile, remembered: string, onSeen = () => {}) {
  const store = openLocalStore('test', plainKeys, browser.page());
  return openPutBackNote({ store, log: () => {}, onSeen }, remembered);
}

const newBrowser = () => createBrowser({ origin: 'http://concord.example' });

describe('the note of a backup that was put back', () => {
  it('[C15] is not for who has known no other store of the server', async () => {
    const note = await visit(newBrowser(), 'monday');
    expect(note.isPutBack.get()).toBe(false);
    note.hear('monday');
    expect(note.isPutBack.get()).toBe(false);
  });

  it('[C15] stands until it was seen, over visits, also when somebody signs in who was away meanwhile', async () => {
    const browser = newBrowser();
    await (await visit(browser, 'monday')).rewrite();
    // Signed in anew: the device remembers the server's store of now, this person still knows the other one.
    const first = await visit(browser, 'restored');
    first.hear('restored');
    expect(first.isPutBack.get()).toBe(true);

    const second = await visit(browser, 'restored');
    second.hear('restored');
    expect(second.isPutBack.get()).toBe(true);
    await second.dismiss();
    expect(second.isPutBack.get()).toBe(false);
    second.hear('restored');
    expect(second.isPutBack.get()).toBe(false);
    // The other tab, and the next visit.
    await first.reload();
    expect(first.isPutBack.get()).toBe(false);
    const third = await visit(browser, 'restored');
    third.hear('restored');
    expect(third.isPutBack.get()).toBe(false);
  });

  it('[C15] comes again with the next backup that is put back', async () => {
    const browser = newBrowser();
    const note = await visit(browser, 'monday');
    note.hear('restored');
    await note.dismiss();
    note.hear('restored again');
    expect(note.isPutBack.get()).toBe(true);
  });
});
