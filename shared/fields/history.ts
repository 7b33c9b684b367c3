/**
 * The one undo stack of a document: words (prose and long text cells, through one Y.UndoManager) and registers (fields and
 * rows) in the order they were done. Undoing a register is a new write of the old value, and only while one's own is
 * current; otherwise the answer says who changed it. Only one's own doing in this session; no React, no clock of its own.
 */
import type * as Y from 'yjs';
import { placeAtEnd } from './order.ts';
import { liveRecords, ORDER_FIELD, orderAt, readRecords } from './records.ts';
import { type FieldValue, isSameValue, registerWrites } from './register.ts';
import { createRegisterSteps, type RegisterStep, type RegisterWrite } from './register-steps.ts';
import { DELETED_FIELD } from './tombstone.ts';

export interface EditHistoryInput {
  readonly doc: Y.Doc;
  /** Over the prose, the blocks map and the long text cells (`addToScope` as cells open); never over maps of registers. */
  readonly text: Y.UndoManager;
  /** Whose edits these are: a person's uuid. */
  readonly by: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A fresh unique string without `/`. */
  readonly newRev: () => string;
  /** The origin of register writes (model). */
  readonly origin: unknown;
}

export type HistoryOutcome =
  | { readonly outcome: 'done' }
  /** There was nothing left to undo or redo. */
  | { readonly outcome: 'nothing' }
  /** Somebody changed it since (`by`, or null when only their words show it); the step is dropped from the stack. */
  | {
      readonly outcome: 'refused';
      readonly reason: 'changed-by';
      readonly by: string | null;
      readonly recordId: string;
      readonly field: string;
    }
  /** Of a step of several parts, those that somebody changed since were left as they are; the others were done. */
  | { readonly outcome: 'partly'; readonly by: string | null };

export interface EditHistory {
  /** Sets a register; nothing happens when it already says so. */
  setField(map: Y.Map<unknown>, recordId: string, field: string, value: FieldValue): void;
  /** Puts a new record at `index` among the live ones (the end when left out). Undone, it becomes a deleted one. */
  createRecord(
    map: Y.Map<unknown>,
    input: { recordId: string; values: Readonly<Record<string, FieldValue>>; index?: number },
  ): void;
  /** Puts new records after all live ones, in one step. */
  createRecords(
    map: Y.Map<unknown>,
    records: readonly { recordId: string; values: Readonly<Record<string, FieldValue>> }[],
  ): void;
  deleteRecord(map: Y.Map<unknown>, recordId: string): void;
  restoreRecord(map: Y.Map<unknown>, recordId: string): void;
  moveRecord(map: Y.Map<unknown>, recordId: string, index: number): void;
  undo(): HistoryOutcome;
  redo(): HistoryOutcome;
  canUndo(): boolean;
  canRedo(): boolean;
  /** Words written until the returned function is called are one step, however slowly: an input method composes. */
  oneStep(): () => void;
  /** Everything written while `work` runs, words and registers, is undone and redone in one step. */
  group(work: () => void): void;
  /** Calls back when what can be undone or redone has changed. */
  subscribe(onChange: () => void): () => void;
  /** Forgets everything, as when the document is frozen. */
  clear(): void;
  destroy(): void;
}

type TextStep = { readonly kind: 'text'; readonly item: Y.UndoManager['undoStack'][number] };

/** Parts in the order they were done. */
interface GroupStep {
  readonly kind: 'group';
  readonly parts: readonly (TextStep | RegisterStep)[];
}

type Step = TextStep | RegisterStep | GroupStep;
type Direction = 'undo' | 'redo';
type Refused = Extract<HistoryOutcome, { outcome: 'refused' }>;

const toOrderWrites = (places: readonly { recordId: string; order: string }[]): RegisterWrite[] =>
  places.map(({ recordId, order }) => ({ recordId, field: ORDER_FIELD, value: order }));
const toFieldWrites = (recordId: string, values: Readonly<Record<string, FieldValue>>): RegisterWrite[] =>
  Object.entries(values).map(([field, value]) => ({ recordId, field, value }));

