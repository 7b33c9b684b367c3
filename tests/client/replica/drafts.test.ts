/** Words begun and not sent: here at once, on the device soon, item by item, also when the store fails for a while. */
import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { createDrafts } from '../../../client/replica/drafts.ts';
import { plainKeys } from '../../../client/replica/envelope.ts';
import { type LocalStore, openLocalStore } from '../../../client/replica/local-store.ts';
import { storeEnvironment } from '../../support/store-environment.ts';

const DOCUMENT = 'd';

function setting() {
  const indexedDB = new IDBFactory();
  const device = { isBroken: false };
  const openStore = (): LocalStore => {
    const store = openLocalStore('drafts', plainKeys, storeEnvironment(indexedDB));
    return {
      ...store,
      writeRecord: async (key, value) =>
        device.isBroken ? { ok: false, reason: 'quota', why: 'quota' } : store.writeRecord(key, value),
    };
  };
  return { device, openDrafts: () => createDrafts(openStore(), () => {}) };
}

describe('drafts', () => {
  it('[K3] are readable at once and after the tab is opened again, until they are taken away', async () => {
    const { openDrafts } = setting();
    const drafts = openDrafts();
    drafts.write(DOCUMENT, 'new/1', { text: '请' });
    drafts.write(DOCUMENT, 'new/1', { text: '请核对' });
    drafts.write(DOCUMENT, 'reply/a/b', { text: '已改' });
    drafts.write('another', 'new/1', { text: '别的文档' });
    expect((await drafts.read(DOCUMENT)).get('new/1')).toEqual({ text: '请核对' });
    await drafts.settled();
    const again = openDrafts();
    expect([...(await again.read(DOCUMENT))]).toEqual([
      ['new/1', { text: '请核对' }],
      ['reply/a/b', { text: '已改' }],
    ]);
    again.write(DOCUMENT, 'new/1', null);
    expect([...(await again.read(DOCUMENT)).keys()]).toEqual(['reply/a/b']);
    await again.settled();
    expect([...(await openDrafts().read(DOCUMENT)).keys()]).toEqual(['reply/a/b']);
  });

  it('[K3] of two tabs do not overwrite each other', async () => {
    const { openDrafts } = setting();
    const [one, other] = [openDrafts(), openDrafts()];
    one.write(DOCUMENT, 'new/1', { text: '甲' });
    other.write(DOCUMENT, 'new/2', { text: '乙' });
    await Promise.all([one.settled(), other.settled()]);
    expect([...(await openDrafts().read(DOCUMENT)).keys()]).toEqual(['new/1', 'new/2']);
  });

  it('[K3] that the store did not take stay here and are tried again with the next change', async () => {
    const { device, openDrafts } = setting();
    const drafts = openDrafts();
    device.isBroken = true;
    drafts.write(DOCUMENT, 'new/1', { text: '甲' });
    await drafts.settled();
    expect((await drafts.read(DOCUMENT)).get('new/1')).toEqual({ text: '甲' });
    expect((await openDrafts().read(DOCUMENT)).size).toBe(0);
    device.isBroken = false;
    drafts.write(DOCUMENT, 'new/2', { text: '乙' });
    await drafts.settled();
    expect([...(await openDrafts().read(DOCUMENT)).keys()]).toEqual(['new/1', 'new/2']);
  });
});
