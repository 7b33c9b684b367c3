/**
 * Walks every room of a store: its chain from the first row, the hash of every payload, its snapshot, and whether the log
 * replayed says what the snapshot says. Finds any change that was not computed to its end; a tail cut off cleanly, or a
 * room removed without a trace, it cannot find.
 */
import * as Y from 'yjs';
import { CHAIN_START, type Fault, verifyRows, verifySnapshot } from './chain.ts';
import type { Database } from './database.ts';
import { readRows, readSnapshot } from './room-reading.ts';

export interface RoomReport {
  readonly room: string;
  readonly rows: number;
  /** Payloads erased after they were in the snapshot: the room cannot be replayed from its beginning. */
  readonly erased: number;
  readonly faults: readonly Fault[];
}

/** Every room that anything is stored of, one report each. Only reads; give it a transaction if somebody writes. */
export function* verifyStore(db: Database): Generator<RoomReport> {
  const rooms = db
    .prepare('SELECT room FROM log UNION SELECT room FROM snapshots UNION SELECT room FROM owners ORDER BY room')
    .all() as { room: string }[];
  for (const { room } of rooms) yield verifyRoom(db, room);
}

function verifyRoom(db: Database, room: string): RoomReport {
  const snapshot = readSnapshot(db, room);
  const rows = readRows(db, room, 0);
  const faults = verifyRows(room, CHAIN_START, rows, snapshot?.seq ?? 0);
  // Somebody owns clientIDs here, so somebody wrote.
  if (rows.length === 0) faults.push({ room, seq: 1, what: 'row-missing' });
  if (snapshot !== null) {
    faults.push(...verifySnapshot(snapshot, rows.find(({ seq }) => seq === snapshot.seq)?.chain ?? null));
  }
  const erased = rows.filter(({ payload }) => payload === null).length;
  // What is damaged is not replayed: whatever came of it would only repeat that.
  if (faults.length === 0) {
    const tail = rows.filter(({ seq }) => seq > (snapshot?.seq ?? 0));
    const payloadsOf = (of: typeof rows) => of.flatMap(({ payload }) => (payload === null ? [] : [payload]));
    const lastSeq = rows.at(-1)?.seq ?? 0;
    const served = contentOf(snapshot === null ? payloadsOf(rows) : [snapshot.state, ...payloadsOf(tail)]);
    if (served === null) faults.push({ room, seq: lastSeq, what: 'not-replayable' });
    if (snapshot !== null && erased === 0) {
      const upToIt = contentOf(payloadsOf(rows.slice(0, rows.length - tail.length)));
      const isSame = upToIt !== null && upToIt === contentOf([snapshot.state]);
      if (!isSame) faults.push({ room, seq: snapshot.seq, what: 'snapshot-differs' });
    }
  }
  return { room, rows: rows.length, erased, faults };
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
