/** The status line as a table: what is known on the left, what is said on the right. */
import { describe, expect, it } from 'vitest';
import type { OutboxEntry, SaveStatus } from '../../../client/replica/contract.ts';
import type { RoomSituation } from '../../../client/replica/room-parts.ts';
import { deviceStatus, documentStatus } from '../../../client/replica/status.ts';

const NOW = 10_000;

const SAVED: RoomSituation = {
  load: { kind: 'ready' },
  writer: { kind: 'idle' },
  isUnacknowledged: false,
  connection: 'joined',
  isSynced: true,
  isLooking: false,
  stopped: null,
  held: null,
};

const WAITING: OutboxEntry = {
  command: { commandId: 'c', type: 'freezeDocument', documentId: 'd' },
  state: 'waiting',
};
const REFUSED: OutboxEntry = { ...WAITING, state: 'refused', reason: 'not-allowed' };

interface Known {
  readonly rooms?: readonly Partial<RoomSituation>[];
  readonly commands?: readonly OutboxEntry[];
  readonly isOnline?: boolean;
  readonly isOtherPerson?: boolean;
  readonly isSignedOut?: boolean;
}

function said({ rooms = [], commands = [], isOnline = true, isOtherPerson = false, isSignedOut = false }: Known) {
  const all = [0, 1, 2, 3].map((i) => ({ ...SAVED, ...rooms[i] }));
  return documentStatus({ nowMs: NOW, rooms: all, commands, isOnline, isOtherPerson, isSignedOut });
}

const attention = (problem: Extract<SaveStatus, { kind: 'needsAttention' }>['problem']): SaveStatus => ({
  kind: 'needsAttention',
  problem,
});

const TABLE: readonly (readonly [string, Known, SaveStatus])[] = [
  ['[C2] everything acknowledged and connected', {}, { kind: 'savedOnServer' }],
  ['[C2] one room with an unacknowledged edit', { rooms: [{ isUnacknowledged: true }] }, { kind: 'savedOnDevice' }],
  ['[C2] a command that waits', { commands: [WAITING] }, { kind: 'savedOnDevice' }],
  ['[C2] a room that is still connecting', { rooms: [{ connection: 'connecting' }] }, { kind: 'savedOnDevice' }],
  ['a room that loads', { rooms: [{ load: { kind: 'loading' } }] }, { kind: 'opening' }],
  [
    'a write of 399 ms',
    { rooms: [{ writer: { kind: 'writing', localSinceMs: NOW - 399 }, isUnacknowledged: true }] },
    { kind: 'savedOnDevice' },
  ],
  [
    'a write of 400 ms',
    { rooms: [{ writer: { kind: 'writing', localSinceMs: NOW - 400 }, isUnacknowledged: true }] },
    { kind: 'saving' },
  ],
  [
    'a long write of what the relay sent, while nobody typed',
    { rooms: [{ writer: { kind: 'writing', localSinceMs: null } }] },
    { kind: 'savedOnServer' },
  ],
  ['no network, nothing waiting', { isOnline: false }, { kind: 'offline', waitingDocuments: 0 }],
  [
    'a lost connection, something waiting',
    { rooms: [{ connection: 'offline', isUnacknowledged: true }] },
    { kind: 'offline', waitingDocuments: 1 },
  ],
  [
    'a store that cannot be written, whatever else',
    {
      rooms: [
        {
          writer: { kind: 'failed', localSinceMs: 1, failure: { why: 'quota', message: 'QuotaExceededError' } },
          connection: 'offline',
        },
      ],
    },
    attention({ kind: 'storeFailed', why: 'quota', message: 'QuotaExceededError' }),
  ],
  [
    '[C1] a store that cannot be read',
    { rooms: [{ load: { kind: 'failed', why: 'unknown', message: 'entry 2' } }] },
    attention({ kind: 'storeFailed', why: 'unknown', message: 'entry 2' }),
  ],
  [
    'edits on their way to the host',
    { rooms: [{ held: { reason: 'frozen', handedIn: false, isTurnedAway: false }, stopped: 'editTooLate' }] },
    attention({ kind: 'editsHeld', reason: 'frozen', handedIn: false, isTurnedAway: false }),
  ],
  [
    'edits that the host has, for a reason that is no refusal',
    { rooms: [{ held: { reason: 'no-access', handedIn: true, isTurnedAway: false }, stopped: 'noAccess' }] },
    attention({ kind: 'editsHeld', reason: 'no-access', handedIn: true, isTurnedAway: false }),
  ],
  [
    '[C3] a connection closed for good',
    { rooms: [{ stopped: 'updateClient', connection: 'offline' }] },
    attention({ kind: 'closed', close: 'updateClient' }),
  ],
  ['a refused command', { commands: [REFUSED] }, attention({ kind: 'commandRefused', reason: 'not-allowed' })],
  ['signed out', { isSignedOut: true }, attention({ kind: 'closed', close: 'signIn' })],
  [
    '[C9] another person’s cookie, before everything else',
    { isOtherPerson: true, rooms: [{ load: { kind: 'failed', why: 'unknown', message: 'x' } }] },
    attention({ kind: 'otherPerson' }),
  ],
  [
    '[C9] another person’s cookie, seen by a socket',
    { rooms: [{ stopped: 'otherPerson' }] },
    attention({ kind: 'otherPerson' }),
  ],
];

describe('a document says', () => {
  for (const [name, known, status] of TABLE) {
    it(`${name} → ${status.kind}`, () => {
      expect(said(known)).toEqual(status);
    });
  }
});

describe('the device says', () => {
  const quiet = {
    open: [],
    waitingDocuments: 0,
    outbox: [],
    isOnline: true,
    isOtherPerson: false,
    isSignedOut: false,
    storeProblem: null,
  };

  it('[C2] saved on the server only when no document and no command waits', () => {
    expect(deviceStatus(quiet)).toEqual({ kind: 'savedOnServer' });
    expect(deviceStatus({ ...quiet, waitingDocuments: 1 })).toEqual({ kind: 'savedOnDevice' });
    expect(deviceStatus({ ...quiet, outbox: [WAITING] })).toEqual({ kind: 'savedOnDevice' });
  });

  it('how many documents wait while offline', () => {
    expect(deviceStatus({ ...quiet, isOnline: false, waitingDocuments: 3 })).toEqual({
      kind: 'offline',
      waitingDocuments: 3,
    });
  });

  it('the problem of an open document, and its own before that', () => {
    const held = attention({ kind: 'editsHeld', reason: 'frozen', handedIn: true, isTurnedAway: false });
    expect(deviceStatus({ ...quiet, open: [{ kind: 'savedOnServer' }, held] })).toEqual(held);
    expect(deviceStatus({ ...quiet, open: [held], storeProblem: { why: 'quota', message: 'full' } })).toEqual(
      attention({ kind: 'storeFailed', why: 'quota', message: 'full' }),
    );
    expect(deviceStatus({ ...quiet, outbox: [REFUSED] })).toEqual(
      attention({ kind: 'commandRefused', reason: 'not-allowed' }),
    );
    expect(deviceStatus({ ...quiet, isSignedOut: true })).toEqual(attention({ kind: 'closed', close: 'signIn' }));
  });
});
