/** A room's document sleeps as its stored bytes, answers from them, and is the same document when somebody wakes it. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { StoredRoom } from '../../../sync-server/room/effects.ts';
import { LiveDocument } from '../../../sync-server/room/live-document.ts';
import { EMPTY_ROOM } from './room-stage.ts';

function writtenDoc(): Y.Doc {
  const doc = new Y.Doc();
  doc.getText('prose').insert(0, '和衷共济');
  doc.getText('prose').delete(1, 1);
  return doc;
}

const snapshotOf = (doc: Y.Doc, stateVector: Uint8Array | null = Y.encodeStateVector(doc)): StoredRoom => ({
  updates: [Y.encodeStateAsUpdate(doc)],
  ownersByClient: new Map([[doc.clientID, 'person-a']]),
  lastSeq: 1,
  stateVector,
  updatesSinceSnapshot: 0,
});

const everything = Uint8Array.of(0);

describe('the document of a room', () => {
  it('answers who has nothing with the stored bytes, without a document being made', () => {
    const stored = snapshotOf(writtenDoc());
    const live = new LiveDocument('body');
    expect(live.load(stored)).toBe(true);
    expect(live.stateVector()).toEqual(stored.stateVector);
    expect(live.diff(everything)).toBe(stored.updates[0]);
    expect(live.isAsleep).toBe(true);
    const empty = new LiveDocument('body');
    empty.load(EMPTY_ROOM);
    expect(empty.diff(everything)).toEqual(Y.encodeStateAsUpdate(new Y.Doc()));
  });

  it('wakes for who has a part of it, and for the first update', () => {
    const doc = writtenDoc();
    const before = Y.encodeStateVector(doc);
    doc.getText('prose').insert(0, '再');
    const live = new LiveDocument('body');
    live.load(snapshotOf(doc));
    expect(live.diff(before)).toEqual(Y.encodeStateAsUpdate(doc, before));
    expect(live.isAsleep).toBe(false);
    const other = new LiveDocument('body');
    other.load(snapshotOf(doc));
    const held = Y.encodeStateVector(doc);
    doc.getText('prose').insert(0, '又');
    const update = Y.encodeStateAsUpdate(doc, held);
    const writer = { personId: 'person-a', capability: 'write', documentState: 'draft' } as const;
    expect(other.judge(update, writer)).toMatchObject({ type: 'accepted' });
    expect(other.apply(update)).not.toBeNull();
    expect(other.diff(everything)).toEqual(Y.encodeStateAsUpdate(doc));
    // Many who come at once are answered with the same bytes.
    expect(other.diff(everything)).toBe(other.diff(everything));
  });

  it('is made at once from rows, or when its state vector is not known', () => {
    const doc = writtenDoc();
    const live = new LiveDocument('body');
    live.load(snapshotOf(doc, null));
    expect(live.isAsleep).toBe(false);
    expect(live.diff(everything)).toEqual(Y.encodeStateAsUpdate(doc));
    const update = Y.encodeStateAsUpdate(doc);
    const rows = new LiveDocument('body');
    rows.load({ ...snapshotOf(doc), updates: [update, Uint8Array.of(0, 0)], updatesSinceSnapshot: 1 });
    expect(rows.isAsleep).toBe(false);
  });

  it('[R1] says nothing before it is loaded', () => {
    expect(() => new LiveDocument('body').diff(everything)).toThrow('not loaded');
    expect(() => new LiveDocument('body').stateVector()).toThrow('not loaded');
  });

  it('[R14] is not served on when the bytes are not what their state vector says', () => {
    const live = new LiveDocument('body');
    live.load(snapshotOf(writtenDoc(), Y.encodeStateVector(writtenDoc())));
    expect(() => live.entriesOf('fields')).toThrow('state vector');
  });
});
