/**
 * Walks every room of a store: its chain from the first row, the hash of every payload, its head, its snapshot, what has been
 * signed of it, who owns its clientIDs, and whether the log replayed says what the snapshot says. What it cannot find: rows
 * added, changed or cut off after the last signature by whoever also writes the hashes and the head anew.
 */
import * as Y from 'yjs';
import {
  CHAIN_START,
  type Fault,
  isSame,
  type LogRow,
  type Owner,
  type StoredSnapshot,
  verifyHead,
  verifyRows,
  verifySnapshot,
} from './chain.ts';
import { type HeadName, readHead, readOwners, signedRooms, verifySignedHeads } from './heads.ts';
import { readRows, readSnapshot } from './room-reading.ts';
import { countUpdates, rowToUpdates } from './row-entries.ts';
import type { SigningKey } from './signing-key.ts';
import type { Database } from './sqlite.ts';

export interface RoomReport {
  readonly room: string;
  readonly updates: number;
  /** Those whose content was erased: a later row stands for all of them. */
  readonly erased: number;
  /** Those since the room was last signed. */
  readonly unsigned: number;
  readonly faults: readonly Fault[];
}

export interface StoreReport {
  readonly faults: readonly Fault[];
  /** Rooms and updates, for people to read. */
  readonly summary: string;
  readonly lastSigned: (HeadName & { readonly atMs: number }) | null;
}

/**
 * The whole store against its own evidence, at one moment whoever writes meanwhile: begins and ends a transaction.
 * @param key the relay's key; null when it is not at hand: whose signatures they are is not checked then
 * @param expected a signed head noted earlier, which must still be there
 */
export function verifyWhole(
  db: Database,
  key: Pick<SigningKey, 'publicKey'> | null,
  expected: HeadName | null = null,
): StoreReport {
  db.exec('BEGIN');
  try {
    const signed = verifySignedHeads(db, key, expected);
    const faults = [...signed.faults];
    const sums = { rooms: 0, updates: 0, erased: 0, unsigned: 0 };
    for (const report of verifyStore(db)) {
      faults.push(...report.faults);
      sums.rooms++;
      sums.updates += report.updates;
      sums.erased += report.erased;
      sums.unsigned += report.unsigned;
    }
    const { rooms, updates, erased, unsigned } = sums;
    const summary = `${rooms} rooms, ${updates} updates (${erased} erased, ${unsigned} not signed yet), ${faults.length} faults`;
    return { faults, summary, lastSigned: signed.last };
  } finally {
    db.exec('COMMIT');
  }
}

/** What SQLite finds damaged in a file, as lines for people to read: pages, indexes, rows that point nowhere. */
export function pageFaults(db: Database): string[] {
  const found = db.prepare('PRAGMA integrity_check').all() as { integrity_check: string }[];
  const faults = found.map((row) => row.integrity_check).filter((line) => line !== 'ok');
  if (faults.length > 0) return faults;
  const loose = db.prepare('PRAGMA foreign_key_check').all() as { table: string; rowid: number; parent: string }[];
  return loose.map(({ table, rowid, parent }) => `row ${rowid} of ${table} points to nothing in ${parent}`);
}

/** A fault, for people to read. */
export function sayFault({ room, seq, what }: Fault): string {
  return `${room} row ${seq}: ${what}`;
}

/** A signed head, for people to note and give back. */
export function sayHead({ n, digest }: HeadName): string {
  return `${n}:${digest}`;
}

/** Every room that anything is stored of, one report each. Only reads; give it a transaction if somebody writes. */
export function* verifyStore(db: Database): Generator<RoomReport> {
  const rooms = db
    .prepare(
      `SELECT room FROM log UNION SELECT room FROM snapshots UNION SELECT room FROM owners UNION SELECT room FROM heads
       UNION SELECT room FROM signed_rooms ORDER BY room`,
    )
    .all() as { room: string }[];
  for (const { room } of rooms) yield verifyRoom(db, room);
}

