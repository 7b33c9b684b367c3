/** What one person may cost over all their sockets: arithmetic on given times, and sockets that are no real ones. */
import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CloseName } from '../../../shared/close-codes.ts';
import { LIMITS, type Limits } from '../../../sync-server/limits.ts';
import { BinaryFrames } from '../../../sync-server/sync/binary-frame.ts';
import { DirectReading } from '../../../sync-server/sync/direct-reading.ts';
import type { HeardSocket } from '../../../sync-server/sync/heard-socket.ts';
import { LiveSocket } from '../../../sync-server/sync/live-socket.ts';
import { AdmittedSession } from '../../../sync-server/sync/new-session.ts';
import { PersonBudget } from '../../../sync-server/sync/person-budget.ts';
import { PersonSockets } from '../../../sync-server/sync/person-sockets.ts';
import { SliceTurns } from '../../../sync-server/sync/sliced-send.ts';
import { SpareReceivers } from '../../../sync-server/sync/spare-receivers.ts';
import { TimeShares } from '../../../sync-server/sync/time-share.ts';
import { makeSession } from '../room/room-stage.ts';

const usual: Limits = {
  ...LIMITS,
  messagesPerPersonPerSecond: 10,
  messageBurstPerPerson: 20,
  bytesPerPersonPerSecond: 10_000,
  byteBurstPerPerson: 100_000,
  unfinishedBytesPerPerson: 8_000,
  queuedBytesPerPerson: 5_000,
  messageMs: 60_000,
  socketsPerPerson: 5,
  timeChargedMs: 1_000,
  pingsPerSecond: 1,
  pingBurst: 3,
};

class FakeStream extends EventEmitter {
  writableLength = 0;
  written = 0;
  write(bytes: Uint8Array) {
    this.written += bytes.length;
  }
}

/** A connection that does what it is told to and remembers what was done to it. */
class FakeSocket extends EventEmitter {
  readonly OPEN = 1;
  readonly readyState = 1;
  readonly stream = new FakeStream();
  isPaused = false;
  isCut = false;
  pings = 0;
  pongs = 0;
  pause() {
    this.isPaused = true;
  }
  resume() {
    this.isPaused = false;
  }
  rest() {}
  terminate() {
    this.isCut = true;
  }
  ping() {
    this.pings++;
  }
  pong() {
    this.pongs++;
  }
}

function stagePerson(limits: Limits = usual) {
  const clock = { nowMs: 0 };
  const shares = new TimeShares({ limits, clock: () => clock.nowMs });
  const person = new PersonSockets(limits, 0, shares.open());
  /** @param costMs what handling one of its messages takes */
  const open = (costMs = 0) => {
    const socket = new FakeSocket();
    const expelled: CloseName[] = [];
    const handled: string[] = [];
    let whole: Buffer[] = [];
    // As the library does: it listens before anybody else, and says of each piece at once what is whole by it.
    socket.stream.on('data', () => {
      for (const message of whole.splice(0)) live.message(message, true);
    });
    const live = new LiveSocket(
      {
        number: 0,
        socket: socket as unknown as HeardSocket,
        stream: socket.stream as unknown as Duplex,
        address: { documentId: 'd', room: 'body' },
        session: new AdmittedSession('s', makeSession('s')),
        signedIn: { personId: 'p', tokenHash: 'h', expiresAtMs: 0 },
        person,
      },
      {
        frames: new BinaryFrames(),
        turns: new SliceTurns(limits),
        directly: new DirectReading(),
        receivers: new SpareReceivers({ isServer: true, maxPayload: 1, maxBufferedChunks: 1, maxFragments: 1 }),
        limits,
        now: () => clock.nowMs,
        receive: (_live, data) => {
          clock.nowMs += costMs;
          handled.push(data.toString());
        },
        expel: (_live, row) => expelled.push(row),
        close: (_live, row) => expelled.push(row),
        ended: () => handled.push('(end)'),
      },
    );
    const reads = (bytes: number) => socket.stream.emit('data', Buffer.alloc(bytes));
    const pongs = (bytes = 0) => {
      reads(6 + bytes);
      live.pong(Buffer.alloc(bytes));
    };
    const says = (...texts: string[]) => {
      whole = texts.map((text) => Buffer.from(text));
      reads(whole.reduce((sum, { length }) => sum + length + 6, 0));
    };
    const ends = () => live.closed();
    return { socket, live, expelled, handled, reads, pongs, says, ends };
  };
  return { clock, person, others: shares.open(), open };
}

