/** The short way to read what typing sends: it reads what the whole way reads, and leaves to that whatever is unusual. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { readContinuation } from '../../../sync-server/gate/continuation.ts';
import { scanUpdate } from '../../../sync-server/gate/scan.ts';
import { randomFrom } from '../../support/random.ts';
import { type HandMadeStruct, handMade, text } from './hand-made.ts';

const SEED = 31;
const MUTATIONS = 30_000;

const typed = (words: string, rest: Partial<HandMadeStruct> = {}, deletes: [number, number, number][] = []) =>
  handMade(
    [{ client: 7, clock: 300, structs: [{ reference: 4, origin: [7, 299], content: text(words), ...rest }] }],
    deletes,
  );

/** What is read; that its text is where it says is looked at here. */
function read(update: Uint8Array) {
  const words = readContinuation(update);
  if (words === null) return null;
  const { textFrom, ...rest } = words;
  expect(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(update.subarray(textFrom, -1))).toHaveLength(
    words.length,
  );
  return rest;
}

/** The same as the whole gate reads it; null when it is not one run of text behind its own clientID's last character. */
function asScanned(update: Uint8Array) {
  const scanned = scanUpdate(update);
  const [section] = scanned?.sections ?? [];
  const [struct] = section?.structs ?? [];
  if (scanned?.sections.length !== 1 || section?.structs.length !== 1 || scanned.deletes.length > 0) return null;
  if (struct?.kind !== 'item' || struct.content !== 'string' || struct.parent !== null) return null;
  const { client } = section;
  const { clock, length, origin, rightOrigin } = struct;
  return origin?.client === client && origin.clock === clock - 1 ? { client, clock, length, rightOrigin } : null;
}

describe('words that go on behind the last character of their clientID', () => {
  it('are read as what Yjs writes for somebody who types', () => {
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    doc.getText('prose').insert(0, '甲。');
    for (const words of ['a', '调解', 'ñ', 'é½', '\uFEFF'])
      doc.getText('prose').insert(doc.getText('prose').length - 1, words);
    const { clientID: client } = doc;
    expect(readContinuation(updates[0] ?? new Uint8Array())).toBeNull();
    // The first of these goes on in the middle of a run.
    expect(updates.slice(2).map(read)).toEqual(
      [3, 5, 6, 8].map((clock, n) => ({ client, clock, length: [2, 1, 2, 1][n], rightOrigin: { client, clock: 1 } })),
    );
  });

  it('are left to the whole gate where anything is unusual', () => {
    expect(read(typed('字'))).toEqual({ client: 7, clock: 300, length: 1, rightOrigin: null });
    const others = [
      typed(''),
      typed('🙂'),
      typed('x'.repeat(200)),
      typed('字', { origin: [7, 298] }),
      typed('字', { origin: [8, 299] }),
      typed('字', { parentSub: 'key' }),
      typed('字', { reference: 5 }),
      typed('字', {}, [[7, 0, 1]]),
      handMade([]),
      new Uint8Array(),
    ];
    expect(others.map(readContinuation)).toEqual(others.map(() => null));
  });

  it('are left to the whole gate where a number is written longer than need be, as lib0 reads it too', () => {
    const update = typed('字', { rightOrigin: [9, 5] });
    const numberEnds = [...update.subarray(0, -4).keys()].slice(2).filter((at) => (update[at] ?? 0) < 128);
    const longer = numberEnds.map((at) => {
      const last = update[at] ?? 0;
      return Uint8Array.of(...update.subarray(0, at), last | 128, 0, ...update.subarray(at + 1));
    });
    // Client and clock, both of what it stands behind and before, and how long the text is.
    expect(longer).toHaveLength(7);
    expect(longer.map((one) => Y.decodeUpdate(one).structs.length)).toEqual(longer.map(() => 1));
    expect(longer.map(readContinuation)).toEqual(longer.map(() => null));
    for (let end = 0; end < update.length; end++) expect(readContinuation(update.subarray(0, end))).toBeNull();
  });

  it(`[R5] are never read otherwise than by the whole gate, whatever the bytes (seed ${SEED})`, () => {
    const random = randomFrom(SEED);
    let count = 0;
    for (let n = 0; n < MUTATIONS; n++) {
      const right = random.chance(0.5) ? { rightOrigin: [random.int(300), random.int(300)] as const } : {};
      const update = typed(random.pick(['字', 'a', 'é调', '\uD7FF\uE000']), right);
      for (let times = random.int(3); times > 0; times--) update[random.int(update.length)] = random.int(256);
      const mutated = random.chance(0.1) ? update.slice(0, random.int(update.length)) : update;
      const words = read(mutated);
      if (words === null) continue;
      count++;
      expect(words).toEqual(asScanned(mutated));
    }
    expect(count).toBeGreaterThan(MUTATIONS / 4);
  });
});
