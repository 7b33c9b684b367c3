/** The gate as a truth table: what becomes of an update, by room, by right, by owner, by what the relay holds. */

import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { RoomKind } from '../../../shared/rooms.ts';
import { type GateQuestion, judgeUpdate, type Verdict } from '../../../sync-server/gate/judge.ts';
import { leastMs } from '../../support/own-time.ts';
import { any, bytes, type HandMadeStruct, handMade, length, text } from './hand-made.ts';

const ME = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';
const ULID = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const ULID_2 = '01BX5ZZKBKACTAV9WEVGEMMVRZ';
/** Client 1 belongs to the other person and has written in the room; 5 is new. */
const THEIRS = 1;
const MINE = 5;

/** A room where the other person has written: `prose` in a body, an event in the others. */
function heldRoom(room: RoomKind): Y.Doc {
  const source = new Y.Doc();
  source.clientID = THEIRS;
  if (room === 'body') source.getText('prose').insert(0, '早先的话');
  else source.getMap('events').set(`${OTHER}/${ULID}`, { type: 'comment' });
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(source));
  return doc;
}

function judge(update: Uint8Array, change: Partial<GateQuestion> = {}): Verdict {
  const room = change.room ?? 'body';
  return judgeUpdate({
    update,
    room,
    personId: ME,
    capability: 'write',
    isFrozen: false,
    ownerOf: (clientId) => (clientId === THEIRS ? OTHER : undefined),
    ...change,
    doc: change.doc ?? heldRoom(room),
  });
}

/** The update that Yjs itself makes for a change on top of what is held. */
function edit(room: RoomKind, change: (doc: Y.Doc) => void, clientId = MINE): Uint8Array {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(heldRoom(room)));
  doc.clientID = clientId;
  let update = new Uint8Array();
  doc.on('update', (bytes_: Uint8Array) => {
    update = new Uint8Array(bytes_);
  });
  doc.transact(() => change(doc));
  return update;
}

const refused = (reason: string) => expect.objectContaining({ type: 'refused', reason });
const one = (struct: HandMadeStruct, client = MINE, clock = 0) => handMade([{ client, clock, structs: [struct] }]);
const setEvent = (key: string, value: unknown) => (doc: Y.Doc) => doc.getMap('events').set(key, value);

describe('who may write', () => {
  const typing = edit('body', (doc) => doc.getText('prose').insert(2, '我'));

  it('a writer may, and owns the new clientID from then on', () => {
    expect(judge(typing)).toMatchObject({ type: 'accepted', newClientIds: [MINE] });
    expect(judge(typing, { ownerOf: () => ME })).toMatchObject({ type: 'accepted', newClientIds: [] });
  });

  it('[R6] a reader may not', () => {
    expect(judge(typing, { capability: 'read' })).toEqual({
      type: 'refused',
      reason: 'may-not-write',
      isTooLate: false,
    });
  });

  it('[R6] nobody may while the document is frozen, and that is an honest race', () => {
    expect(judge(typing, { capability: 'read', isFrozen: true })).toEqual({
      type: 'refused',
      reason: 'frozen',
      isTooLate: true,
    });
  });

  it('[R10] nobody may under a clientID of another, with text, with GC, or with nothing but a deleted run', () => {
    expect(judge(edit('body', (doc) => doc.getText('prose').insert(0, '伪'), THEIRS))).toEqual(
      refused('client-id-of-another'),
    );
    expect(judge(one({ reference: 0, content: length(9) }, THEIRS, 4))).toEqual(refused('client-id-of-another'));
    expect(judge(one({ reference: 1, parent: 'prose', content: length(9) }, THEIRS, 4))).toEqual(
      refused('client-id-of-another'),
    );
  });

  it('anyone may delete with the right to write, nobody without', () => {
    const deletion = edit('body', (doc) => doc.getText('prose').delete(0, 2));
    expect(judge(deletion)).toMatchObject({ type: 'accepted', newClientIds: [] });
    expect(judge(deletion, { capability: 'read' })).toEqual(refused('may-not-write'));
  });

  it('[R12] everybody may send what changes nothing', () => {
    const all = Y.encodeStateAsUpdate(heldRoom('body'));
    expect(judge(all, { capability: 'read' })).toEqual({ type: 'noEffect' });
    expect(judge(Uint8Array.of(0, 0), { capability: 'read' })).toEqual({ type: 'noEffect' });
  });

  it('[R10] nobody may say something else under an id that is held: it would count as known', () => {
    const forged = one({ reference: 4, parent: 'prose', content: text('改') }, THEIRS, 0);
    for (const capability of ['read', 'write'] as const) {
      expect(judge(forged, { capability })).toEqual(refused('client-id-of-another'));
    }
  });
});

