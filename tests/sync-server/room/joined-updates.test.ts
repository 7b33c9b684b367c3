/** Updates that leave as one frame say together exactly what they said one by one. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { joinParts, joinUpdates, updateToPart } from '../../../sync-server/room/joined-updates.ts';
import { UpdatesOfOthers } from '../../../sync-server/room/updates-of-others.ts';
import { type Random, randomFrom } from '../../support/random.ts';

/** What some people write at once into one text and one map, update by update, in the order in which a room took it. */
function writtenTogether(random: Random): Uint8Array[] {
  const docs = Array.from({ length: 1 + random.int(5) }, () => new Y.Doc());
  const updates: Uint8Array[] = [];
  for (const doc of docs) {
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'others') return;
      updates.push(update);
      for (const other of docs) if (other !== doc && random.chance(0.7)) Y.applyUpdate(other, update, 'others');
    });
  }
  for (let n = 0; n < 30; n++) {
    const doc = random.pick(docs);
    // Now and then somebody hears all they missed, so that their next edit builds on it.
    if (random.chance(0.2)) for (const update of [...updates]) Y.applyUpdate(doc, update, 'others');
    editOnce(doc, n, random);
  }
  return updates;
}

function editOnce(doc: Y.Doc, n: number, random: Random): void {
  const text = doc.getText('prose');
  const act = random.int(4);
  if (act === 0 && text.length > 2) text.delete(random.int(text.length - 1), 1);
  else if (act === 1 && text.length > 2) text.format(0, 1 + random.int(text.length - 1), { bold: random.chance(0.5) });
  else if (act === 2) doc.getMap('fields').set(random.pick(['a', 'b']), n);
  else text.insert(random.int(text.length + 1), random.pick(['一', '和衷', 'abc']));
}

/** What several sessions wrote between two commits: nobody had heard of the others' part yet. */
function writtenBetweenCommits(random: Random) {
  const before = docOf(writtenTogether(random));
  const parts: { update: Uint8Array; sessionId: string }[] = [];
  const writers = Array.from({ length: 2 + random.int(5) }, (_, index) => {
    const doc = docOf([Y.encodeStateAsUpdate(before)]);
    // Mostly a session each; sometimes two pages of one clientID, or one session that brings what two wrote.
    const own = random.chance(0.2) ? [`${index}`, `${index} again`] : [`${random.chance(0.2) ? 0 : index}`];
    doc.on('update', (update: Uint8Array) => parts.push({ update, sessionId: random.pick(own) }));
    return doc;
  });
  for (let n = 0; n < 15; n++) editOnce(random.pick(writers), n, random);
  return { before: Y.encodeStateAsUpdate(before), parts };
}

function docOf(updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc;
}

const contentOf = (doc: Y.Doc) => [doc.getText('prose').toDelta(), doc.getMap('fields').toJSON()];

describe('updates that leave together', () => {
  for (let seed = 1; seed <= 60; seed++) {
    it(`are one update with the content of all of them, seed ${seed}`, () => {
      const random = randomFrom(seed);
      const updates = writtenTogether(random);
      const from = random.int(updates.length);
      const before = updates.slice(0, from);
      const joined = joinParts(updates.slice(from).map(updateToPart));
      expect(joined).toHaveLength(1);
      expect(joinUpdates(updates.slice(from))).toEqual(joined);
      const one = docOf([...before, ...joined]);
      const each = docOf(updates);
      expect(one.store.pendingStructs).toBeNull();
      expect(contentOf(one)).toEqual(contentOf(each));
      expect(Y.encodeStateAsUpdate(one)).toEqual(Y.encodeStateAsUpdate(each));
    });
  }

  it('are two where one between them is left out', () => {
    const updates: Uint8Array[] = [];
    const doc = new Y.Doc();
    doc.on('update', (update: Uint8Array) => updates.push(update));
    for (const letter of 'abcd') doc.getText('prose').insert(0, letter);
    const [first, second, , fourth] = updates.map(updateToPart);
    if (first === undefined || second === undefined || fourth === undefined)
      throw new Error('four letters, four updates');
    const joined = joinParts([first, second, fourth]);
    expect(joined).toHaveLength(2);
    expect(joinUpdates([first, second, fourth].map(({ update }) => update))).toEqual(joined);
    expect(docOf(joined).store.pendingStructs).not.toBeNull();
    expect(
      docOf([...joined, ...updates])
        .getText('prose')
        .toString(),
    ).toBe('dcba');
  });

  it('are the very bytes when there is only one, and nothing when there is none', () => {
    const update = Y.encodeStateAsUpdate(docOf([]));
    expect(joinParts([updateToPart(update)])[0]).toBe(update);
    expect(joinParts([])).toEqual([]);
    expect(joinUpdates([update])[0]).toBe(update);
    expect(joinUpdates([])).toEqual([]);
  });
});

describe('what others wrote of updates that leave together', () => {
  for (let seed = 1; seed <= 60; seed++) {
    it(`is, for each who wrote some of them, all but their own, seed ${seed}`, () => {
      const { before, parts } = writtenBetweenCommits(randomFrom(seed));
      const ofOthers = new UpdatesOfOthers(parts.map((part) => ({ ...updateToPart(part.update), ...part })));
      const all = docOf([before, ...parts.map(({ update }) => update)]);
      const idsIn = (updates: readonly Uint8Array[]) =>
        updates.flatMap((update) => Y.decodeUpdate(update).structs.map(({ id }) => `${id.client}:${id.clock}`));
      for (const sessionId of new Set(parts.map((part) => part.sessionId))) {
        const own = parts.filter((part) => part.sessionId === sessionId).map(({ update }) => update);
        const others = ofOthers.without(sessionId);
        const reader = docOf([before, ...own, ...others]);
        expect(contentOf(reader)).toEqual(contentOf(all));
        expect(Y.encodeStateVector(reader)).toEqual(Y.encodeStateVector(all));
        expect(idsIn(others).filter((id) => idsIn(own).includes(id))).toEqual([]);
      }
    });
  }
});
