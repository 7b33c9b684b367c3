import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { z } from 'zod';
import { appendEvent, nextEventMs, readEvents, ulidToMs } from '../../../shared/events/event-log.ts';
import { readRecordState } from '../../../shared/events/record-state.ts';
import { makeUlid } from '../../../shared/ids.ts';

const schema = z.object({ n: z.number() });
const ulidAt = (ms: number, tail = 0) => makeUlid(ms, (count) => new Uint8Array(count).fill(tail));
const mapOf = () => new Y.Doc().getMap<unknown>('events');

describe('an event log', () => {
  it('reads by time, then by author, and lists what it cannot read', () => {
    const map = mapOf();
    appendEvent(map, 'b', ulidAt(2), { n: 2 });
    appendEvent(map, 'b', ulidAt(1), { n: 1 });
    appendEvent(map, 'a', ulidAt(2), { n: 3 });
    appendEvent(map, 'a', ulidAt(3), { n: 'newer version' });
    map.set('a/not-a-ulid', { n: 4 });
    map.set('nobody', { n: 5 });
    const reading = readEvents(map, schema);
    expect(reading.events.map(({ personId, atMs, value }) => [personId, atMs, value.n])).toEqual([
      ['b', 1, 1],
      ['a', 2, 3],
      ['b', 2, 2],
    ]);
    expect(reading.invalid).toEqual([`a/${ulidAt(3)}`, 'a/not-a-ulid', 'nobody']);
  });

  it('never changes an event', () => {
    const map = mapOf();
    appendEvent(map, 'a', ulidAt(1), { n: 1 });
    expect(() => appendEvent(map, 'a', ulidAt(1), { n: 2 })).toThrow('event exists');
  });

  it('puts an answer after what it answers although the clock is behind, but follows no clock a day ahead', () => {
    const map = mapOf();
    const now = 1_800_000_000_000;
    expect(nextEventMs(map, now)).toBe(now);
    appendEvent(map, 'a', ulidAt(now + 5000), { n: 1 });
    expect(nextEventMs(map, now)).toBe(now + 5001);
    appendEvent(map, 'a', ulidAt(now + 10 * 24 * 3600_000), { n: 2 });
    expect(nextEventMs(map, now)).toBe(now + 5001);
    expect(ulidToMs(ulidAt(now))).toBe(now);
  });
});

describe('the record of a document', () => {
  it('knows number and freezing from the relay and from nobody else', () => {
    const map = mapOf();
    const common = { by: 'host', byName: '林晓舟', agencyId: 'centre', agencyName: '县综治中心', atMs: 5 };
    expect(readRecordState(map)).toMatchObject({ number: null, state: 'draft', frozen: null });
    appendEvent(map, 'relay', ulidAt(0), { ...common, type: 'registered' });
    appendEvent(map, 'somebody', ulidAt(9), { ...common, type: 'numbered', number: '假〔2026〕1号' });
    appendEvent(map, 'relay', ulidAt(1), { ...common, type: 'numbered', number: '云联纪〔2026〕9号' });
    appendEvent(map, 'relay', ulidAt(2), { ...common, type: 'freezing' });
    expect(readRecordState(map).state).toBe('freezing');
    appendEvent(map, 'relay', ulidAt(3), { ...common, type: 'frozen' });
    expect(readRecordState(map)).toMatchObject({
      number: '云联纪〔2026〕9号',
      state: 'frozen',
      frozen: { by: 'host', atMs: 5 },
    });
    appendEvent(map, 'relay', ulidAt(4), { ...common, type: 'unfrozen' });
    expect(readRecordState(map)).toMatchObject({ state: 'draft', frozen: null });
    expect(readRecordState(map).history).toHaveLength(5);
  });
});
