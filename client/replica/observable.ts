/**
 * A value that says when it changes: what React's `useSyncExternalStore` reads. Setting an equal value is silent, so
 * whoever computes a projection anew does not make anybody render.
 */
import type { Observable } from './contract.ts';

export interface Source<T> extends Observable<T> {
  set(value: T): void;
}

/** @param isEqual defaults to comparing by JSON for plain data, identity first */
export function observableOf<T>(initial: T, isEqual: (a: T, b: T) => boolean = isSameData): Source<T> {
  let current = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    subscribe: (onChange) => {
      // A listener of its own, so that one function subscribed twice is called and removed once each.
      const listener = () => onChange();
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set: (value) => {
      if (isEqual(current, value)) return;
      current = value;
      for (const listener of [...listeners]) listener();
    },
  };
}

/** For values that are objects with behaviour. */
export const isIdentical = (a: unknown, b: unknown) => Object.is(a, b);

/** Whether two values of plain data say the same. */
export function isSameData(a: unknown, b: unknown): boolean {
  return Object.is(a, b) || JSON.stringify(a) === JSON.stringify(b);
}
