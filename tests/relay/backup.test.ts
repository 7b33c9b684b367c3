/**
 * Backup and restore as an operator does them: the relay runs and four people write 100 edits a second while the backup is
 * made; later it is restored. What was acknowledged before the backup began is in it, and it is whole.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openForReading } from '../../sync-server/store/database.ts';
import { loadSigningKey } from '../../sync-server/store/signing-key.ts';
import { verifyWhole } from '../../sync-server/store/verify-store.ts';
import { STOPPABLE } from '../support/kill-world.ts';
import { runTool } from '../support/operator-tools.ts';
import { ask, expectOk, setUpCase, signIn, startRelay, TEST_PASSWORD } from '../support/relay-process.ts';
import { connectWire } from '../support/wire-client.ts';

/** Each of four people writes this often: together 100 edits a second. */
const EVERY_MS = 40;
/** One after another, each over the one before. */
const BACKUPS = 5;

it('[R20] a backup made under 100 edits a second is whole, and comes back as another generation with what was in it', async () => {
  const relay = await startRelay();
  const { dataDirectory } = relay;
  const env = { CONCORD_DATA_DIR: dataDirectory };
  const file = join(mkdtempSync(join(tmpdir(), 'concord-backup-')), 'monday.concord');
  const house = await setUpCase(relay);
  const documentId = await house.addDocument();
  const address = { documentId, room: 'body' } as const;
  const people = [];
  for (const name of ['一', '二', '三', '四']) people.push(await house.addMember(name, 'participant'));

  let written = 0;
  const acknowledged = new Set<string>();
  const slowest = { ms: 0 };
  const writers = people.map(({ cookie }, who) => ({
    who,
    client: connectWire({ origin: relay.origin, address, cookie }),
  }));
  await Promise.all(writers.map(({ client }) => client.synced()));
  const timers = writers.map(({ who, client }) =>
    setInterval(() => {
      const token = `〔${who}-${++written}〕`;
      const at = performance.now();
      client.doc.getText('prose').insert(0, token);
      void client.saved().then(() => {
        acknowledged.add(token);
        slowest.ms = Math.max(slowest.ms, performance.now() - at);
      });
    }, EVERY_MS),
  );
  const { client: first } = writers[0] ?? { client: null };
  if (first === null) throw new Error('nobody writes');
  await first.until(() => acknowledged.size >= 200);

  let inTime: string[] = [];
  const startedAt = performance.now();
  const before = acknowledged.size;
  for (let n = 0; n < BACKUPS; n++) {
    inTime = [...acknowledged];
    const backup = await runTool('backup', [file], env);
    expect(backup, backup.said.join('\n')).toMatchObject({ status: 0 });
  }
  const seconds = (performance.now() - startedAt) / 1000;
  const meanwhile = acknowledged.size - before;
  expect(readdirSync(join(file, '..'))).toEqual(['monday.concord']);
  for (const timer of timers) clearInterval(timer);
  await Promise.all(writers.map(({ client }) => client.saved()));
  for (const { client } of writers) client.cut();
  process.stdout.write(
    `${BACKUPS} backups: ${seconds.toFixed(1)} s, ${meanwhile} edits acknowledged meanwhile, the slowest in ${slowest.ms.toFixed(0)} ms\n`,
  );
  expect(meanwhile).toBeGreaterThan(BACKUPS);
  // One more document after the backup, and a number.
  const later = await house.addDocument();
  const given = await numberOf(relay.origin, house.administrator.cookie);

  // Never beside the running relay.
  expect(await runTool('restore', [file], env)).toMatchObject({ status: 2 });
  const generation = await generationOf(relay.origin);
  expect(await relay.stop('SIGTERM')).toBe(0);

  const damaged = `${file}.damaged`;
  writeFileSync(damaged, readFileSync(file).fill(7, 9_000, 9_100));
  const there = readdirSync(dataDirectory);
  expect(await runTool('restore', [damaged], env)).toMatchObject({ status: 1 });
  expect(readdirSync(dataDirectory)).toEqual(there);

  const restored = await runTool('restore', [file], env);
  expect(restored, restored.said.join('\n')).toMatchObject({ status: 0 });
  expect(await runTool('log-verify', [dataDirectory])).toMatchObject({ status: 0 });
  const again = await startRelay({ dataDirectory });
  expect(await generationOf(again.origin)).not.toBe(generation);
  expect((await ask(again.origin, 'GET', '/api/session', undefined, house.administrator.cookie)).status).toBe(401);
  const host = await signIn(again.origin, 'administrator', TEST_PASSWORD);
  const reader = connectWire({ origin: again.origin, address, cookie: host.cookie });
  await reader.synced();
  const prose = reader.doc.getText('prose').toString();
  expect(inTime.filter((token) => !prose.includes(token))).toEqual([]);
  expect(prose.replaceAll(/〔\d-\d+〕/g, '')).toBe('');
  reader.cut();
  const { documents } = (await (await host.ask('GET', `/api/cases/${house.caseId}`)).json()) as {
    documents: { documentId: string }[];
  };
  expect(documents.map((document) => document.documentId)).not.toContain(later);
  expect(Number(/(\d+)号/.exec(await numberOf(again.origin, host.cookie))?.[1])).toBeGreaterThan(
    Number(/(\d+)号/.exec(given)?.[1]) + 100,
  );
  expect(await again.stop('SIGTERM')).toBe(0);

  async function numberOf(origin: string, cookie: string): Promise<string> {
    const target = { of: 'case', caseId: house.caseId };
    const command = { commandId: randomUUID(), type: 'giveNumber', target };
    const answer = await expectOk(ask(origin, 'POST', '/api/commands', command, cookie));
    return ((await answer.json()) as { number?: string }).number ?? '';
  }
});

