/** A rule that is watched instead of enforced: what is against it is taken and noted, and every other rule holds. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { encodeMessage } from '../../../shared/wire/messages.ts';
import { OBSERVABLE_RULES, type ObservableRule } from '../../../sync-server/gate/content-rules.ts';
import { EMPTY_ROOM, joinClient, stageRoom } from '../room/room-stage.ts';
import { any, handMade, text } from './hand-made.ts';

const HELD = docOf('甲乙丙');
/** Against one rule each; the last puts a word between two that never stood side by side. */
const AGAINST: Record<ObservableRule, Uint8Array> = {
  'single-values': handMade([
    { client: 9, clock: 0, structs: [{ reference: 8, parent: 'blocks', parentSub: 'b/kind', content: any(1, 2) }] },
  ]),
  neighbours: handMade([
    { client: 9, clock: 0, structs: [{ reference: 4, origin: [5, 0], rightOrigin: [5, 2], content: text('间') }] },
  ]),
};
const UNKNOWN_ROOT = handMade([
  { client: 9, clock: 0, structs: [{ reference: 4, parent: 'nowhere', content: text('外') }] },
]);

function docOf(words: string): Y.Doc {
  const doc = new Y.Doc();
  doc.clientID = 5;
  doc.getText('prose').insert(0, words);
  return doc;
}

/** A room with some words, and what becomes of an update in it. */
function tell(update: Uint8Array, observedRules: ReadonlySet<ObservableRule>) {
  const stored = { ...EMPTY_ROOM, updates: [Y.encodeStateAsUpdate(HELD)], lastSeq: 1 };
  const stage = stageRoom('body', stored, {}, { observedRules });
  joinClient(stage, 'a');
  stage.perform(stage.room.receive('a', encodeMessage({ type: 'update', update })));
  const notes = stage.effects.flatMap((effect) => (effect.type === 'note' ? [[effect.event, effect.detail]] : []));
  return { taken: stage.pending.length, notes, closed: stage.closeOf('a') };
}

describe('a rule of the gate that is watched', () => {
  for (const rule of OBSERVABLE_RULES) {
    it(`[V2] refuses nothing and is noted: ${rule}`, () => {
      const enforced = tell(AGAINST[rule], new Set());
      expect(enforced).toEqual({ taken: 0, notes: [['editRefused', 'value-not-allowed']], closed: 'editRefused' });
      const observed = tell(AGAINST[rule], new Set([rule]));
      expect(observed).toEqual({ taken: 1, notes: [['ruleObserved', rule]], closed: null });
    });

    it(`[V2] leaves every other rule as it is: ${rule}`, () => {
      const others = OBSERVABLE_RULES.filter((other) => other !== rule);
      expect(tell(AGAINST[rule], new Set(others)).closed).toBe('editRefused');
      expect(tell(UNKNOWN_ROOT, new Set([rule])).notes).toEqual([['editRefused', 'unknown-root']]);
    });
  }

  it('[R12] is not noted for what is within it', () => {
    const update = Y.encodeStateAsUpdate(docOf('甲'));
    expect(tell(update, new Set(OBSERVABLE_RULES)).notes).toEqual([]);
  });
});