/** One room; without faults also when nothing was ever written in it. */
export function verifyRoom(db: Database, room: string): RoomReport {
  const snapshot = readSnapshot(db, room);
  const rows = readRows(db, room, 0);
  const owners = readOwners(db, room);
  const chainBySeq = new Map(rows.map(({ seq, chain }) => [seq, chain]));
  const signed = verifySigned(db, room, { rows, chainBySeq, snapshot });
  const faults = [
    ...verifyRows(room, CHAIN_START, rows),
    ...verifyHead(room, readHead(db, room), rows.at(-1) ?? CHAIN_START, snapshot?.seq ?? 0, owners),
    ...(snapshot === null ? [] : verifySnapshot(snapshot, chainBySeq.get(snapshot.seq) ?? null)),
    ...signed.faults,
  ];
  // What is damaged is not replayed: whatever came of it would only repeat that.
  if (faults.length === 0) faults.push(...verifyOwners(room, rows, owners), ...verifyReplay(room, rows, snapshot));
  const updatesOf = (some: readonly LogRow[]) => some.reduce((sum, row) => sum + countUpdates(row), 0);
  const erased = updatesOf(rows.filter(({ payload }) => payload === null));
  const unsigned = updatesOf(rows.filter(({ seq }) => seq > signed.upTo));
  return { room, updates: updatesOf(rows), erased, unsigned, faults };
}

/** What has been signed of a room must still be there, as it was. */
function verifySigned(
  db: Database,
  room: string,
  {
    rows,
    chainBySeq,
    snapshot,
  }: {
    readonly rows: readonly LogRow[];
    readonly chainBySeq: ReadonlyMap<number, Uint8Array>;
    readonly snapshot: StoredSnapshot | null;
  },
): { readonly upTo: number; readonly faults: Fault[] } {
  const all = signedRooms(db, room);
  const last = all.at(-1);
  const upTo = last?.seq ?? 0;
  const faults: Fault[] = [];
  const fault = (seq: number, what: Fault['what']) => faults.push({ room, seq, what });
  const broken = all.find(({ seq, chain }) => !isSame(chainBySeq.get(seq) ?? new Uint8Array(), chain));
  if (broken !== undefined) fault(broken.seq, 'not-as-signed');
  if (last !== undefined) {
    const { snapshotSeq, snapshotHash } = last;
    if (snapshotSeq > (snapshot?.seq ?? 0)) fault(snapshotSeq, 'snapshot-missing');
    if (snapshotSeq === snapshot?.seq && !isSame(snapshot.stateHash, snapshotHash ?? new Uint8Array())) {
      fault(snapshotSeq, 'not-as-signed');
    }
  }
  const head = readHead(db, room);
  if (head !== null && head.isSigned === 1 && !(last?.seq === head.seq && last.snapshotSeq === head.snapshotSeq)) {
    fault(head.seq, 'not-as-signed');
  }
  // Erasing signs at once: what says that it stands for older rows and is not signed was made by somebody else.
  for (const { seq, erases } of rows) if (erases !== null && seq > upTo) fault(seq, 'erasure-not-signed');
  return { upTo, faults };
}

/** Who owns which clientID follows from the rows: the first that claims it. */
function verifyOwners(room: string, rows: readonly LogRow[], owners: readonly Owner[]): Fault[] {
  const claims = new Map<number, { readonly personId: string; readonly seq: number }>();
  for (const row of rows) {
    for (const [clientId, personId] of claimsOf(row)) {
      if (!claims.has(clientId)) claims.set(clientId, { personId, seq: row.seq });
    }
  }
  const faults: Fault[] = [];
  for (const { clientId, personId } of owners) {
    const claim = claims.get(clientId);
    if (claim?.personId !== personId) faults.push({ room, seq: claim?.seq ?? 0, what: 'owners-differ' });
    claims.delete(clientId);
  }
  for (const { seq } of claims.values()) faults.push({ room, seq, what: 'owners-differ' });
  return faults;
}