describe('the budget of a person', () => {
  it('[R19] lets a burst through, then says how long it takes until the debt is paid', () => {
    const budget = new PersonBudget(usual, 0);
    for (let n = 0; n < 20; n++) expect(budget.message(0)).toBe(0);
    expect(budget.message(0)).toBe(100);
    expect(budget.message(200)).toBe(0);
    expect(budget.read(0, 100_000)).toBe(0);
    expect(budget.read(0, 20_000)).toBe(2_000);
    expect(budget.read(4_000, 1)).toBe(0);
  });

  it('counts rooms, not sockets, and forgets a room with its last socket', () => {
    const budget = new PersonBudget(usual, 0);
    for (const room of ['a', 'a', 'b']) budget.entered(room);
    expect([budget.roomsWith('a'), budget.roomsWith('c')]).toEqual([2, 3]);
    budget.left('a');
    expect(budget.roomsWith('c')).toBe(3);
    budget.left('a');
    expect(budget.roomsWith('c')).toBe(2);
  });

  it('lets nobody enter faster than a page opens its rooms', () => {
    const budget = new PersonBudget({ ...usual, entriesPerPersonPerSecond: 1, entryBurstPerPerson: 2 }, 0);
    expect([budget.takeEntry(0), budget.takeEntry(0), budget.takeEntry(0), budget.takeEntry(1_000)]).toEqual([
      true,
      true,
      false,
      true,
    ]);
  });
});

