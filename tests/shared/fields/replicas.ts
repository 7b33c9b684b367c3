/** A few replicas of one body that exchange updates only when a test says so: late, twice, in any order. */
import * as Y from 'yjs';
import type { Random } from '../../support/random.ts';

export interface Replica {
  readonly person: string;
  readonly doc: Y.Doc;
  readonly fields: Y.Map<unknown>;
  readonly tasks: Y.Map<unknown>;
  /** Every update made here, in order. */
  readonly made: Uint8Array[];
  newRev(): string;
}

export function replicaOf(person: string): Replica {
  const doc = new Y.Doc();
  const made: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'remote') made.push(update);
  });
  let revs = 0;
  return {
    person,
    doc,
    fields: doc.getMap('fields'),
    tasks: doc.getMap('tasks'),
    made,
    newRev: () => `${person}-${revs++}`,
  };
}

/** Both hold what either held. */
export function exchange(a: Replica, b: Replica): void {
  const [fromA, fromB] = [Y.encodeStateAsUpdate(a.doc), Y.encodeStateAsUpdate(b.doc)];
  Y.applyUpdate(a.doc, fromB, 'remote');
  Y.applyUpdate(b.doc, fromA, 'remote');
}

/** Delivers every update of every replica to every other one: shuffled, some twice. */
export function deliverAll(replicas: readonly Replica[], random: Random): void {
  for (const to of replicas) {
    const updates = replicas.flatMap((from) => (from === to ? [] : from.made));
    const queue = [...updates, ...updates.filter(() => random.chance(0.4))];
    while (queue.length > 0) {
      const [update] = queue.splice(random.int(queue.length), 1);
      if (update) Y.applyUpdate(to.doc, update, 'remote');
    }
  }
}