describe('what it builds on', () => {
  const gaps: [string, Uint8Array][] = [
    ['a start past what is held', one({ reference: 4, parent: 'prose', content: text('x') }, MINE, 3)],
    ['an unknown origin', one({ reference: 4, origin: [9, 0], content: text('x') })],
    ['an unknown right origin', one({ reference: 4, rightOrigin: [9, 0], content: text('x') })],
    ['an unknown parent', one({ reference: 4, parent: [9, 0], content: text('x') })],
    ['an origin past what is held', one({ reference: 4, origin: [THEIRS, 4], content: text('x') })],
    ['an origin in itself', one({ reference: 4, origin: [MINE, 0], content: text('x') })],
    ['a deletion of what is not held', handMade([], [[9, 0, 1]])],
    ['a deletion that goes past what is held', handMade([], [[THEIRS, 2, 9]])],
    [
      'a Skip over what is not held',
      handMade([
        {
          client: MINE,
          clock: 0,
          structs: [
            { reference: 10, content: length(2) },
            { reference: 4, parent: 'prose', content: text('x') },
          ],
        },
      ]),
    ],
    [
      'two that wait for each other',
      handMade([
        { client: 5, clock: 0, structs: [{ reference: 4, origin: [6, 0], content: text('x') }] },
        { client: 6, clock: 0, structs: [{ reference: 4, origin: [5, 0], content: text('x') }] },
      ]),
    ],
  ];
  for (const [name, update] of gaps) {
    it(`[R13] ${name} asks for a resync, and nothing is pending in the document`, () => {
      expect(judge(update)).toEqual({ type: 'missing' });
    });
  }

  it('takes what comes in any order inside one update', () => {
    const update = handMade([
      { client: 6, clock: 0, structs: [{ reference: 4, origin: [5, 0], content: text('二') }] },
      {
        client: 5,
        clock: 0,
        structs: [
          { reference: 4, parent: 'prose', content: text('一') },
          { reference: 4, origin: [6, 0], content: text('三') },
        ],
      },
    ]);
    expect(judge(update)).toMatchObject({ type: 'accepted', newClientIds: [6, 5] });
    const doc = heldRoom('body');
    Y.applyUpdate(doc, update);
    expect(doc.store.pendingStructs).toBeNull();
  });

  it('takes a Skip over what is held: a client that waits for its own sync sends it', () => {
    const update = handMade([
      { client: THEIRS, clock: 0, structs: [{ reference: 10, content: length(4) }] },
      { client: MINE, clock: 0, structs: [{ reference: 4, origin: [THEIRS, 3], content: text('x') }] },
    ]);
    expect(judge(update)).toMatchObject({ type: 'accepted', newClientIds: [MINE] });
  });
});

describe('what it may hold in a body', () => {
  const table: [string, HandMadeStruct, string | null][] = [
    ['text in prose', { reference: 4, parent: 'prose', content: text('x') }, null],
    ['a field', { reference: 8, parent: 'fields', parentSub: 'header/title/a', content: any({ v: '题' }) }, null],
    ['a long text cell', { reference: 4, parent: 't/header/goal', content: text('x') }, null],
    ['an unknown root', { reference: 4, parent: 'other', content: text('x') }, 'unknown-root'],
    ['an events root', { reference: 8, parent: 'events', parentSub: `${ME}/${ULID}`, content: any(1) }, 'unknown-root'],
    ['a text cell of no record', { reference: 4, parent: 't/x/y', content: text('x') }, 'unknown-root'],
    ['a nested type', { reference: 7, parent: 'fields', parentSub: 'k', content: length(1) }, 'value-not-allowed'],
    [
      'a nested document',
      {
        reference: 9,
        parent: 'fields',
        parentSub: 'k',
        content: (encoder) => {
          text('guid')(encoder);
          bytes(126)(encoder);
        },
      },
      'value-not-allowed',
    ],
    ['an item inside an item', { reference: 4, parent: [THEIRS, 0], content: text('x') }, 'unknown-root'],
    ['a small GC', { reference: 0, content: length(100) }, null],
    ['a GC longer than any room', { reference: 0, content: length(2 ** 40) }, 'value-not-allowed'],
    ['a deleted run longer than any room', { reference: 1, content: length(2 ** 40) }, 'value-not-allowed'],
  ];
  for (const [name, struct, reason] of table) {
    it(`${name}: ${reason ?? 'accepted'}`, () => {
      expect(judge(one(struct))).toEqual(
        reason === null ? expect.objectContaining({ type: 'accepted' }) : refused(reason),
      );
    });
  }
});