describe('the sockets of a person', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('[R19] are not read while one of them has spent what flows in, and lose nothing', () => {
    const { open } = stagePerson();
    const flooder = open();
    const other = open();
    flooder.says(...Array.from({ length: 22 }, (_, n) => `${n}`));
    other.says('other');
    const later = open();
    later.says('later');
    expect([flooder, other, later].map(({ socket }) => socket.isPaused)).toEqual([true, true, true]);
    expect([flooder.handled.length, other.handled, later.handled]).toEqual([20, [], []]);
    vi.advanceTimersByTime(400);
    expect([flooder, other, later].map(({ socket }) => socket.isPaused)).toEqual([false, false, false]);
    expect([flooder.handled.at(-1), other.handled, later.handled]).toEqual(['21', ['other'], ['later']]);
    expect(flooder.expelled).toEqual([]);
  });

  it('[R19] all stop at once, and are read again in turns of the event loop, first one, who was read last at the end', () => {
    const { clock, open } = stagePerson();
    const [first, second, third] = [open(), open(), open()] as const;
    const paused = () => [first, second, third].map(({ socket }) => socket.isPaused);
    const spends = ({ says }: ReturnType<typeof open>) => says(...Array.from({ length: 21 }, () => 'x'));
    spends(first);
    expect(paused()).toEqual([true, true, true]);
    vi.advanceTimersToNextTimer();
    expect(paused()).toEqual([false, true, true]);
    // What it says is too much again: it is the turn of the second, later.
    spends(first);
    vi.advanceTimersByTime(0);
    expect(paused()).toEqual([true, true, true]);
    clock.nowMs += 60_000;
    while (paused().every(Boolean)) vi.advanceTimersToNextTimer();
    expect(paused()).toEqual([true, false, true]);
    vi.runAllTimers();
    expect(paused()).toEqual([false, false, false]);
  });

  it('[R19] are read again twice as many in each turn of the event loop, while nothing holds them again', () => {
    const { open } = stagePerson();
    const sockets = Array.from({ length: 5 }, () => open());
    sockets[0]?.says(...Array.from({ length: 21 }, () => 'x'));
    vi.advanceTimersByTime(99);
    const read = () => sockets.filter(({ socket }) => !socket.isPaused).length;
    const counts: number[] = [];
    while (read() < 5) {
      vi.advanceTimersToNextTimer();
      if (counts.at(-1) !== read()) counts.push(read());
    }
    expect(counts).toEqual([1, 3, 5]);
  });

  it('[R19] pay more for single bytes that end nothing than for what is whole, or comes in parts of some length', () => {
    const piecesUntilRest = (length: number, isWhole: boolean) => {
      const { open, others } = stagePerson(LIMITS);
      const { reads, says, socket } = open();
      others.worked(others.clock());
      let pieces = 0;
      while (!socket.isPaused && pieces < 1_000) {
        if (isWhole) says('x'.repeat(length));
        else reads(length);
        pieces++;
      }
      return pieces;
    };
    const crumbs = piecesUntilRest(1, false);
    const [parts, wholes] = [piecesUntilRest(LIMITS.crumbBytes, false), piecesUntilRest(1, true)];
    expect(crumbs).toBeLessThan(200);
    expect([parts, wholes].every((pieces) => pieces > crumbs * 5)).toBe(true);
  });

  it('[R19] take turns with everybody else when handling what they say takes long, in the order in which it came', () => {
    const { open } = stagePerson();
    const busy = open(3);
    busy.says('a', 'b', 'c', 'd', 'e');
    busy.ends();
    expect([busy.handled, busy.socket.isPaused]).toEqual([['a', 'b'], true]);
    vi.advanceTimersByTime(0);
    vi.runAllTicks();
    expect(busy.handled.slice(0, 2)).toEqual(['a', 'b']);
    vi.runAllTimers();
    expect([busy.handled, busy.socket.isPaused]).toEqual([['a', 'b', 'c', 'd', 'e', '(end)'], false]);
  });

  it('[R19] wait at the door like the others on the lines while everybody else has their share, in order and not without end', () => {
    const { clock, person, others, open } = stagePerson();
    const { says, handled } = open(70);
    const entered: number[] = [];
    const knock = (n: number) =>
      person.comesIn(() => {
        clock.nowMs += 1;
        entered.push(n);
      });
    others.worked(others.clock());
    expect(knock(0)).toBe(true);
    says('a long piece of work', 'more');
    for (let n = 1; n <= usual.socketsPerPerson; n++) expect(knock(n)).toBe(true);
    expect(knock(usual.socketsPerPerson + 1)).toBe(false);
    expect([entered, handled]).toEqual([[0], ['a long piece of work']]);
    vi.advanceTimersByTime(1_000);
    expect(entered.slice(0, 2)).toEqual([0, 1]);
    vi.advanceTimersByTime(1_000 * usual.socketsPerPerson);
    expect(entered).toEqual(Array.from({ length: usual.socketsPerPerson + 1 }, (_, n) => n));
    expect(handled).toEqual(['a long piece of work', 'more']);
  });

  it('are read again only when neither the room nor the budget holds them back', () => {
    const { open } = stagePerson();
    const { socket, live, says, handled } = open();
    live.pause('room');
    says(...Array.from({ length: 21 }, (_, n) => `${n}`));
    vi.runAllTimers();
    expect([socket.isPaused, handled]).toEqual([true, []]);
    live.resume('room');
    vi.runAllTimers();
    expect([socket.isPaused, handled.length]).toEqual([false, 21]);
  });

  it('[R19] may not gather more half messages together than one bound, however small the pieces', () => {
    const { open } = stagePerson();
    const first = open();
    const second = open();
    first.reads(4_000);
    expect(first.expelled).toEqual([]);
    for (let n = 0; n < 6; n++) second.reads(1);
    expect(second.expelled).toEqual([]);
    second.reads(1);
    expect(second.expelled).toEqual(['tooFast']);
    expect(second.socket.isPaused).toBe(true);
  });

  it('may gather again when a message is whole or a socket is gone', () => {
    const { open } = stagePerson();
    const first = open();
    const second = open();
    for (let n = 0; n < 4; n++) {
      first.reads(6_000);
      first.live.message(Buffer.from('whole'), true);
    }
    first.reads(6_000);
    first.ends();
    second.reads(6_000);
    expect([...first.expelled, ...second.expelled]).toEqual([]);
  });

  it('do not get rid of half a message by answering pings between its pieces', () => {
    const { open } = stagePerson();
    const { expelled, reads, pongs } = open();
    for (let n = 0; n < 8; n++) {
      reads(1_000);
      pongs(20);
    }
    expect(expelled[0]).toBe('tooFast');
  });

  it('[R19] are dropped when together they let too much wait, but one alone gets a whole answer', () => {
    const { open } = stagePerson();
    const first = open();
    first.live.send(new Uint8Array(50_000));
    // The message and the four bytes before it that say how long it is.
    expect([first.socket.stream.written, first.expelled]).toEqual([50_004, []]);
    first.socket.stream.writableLength = 4_000;
    const second = open();
    second.live.send(new Uint8Array(900));
    expect(second.expelled).toEqual([]);
    second.socket.stream.writableLength = 900;
    second.live.send(new Uint8Array(2_000));
    expect(second.expelled).toEqual(['tooSlow']);
  });

  it('are remembered for a while after the last of them: coming back is no new allowance', () => {
    const { person, open } = stagePerson();
    const { ends } = open();
    expect(person.isForgotten(usual.budgetMs * 2)).toBe(false);
    ends();
    expect(person.isForgotten(usual.budgetMs)).toBe(false);
    expect(person.isForgotten(usual.budgetMs + 1)).toBe(true);
  });
});

