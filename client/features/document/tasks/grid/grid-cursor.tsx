/**
 * The cursor of the grid: a frame over one cell that has the keyboard. It is a text box, because an input method composes
 * only in one: the first letter typed, in whatever language, is never lost. What is typed opens the cell.
 */
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { useEditing } from '../../../../fields/editing-context.tsx';
import { useCompositionHold } from '../../../../fields/use-composition-hold.ts';
import styles from './grid.module.css';
import { keyToMove } from './grid-moves.ts';
import type { Grid, GridCell } from './use-grid.ts';

/** What is selected as a spreadsheet would give it, and what becomes of a spreadsheet's cells here. */
export interface CellClipboard {
  copy(): string;
  cut(): string;
  paste(text: string): void;
}

interface GridCursorProps {
  grid: Grid;
  /** The positioned element around the table. */
  frame: RefObject<HTMLElement | null>;
  /** Where the keyboard comes in before anybody was in the table. */
  entry: GridCell | null;
  /** What a screen reader says of a cell: row, column, value. */
  label: (cell: GridCell) => string;
  mayWrite: boolean;
  clipboard: CellClipboard;
  onType: (cell: GridCell, typed: string) => void;
  /** Enter and F2: to edit, or to press the button in a cell that has one. */
  onOpen: (cell: GridCell) => void;
  /** Empties what is selected. */
  onClear: () => void;
  onMoveRow: (cell: GridCell, by: -1 | 1) => void;
  onAddRow: (cell: GridCell) => void;
  onLeave: () => void;
  undo: () => void;
  redo: () => void;
}

