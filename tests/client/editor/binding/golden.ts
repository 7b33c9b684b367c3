/**
 * Tables kept as files beside the tests and compared exactly: a change of merging behaviour shows as a diff to judge.
 * `UPDATE_GOLDEN=1` writes them anew.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

/** Compares lines with `<name>.golden.txt`. */
export function expectGolden(name: string, lines: readonly string[]): void {
  const path = join(import.meta.dirname, `${name}.golden.txt`);
  const table = `${lines.join('\n')}\n`;
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, table);
  expect(table).toBe(readFileSync(path, 'utf8'));
}
