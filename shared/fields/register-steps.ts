/**
 * What can be taken back of registers (fields and rows): each exchange remembers what it put and what stood there before, and
 * is done backwards only while nobody else has changed it since. Knows no stack and no words; that is history.ts.
 */
import type * as Y from 'yjs';
import { foreignContent } from './foreign-content.ts';
import { type FieldValue, type PutValue, type RegisterAddress, registerWrites, replaceRegister } from './register.ts';
import { DELETED_FIELD, seenMarks } from './tombstone.ts';

export interface RegisterWrite {
  readonly recordId: string;
  readonly field: string;
  readonly value: FieldValue;
}

type Put = Pick<PutValue, 'value' | 'beside'>;

/** One register: the revs that must still be current, and the values to put back in their place. */
interface RegisterExchange {
  readonly recordId: string;
  readonly field: string;
  readonly current: readonly string[];
  readonly putBack: readonly PutValue[];
}

export interface RegisterStep {
  readonly kind: 'registers';
  readonly map: Y.Map<unknown>;
  readonly exchanges: readonly RegisterExchange[];
  /** The record this step made: undone only while nobody else has put anything into it. */
  readonly created: string | null;
}

/** Somebody changed it since: `by`, or null when only their words show it. */
interface ChangedSince {
  readonly by: string | null;
  readonly recordId: string;
  readonly field: string;
}

export interface RegisterSteps {
  /** Writes in one transaction; the step that takes it back. */
  write(map: Y.Map<unknown>, writes: readonly RegisterWrite[]): RegisterStep;
  /** The step that takes back the making of a record: it becomes a deleted one. */
  created(map: Y.Map<unknown>, recordId: string): RegisterStep;
  /** Why the step cannot be done any more; null when it can. */
  changedSince(step: RegisterStep, direction: 'undo' | 'redo'): ChangedSince | null;
  /** Puts everything back; the step that takes this back in turn. */
  move(step: RegisterStep): RegisterStep;
  /** No step made before will be done any more. */
  forget(): void;
}

interface RegisterStepsInput {
  readonly doc: Y.Doc;
  readonly by: string;
  readonly now: () => number;
  readonly newRev: () => string;
  readonly origin: unknown;
}

export function createRegisterSteps({ doc, by, now, newRev, origin }: RegisterStepsInput): RegisterSteps {
  /** A value written back has a new rev: older steps that speak of the old one mean the new one. */
  const renamed = new Map<string, string>();
  const latestRev = (rev: string): string => {
    let latest = rev;
    for (let next = renamed.get(latest); next !== undefined; next = renamed.get(latest)) latest = next;
    return latest;
  };
  const address = (recordId: string, field: string): RegisterAddress => ({ recordId, field, by, atMs: now() });
  /** A tombstone is written anew each time, from what is seen now. */
  const freshValue = (map: Y.Map<unknown>, { recordId, field, value }: RegisterWrite): FieldValue =>
    field === DELETED_FIELD && Array.isArray(value) ? seenMarks(map, recordId) : value;

  /** Puts values in place of what is there; returns the exchange that takes it back. */
  const exchange = (map: Y.Map<unknown>, recordId: string, field: string, values: readonly Put[]) => {
    const before = registerWrites(map, recordId, field);
    const put = values.map((each) => ({
      ...each,
      value: freshValue(map, { recordId, field, value: each.value }),
      rev: newRev(),
    }));
    replaceRegister(map, address(recordId, field), put);
    return { recordId, field, current: put.map((each) => each.rev), putBack: before };
  };

  return {
    write(map, writes) {
      const exchanges = doc.transact(
        () => writes.map((each) => exchange(map, each.recordId, each.field, [{ value: each.value }])),
        origin,
      );
      return { kind: 'registers', map, exchanges, created: null };
    },
    created(map, recordId) {
      const tombstone = { recordId, field: DELETED_FIELD, current: [], putBack: [{ value: [], rev: newRev() }] };
      return { kind: 'registers', map, exchanges: [tombstone], created: recordId };
    },
    changedSince({ map, exchanges, created }, direction) {
      for (const { recordId, field, current } of exchanges) {
        const wanted = new Set(current.map(latestRev));
        const writes = registerWrites(map, recordId, field);
        const foreign = writes.filter((each) => !wanted.has(each.rev)).sort((a, b) => b.atMs - a.atMs)[0];
        if (foreign || writes.length !== wanted.size) return { recordId, field, by: foreign?.by ?? null };
      }
      const foreign = direction === 'undo' && created !== null ? foreignContent(doc, map, created, by) : null;
      return foreign && created !== null ? { recordId: created, field: foreign.field, by: foreign.by } : null;
    },
    move(step) {
      const exchanges = doc.transact(
        () =>
          [...step.exchanges].reverse().map((each) => {
            const inverse = exchange(step.map, each.recordId, each.field, each.putBack);
            for (const [i, put] of each.putBack.entries()) {
              const rev = inverse.current[i];
              if (rev !== undefined) renamed.set(latestRev(put.rev), rev);
            }
            return inverse;
          }),
        origin,
      );
      return { ...step, exchanges };
    },
    forget: () => renamed.clear(),
  };
}