interface Box {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

export function cellOf(frame: HTMLElement, { recordId, field }: GridCell): HTMLElement | null {
  return frame.querySelector(`[data-record="${CSS.escape(recordId)}"] [data-field="${CSS.escape(field)}"]`);
}

export function GridCursor(props: GridCursorProps) {
  const { grid, frame, entry, label, mayWrite } = props;
  const { edited, cursor } = grid;
  const active = grid.active ?? entry;
  const isAtRest = edited === null;
  const box = useCellBox(frame, isAtRest ? active : null, null);
  const { body } = useEditing();
  // A colleague may move or delete the row meanwhile: the word lands in the cell where it was begun.
  const hold = useCompositionHold(body, () => {});
  const [isComposing, setComposing] = useState(false);

  useEffect(() => {
    if (active === null || frame.current === null || document.activeElement !== cursor.current) return;
    return keepInSight(frame.current, active);
  }, [active, frame, cursor]);

  if (active === null || box === null) return null;
  const take = (node: HTMLInputElement) => {
    const typed = node.value;
    node.value = '';
    if (typed !== '' && mayWrite) props.onType(active, typed);
  };
  return (
    <input
      ref={cursor}
      className={styles.cursor}
      style={box}
      // What one comments on by key is the cell under it.
      data-record={active.recordId}
      data-field={active.field}
      data-composing={isComposing}
      data-stands-for={`${active.recordId}/${active.field}`}
      hidden={!isAtRest}
      readOnly={!mayWrite}
      // No keyboard of a phone: there a touch opens the cell itself.
      inputMode="none"
      autoComplete="off"
      spellCheck={false}
      aria-label={label(active)}
      onFocus={() => {
        if (grid.active === null) grid.activate(active);
      }}
      onCompositionStart={() => {
        hold.handlers.onCompositionStart();
        setComposing(true);
      }}
      onCompositionEnd={(event) => {
        hold.handlers.onCompositionEnd();
        setComposing(false);
        take(event.currentTarget);
      }}
      onInput={(event) => {
        if (!(event.nativeEvent as InputEvent).isComposing) take(event.currentTarget);
      }}
      onCopy={(event) => {
        event.preventDefault();
        event.clipboardData.setData('text/plain', props.clipboard.copy());
      }}
      onCut={(event) => {
        event.preventDefault();
        if (mayWrite) event.clipboardData.setData('text/plain', props.clipboard.cut());
      }}
      onPaste={(event) => {
        event.preventDefault();
        if (mayWrite) props.clipboard.paste(event.clipboardData.getData('text/plain'));
      }}
      onKeyDown={(event) => onCursorKey(event, active, props)}
    />
  );
}

/** Frames in which the cell has to have stood still. */
const STILL_FRAMES = 3;

/**
 * The cell that the cursor is in is on the screen; a head that sticks does not cover it (scroll-margin). Rows never seen yet
 * have a height that is guessed (content-visibility): those that come into sight with it may push it out again.
 * @returns how to let go of it
 */
function keepInSight(frame: HTMLElement, active: GridCell): () => void {
  let asked = 0;
  let still = 0;
  let before: number | null = null;
  const look = () => {
    const cell = cellOf(frame, active);
    if (cell === null) return;
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    const { top } = cell.getBoundingClientRect();
    still = top === before ? still + 1 : 0;
    before = top;
    asked = still < STILL_FRAMES ? requestAnimationFrame(look) : 0;
  };
  look();
  // Whoever scrolls away wants to look elsewhere.
  const letGo = () => cancelAnimationFrame(asked);
  window.addEventListener('wheel', letGo, { passive: true, once: true });
  return () => {
    letGo();
    window.removeEventListener('wheel', letGo);
  };
}

function onCursorKey(event: KeyboardEvent<HTMLInputElement>, active: GridCell, props: GridCursorProps): void {
  const { grid, mayWrite } = props;
  const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
  const done = () => event.preventDefault();
  const key = event.key;
  if (event.altKey && event.shiftKey && (key === 'ArrowUp' || key === 'ArrowDown')) {
    done();
    if (mayWrite) props.onMoveRow(active, key === 'ArrowUp' ? -1 : 1);
    return;
  }
  if (isCommand && (key.toLowerCase() === 'z' || key.toLowerCase() === 'y')) {
    done();
    if (key.toLowerCase() === 'y' || event.shiftKey) props.redo();
    else props.undo();
    return;
  }
  if (isCommand && key.toLowerCase() === 'a') {
    done();
    grid.selectAll();
    return;
  }
  if ((isCommand && key === 'Enter') || key === 'Insert') {
    done();
    if (mayWrite) props.onAddRow(active);
    return;
  }
  if (key === 'Enter' || key === 'F2') {
    done();
    props.onOpen(active);
    return;
  }
  if (key === 'Delete' || key === 'Backspace') {
    done();
    if (mayWrite) props.onClear();
    return;
  }
  if (key === 'Escape') {
    done();
    props.onLeave();
    return;
  }
  const { shiftKey, ctrlKey, metaKey, altKey } = event;
  const extension = shiftKey && key !== 'Tab' ? keyToMove({ key, shiftKey: false, ctrlKey, metaKey, altKey }) : null;
  if (extension !== null) {
    done();
    grid.extend(extension);
    return;
  }
  const move = keyToMove(event);
  // Out of the table at its ends, as Tab does everywhere.
  if (move !== null && (grid.move(move) || (move !== 'next' && move !== 'previous'))) done();
}

/** What is selected besides the cell of the cursor. */
export function GridSelection({ grid, frame }: Pick<GridCursorProps, 'grid' | 'frame'>) {
  const isShown = grid.anchor !== null && grid.edited === null;
  const box = useCellBox(frame, isShown ? grid.active : null, isShown ? grid.anchor : null);
  return isShown && box !== null ? <div className={styles.selection} style={box} /> : null;
}

/** Where the cell stands within the frame, or all from one to the other; followed while the table changes around it. */
function useCellBox(frame: RefObject<HTMLElement | null>, active: GridCell | null, other: GridCell | null): Box | null {
  const [box, setBox] = useState<Box | null>(null);
  const latest = useRef<Box | null>(null);
  useEffect(() => {
    const around = frame.current;
    if (around === null || active === null) return;
    const measure = () => {
      const cells = [active, ...(other === null ? [] : [other])].flatMap((each) => cellOf(around, each) ?? []);
      if (cells.length === 0) return;
      const outer = around.getBoundingClientRect();
      const inner = cells.map((cell) => cell.getBoundingClientRect());
      const [top, left] = [Math.min(...inner.map((each) => each.top)), Math.min(...inner.map((each) => each.left))];
      const next: Box = {
        top: top - outer.top - around.clientTop,
        left: left - outer.left - around.clientLeft,
        width: Math.max(...inner.map((each) => each.right)) - left,
        height: Math.max(...inner.map((each) => each.bottom)) - top,
      };
      const before = latest.current;
      if (before !== null && Object.entries(next).every(([side, size]) => before[side as keyof Box] === size)) return;
      latest.current = next;
      setBox(next);
    };
    measure();
    // Every row that grows or shrinks moves those below it; a row that moves leaves the sizes as they were. Many changes come
    // between two frames, and each look has everything laid out: one look a frame.
    let frameAsked = 0;
    const measureSoon = () => {
      if (frameAsked !== 0) return;
      frameAsked = requestAnimationFrame(() => {
        frameAsked = 0;
        measure();
      });
    };
    const sizes = new ResizeObserver(measureSoon);
    sizes.observe(around);
    const rows = new MutationObserver(measureSoon);
    rows.observe(around, { childList: true, subtree: true, characterData: true });
    return () => {
      cancelAnimationFrame(frameAsked);
      sizes.disconnect();
      rows.disconnect();
    };
  }, [frame, active, other]);
  return box;
}
