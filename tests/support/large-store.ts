/**
 * A large store, as years of use leave it: a house of one case with many documents and a long log, written straight into the
 * file as the first version of the program would have written it, so that bringing it up can be measured as well.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import * as Y from 'yjs';
import { CHAIN_START, chainHash, hashOf } from '../../sync-server/store/chain.ts';
import { writeOlderStore } from './older-store.ts';
import { setUpCase, startRelay } from './relay-process.ts';

/** Edits of a room; each brings this much text. */
const ROWS = 50;
const CLIENT_ID = 77;

export interface LargeStore {
  readonly dataDirectory: string;
  /** Of somebody signed in who may open every room. */
  readonly cookie: string;
  readonly documentIds: readonly string[];
}

export async function writeLargeStore(rooms: number, bytes: number): Promise<LargeStore> {
  const relay = await startRelay();
  const { administrator, agencyId, caseId } = await setUpCase(relay);
  await relay.stop('SIGTERM');
  const dataDirectory = mkdtempSync(join(tmpdir(), 'concord-large-'));
  writeOlderStore(relay.dataDirectory, dataDirectory);

  const db = new DatabaseSync(join(dataDirectory, 'concord.sqlite'));
  // Nothing of it is to survive anything.
  db.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN');
  const register = db.prepare(
    `INSERT INTO documents (document_id, case_id, kind, title, audience, state, version, created_by, changed_at_ms)
     VALUES (?, ?, 'jointMinutes', '会议纪要', 'joint', 'draft', 1, ?, 0)`,
  );
  const put = db.prepare(
    `INSERT INTO log (room, seq, author, carrier, agency_id, role, connection, at_ms, payload, payload_hash, chain)
     VALUES (?, ?, ?, ?, ?, 'host', 'c', ?, ?, ?, ?)`,
  );
  const own = db.prepare('INSERT INTO owners (room, client_id, person_id) VALUES (?, ?, ?)');
  const updates = editsOf(Math.floor(bytes / rooms / ROWS));
  const { personId } = administrator;
  const documentIds = Array.from({ length: rooms }, () => crypto.randomUUID());
  for (const [n, documentId] of documentIds.entries()) {
    register.run(documentId, caseId, personId);
    const room = `${documentId}/body`;
    own.run(room, CLIENT_ID, personId);
    let { chain } = CHAIN_START;
    for (const [at, update] of updates.entries()) {
      const seq = at + 1;
      const atMs = 1_700_000_000_000 + ((n * 7919) % rooms) * 1_000_000 + seq * 1_000;
      const payloadHash = hashOf(update);
      const who = { author: personId, carrier: personId, agencyId, role: 'host', connection: 'c' } as const;
      chain = chainHash(chain, {
        format: 1,
        room,
        seq,
        ...who,
        atMs,
        earlier: null,
        owned: null,
        erases: null,
        payloadHash,
      });
      put.run(room, seq, personId, personId, agencyId, atMs, update, payloadHash, chain);
    }
  }
  db.exec('COMMIT');
  db.close();
  return { dataDirectory, cookie: administrator.cookie, documentIds };
}

/** The edits of one document, each an update. */
function editsOf(bytesEach: number): Uint8Array[] {
  const doc = new Y.Doc();
  doc.clientID = CLIENT_ID;
  const updates: Uint8Array[] = [];
  doc.on('update', (update) => updates.push(update));
  const prose = doc.getText('prose');
  for (let n = 0; n < ROWS; n++) prose.insert(prose.length, '和衷共济'.repeat(Math.ceil(bytesEach / 12)));
  return updates;
}