for (const room of ['review', 'work'] as const) {
  describe(`what it may hold in ${room}`, () => {
    const own = `${ME}/${ULID}`;
    const table: [string, Uint8Array, string | null][] = [
      ['an own event', edit(room, setEvent(own, { type: 'comment', words: '请补充' })), null],
      [
        'two own events at once',
        edit(room, (doc) => {
          setEvent(own, 1)(doc);
          setEvent(`${ME}/${ULID_2}`, 2)(doc);
        }),
        null,
      ],
      ["an event in another's name", edit(room, setEvent(`${OTHER}/${ULID_2}`, 1)), 'key-of-another'],
      ["overwriting another's event", edit(room, setEvent(`${OTHER}/${ULID}`, 1)), 'key-of-another'],
      [
        "deleting another's event",
        edit(room, (doc) => doc.getMap('events').delete(`${OTHER}/${ULID}`)),
        'key-of-another',
      ],
      ['a key in the name of the relay', edit(room, setEvent(`relay/${ULID}`, 1)), 'key-of-another'],
      ['a key without a ulid', edit(room, setEvent(`${ME}/x`, 1)), 'value-not-allowed'],
      ['a key with more behind it', edit(room, setEvent(`${own}/x`, 1)), 'value-not-allowed'],
      [
        'writing one key twice',
        edit(room, (doc) => {
          setEvent(own, 1)(doc);
          setEvent(own, 2)(doc);
        }),
        'value-not-allowed',
      ],
      ['bytes as a value', edit(room, setEvent(own, Uint8Array.of(1))), 'value-not-allowed'],
      ['bytes inside a value', edit(room, setEvent(own, { x: Uint8Array.of(1) })), 'value-not-allowed'],
      ['a big integer', edit(room, setEvent(own, 10n)), 'value-not-allowed'],
      ['a type as a value', edit(room, setEvent(own, new Y.Map())), 'value-not-allowed'],
      ['a document as a value', edit(room, setEvent(own, new Y.Doc())), 'value-not-allowed'],
      ['a list in the events root', edit(room, (doc) => doc.get('events', Y.Array).push([1])), 'value-not-allowed'],
      ['the longest honest event', edit(room, setEvent(own, { evidence: Array(50).fill('文'.repeat(2000)) })), null],
      [
        'an event that every reader would choke on',
        edit(room, setEvent(own, '文'.repeat(200_000))),
        'value-not-allowed',
      ],
      ['many small things in one event', edit(room, setEvent(own, Array(300_000).fill(1))), 'value-not-allowed'],
      ['what is no comment: it harms nobody, since readers pass over it', edit(room, setEvent(own, ['?'])), null],
      ['another root', edit(room, (doc) => doc.getMap('prose').set(own, 1)), 'unknown-root'],
      ['GC', one({ reference: 0, content: length(1) }), 'value-not-allowed'],
      [
        'an item that hangs on a neighbour to hide its key',
        one({ reference: 8, origin: [THEIRS, 0], content: any({ type: 'comment' }) }),
        'key-of-another',
      ],
      [
        'an item that hangs on the right of a neighbour',
        one({ reference: 8, rightOrigin: [THEIRS, 0], content: any(1) }),
        'key-of-another',
      ],
      [
        'an item that hangs on a neighbour of the same update',
        handMade([
          {
            client: MINE,
            clock: 0,
            structs: [
              { reference: 8, parent: 'events', parentSub: own, content: any(1) },
              { reference: 8, origin: [MINE, 0], content: any(2) },
            ],
          },
        ]),
        'value-not-allowed',
      ],
    ];
    for (const [name, update, reason] of table) {
      it(`${name}: ${reason ?? 'accepted'}`, () => {
        expect(judge(update, { room })).toMatchObject(
          reason === null ? { type: 'accepted', newClientIds: [MINE] } : refused(reason),
        );
      });
    }

    it('an own event cannot be overwritten or deleted later', () => {
      const doc = heldRoom(room);
      Y.applyUpdate(doc, edit(room, setEvent(own, 1)));
      const later = new Y.Doc();
      Y.applyUpdate(later, Y.encodeStateAsUpdate(doc));
      const updates: Uint8Array[] = [];
      later.on('update', (update) => updates.push(update));
      later.getMap('events').set(own, 2);
      later.getMap('events').delete(own);
      const blind = one({ reference: 8, parent: 'events', parentSub: own, content: any(3) }, 77);
      for (const update of [...updates.slice(0, 1), blind]) {
        expect(judge(update, { room, doc, ownerOf: () => ME })).toEqual(refused('value-not-allowed'));
      }
    });
  });
}

