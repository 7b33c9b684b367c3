/** A real database in a temporary directory and the heart of the writer thread on it, without the thread. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openForReading, openForWriting, reopenForWriting } from '../../../sync-server/store/database.ts';
import { encodeBlock } from '../../../sync-server/store/journal.ts';
import type { JournalEntry } from '../../../sync-server/store/journal-entries.ts';
import { StoreReader } from '../../../sync-server/store/reader.ts';
import { ReopeningExecutor } from '../../../sync-server/store/reopening-executor.ts';
import type { FoldRequest, WriteReply, WriteRequest } from '../../../sync-server/store/requests.ts';
import { loadSigningKey, type SigningKey } from '../../../sync-server/store/signing-key.ts';
import type { Database } from '../../../sync-server/store/sqlite.ts';
import { randomFrom } from '../../support/random.ts';

export const AT_MS = Date.UTC(2026, 10, 22, 8);

export interface StoreStage {
  /** The connection that writes; another one after the store has failed. */
  readonly db: Database;
  /** The database file. */
  readonly path: string;
  readonly reader: StoreReader;
  readonly signingKey: SigningKey;
  /** Runs requests as one transaction. */
  run(...requests: WriteRequest[]): WriteReply[];
  /** Moves what is committed to its place, as the writer thread does between batches: what went wrong; undefined: not due. */
  checkpoint(): string | null | undefined;
  /** Runs one request at a time of the relay's clock. */
  at(atMs: number, request: WriteRequest): WriteReply;
}

/**
 * @param wrap what the writer is given instead of a connection, to let it fail
 * @param directory of a store that was staged before, as another start of the program finds it
 */
export function stageStore(
  seed = 1,
  wrap: (db: Database) => Database = (db) => db,
  directory = mkdtempSync(join(tmpdir(), 'concord-store-')),
): StoreStage {
  const path = join(directory, 'concord.sqlite');
  const signingKey = loadSigningKey(directory);
  const random = randomFrom(seed);
  let db = wrap(openForWriting(path, () => 'generation-1'));
  const reopen = () => {
    db = wrap(reopenForWriting(path));
    return db;
  };
  const executor = new ReopeningExecutor(db, reopen, signingKey, (count) =>
    Uint8Array.from({ length: count }, () => random.int(256)),
  );
  let id = 0;
  return {
    get db() {
      return db;
    },
    signingKey,
    path,
    reader: new StoreReader(openForReading(path)),
    run: (...requests) =>
      executor.run(requests.map((request) => ({ id: ++id, atMs: AT_MS, request }))).map(({ reply }) => reply),
    checkpoint: () => executor.checkpoint()?.trouble,
    at: (atMs, request) => {
      const [answer] = executor.run([{ id: ++id, atMs, request }]);
      if (answer === undefined) throw new Error('no reply');
      return answer.reply;
    },
  };
}

/** What comes out of the journal, as the writer thread is given it. */
export function foldRequest(entries: readonly JournalEntry[], ends: FoldRequest['ends'] = []): FoldRequest {
  return { kind: 'fold', blocks: [encodeBlock({ key: 'k', lap: 2, index: 0 }, entries)], ends };
}

/** A uuid for the n-th thing of a kind. */
export function uuid(kind: number, n: number): string {
  return `${String(kind).padStart(8, '0')}-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

export const AGENCIES = { justice: uuid(1, 1), labour: uuid(1, 2) } as const;
export const PEOPLE = {
  host: uuid(2, 1),
  mediator: uuid(2, 2),
  recorder: uuid(2, 3),
  observer: uuid(2, 4),
  stranger: uuid(2, 5),
  participant: uuid(2, 6),
} as const;

/** Two agencies and six people; the participant is of the labour agency, everybody else of justice. */
export function populate(stage: StoreStage): void {
  stage.run(
    { kind: 'putAgency', agencyId: AGENCIES.justice, agency: { name: '司法局', shortName: '司法', mark: '云城' } },
    { kind: 'putAgency', agencyId: AGENCIES.labour, agency: { name: '人社局', shortName: '人社', mark: '云人' } },
    ...Object.entries(PEOPLE).map(([name, personId]) => ({
      kind: 'putPerson' as const,
      person: {
        personId,
        name,
        passwordHash: 'x',
        agencyIds: [name === 'participant' ? AGENCIES.labour : AGENCIES.justice],
        isAdministrator: false,
      },
    })),
  );
}
