/**
 * A long history of one text for benchmarks, keystroke by keystroke: the public "automerge-paper" trace (259,778 insertions
 * and deletions; Martin Kleppmann, CC BY 4.0) where it lies beside the project or at HISTORY_FILE, else one of the same size
 * and locality from a fixed seed.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as Y from 'yjs';
import { z } from 'zod';
import { randomFrom } from './random.ts';

const FILE = process.env.HISTORY_FILE ?? join(import.meta.dirname, '../../../shared/data/automerge-paper.json.gz');
const EDITS = 259_778;
const traceSchema = z.object({
  txns: z.array(z.object({ patches: z.array(z.tuple([z.number(), z.number(), z.string()])) })),
});

export interface History {
  /** Whether it is the real one. */
  readonly isReal: boolean;
  /** One update for each keystroke, all of one author. */
  readonly updates: readonly Uint8Array[];
  /** Everything as one update. */
  readonly state: Uint8Array;
  readonly length: number;
}

/** Types the history; takes some seconds. */
export function typeHistory(): History {
  const isReal = existsSync(FILE);
  const doc = new Y.Doc();
  const text = doc.getText('prose');
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (const [at, removed, added] of isReal ? realPatches() : madeUpPatches()) {
    doc.transact(() => {
      if (removed > 0) text.delete(at, removed);
      // The wire carries line ends only as ends of blocks.
      if (added !== '') text.insert(at, added.replaceAll('\n', ' '));
    });
  }
  return { isReal, updates, state: Y.encodeStateAsUpdate(doc), length: text.length };
}

type Patch = readonly [at: number, removed: number, added: string];

function realPatches(): Patch[] {
  const trace = traceSchema.parse(JSON.parse(gunzipSync(readFileSync(FILE)).toString()));
  return trace.txns.flatMap(({ patches }) => patches);
}

/** Runs of typing with some rubbing out, mostly near the last place. */
function madeUpPatches(): Patch[] {
  const random = randomFrom(259_778);
  const patches: Patch[] = [];
  let length = 0;
  let at = 0;
  for (let n = 0; n < EDITS; n++) {
    if (random.chance(0.02)) at = random.int(length + 1);
    if (at > 0 && random.chance(0.29)) {
      patches.push([--at, 1, '']);
      length--;
    } else {
      patches.push([at++, 0, random.pick(['a', 'e', 't', ' ', '一', '的'])]);
      length++;
    }
  }
  return patches;
}