/** Opens the history of one document for one person; `destroy` it with the editor. */
export function createEditHistory({ doc, text, by, now, newRev, origin }: EditHistoryInput): EditHistory {
  const steps: Record<Direction, Step[]> = { undo: [], redo: [] };
  const registers = createRegisterSteps({ doc, by, now, newRev, origin });
  const listeners = new Set<() => void>();
  /** The parts of the group being written. */
  let group: (TextStep | RegisterStep)[] | null = null;
  /** What the UndoManager put on its other stack during the undo or redo under way. */
  let moving: { made: TextStep | null } | null = null;

  const changed = () => {
    for (const listener of listeners) listener();
  };
  const onTextStep = ({ stackItem }: { stackItem: TextStep['item'] }) => {
    if (moving) {
      moving.made = { kind: 'text', item: stackItem };
      return;
    }
    steps.redo = [];
    const isKnown = (step: Step) => step.kind === 'text' && step.item === stackItem;
    if (group === null ? !steps.undo.some(isKnown) : !group.some(isKnown)) {
      (group ?? steps.undo).push({ kind: 'text', item: stackItem });
    }
    changed();
  };
  text.on('stack-item-added', onTextStep);
  text.on('stack-item-updated', onTextStep);

  const push = (step: RegisterStep) => {
    // What is typed next is a step of its own, and nothing undone before can be redone after this.
    text.stopCapturing();
    text.clear(false, true);
    steps.redo = [];
    (group ?? steps.undo).push(step);
    changed();
  };
  const writeAndPush = (map: Y.Map<unknown>, writes: readonly RegisterWrite[]) => push(registers.write(map, writes));

  const inGroup = (work: () => void) => {
    if (group !== null) {
      work();
      return;
    }
    text.stopCapturing();
    const parts: (TextStep | RegisterStep)[] = [];
    group = parts;
    try {
      work();
    } finally {
      group = null;
      text.stopCapturing();
      if (parts.length > 0) steps.undo.push({ kind: 'group', parts });
      changed();
    }
  };

  const moveText = (step: TextStep, direction: Direction): TextStep | null => {
    const name = direction === 'undo' ? 'undoStack' : 'redoStack';
    const others = text[name].filter((item) => item !== step.item);
    if (others.length === text[name].length) return null;
    // Alone on its stack: the manager skips steps without effect and would go on past a register step in between.
    text[name] = [step.item];
    const result: { made: TextStep | null } = { made: null };
    moving = result;
    try {
      text[direction]();
    } finally {
      moving = null;
      text[name] = others;
    }
    text.stopCapturing();
    return result.made;
  };

  /** Does one part; the step that takes it back, why not, or null when it had no effect any more. */
  const movePart = (part: TextStep | RegisterStep, direction: Direction): TextStep | RegisterStep | Refused | null => {
    // Without effect: a colleague deleted those words.
    if (part.kind === 'text') return moveText(part, direction);
    const changedBy = registers.changedSince(part, direction);
    if (changedBy !== null) return { outcome: 'refused', reason: 'changed-by', ...changedBy };
    const back = registers.move(part);
    text.stopCapturing();
    return back;
  };

  /** From the last part to the first, so that the way back is the same way. */
  const moveGroup = ({ parts }: GroupStep, direction: Direction) => {
    const back: (TextStep | RegisterStep)[] = [];
    let refused: Refused | null = null;
    for (const part of [...parts].reverse()) {
      const made = movePart(part, direction);
      if (made === null) continue;
      if ('outcome' in made) refused ??= made;
      else back.push(made);
    }
    return { back, refused };
  };

  const moveStep = (step: Step, direction: Direction): { back: Step | null; outcome: HistoryOutcome | null } => {
    if (step.kind === 'group') {
      const { back, refused } = moveGroup(step, direction);
      if (back.length === 0) return { back: null, outcome: refused };
      const outcome: HistoryOutcome = refused === null ? { outcome: 'done' } : { outcome: 'partly', by: refused.by };
      return { back: { kind: 'group', parts: back }, outcome };
    }
    const made = movePart(step, direction);
    if (made === null) return { back: null, outcome: null };
    return 'outcome' in made ? { back: null, outcome: made } : { back: made, outcome: { outcome: 'done' } };
  };

  const move = (direction: Direction): HistoryOutcome => {
    const other = steps[direction === 'undo' ? 'redo' : 'undo'];
    for (let step = steps[direction].pop(); step !== undefined; step = steps[direction].pop()) {
      const { back, outcome } = moveStep(step, direction);
      if (back !== null) other.push(back);
      // A step without effect is passed over.
      if (outcome === null) continue;
      changed();
      return outcome;
    }
    changed();
    return { outcome: 'nothing' };
  };

  return {
    setField(map, recordId, field, value) {
      const [only, ...more] = registerWrites(map, recordId, field);
      if (only && more.length === 0 && isSameValue(only.value, value)) return;
      writeAndPush(map, [{ recordId, field, value }]);
    },
    createRecord(map, { recordId, values, index = Number.POSITIVE_INFINITY }) {
      registers.write(map, [...toOrderWrites(orderAt(map, recordId, index)), ...toFieldWrites(recordId, values)]);
      push(registers.created(map, recordId));
    },
    createRecords(map, records) {
      inGroup(() => {
        const places = placeAtEnd(
          liveRecords(readRecords(map)),
          records.map(({ recordId }) => recordId),
        );
        const values = records.flatMap((record) => toFieldWrites(record.recordId, record.values));
        registers.write(map, [...toOrderWrites(places), ...values]);
        for (const { recordId } of records) push(registers.created(map, recordId));
      });
    },
    deleteRecord(map, recordId) {
      writeAndPush(map, [{ recordId, field: DELETED_FIELD, value: [] }]);
    },
    restoreRecord(map, recordId) {
      writeAndPush(map, [{ recordId, field: DELETED_FIELD, value: false }]);
    },
    moveRecord(map, recordId, index) {
      writeAndPush(map, toOrderWrites(orderAt(map, recordId, index)));
    },
    undo: () => move('undo'),
    redo: () => move('redo'),
    canUndo: () => steps.undo.length > 0,
    canRedo: () => steps.redo.length > 0,
    oneStep() {
      const { captureTimeout } = text;
      text.stopCapturing();
      text.captureTimeout = Number.POSITIVE_INFINITY;
      return () => {
        text.captureTimeout = captureTimeout;
        text.stopCapturing();
      };
    },
    group: inGroup,
    subscribe(onChange) {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    clear() {
      text.clear();
      steps.undo = [];
      steps.redo = [];
      registers.forget();
      changed();
    },
    destroy() {
      text.off('stack-item-added', onTextStep);
      text.off('stack-item-updated', onTextStep);
      listeners.clear();
    },
  };
}