it('[R20] a backup or a restore that is killed at any step leaves the old one or the new one, whole, and works the next time', async () => {
  const relay = await startRelay();
  const { dataDirectory } = relay;
  const file = join(mkdtempSync(join(tmpdir(), 'concord-backup-')), 'monday.concord');
  const orders = `${file}.stop-at`;
  writeFileSync(orders, '');
  const env = { CONCORD_DATA_DIR: dataDirectory, STOP_AT: orders };
  const house = await setUpCase(relay);
  await relay.stop('SIGTERM');
  expect(await runTool('backup', [file], env)).toMatchObject({ status: 0 });
  const key = loadSigningKey(dataDirectory);
  /** The store's generation, if nothing is wrong with it. */
  const generation = () => {
    const db = openForReading(join(dataDirectory, 'concord.sqlite'));
    expect(verifyWhole(db, key).faults).toEqual([]);
    const { value } = db.prepare("SELECT value FROM meta WHERE key = 'generation'").get() as { value: string };
    db.close();
    return value;
  };
  const killedAt = async (step: string, tool: string) => {
    writeFileSync(orders, `${step} 1`);
    expect(await runTool(tool, [file], env, STOPPABLE), step).toMatchObject({ status: null });
    writeFileSync(orders, '');
  };

  const whole = readFileSync(file);
  await killedAt('backedUp', 'backup');
  expect(readFileSync(file).equals(whole)).toBe(true);
  expect(await runTool('backup', [file], env)).toMatchObject({ status: 0 });
  const first = generation();
  for (const step of ['prepared', 'keptAside', 'restored']) {
    const before = generation();
    await killedAt(step, 'restore');
    expect(generation() === before, step).toBe(step !== 'restored');
  }
  expect(generation()).not.toBe(first);
  expect(await runTool('restore', [file], env)).toMatchObject({ status: 0 });
  const again = await startRelay({ dataDirectory });
  const host = await signIn(again.origin, 'administrator', TEST_PASSWORD);
  expect((await host.ask('GET', `/api/cases/${house.caseId}`)).status).toBe(200);
  await again.stop('SIGTERM');
});

async function generationOf(origin: string): Promise<string> {
  return ((await (await ask(origin, 'GET', '/health')).json()) as { generation: string }).generation;
}