describe('record', () => {
  it('[R6] nobody writes there', () => {
    const update = edit('record', setEvent(`${ME}/${ULID}`, 1));
    expect(judge(update, { room: 'record', capability: 'read' })).toEqual(refused('may-not-write'));
  });
});

describe('bombs and rubbish', () => {
  const bombs: [string, Uint8Array][] = [
    ['ten million structs in seven bytes', Uint8Array.of(1, 0x80, 0xad, 0xe2, 0x04, 1, 0)],
    ['ten million sections', Uint8Array.of(0x80, 0xad, 0xe2, 0x04)],
    ['ten million deletions', Uint8Array.of(0, 1, 1, 0x80, 0xad, 0xe2, 0x04)],
    ['ten million deleters', Uint8Array.of(0, 0x80, 0xad, 0xe2, 0x04)],
    ['a value of ten million', one({ reference: 8, content: length(10_000_000) })],
    ['an array of ten million', one({ reference: 8, content: bytes(1, 117, 0x80, 0xad, 0xe2, 0x04) })],
    ['an object of ten million', one({ reference: 8, content: bytes(1, 118, 0x80, 0xad, 0xe2, 0x04) })],
    [
      'ten thousand nested arrays',
      one({ reference: 8, content: bytes(1, ...Array(10_000).fill([117, 1]).flat(), 126) }),
    ],
    ['ten thousand nested brackets', one({ reference: 5, content: text('['.repeat(10_000) + ']'.repeat(10_000)) })],
    ['a prototype', one({ reference: 8, content: any(JSON.parse('{"__proto__":{"x":1}}')) })],
    ['a count that is not there', handMade([{ client: MINE, clock: 0, structs: [], declaredStructs: 3 }])],
    ['a struct of no length', one({ reference: 0, content: length(0) })],
    ['an empty string', one({ reference: 4, content: text('') })],
    [
      'a clock past 2^53',
      handMade([{ client: MINE, clock: 2 ** 53 - 2, structs: [{ reference: 0, content: length(9) }] }]),
    ],
    [
      'one client twice',
      handMade([
        { client: MINE, clock: 0, structs: [{ reference: 4, content: text('一') }] },
        { client: MINE, clock: 1, structs: [{ reference: 4, content: text('二') }] },
      ]),
    ],
    ['an unknown content', one({ reference: 17, content: length(1) })],
    ['broken JSON', one({ reference: 5, content: text('{') })],
    ['broken UTF-8', one({ reference: 4, content: bytes(2, 0xc3, 0x28) })],
    ['an unknown type', one({ reference: 7, content: length(9) })],
    ['trailing bytes', Uint8Array.of(0, 0, 0)],
    ['nothing', new Uint8Array()],
    ['version 2', Y.encodeStateAsUpdateV2(heldRoom('body'))],
  ];
  for (const [name, update] of bombs) {
    it(`[R5] ${name} is malformed, known within 5 ms`, () => {
      const doc = heldRoom('body');
      const ms = leastMs(() => expect(judge(update, { doc })).toEqual({ type: 'malformed' }));
      expect(ms).toBeLessThan(5);
    });
  }

  it('reads everything that Yjs itself writes', () => {
    const doc = new Y.Doc();
    doc.getText('prose').insert(0, '粗体', { bold: true });
    doc.getText('prose').insertEmbed(1, { id: 'x', kind: 'mention' });
    doc.getMap('fields').set('header/title/a', { v: ['一', null, true, 1.5, -3], by: ME, at: 1e12 });
    doc.getMap('blocks').set('b/kind', 'h1');
    doc.getMap('blocks').delete('b/kind');
    expect(judge(Y.encodeStateAsUpdate(doc), { doc: new Y.Doc() })).toMatchObject({ type: 'accepted' });
  });
});
