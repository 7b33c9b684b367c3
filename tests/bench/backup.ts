/**
 * A backup of a large store while four people write 100 edits a second: how long it takes, and what they wait longer for their
 * "saved" meanwhile. ROOMS and LOG_MB make the store smaller or larger.
 */
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { writeLargeStore } from '../support/large-store.ts';
import { runTool } from '../support/operator-tools.ts';
import { startRelay } from '../support/relay-process.ts';
import { connectWire, type WireClient } from '../support/wire-client.ts';
import type { Bench, Figure } from './figure.ts';

const ROOMS = Number(process.env.ROOMS ?? 2_000);
const LOG_MB = Number(process.env.LOG_MB ?? 200);
const WRITERS = 4;
const EVERY_MS = 40;
const EDITS_ALONE = 1_000;

const bench: Bench = {
  title: 'backup',
  run: async () => {
    const { dataDirectory, cookie, documentIds } = await writeLargeStore(ROOMS, LOG_MB * 1_000_000);
    const file = join(dataDirectory, 'backup');
    const env = { CONCORD_DATA_DIR: dataDirectory };
    const relay = await startRelay({ dataDirectory });
    const clients = documentIds
      .slice(0, WRITERS)
      .map((documentId) => connectWire({ origin: relay.origin, address: { documentId, room: 'body' }, cookie }));
    await Promise.all(clients.map((client) => client.synced()));
    const waits: number[] = [];
    const timers = clients.map((client) => setInterval(() => void edit(client, waits), EVERY_MS));
    try {
      await clients[0]?.until(() => waits.length >= EDITS_ALONE);
      const alone = waits.splice(0);
      const startedAt = performance.now();
      const made = await runTool('backup', [file], env);
      if (made.status !== 0) throw new Error(made.said.join('\n'));
      const seconds = (performance.now() - startedAt) / 1000;
      const meanwhile = waits.splice(0);
      for (const timer of timers) clearInterval(timer);
      for (const client of clients) client.cut();
      await relay.stop('SIGTERM');
      const restoringAt = performance.now();
      const restored = await runTool('restore', [file], env);
      if (restored.status !== 0) throw new Error(restored.said.join('\n'));
      const figures: Figure[] = [
        { name: `the backup of ${ROOMS} rooms`, value: `${Math.round(statSync(file).size / 1_000_000)} MB` },
        { name: 'making and verifying it', value: `${seconds.toFixed(1)} s` },
        { name: 'edits acknowledged meanwhile', value: `${meanwhile.length}` },
        ...[0.5, 0.95].map((q) => ({
          name: `until "saved" meanwhile, ${q === 0.5 ? 'half' : '95 in 100'} of the edits`,
          value: `${at(meanwhile, q).toFixed(1)} ms`,
          ratio: { of: 'without a backup', value: at(meanwhile, q) / at(alone, q) },
        })),
        { name: 'restoring it', value: `${((performance.now() - restoringAt) / 1000).toFixed(1)} s` },
      ];
      return figures;
    } finally {
      for (const timer of timers) clearInterval(timer);
      await relay.stop('SIGKILL');
      rmSync(dataDirectory, { recursive: true });
    }
  },
};

async function edit(client: WireClient, waits: number[]): Promise<void> {
  const askedAt = performance.now();
  client.doc.getText('prose').insert(0, '字');
  await client.saved();
  waits.push(performance.now() - askedAt);
}

function at(values: readonly number[], quantile: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * quantile)] ?? Number.NaN;
}

export default bench;
