/** People who sit in a room in which nothing happens: the real relay lets go of its content, and nobody notices. */
import * as encoding from 'lib0/encoding';
import { expect, it, vi } from 'vitest';
import type { RoomAddress } from '../../shared/rooms.ts';
import { ask, setUpCase, startRelay } from '../support/relay-process.ts';
import { buildRestlessRelay } from '../support/restless-relay.ts';
import { connectWire, type WireClient } from '../support/wire-client.ts';

const WAIT = { timeout: 30_000, interval: 100 };

function show(client: WireClient, caret: number): void {
  const update = encoding.encode((encoder) => {
    for (const number of [1, client.doc.clientID, caret]) encoding.writeVarUint(encoder, number);
    encoding.writeVarString(encoder, JSON.stringify({ caret }));
  });
  client.send({ type: 'awareness', update });
}

/** Whether somebody was shown this caret. */
function sees({ received }: WireClient, caret: number): boolean {
  return received.some(
    (message) =>
      message.type === 'awareness' && new TextDecoder().decode(message.update).includes(`{"caret":${caret},"person"`),
  );
}

it('[R22] whoever was idle in a parked room types and the others have it, nothing is lost, and who is here goes on showing', async () => {
  const restless = await buildRestlessRelay();
  const relay = await startRelay({ program: restless.program });
  try {
    const { origin } = relay;
    const house = await setUpCase(relay);
    const address: RoomAddress = { documentId: await house.addDocument('caseNote'), room: 'body' };
    const enter = async (name: string) => {
      const { cookie } = await house.addMember(name, 'mediator');
      const client = connectWire({ origin, address, cookie });
      await client.synced();
      return client;
    };
    const parked = async (count: number) => {
      const { text } = await ask(origin, 'GET', '/metrics').then(async (answer) => ({ text: await answer.text() }));
      expect(text).toContain(`concord_rooms_parked ${count}\n`);
    };
    const [a, b] = [await enter('a'), await enter('b')];
    a.doc.getText('prose').insert(0, '先写的');
    show(a, 1);
    await a.saved();
    await vi.waitFor(() => parked(1), WAIT);

    // Presence goes on without the room being read, and who comes sees it.
    show(a, 2);
    await b.until(() => sees(b, 2));
    await parked(1);
    const c = await enter('c');
    expect(c.doc.getText('prose').toString()).toBe('先写的');
    await c.until(() => sees(c, 2));
    await vi.waitFor(() => parked(1), WAIT);

    b.doc.getText('prose').insert(0, '后写的');
    await b.saved();
    for (const client of [a, c]) await client.until(() => client.doc.getText('prose').toString() === '后写的先写的');
    expect([a, b, c].map(({ closed }) => closed)).toEqual([null, null, null]);
    c.cut();
    b.cut();
    a.cut();
    await vi.waitFor(async () => {
      const health = (await (await ask(origin, 'GET', '/health')).json()) as { rooms: number };
      expect(health.rooms).toBe(0);
    }, WAIT);
  } finally {
    await relay.stop('SIGTERM');
    restless.remove();
  }
});
