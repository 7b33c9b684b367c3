/**
 * What a browser has to load: the script of the first page, and what opening a document with its editor adds. Sizes of what
 * was built, compressed as a server would; they are the same on every machine, so the bars are tests and not a benchmark.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { z } from 'zod';

const CLIENT = join(import.meta.dirname, '../../dist/client');
const MAX_BYTES = 250_000;

const manifestSchema = z.record(
  z.string(),
  z.object({ file: z.string(), isEntry: z.boolean().optional(), imports: z.array(z.string()).optional() }),
);
const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(CLIENT, '.vite/manifest.json'), 'utf8')));

/** The scripts that have to be there before this one runs, itself included. */
function scriptsOf(key: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[key];
  if (chunk === undefined) throw new Error(`nothing was built of ${key}`);
  if (found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const imported of chunk.imports ?? []) scriptsOf(imported, found);
  return found;
}

function compressedBytes(scripts: Iterable<string>): number {
  let bytes = 0;
  for (const script of scripts) bytes += gzipSync(readFileSync(join(CLIENT, script)), { level: 9 }).length;
  return bytes;
}

const first = scriptsOf('index.html');
const editor = new Set(
  ['features/document/document-page.tsx', 'editor/prose-editor.tsx'].flatMap((key) => [...scriptsOf(key)]),
);
const added = [...editor].filter((script) => !first.has(script));

it('needs at most 250 KB of compressed script before the first page', () => {
  expect(compressedBytes(first)).toBeLessThanOrEqual(MAX_BYTES);
});

it('adds at most 250 KB of compressed script for a document with its editor', () => {
  expect(compressedBytes(added)).toBeLessThanOrEqual(MAX_BYTES);
});
