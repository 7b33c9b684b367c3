/**
 * SIGTERM while many people write in many rooms: it ends in order and in time, everybody is told to come back, and nothing
 * that was acknowledged or shown to anybody is lost, though none of them comes back.
 */
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { LIMITS } from '../../sync-server/limits.ts';
import { randomFrom } from '../support/random.ts';
import { type ApiUser, ask, setUpCase, startRelay } from '../support/relay-process.ts';
import { promisedTo, tokensIn, writeUntilCut } from '../support/token-writer.ts';
import { connectWire } from '../support/wire-client.ts';

const [ROOMS, WRITERS] = [40, 3];

it(`[R2][R8] a relay that is stopped with ${ROOMS} rooms and ${ROOMS * WRITERS} writers loses nothing and ends in time`, async () => {
  const random = randomFrom(Number(process.env.SEED ?? 2026));
  const relay = await startRelay();
  const house = await setUpCase(relay);
  const people: ApiUser[] = [];
  for (const name of ['一', '二', '三'].slice(0, WRITERS)) people.push(await house.addMember(name, 'participant'));
  const { cookie } = house.administrator;
  const rooms = [];
  for (let n = 0; n < ROOMS; n++) rooms.push({ documentId: await house.addDocument(), room: 'body' } as const);
  const scenes = rooms.map((address) => ({
    address,
    clients: people.map((person) => connectWire({ origin: relay.origin, address, cookie: person.cookie })),
  }));
  const everybody = scenes.flatMap(({ clients }) => clients);
  await Promise.all(everybody.map((client) => client.synced()));
  // Somebody who hears nothing more: no answer to the close either.
  const deaf = new WebSocket(`${relay.origin.replace('http', 'ws')}/sync/${rooms[0]?.documentId}/body`, {
    headers: { cookie },
    origin: relay.origin,
  });
  deaf.on('error', () => {});
  await new Promise((resolve) => deaf.once('message', resolve));
  deaf.pause();

  const writing = scenes.map(({ clients }, room) =>
    Promise.all(clients.map((client, at) => writeUntilCut(client, `${room}/${at}`, random))),
  );
  const barriers = (client: (typeof everybody)[number]) => client.received.filter(({ type }) => type === 'barrier');
  await Promise.all(everybody.map((client) => client.until(() => barriers(client).length > 3)));
  const stoppedAt = performance.now();
  const code = await relay.stop('SIGTERM');
  const ms = performance.now() - stoppedAt;
  deaf.terminate();
  expect(code).toBe(0);
  // Its patience with clients, and what the disk takes to put the store in order.
  expect(ms).toBeLessThan(LIMITS.drainMs + 10_000);
  await Promise.all(everybody.map((client) => client.until(() => client.closed !== null)));
  const closes = new Set(everybody.map(({ closed }) => `${closed?.code} ${closed?.reason}`));
  expect([...closes]).toEqual(['4503 draining']);

  const again = await startRelay({ dataDirectory: relay.dataDirectory });
  const totals = { acknowledged: 0, forwarded: 0, lost: 0, torn: 0 };
  for (const [at, { address }] of scenes.entries()) {
    const promised = promisedTo((await writing[at]) ?? []);
    const reader = connectWire({ origin: again.origin, address, cookie });
    await reader.synced();
    const found = tokensIn(reader);
    reader.cut();
    totals.acknowledged += promised.acknowledged;
    totals.forwarded += promised.forwarded;
    totals.lost += promised.all.filter((token) => !found.whole.has(token)).length;
    totals.torn += found.torn.length;
  }
  process.stdout.write(
    `drain: ${Math.round(ms)} ms, ${totals.acknowledged} acknowledged, ${totals.forwarded} forwarded, ${totals.lost} lost\n`,
  );
  expect(totals).toMatchObject({ lost: 0, torn: 0 });
  expect(totals.acknowledged).toBeGreaterThan(ROOMS * WRITERS * 3);
  expect(await (await ask(again.origin, 'GET', '/health')).json()).toMatchObject({ status: 'ok' });
  expect(await again.stop('SIGTERM')).toBe(0);
});
