/** Erasing: the words are gone from the file, who wrote when is not, and the log is as good evidence as before. */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Fault } from '../../../sync-server/store/chain.ts';
import { type ErasureScope, eraseDocument } from '../../../sync-server/store/erase.ts';
import { verifySignedHeads } from '../../../sync-server/store/heads.ts';
import type { JournalEntry } from '../../../sync-server/store/journal-entries.ts';
import type { AppendRequest } from '../../../sync-server/store/requests.ts';
import { readRows } from '../../../sync-server/store/room-reading.ts';
import { rowToEntries } from '../../../sync-server/store/row-entries.ts';
import { verifyStore } from '../../../sync-server/store/verify-store.ts';
import { AGENCIES, AT_MS, foldRequest, PEOPLE, populate, type StoreStage, stageStore, uuid } from './store-stage.ts';

const DOCUMENT = uuid(3, 1);
const ROOM = `${DOCUMENT}/body`;
const append = (update: Uint8Array, room = ROOM, newClientIds: number[] = []): AppendRequest => ({
  kind: 'append',
  room,
  update,
  author: 'p',
  agencyId: 'a',
  role: 'mediator',
  connection: 'c',
  newClientIds,
});

describe('erasing a document', () => {
  let stage: StoreStage;
  let device: Y.Doc;
  let made: Uint8Array[];
  let write: (change: (text: Y.Text) => void) => void;

  /** A room with a deleted sentence, one that stands, a snapshot between them; another document beside it. */
  beforeEach(() => {
    stage = stageStore();
    device = new Y.Doc();
    device.clientID = 5;
    made = [];
    device.on('update', (update) => made.push(update));
    let rows = 0;
    write = (change) => {
      change(device.getText('prose'));
      for (const update of made.splice(0)) stage.run(append(update, ROOM, ++rows === 1 ? [5] : []));
    };
    write((text) => text.insert(0, 'NAME-OF-A-PARTY'));
    write((text) => text.delete(0, 15));
    stage.run({ kind: 'snapshot', room: ROOM, seq: 2, state: Y.encodeStateAsUpdate(device) });
    write((text) => text.insert(0, 'what-stands'));
    stage.run(append(Y.encodeStateAsUpdate(new Y.Doc()), `${uuid(3, 2)}/body`), { kind: 'signHeads' });
  });

  /** As the operator does: no relay runs meanwhile. */
  const erase = (scope: ErasureScope) => {
    const erased = eraseDocument(stage.db, { documentId: DOCUMENT, scope, key: stage.signingKey, atMs: AT_MS });
    stage = stageStore(1, undefined, dirname(stage.path));
    return erased;
  };
  const faults = (): Fault[] => [
    ...verifySignedHeads(stage.db, stage.signingKey, null).faults,
    ...[...verifyStore(stage.db)].flatMap((report) => report.faults),
  ];
  const bytes = () =>
    readFileSync(stage.path).toString('latin1') + readFileSync(`${stage.path}-wal`).toString('latin1');
  const served = () => {
    const doc = new Y.Doc();
    for (const update of stage.reader.loadRoom(ROOM).updates) Y.applyUpdate(doc, update);
    return doc;
  };

  it('takes what was deleted out of the file, keeps what stands, and leaves nothing to suspect', () => {
    expect(bytes()).toContain('NAME-OF-A-PARTY');
    expect(erase('deleted')).toBe(3);
    expect(bytes()).not.toContain('NAME-OF-A-PARTY');
    expect(served().getText('prose').toString()).toBe('what-stands');
    expect(faults()).toEqual([]);
    const rows = stage.db.prepare('SELECT seq, author, at_ms AS atMs, payload FROM log WHERE room = ?').all(ROOM);
    expect(rows).toMatchObject([
      { seq: 1, author: 'p', atMs: AT_MS, payload: null },
      { seq: 2, author: 'p', payload: null },
      { seq: 3, author: 'p', payload: null },
      { seq: 4, author: 'operator' },
    ]);
    expect(stage.reader.loadRoom(ROOM).ownersByClient).toEqual(new Map([[5, 'p']]));
  });

  it('keeps of updates that share a row how many they were, who wrote them and when', () => {
    const together = ['GONE-FIRST', 'GONE-NEXT'].map((words, n): JournalEntry => {
      device.getText('prose').insert(0, words);
      const [update = new Uint8Array()] = made.splice(0);
      const author = n === 0 ? 'p' : 'q';
      const by = { author, carrier: author, agencyId: 'a', role: 'mediator', connection: 'c' } as const;
      return { room: ROOM, seq: 4 + n, update, ...by, atMs: AT_MS + n, newClientIds: [] };
    });
    stage.run(foldRequest(together));
    write((text) => text.delete(0, 19));
    expect(erase('deleted')).toBe(6);
    for (const words of ['NAME-OF-A-PARTY', 'GONE-']) expect(bytes()).not.toContain(words);
    expect(faults()).toEqual([]);
    expect(readRows(stage.db, ROOM, 3).flatMap((row) => rowToEntries(row).reverse())).toMatchObject([
      { seq: 4, author: 'p', atMs: AT_MS, update: null },
      { seq: 5, author: 'q', atMs: AT_MS + 1, update: null },
      { seq: 6, author: 'p', update: null },
      { seq: 7, author: 'operator' },
    ]);
    expect([...verifyStore(stage.db)]).toMatchObject([{ room: ROOM, updates: 7, erased: 6 }, { erased: 0 }]);
  });

  it('lets the room be written on, compacted and erased once more', () => {
    erase('deleted');
    write((text) => text.insert(0, 'more-'));
    const everything = served();
    expect(everything.getText('prose').toString()).toBe('more-what-stands');
    stage.run(
      { kind: 'snapshot', room: ROOM, seq: 5, state: Y.encodeStateAsUpdate(everything) },
      { kind: 'signHeads' },
    );
    expect(faults()).toEqual([]);
    write((text) => text.delete(0, 5));
    erase('deleted');
    expect(bytes()).not.toContain('more-');
    expect(served().getText('prose').toString()).toBe('what-stands');
    expect(faults()).toEqual([]);
  });

  it('of everything also empties what stands, on every device that comes back, and nobody else’s document', () => {
    populate(stage);
    stage.db.exec(`INSERT INTO cases VALUES ('c', '欠薪', 'wageArrears', '${AGENCIES.justice}', NULL, 1, '${PEOPLE.host}', 1);
      INSERT INTO documents VALUES ('${DOCUMENT}', 'c', 'caseNote', 'NAME-IN-A-TITLE', 'joint', NULL, 'draft', NULL, 1,
        '${PEOPLE.host}', 1);
      INSERT INTO held VALUES ('h', '${DOCUMENT}', 'body', 'frozen', '${PEOPLE.host}', 1, CAST('HELD-WORDS' AS BLOB));
      INSERT INTO held_settlements VALUES ('h', 'discarded', 'WHY-NOT', '${PEOPLE.host}', 2);`);
    erase('all');
    for (const words of ['what-stands', 'NAME-IN-A-TITLE', 'HELD-WORDS', 'WHY-NOT'])
      expect(bytes()).not.toContain(words);
    expect(faults()).toEqual([]);
    Y.applyUpdate(device, Y.encodeStateAsUpdate(served(), Y.encodeStateVector(device)));
    expect(device.getText('prose').toString()).toBe('');
    // What the device sends back brings nothing of it again.
    const back = served();
    Y.applyUpdate(back, Y.encodeStateAsUpdate(device, Y.encodeStateVector(back)));
    expect(back.getText('prose').toString()).toBe('');
    expect(stage.reader.loadRoom(`${uuid(3, 2)}/body`)).toMatchObject({ lastSeq: 1 });
  });

  it('is refused, whole, where the log is not what was written', () => {
    stage.db.prepare("UPDATE log SET author = 'q' WHERE room = ? AND seq = 3").run(ROOM);
    expect(() => erase('deleted')).toThrow('row 3 row-changed');
    expect(stage.db.prepare('SELECT count(*) AS n FROM log WHERE payload IS NULL').get()).toEqual({ n: 0 });
  });
});
