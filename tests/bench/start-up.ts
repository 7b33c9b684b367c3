/**
 * A relay on a large store: from the start of the process until it is ready, after an orderly end, after kill -9, and when an
 * older program wrote the store. ROOMS and LOG_MB make it smaller or larger.
 */
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { writeLargeStore } from '../support/large-store.ts';
import { startRelay } from '../support/relay-process.ts';
import { connectWire } from '../support/wire-client.ts';
import type { Bench, Figure } from './figure.ts';

const ROOMS = Number(process.env.ROOMS ?? 10_000);
const LOG_MB = Number(process.env.LOG_MB ?? 1_000);
const BAR_MS = 5_000;

const bench: Bench = {
  title: 'start-up',
  run: async () => {
    const { dataDirectory, cookie, documentIds } = await writeLargeStore(ROOMS, LOG_MB * 1_000_000);
    const figures: Figure[] = [];
    const timed = async <T>(name: string, act: () => Promise<T>): Promise<T> => {
      const startedAt = performance.now();
      const result = await act();
      const ms = performance.now() - startedAt;
      figures.push({ name, value: `${Math.round(ms)} ms`, ratio: { of: '5 s', value: ms / BAR_MS, bar: 1 } });
      return result;
    };
    try {
      const { size } = statSync(join(dataDirectory, 'concord.sqlite'));
      figures.push({ name: `the store of ${ROOMS} rooms`, value: `${Math.round(size / 1_000_000)} MB` });
      let relay = await timed('the one start that brings up a store of the first version', () =>
        startRelay({ dataDirectory }),
      );
      await relay.stop('SIGTERM');
      relay = await timed('a start after an orderly end', () => startRelay({ dataDirectory }));
      const address = { documentId: documentIds[0] ?? '', room: 'body' } as const;
      const client = connectWire({ origin: relay.origin, address, cookie });
      await timed('opening a room after that', () => client.synced());
      client.doc.getText('prose').insert(0, '又一句');
      await client.saved();
      client.cut();
      await relay.stop('SIGKILL');
      relay = await timed('a start after kill -9', () => startRelay({ dataDirectory }));
      await relay.stop('SIGTERM');
      return figures;
    } finally {
      rmSync(dataDirectory, { recursive: true });
    }
  },
};

export default bench;
