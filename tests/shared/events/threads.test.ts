/** What the events of a review room add up to, who may do what, and that order and repetition change nothing. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { appendEvent, type LoggedEvent, readEvents } from '../../../shared/events/event-log.ts';
import { MAX_COMMENT_LENGTH, type ReviewEvent, reviewEventSchema } from '../../../shared/events/review-events.ts';
import { mayBlock, settleRefusal } from '../../../shared/events/review-rules.ts';
import { mentionsPerson, readThreads } from '../../../shared/events/threads.ts';
import { makeUlid } from '../../../shared/ids.ts';
import { ROLES, type Role } from '../../../shared/permissions.ts';
import { randomFrom } from '../../support/random.ts';

const PEOPLE: Record<string, Role> = {
  host: 'host',
  mediator: 'mediator',
  recorder: 'recorder',
  participant: 'participant',
  reviewer: 'reviewer',
  observer: 'observer',
};
const roleOf = (personId: string) => PEOPLE[personId] ?? null;
const ulidAt = (ms: number) => makeUlid(ms, (count) => new Uint8Array(count));
const keyOf = (personId: string, ms: number) => `${personId}/${ulidAt(ms)}`;

const event = (ms: number, personId: string, value: ReviewEvent): LoggedEvent<ReviewEvent> => ({
  personId,
  ulid: ulidAt(ms),
  atMs: ms,
  value,
});
const comment = (ms: number, personId: string, more: { isBlocking?: boolean; mentions?: string[] } = {}) =>
  event(ms, personId, {
    type: 'comment',
    anchor: { of: 'document' },
    text: '请核对金额',
    mentions: more.mentions ?? [],
    isBlocking: more.isBlocking ?? false,
  });
const THREAD = keyOf('participant', 1);

describe('a thread', () => {
  it('is a comment with its replies, edited by their authors only', () => {
    const reply = keyOf('mediator', 2);
    const { threads, ignored } = readThreads(
      [
        comment(1, 'participant', { mentions: ['mediator'] }),
        event(2, 'mediator', { type: 'reply', threadId: THREAD, text: '已核对', mentions: [] }),
        event(3, 'mediator', { type: 'edit', of: reply, text: '已核对三遍', mentions: ['host'] }),
        event(4, 'host', { type: 'edit', of: reply, text: '代为改写', mentions: [] }),
        event(5, 'participant', { type: 'edit', of: THREAD, text: '请核对金额大写', mentions: [] }),
      ],
      roleOf,
    );
    expect(threads).toHaveLength(1);
    expect(threads[0]?.comment).toMatchObject({ text: '请核对金额大写', isEdited: true, authorId: 'participant' });
    expect(threads[0]?.replies).toMatchObject([{ text: '已核对三遍', isEdited: true, mentions: ['host'] }]);
    expect(ignored.map(({ reason }) => reason)).toEqual(['not-author']);
    expect(threads[0] && mentionsPerson(threads[0], 'host')).toBe(true);
    expect(threads[0] && mentionsPerson(threads[0], 'mediator')).toBe(false);
  });

  it('goes when its comment is withdrawn unanswered, and stays without the words when it was answered', () => {
    const withdrawn = [comment(1, 'participant'), event(3, 'participant', { type: 'withdraw', of: THREAD })];
    expect(readThreads(withdrawn, roleOf).threads).toEqual([]);
    const answered = [
      ...withdrawn,
      event(2, 'mediator', { type: 'reply', threadId: THREAD, text: '已改', mentions: [] } as const),
    ];
    const { threads } = readThreads(answered, roleOf);
    expect(threads[0]?.comment).toMatchObject({ isWithdrawn: true, text: '' });
    expect(threads[0]?.replies).toHaveLength(1);
  });

  it('no longer blocks once its comment is withdrawn', () => {
    const { threads } = readThreads(
      [
        comment(1, 'participant', { isBlocking: true }),
        event(2, 'mediator', { type: 'reply', threadId: THREAD, text: '已改', mentions: [] }),
        event(3, 'participant', { type: 'withdraw', of: THREAD }),
      ],
      roleOf,
    );
    expect(threads[0]?.isBlocking).toBe(false);
  });

  it('takes an answer whose clock is behind the comment', () => {
    const late = keyOf('participant', 50);
    const { threads } = readThreads(
      [event(2, 'mediator', { type: 'reply', threadId: late, text: '收到', mentions: [] }), comment(50, 'participant')],
      roleOf,
    );
    expect(threads[0]?.replies).toHaveLength(1);
  });

  it('is anchored where it was put last and keeps the words it was written about', () => {
    const anchorOf = (exact: string) =>
      ({
        of: 'prose',
        first: { client: 1, clock: 1 },
        last: { client: 1, clock: 2 },
        blockId: 'b',
        quote: { exact, prefix: '', suffix: '' },
      }) as const;
    const { threads } = readThreads(
      [
        event(1, 'participant', {
          type: 'comment',
          anchor: anchorOf('尽快'),
          text: '写明日期',
          mentions: [],
          isBlocking: false,
        }),
        event(2, 'mediator', { type: 'reanchor', threadId: THREAD, anchor: anchorOf('十日内') }),
      ],
      roleOf,
    );
    expect(threads[0]?.anchor).toEqual(anchorOf('十日内'));
    expect(threads[0]?.firstAnchor).toEqual(anchorOf('尽快'));
  });

  it('stands after its author has left the case', () => {
    expect(readThreads([comment(1, 'gone')], roleOf).threads).toHaveLength(1);
  });
});

describe('resolving and reopening', () => {
  const everybody = [...Object.keys(PEOPLE), 'author', 'gone'];
  const may = (isBlocking: boolean) =>
    everybody.filter((personId) => {
      const role = personId === 'author' ? 'participant' : roleOf(personId);
      const open = settleRefusal({ personId, role }, { authorId: 'author', isBlocking, isResolved: false }, 'resolve');
      const done = settleRefusal({ personId, role }, { authorId: 'author', isBlocking, isResolved: true }, 'reopen');
      expect(open, personId).toBe(done);
      return open === null;
    });

  it('is for the author, whoever edits the document, and reviewers', () => {
    expect(may(false)).toEqual(['host', 'mediator', 'recorder', 'participant', 'reviewer', 'author']);
  });

  it('of a blocking comment is for its author, reviewers and the host', () => {
    expect(may(true)).toEqual(['host', 'reviewer', 'author']);
  });

  it('does nothing twice, and says why not', () => {
    const { threads, ignored } = readThreads(
      [
        comment(1, 'participant', { isBlocking: true }),
        event(2, 'mediator', { type: 'resolve', threadId: THREAD }),
        event(3, 'reviewer', { type: 'resolve', threadId: THREAD }),
        event(4, 'host', { type: 'resolve', threadId: THREAD }),
        event(5, 'observer', { type: 'reopen', threadId: THREAD }),
        event(6, 'host', { type: 'resolve', threadId: keyOf('host', 99) }),
      ],
      roleOf,
    );
    expect(threads[0]).toMatchObject({ isResolved: true, settled: { by: 'reviewer', atMs: 3 } });
    expect(ignored.map(({ reason }) => reason)).toEqual(['blocking', 'no-change', 'blocking', 'no-thread']);
  });

  it('offers the blocking mark to reviewers and hosts', () => {
    expect(ROLES.filter(mayBlock)).toEqual(['host', 'reviewer']);
  });
});

describe('the reading of a review room', () => {
  for (const seed of [71, 72, 73, 74]) {
    it(`[V2] is the same whatever order, lateness and repetition the events come in (seed ${seed})`, () => {
      const random = randomFrom(seed);
      const docs = Object.keys(PEOPLE).map((personId) => ({ personId, doc: new Y.Doc() }));
      const keys: string[] = [THREAD];
      for (let n = 0; n < 80; n++) {
        const { personId, doc } = random.pick(docs);
        const ulid = makeUlid(random.int(30), (count) => Uint8Array.from({ length: count }, () => random.int(256)));
        const of = random.pick(keys);
        const value: ReviewEvent = random.pick<ReviewEvent>([
          { type: 'comment', anchor: { of: 'document' }, text: `意见${n}`, mentions: [], isBlocking: n % 3 === 0 },
          { type: 'reply', threadId: of, text: `答复${n}`, mentions: [] },
          { type: 'edit', of, text: `改写${n}`, mentions: [] },
          { type: 'withdraw', of },
          { type: 'resolve', threadId: of },
          { type: 'reopen', threadId: of },
        ]);
        appendEvent(doc.getMap('events'), personId, ulid, value);
        keys.push(`${personId}/${ulid}`);
      }
      const updates = docs.map(({ doc }) => Y.encodeStateAsUpdate(doc));
      const readings = [1, 2, 3].map(() => {
        const doc = new Y.Doc();
        const queue = [...updates, ...updates];
        while (queue.length > 0) {
          const [update] = queue.splice(random.int(queue.length), 1);
          if (update) Y.applyUpdate(doc, update);
        }
        return readThreads(readEvents(doc.getMap('events'), reviewEventSchema).events, roleOf);
      });
      expect(readings[1]).toEqual(readings[0]);
      expect(readings[2]).toEqual(readings[0]);
      expect(readings[0]?.threads.length).toBeGreaterThan(3);
    });
  }

  it('passes over what is no event or too large, and reads the rest', () => {
    const map = new Y.Doc().getMap<unknown>('events');
    const good = comment(1, 'participant').value;
    appendEvent(map, 'participant', ulidAt(1), good);
    const bad: Record<string, unknown> = {
      'a word': 'comment',
      'no text': { ...good, text: ' ' },
      'a text too long': { ...good, text: '长'.repeat(MAX_COMMENT_LENGTH + 1) },
      'too many mentions': { ...good, mentions: Array.from({ length: 51 }, (_, n) => `p${n}`) },
      'a mention that is no word': { ...good, mentions: [7] },
      'an anchor of nothing': { ...good, anchor: { of: 'nothing' } },
      'a unit before the first': {
        ...good,
        anchor: {
          of: 'prose',
          first: { client: -1, clock: 0 },
          last: { client: 1, clock: 1 },
          blockId: null,
          quote: { exact: '字', prefix: '', suffix: '' },
        },
      },
      'a clock that is no number': {
        ...good,
        anchor: {
          of: 'prose',
          first: { client: 1, clock: 'x' },
          last: { client: 1, clock: 1 },
          blockId: null,
          quote: { exact: '字', prefix: '', suffix: '' },
        },
      },
      'a type of a newer version': { type: 'approve', threadId: THREAD },
    };
    let ms = 2;
    for (const value of Object.values(bad)) map.set(keyOf('participant', ms++), value);
    const reading = readEvents(map, reviewEventSchema);
    expect(reading.invalid).toHaveLength(Object.keys(bad).length);
    expect(readThreads(reading.events, roleOf).threads).toHaveLength(1);
  });
});
