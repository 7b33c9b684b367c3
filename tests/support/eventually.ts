/** Waits until something holds, as long as a busy machine may need for it: what `vi.waitFor` does, whose patience is a second. */
import { vi } from 'vitest';

const PATIENCE_MS = 30_000;

/** Resolves when `assertion` no longer throws; else fails with what it threw last. */
export function eventually<T>(assertion: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(assertion, PATIENCE_MS);
}