describe('one socket', () => {
  it('is cut when nothing was heard of it for a round, and not while anything comes', () => {
    const { clock, open } = stagePerson();
    const silent = open();
    const uploading = open();
    const idle = open();
    for (let round = 1; round <= 2; round++) {
      clock.nowMs = round * 30_000;
      uploading.reads(100);
      idle.pongs();
      for (const { live } of [silent, uploading, idle]) live.tick(clock.nowMs);
    }
    expect([silent, uploading, idle].map(({ socket }) => socket.isCut)).toEqual([true, false, false]);
  });

  it('is cut when one message takes for ever, however alive the peer is', () => {
    const { clock, open } = stagePerson();
    const trickling = open();
    const talking = open();
    for (let round = 0; round <= 3; round++) {
      clock.nowMs = round * 30_000;
      for (const { reads, pongs } of [trickling, talking]) {
        reads(10);
        pongs();
      }
      talking.live.message(Buffer.from('whole'), true);
      for (const { live } of [trickling, talking]) live.tick(clock.nowMs);
    }
    expect([trickling.socket.isCut, talking.socket.isCut]).toEqual([true, false]);
  });

  it('is not taken for dead while the relay does not read it', () => {
    const { clock, open } = stagePerson();
    const { socket, live } = open();
    live.pause('room');
    for (let round = 1; round <= 5; round++) live.tick(round * 30_000);
    clock.nowMs = 150_000;
    live.resume('room');
    live.tick(180_000);
    expect([socket.isCut, socket.pings]).toEqual([false, 1]);
  });

  it('answers a few pings and ends a flood of them', () => {
    const { open } = stagePerson();
    const { socket, live, expelled } = open();
    for (let n = 0; n < 4; n++) live.ping(Buffer.alloc(4));
    expect([socket.pongs, expelled]).toEqual([3, ['tooFast']]);
  });
});
