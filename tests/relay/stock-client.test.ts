/** The stock y-websocket client against the real process: syncs a plain document and shows presence. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type ApiUser, type RelayProcess, setUpCase, startRelay, type TestCase } from '../support/relay-process.ts';
import { connectStock } from '../support/stock-client.ts';

describe('the stock y-websocket 3.1 provider', () => {
  let relay: RelayProcess;
  let house: TestCase;
  let mediator: ApiUser;

  beforeAll(async () => {
    // The stock client says on the console that it does not know our further message numbers.
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    relay = await startRelay();
    house = await setUpCase(relay);
    mediator = await house.addMember('mediator', 'mediator');
  });
  afterAll(async () => {
    await relay.stop('SIGTERM');
  });

  it('[R3] syncs a plain document between two people in both directions', async () => {
    const documentId = await house.addDocument();
    const address = { documentId, room: 'body' } as const;
    const { origin } = relay;
    const host = connectStock({ origin, address, cookie: house.administrator.cookie });
    const other = connectStock({ origin, address, cookie: mediator.cookie });
    host.doc.getText('prose').insert(0, '双方确认欠薪数额。');
    await eventually(() => expect(other.doc.getText('prose').toString()).toBe('双方确认欠薪数额。'));
    other.doc.getText('prose').insert(0, '一、');
    await eventually(() => expect(host.doc.getText('prose').toString()).toBe('一、双方确认欠薪数额。'));
    expect(host.provider.synced).toBe(true);
    host.provider.destroy();
    other.provider.destroy();
  });

  it('shows presence with the name, agency and role that the relay stamps', async () => {
    const documentId = await house.addDocument();
    const address = { documentId, room: 'body' } as const;
    const { origin } = relay;
    const host = connectStock({ origin, address, cookie: house.administrator.cookie });
    const other = connectStock({ origin, address, cookie: mediator.cookie });
    await eventually(() => expect(host.provider.synced && other.provider.synced).toBe(true));
    other.provider.awareness.setLocalState({ person: { name: 'somebody else' }, caret: 3 });
    await eventually(() => {
      expect(host.provider.awareness.getStates().get(other.doc.clientID)).toEqual({
        caret: 3,
        person: { personId: mediator.personId, name: 'mediator', agencyName: '云城区司法局', role: 'mediator' },
      });
    });
    other.provider.destroy();
    await eventually(() => expect(host.provider.awareness.getStates().has(other.doc.clientID)).toBe(false));
    host.provider.destroy();
  });
});
