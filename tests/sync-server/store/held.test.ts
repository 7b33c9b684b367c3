/** Edits that were refused: kept once each and not without end, told of without their bytes, settled once by who may. */
import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Command, CommandResult } from '../../../shared/commands.ts';
import type { Settlement } from '../../../shared/held.ts';
import type { Audience } from '../../../shared/permissions.ts';
import type { RoomKind } from '../../../shared/rooms.ts';
import { LIMITS } from '../../../sync-server/limits.ts';
import { activityOf } from '../../../sync-server/store/activity-reading.ts';
import { caseOf } from '../../../sync-server/store/catalogue.ts';
import { deletedSince } from '../../../sync-server/store/deleted-since.ts';
import { Executor } from '../../../sync-server/store/executor.ts';
import { listHeld, readHeld } from '../../../sync-server/store/held.ts';
import type { JournalEntry } from '../../../sync-server/store/journal-entries.ts';
import type { WriteReply } from '../../../sync-server/store/requests.ts';
import { AGENCIES, AT_MS, foldRequest, PEOPLE, populate, type StoreStage, stageStore, uuid } from './store-stage.ts';

const CASE = uuid(3, 1);
const DOCUMENT = uuid(4, 1);

describe('held edits', () => {
  let stage: StoreStage;
  let made = 0;
  type Input = Command extends infer C ? (C extends Command ? Omit<C, 'commandId'> : never) : never;
  const give = (personId: string, input: Input, commandId = uuid(9, ++made)): CommandResult => {
    const command = { commandId, ...input } as Command;
    const reply = stage.at(AT_MS + made, { kind: 'command', personId, command });
    if (reply.kind !== 'command') throw new Error(JSON.stringify(reply));
    return reply.result;
  };
  const register = (personId: string, n: number, audience: Audience = 'joint') =>
    give(personId, {
      type: 'registerDocument',
      documentId: uuid(4, n),
      caseId: CASE,
      kind: 'caseNote',
      title: `记录${n}`,
      audience,
      ...(audience === 'agency' ? { audienceAgencyId: AGENCIES.labour } : {}),
    });
  const hold = (
    n: number,
    change: { documentId?: string; authorId?: string; room?: RoomKind; bytes?: number } = {},
  ) => {
    const { documentId = DOCUMENT, authorId = PEOPLE.participant, room = 'body', bytes = 3 } = change;
    const held = { heldId: uuid(5, n), room, reason: 'frozen' } as const;
    return stage.at(AT_MS + n, { kind: 'hold', documentId, authorId, held, payload: new Uint8Array(bytes).fill(n) });
  };
  const settle = (
    personId: string,
    n: number,
    settlement: Settlement,
    documentId = DOCUMENT,
    expectedVersion?: number,
  ) =>
    give(personId, {
      type: 'settleHeld',
      documentId,
      heldId: uuid(5, n),
      settlement,
      ...(expectedVersion === undefined ? {} : { expectedVersion }),
    });
  const done = (version: number) => ({ outcome: 'done', version });
  const refused = (reason: string) => ({ outcome: 'refused', reason });
  const DISCARD = { outcome: 'discarded', reason: '第三条已写明' } as const;
  const TEXT = { outcome: 'addedToText' } as const;
  const COMMENT = { outcome: 'addedAsComment' } as const;
  const BY_HAND = { outcome: 'doneByHand' } as const;
  const all = { documentId: DOCUMENT, authorId: null };

  beforeEach(() => {
    stage = stageStore();
    populate(stage);
    const create = { caseId: CASE, title: '欠薪', category: 'wageArrears', agencyId: AGENCIES.justice } as const;
    give(PEOPLE.host, { type: 'createCase', ...create });
    for (const role of ['mediator', 'recorder', 'observer', 'participant'] as const) {
      const agencyId = role === 'participant' ? AGENCIES.labour : AGENCIES.justice;
      give(PEOPLE.host, { type: 'inviteMember', caseId: CASE, personId: PEOPLE[role], agencyId, role });
    }
    register(PEOPLE.host, 1);
  });

  it('[H3] are told with what others have deleted since, by whom and in how many places, and not with what went before', () => {
    const doc = new Y.Doc();
    const text = doc.getText('prose');
    text.insert(0, '三名代表经二十六人签名推选');
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    copy.getText('prose').delete(0, 9);
    const update = Buffer.from(Y.encodeStateAsUpdate(copy, Y.encodeStateVector(doc))).toString('base64');
    const told = (limits = { heldUpdatesRead: 10, heldUpdateBytesRead: 1_000 }) =>
      deletedSince(stage.reader.db, DOCUMENT, { room: 'body', receivedAtMs: AT_MS + 500, update }, limits);
    const remove = (atMs: number, author: string, from: number, length: number) => {
      const before = Y.encodeStateVector(doc);
      text.delete(from, length);
      const removed = Y.encodeStateAsUpdate(doc, before);
      const by = { author, agencyId: AGENCIES.justice, role: 'host', connection: null, newClientIds: [] } as const;
      stage.at(atMs, { kind: 'append', room: `${DOCUMENT}/body`, update: removed, ...by });
    };
    remove(AT_MS + 400, PEOPLE.recorder, 12, 1);
    expect(told()).toEqual([]);
    remove(AT_MS + 600, PEOPLE.host, 5, 4);
    expect(told()).toEqual([{ name: 'host', places: 1 }]);
    expect(told({ heldUpdatesRead: 10, heldUpdateBytesRead: 1 })).toEqual([]);
    // What came out of the journal together is told apart by who wrote it, and when.
    const room = `${DOCUMENT}/body`;
    const removed = (seq: number, atMs: number, author: string, from: number): JournalEntry => {
      let update: Uint8Array = new Uint8Array();
      doc.once('update', (made) => {
        update = made;
      });
      text.delete(from, 1);
      const by = { author, carrier: author, agencyId: AGENCIES.justice, role: 'host', connection: null } as const;
      return { room, seq, update, ...by, atMs, newClientIds: [] };
    };
    const together = [
      removed(3, AT_MS + 700, PEOPLE.mediator, 4),
      removed(4, AT_MS + 710, PEOPLE.recorder, 1),
      removed(5, AT_MS + 720, PEOPLE.mediator, 2),
    ];
    stage.run(foldRequest(together));
    expect(told()).toEqual([
      { name: 'mediator', places: 2 },
      { name: 'recorder', places: 1 },
      { name: 'host', places: 1 },
    ]);
    expect(told({ heldUpdatesRead: 1, heldUpdateBytesRead: 1_000 })).toEqual([{ name: 'mediator', places: 1 }]);
    // Handed in between two that share a row.
    const between = { room: 'body', receivedAtMs: AT_MS + 705, update } as const;
    expect(deletedSince(stage.reader.db, DOCUMENT, between, LIMITS)).toEqual([
      { name: 'mediator', places: 1 },
      { name: 'recorder', places: 1 },
    ]);
    // Of a document with nothing like it.
    expect(deletedSince(stage.reader.db, uuid(4, 2), { room: 'body', receivedAtMs: 0, update }, LIMITS)).toEqual([]);
  });

  it('are taken up to a bound for each person and document, the same one once', () => {
    register(PEOPLE.host, 2);
    const limits = { heldBytesPerAuthor: 10, heldPerAuthor: 3 };
    const executor = new Executor(stage.db, stage.signingKey, (count) => new Uint8Array(count), limits);
    let id = 0;
    const take = (n: number, bytes: number, document = 1, authorId: string = PEOPLE.host): WriteReply | undefined => {
      const held = { heldId: uuid(5, n), room: 'body', reason: 'frozen' } as const;
      const payload = new Uint8Array(bytes);
      const request = { kind: 'hold', documentId: uuid(4, document), authorId, held, payload } as const;
      return executor.run([{ id: ++id, atMs: AT_MS, request }])[0]?.reply;
    };
    const tooMuch = { kind: 'refused', code: 'too-much-held' };
    expect(take(1, 6)).toEqual({ kind: 'done' });
    expect(take(1, 6)).toEqual({ kind: 'done' });
    expect(take(1, 6, 1, PEOPLE.observer)).toEqual({ kind: 'refused', code: 'id-taken' });
    expect(take(2, 5)).toEqual(tooMuch);
    expect(take(3, 4)).toEqual({ kind: 'done' });
    expect(take(4, 5, 2)).toEqual({ kind: 'done' });
    expect(take(5, 5, 1, PEOPLE.observer)).toEqual({ kind: 'done' });
    expect(take(6, 1, 2)).toEqual({ kind: 'done' });
    expect(take(7, 1, 2)).toEqual({ kind: 'done' });
    expect(take(8, 1, 2)).toEqual(tooMuch);
  });

  it('[H1] are listed without what is in them, what waits first, and read one by one', () => {
    for (const n of [1, 2, 3]) hold(n, { bytes: n });
    hold(4, { authorId: PEOPLE.recorder });
    settle(PEOPLE.host, 3, DISCARD);
    const list = listHeld(stage.reader.db, all, 10);
    expect(list.items.map(({ heldId, bytes }) => [heldId, bytes])).toEqual([
      [uuid(5, 4), 3],
      [uuid(5, 2), 2],
      [uuid(5, 1), 1],
      [uuid(5, 3), 3],
    ]);
    expect(JSON.stringify(list)).not.toMatch(/update|payload/);
    expect(list.items.at(-1)?.settled).toMatchObject({ outcome: 'discarded', reason: DISCARD.reason, byName: 'host' });
    expect(listHeld(stage.reader.db, all, 2)).toMatchObject({ total: 4, items: [{}, {}] });
    const own = { documentId: DOCUMENT, authorId: PEOPLE.recorder };
    expect(listHeld(stage.reader.db, own, 10).items.map(({ heldId }) => heldId)).toEqual([uuid(5, 4)]);
    expect(readHeld(stage.reader.db, all, uuid(5, 2))?.update).toBe(Buffer.of(2, 2).toString('base64'));
    expect(readHeld(stage.reader.db, own, uuid(5, 2))).toBeNull();
    expect(readHeld(stage.reader.db, { ...all, documentId: uuid(4, 9) }, uuid(5, 2))).toBeNull();
  });

  it('[H1] are settled once, by who acts as host, and keep their bytes', () => {
    for (const n of [1, 2, 3]) hold(n);
    for (const other of ['mediator', 'recorder', 'participant'] as const) {
      expect(settle(PEOPLE[other], 1, DISCARD)).toEqual(refused('not-allowed'));
    }
    expect(settle(PEOPLE.observer, 1, DISCARD)).toEqual(refused('not-allowed'));
    expect(settle(PEOPLE.stranger, 1, DISCARD)).toEqual(refused('unknown-document'));
    expect(settle(PEOPLE.host, 9, DISCARD)).toEqual(refused('unknown-held'));
    expect(settle(PEOPLE.host, 1, DISCARD, CASE)).toEqual(refused('unknown-held'));
    expect(settle(PEOPLE.host, 1, TEXT, DOCUMENT, 7)).toEqual(refused('stale'));
    expect(settle(PEOPLE.host, 1, TEXT, DOCUMENT, 1)).toEqual(done(1));
    expect(settle(PEOPLE.host, 1, DISCARD)).toEqual(refused('already-settled'));
    const again = uuid(8, 1);
    const command = { type: 'settleHeld', documentId: DOCUMENT, heldId: uuid(5, 2), settlement: DISCARD } as const;
    expect(give(PEOPLE.host, command, again)).toEqual(done(1));
    expect(give(PEOPLE.host, command, again)).toEqual(done(1));
    const items = listHeld(stage.reader.db, all, 10).items;
    expect(items.map(({ settled }) => settled?.outcome)).toEqual([undefined, 'discarded', 'addedToText']);
    expect(readHeld(stage.reader.db, all, uuid(5, 1))?.bytes).toBe(3);
  });

  it('come into the text only while it is being written; beside it, or by hand, also afterwards', () => {
    for (const n of [1, 2]) hold(n);
    hold(3, { room: 'review' });
    give(PEOPLE.host, { type: 'freezeDocument', documentId: DOCUMENT });
    expect(settle(PEOPLE.host, 1, TEXT)).toEqual(refused('wrong-state'));
    expect(settle(PEOPLE.host, 1, COMMENT)).toEqual(done(2));
    // Somebody may have made it before they froze it again.
    hold(4);
    expect(settle(PEOPLE.host, 4, BY_HAND)).toEqual(done(2));
    give(PEOPLE.host, { type: 'unfreezeDocument', documentId: DOCUMENT });
    expect(settle(PEOPLE.host, 3, TEXT)).toEqual(refused('not-allowed'));
    expect(settle(PEOPLE.host, 3, COMMENT)).toEqual(done(3));
    expect(settle(PEOPLE.host, 2, TEXT)).toEqual(done(3));
  });

  it('of the mediators’ and of an agency’s own documents are settled there', () => {
    register(PEOPLE.mediator, 2, 'mediators');
    register(PEOPLE.participant, 3, 'agency');
    hold(1, { documentId: uuid(4, 2), authorId: PEOPLE.recorder });
    hold(2, { documentId: uuid(4, 3) });
    expect(settle(PEOPLE.host, 1, TEXT, uuid(4, 2))).toEqual(refused('unknown-document'));
    expect(settle(PEOPLE.recorder, 1, TEXT, uuid(4, 2))).toEqual(refused('not-allowed'));
    expect(settle(PEOPLE.mediator, 1, TEXT, uuid(4, 2))).toEqual(done(1));
    expect(settle(PEOPLE.host, 2, TEXT, uuid(4, 3))).toEqual(refused('unknown-document'));
    expect(settle(PEOPLE.participant, 2, TEXT, uuid(4, 3))).toEqual(done(1));
  });

  it('are counted for who settles them and for who wrote them, and for nobody else', () => {
    for (const n of [1, 2, 3]) hold(n);
    settle(PEOPLE.host, 1, DISCARD);
    const counts = (personId: string) =>
      caseOf(stage.reader.db, personId, CASE)?.documents.find(({ documentId }) => documentId === DOCUMENT)?.held;
    expect(counts(PEOPLE.host)).toEqual({ toSettle: 2, ownWaiting: 0, ownSettled: 0 });
    expect(counts(PEOPLE.participant)).toEqual({ toSettle: 0, ownWaiting: 2, ownSettled: 1 });
    expect(counts(PEOPLE.recorder)).toBeUndefined();
  });

  it('[P2] leave a line in the case’s activity when they are settled, for the document’s audience only', () => {
    register(PEOPLE.mediator, 2, 'mediators');
    hold(1);
    hold(2);
    hold(3, { documentId: uuid(4, 2), authorId: PEOPLE.recorder });
    hold(4);
    settle(PEOPLE.host, 1, TEXT);
    settle(PEOPLE.host, 2, DISCARD);
    settle(PEOPLE.host, 4, BY_HAND);
    settle(PEOPLE.mediator, 3, COMMENT, uuid(4, 2));
    const told = (personId: string) =>
      activityOf(stage.reader.db, personId, CASE, { before: null, limit: 100 })
        ?.items.filter(({ what }) => what.startsWith('held'))
        .map(({ what, personName, subjectName, document }) => [what, personName, subjectName, document?.title]);
    const ofJoint = [
      ['heldDone', 'host', 'participant', '记录1'],
      ['heldDiscarded', 'host', 'participant', '记录1'],
      ['heldAdded', 'host', 'participant', '记录1'],
    ];
    expect(told(PEOPLE.observer)).toEqual(ofJoint);
    expect(told(PEOPLE.mediator)).toEqual([['heldAdded', 'mediator', 'recorder', '记录2'], ...ofJoint]);
  });
});
