/**
 * What a browser has to load of what was built (dist/client): which scripts the first page needs, which ones a document with
 * its editor adds, and their sizes as the server sends them (gzip). The same on every machine.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';

const CLIENT = join(import.meta.dirname, '../../dist/client');

const manifestSchema = z.record(
  z.string(),
  z.object({ file: z.string(), isEntry: z.boolean().optional(), imports: z.array(z.string()).optional() }),
);
type Manifest = z.infer<typeof manifestSchema>;

/** At most this much compressed script before the first page, and again for a document with its editor. */
export const MAX_SCRIPT_BYTES = 250_000;

/** Compressed bytes of script: before the first page, and what opening a document with its editor adds. */
export function scriptSizes(): { readonly first: number; readonly document: number } {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(CLIENT, '.vite/manifest.json'), 'utf8')));
  const first = scriptsOf(manifest, 'index.html');
  const document = ['features/document/document-page.tsx', 'editor/prose-editor.tsx'].flatMap((key) => [
    ...scriptsOf(manifest, key),
  ]);
  const added = new Set(document.filter((script) => !first.has(script)));
  return { first: compressedBytes(first), document: compressedBytes(added) };
}

/** The scripts that have to be there before this one runs, itself included. */
function scriptsOf(manifest: Manifest, key: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[key];
  if (chunk === undefined) throw new Error(`nothing was built of ${key}`);
  if (found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const imported of chunk.imports ?? []) scriptsOf(manifest, imported, found);
  return found;
}

function compressedBytes(scripts: Iterable<string>): number {
  let bytes = 0;
  for (const script of scripts) bytes += gzipSync(readFileSync(join(CLIENT, script)), { level: 9 }).length;
  return bytes;
}
