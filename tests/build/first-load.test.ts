/**
 * What a browser has to load: the script of the first page, and what opening a document with its editor adds. Sizes are the
 * same on every machine, so the bars are tests and not a benchmark; both are printed.
 */
import { expect, it } from 'vitest';
import { MAX_SCRIPT_BYTES, scriptSizes } from '../support/built-scripts.ts';

const { first, document } = scriptSizes();
const kilobytes = (bytes: number) => `${Math.round(bytes / 1000)} KB`;
process.stdout.write(
  `compressed script: first page ${kilobytes(first)}, document with editor ${kilobytes(document)}\n`,
);

it('needs at most 250 KB of compressed script before the first page', () => {
  expect(first).toBeLessThanOrEqual(MAX_SCRIPT_BYTES);
});

it('adds at most 250 KB of compressed script for a document with its editor', () => {
  expect(document).toBeLessThanOrEqual(MAX_SCRIPT_BYTES);
});