function claimsOf({ format, owned, author, payload }: LogRow): (readonly [number, string])[] {
  if (owned !== null) return JSON.parse(owned) as [number, string][];
  // Before rows said it: whoever first wrote with a clientID owned it.
  if (format > 1 || payload === null) return [];
  return Y.decodeUpdate(payload).structs.flatMap((struct) =>
    struct instanceof Y.Skip ? [] : [[struct.id.client, author] as const],
  );
}

/** The log from its beginning (or from the row that stands for what was erased) says what the snapshot says. */
function verifyReplay(room: string, rows: readonly LogRow[], snapshot: StoredSnapshot | null): Fault[] {
  const payloadsOf = (from: number, to: number) =>
    rows.flatMap((row) => (row.seq >= from && row.seq <= to ? rowToUpdates(row) : []));
  const lastSeq = rows.at(-1)?.seq ?? 0;
  const first = rows.findLast(({ erases }) => erases !== null)?.seq ?? 1;
  if (contentOf(payloadsOf(first, lastSeq)) === null) return [{ room, seq: lastSeq, what: 'not-replayable' }];
  if (snapshot === null) return [];
  const upToIt = contentOf(payloadsOf(first, snapshot.seq));
  const isAsReplayed = upToIt !== null && upToIt === contentOf([snapshot.state]) && hasItsStateVector(snapshot);
  return isAsReplayed ? [] : [{ room, seq: snapshot.seq, what: 'snapshot-differs' }];
}

function hasItsStateVector({ state, stateVector }: StoredSnapshot): boolean {
  return !stateVector || isSame(Y.encodeStateVectorFromUpdate(state), stateVector);
}

/** What updates say together, written so that two ways to the same content read the same; null when they do not stand alone. */
function contentOf(updates: readonly Uint8Array[]): string | null {
  const doc = new Y.Doc();
  try {
    doc.transact(() => {
      for (const update of updates) Y.applyUpdate(doc, update);
    });
    if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) return null;
    // Roots are read without giving them a type: a typed root makes Yjs tidy formatting by itself.
    const roots = [...doc.share].map(([name, root]) => [name, listOf(root._start), mapOf(root._map)] as const);
    const written = roots.filter(([, list, map]) => list.length > 0 || map.length > 0).sort(byName);
    const clocks = [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([a], [b]) => a - b);
    return JSON.stringify([clocks, written]);
  } catch {
    // Bytes that Yjs cannot read are bytes that do not stand alone.
    return null;
  } finally {
    doc.destroy();
  }
}

/** What stands in a list, with who wrote each unit of it, however Yjs has cut it into items. */
function listOf(start: Y.Item | null): unknown[] {
  const units: unknown[] = [];
  for (let item = start; item !== null; item = item.right) {
    if (item.deleted) continue;
    const { client, clock } = item.id;
    valuesOf(item).forEach((value, at) => {
      units.push([client, clock + at, value]);
    });
  }
  return units;
}

function mapOf(map: ReadonlyMap<string, Y.Item>): unknown[] {
  return [...map]
    .flatMap(([key, item]) => (item.deleted ? [] : [[key, item.id.client, valuesOf(item).at(-1)] as const]))
    .sort(byName);
}

function valuesOf({ content }: Y.Item): readonly unknown[] {
  if (content instanceof Y.ContentFormat) return [{ [content.key]: content.value }];
  if (content instanceof Y.ContentBinary) return [Buffer.from(content.content).toString('hex')];
  // A type within a type never occurs; that there is one is all that is said of it.
  return content instanceof Y.ContentType ? ['type'] : content.getContent();
}

function byName([a]: readonly [string, ...unknown[]], [b]: readonly [string, ...unknown[]]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
