/** A barrier and the appends of other sessions: what had no effect because somebody else said it first may not be durable yet. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { decodeMessage, encodeMessage, type Message } from '../../../shared/wire/messages.ts';
import { type Connection, FakeRelay } from '../../support/fake-relay.ts';

const ADDRESS = { documentId: '00000000-0000-4000-8000-000000000001', room: 'body' } as const;
const ENTRANT = { personId: 'person', capability: 'write', generation: null } as const;

function said(connection: Connection): (Message['type'] | null)[] {
  return connection.toClient.map((each) => {
    const decoded = 'frame' in each ? decodeMessage(each.frame) : null;
    return decoded?.ok ? decoded.message.type : null;
  });
}

function say(relay: FakeRelay, connection: Connection, message: Message): void {
  connection.toRelay.push(encodeMessage(message));
  relay.receive(connection);
}

const words = new Y.Doc();
words.getText('prose').insert(0, '甲');
const update = Y.encodeStateAsUpdate(words);

describe('a barrier', () => {
  it('[R2] waits for the commit of the same update from another tab of the person', () => {
    const relay = new FakeRelay(ADDRESS, () => 0);
    const [left, right] = [relay.connect(ENTRANT), relay.connect(ENTRANT)];
    say(relay, left, { type: 'update', update });
    say(relay, right, { type: 'update', update });
    say(relay, right, { type: 'barrier', number: 1 });
    expect(said(right)).not.toContain('barrier');
    relay.commit();
    expect(said(right)).toContain('barrier');
  });

  it('[R2] waits for the commit of what the connection before this one said', () => {
    const relay = new FakeRelay(ADDRESS, () => 0);
    const before = relay.connect(ENTRANT);
    say(relay, before, { type: 'update', update });
    relay.lose(before);
    const after = relay.connect(ENTRANT);
    // The state vector it was greeted with holds the update already: the client has nothing to send but the barrier.
    say(relay, after, { type: 'barrier', number: 1 });
    expect(said(after)).not.toContain('barrier');
    relay.commit();
    expect(said(after)).toContain('barrier');
  });
});
