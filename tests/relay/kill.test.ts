/**
 * Nothing lost when the relay is killed with -9 under writing: whatever was acknowledged, and whatever somebody else was
 * shown, is there for a fresh reader after the restart, though none of the writers comes back.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RoomAddress } from '../../shared/rooms.ts';
import { randomFrom } from '../support/random.ts';
import { type ApiUser, type RelayProcess, setUpCase, startRelay, type TestCase } from '../support/relay-process.ts';
import { connectWire, type WireClient } from '../support/wire-client.ts';

const KILLS = Number(process.env.KILLS ?? 50);
const SEED = Number(process.env.SEED ?? 2026);

/** What one writer wrote, and what of it was acknowledged: tokens, each once in the world. */
interface Writer {
  readonly client: WireClient;
  readonly written: Set<string>;
  readonly acknowledged: Set<string>;
}

/** The tokens in a document. Each is one embed, so that nobody writes into the middle of another's. */
function tokensIn({ doc }: WireClient): Set<string> {
  const delta = doc.getText('prose').toDelta() as { insert: string | { token: string } }[];
  return new Set(delta.flatMap(({ insert }) => (typeof insert === 'string' ? [] : [insert.token])));
}

describe(`kill -9 under writing, ${KILLS} times (seed ${SEED})`, () => {
  let relay: RelayProcess;
  let house: TestCase;
  let people: ApiUser[];
  const random = randomFrom(SEED);
  const totals = { acknowledged: 0, forwarded: 0 };

  beforeAll(async () => {
    relay = await startRelay();
    house = await setUpCase(relay);
    people = [];
    for (const name of ['一', '二', '三', '四']) people.push(await house.addMember(name, 'participant'));
  });
  afterAll(async () => {
    await relay.stop('SIGTERM');
  });

  const connect = (person: ApiUser, address: RoomAddress) =>
    connectWire({ origin: relay.origin, address, cookie: person.cookie });

  /** Writes token after token, each with a barrier, until the socket is gone. */
  async function writeUntilCut(client: WireClient, name: string): Promise<Writer> {
    const writer: Writer = { client, written: new Set(), acknowledged: new Set() };
    const prose = client.doc.getText('prose');
    for (let n = 0; client.closed === null; n++) {
      const token = `${name}-${n}`;
      writer.written.add(token);
      prose.insertEmbed(random.int(prose.length + 1), { token });
      void client.saved().then(() => {
        if (client.closed === null) writer.acknowledged.add(token);
      });
      await delay(random.int(4));
    }
    return writer;
  }

  it('[R2][R8] every acknowledged and every forwarded edit is present for a fresh reader', async () => {
    for (let kill = 1; kill <= KILLS; kill++) {
      // One document per kill; registered through the relay that the previous kill left behind.
      const admin = { ...house.administrator, origin: relay.origin };
      const documentId = crypto.randomUUID();
      const put = await fetch(`${admin.origin}/api/documents/${documentId}`, {
        method: 'PUT',
        headers: { cookie: admin.cookie, 'content-type': 'application/json' },
        body: JSON.stringify({ caseId: house.caseId, kind: 'jointMinutes', title: '纪要', audience: 'joint' }),
      });
      expect(put.status).toBe(200);
      const address = { documentId, room: 'body' } as const;
      const clients = people.map((person) => connect(person, address));
      await Promise.all(clients.map((client) => client.synced()));
      const writing = clients.map((client, index) => writeUntilCut(client, `${kill}-${index}`));

      await delay(20 + random.int(250));
      await relay.stop('SIGKILL');
      await Promise.all(clients.map((client) => client.until(() => client.closed !== null)));
      const writers = await Promise.all(writing);
      // What a client was shown of others: everything in its document that it did not write itself.
      const forwarded = writers.flatMap(({ client, written }) => [...tokensIn(client)].filter((t) => !written.has(t)));
      const acknowledged = writers.flatMap((writer) => [...writer.acknowledged]);
      totals.acknowledged += acknowledged.length;
      totals.forwarded += new Set(forwarded).size;

      relay = await startRelay({ dataDirectory: relay.dataDirectory });
      const reader = connect(house.administrator, address);
      await reader.synced();
      const found = tokensIn(reader);
      const lost = [...new Set([...acknowledged, ...forwarded])].filter((token) => !found.has(token));
      expect(lost, `kill ${kill}`).toEqual([]);
      reader.cut();
    }
    // The runs were worth something: there was writing, acknowledging and forwarding in them.
    expect(totals.acknowledged).toBeGreaterThan(KILLS * 20);
    expect(totals.forwarded).toBeGreaterThan(KILLS * 20);
    process.stdout.write(
      `kill -9: ${KILLS} runs, ${totals.acknowledged} acknowledged, ${totals.forwarded} forwarded\n`,
    );
  });
});
