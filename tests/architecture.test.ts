/**
 * Keeps the map executable: arrows point only down, files are named for what is in them and stay short, every SPEC
 * rule has a test and every cited rule exists, and the README's map names the folders that are there.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = normalize(join(import.meta.dirname, '..'));
const SOURCE_FOLDERS = ['client', 'sync-server', 'shared'];
const MAX_LINES = 600;
const LONG_LINES = 300;

function filesUnder(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return filesUnder(path);
    return /\.(ts|tsx|mjs)$/.test(entry.name) ? [path] : [];
  });
}

const sources = SOURCE_FOLDERS.flatMap(filesUnder);
const tests = filesUnder('tests');
const textOf = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** Our own files that a file imports, as paths from the root. */
function importsOf(path: string): string[] {
  const found = textOf(path).matchAll(/(?:from\s+|import\s*\(\s*|import\s+)['"](\.[^'"]+)['"]/g);
  return [...found].map((match) => relative(ROOT, normalize(join(ROOT, dirname(path), match[1] ?? ''))));
}

/** Catalogues of strings and data may be long. */
const isCatalogue = (path: string) => path.startsWith('client/language/words/') || path.startsWith('shared/demo/');

/** The layer of a file: the longest of these prefixes; what each may import besides itself. */
const ARROWS: Record<string, readonly string[]> = {
  shared: [],
  'sync-server': ['shared'],
  'client/language': ['shared'],
  'client/ui': ['shared', 'client/language'],
  'client/replica': ['shared'],
  'client/offline': ['shared', 'client/replica'],
  'client/editor': ['shared', 'client/language', 'client/ui'],
  'client/fields': ['shared', 'client/language', 'client/ui', 'client/replica'],
  'client/comments': ['shared', 'client/language', 'client/ui', 'client/replica', 'client/editor', 'client/fields'],
  'client/recovery': ['shared', 'client/language', 'client/ui', 'client/replica'],
  'client/features': [
    'shared',
    'client/language',
    'client/ui',
    'client/replica',
    'client/recovery',
    'client/editor',
    'client/fields',
    'client/comments',
  ],
  'client/app': [
    'shared',
    'client/language',
    'client/ui',
    'client/replica',
    'client/recovery',
    'client/editor',
    'client/fields',
    'client/features',
    'client/offline',
  ],
  'client/without-eval.ts': [],
  'client/main.tsx': [
    'shared',
    'client/language',
    'client/ui',
    'client/replica',
    'client/offline',
    'client/app',
    'client/without-eval.ts',
  ],
};

function layerOf(path: string): string | null {
  return Object.keys(ARROWS).find((layer) => path === layer || path.startsWith(`${layer}/`)) ?? null;
}

describe('the shape of the tree', () => {
  it('has no import that points up or across', () => {
    const wrong: string[] = [];
    for (const path of sources) {
      const layer = layerOf(path);
      if (layer === null) {
        wrong.push(`${path} is in no layer`);
        continue;
      }
      for (const target of importsOf(path)) {
        if (target.endsWith('.css')) continue;
        const targetLayer = layerOf(target);
        if (targetLayer === layer) continue;
        if (targetLayer === null || !ARROWS[layer]?.includes(targetLayer)) wrong.push(`${path} → ${target}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('has no feature that imports another', () => {
    const featureOf = (path: string) => path.match(/^client\/features\/([^/]+)\//)?.[1];
    const wrong = sources
      .filter((path) => featureOf(path) !== undefined)
      .flatMap((path) => importsOf(path).map((target) => ({ path, target })))
      .filter(({ path, target }) => featureOf(target) !== undefined && featureOf(target) !== featureOf(path))
      .map(({ path, target }) => `${path} → ${target}`);
    expect(wrong).toEqual([]);
  });

  it('keeps the DOM, Node and React out of shared', () => {
    const wrong = filesUnder('shared').filter((path) =>
      /from '(node:|react|@mantine|@tiptap\/(core|react|extension)|ws|fastify)|\bdocument\.(get|create|query)|\bwindow\.|\bprocess\.|\bBuffer\./.test(
        textOf(path),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('has no file named for nothing in particular', () => {
    const wrong = [...sources, ...tests].filter((path) =>
      path.split('/').some((part) => /^(utils?|helpers?|misc|common|manager|index)(\.|$)/.test(part)),
    );
    expect(wrong.filter((path) => path !== 'client/index.html')).toEqual([]);
  });

  it(`has no file over ${MAX_LINES} lines`, () => {
    const lengths = sources
      .filter((path) => !isCatalogue(path))
      .map((path) => ({ path, lines: textOf(path).split('\n').length }));
    const long = lengths.filter(({ lines }) => lines > LONG_LINES && lines <= MAX_LINES);
    if (long.length > 0) {
      process.stdout.write(
        `over ${LONG_LINES} lines: ${long.map(({ path, lines }) => `${path} ${lines}`).join(', ')}\n`,
      );
    }
    expect(lengths.filter(({ lines }) => lines > MAX_LINES)).toEqual([]);
  });

  it('opens every source file with a comment that says what it is', () => {
    expect(sources.filter((path) => !/^(#!.*\n)?(\/\/ @vitest.*\n)?\/\*\*/.test(textOf(path)))).toEqual([]);
  });
});

describe('the rules of SPEC.md', () => {
  const ruleIds = [...textOf('tests/SPEC.md').matchAll(/^\*\*([A-Z]\d+)\*\*/gm)].map((match) => match[1] ?? '');
  const citedIds = new Map<string, string>();
  for (const path of tests) {
    for (const match of textOf(path).matchAll(/\[([A-Z]\d+)\]/g)) citedIds.set(match[1] ?? '', path);
  }

  it('each have a test that cites them', () => {
    expect(ruleIds.length).toBeGreaterThan(20);
    expect(ruleIds.filter((id) => !citedIds.has(id))).toEqual([]);
  });

  it('are the only ones that tests cite', () => {
    expect([...citedIds].filter(([id]) => !ruleIds.includes(id))).toEqual([]);
  });
});

describe('the map in the README', () => {
  it('names every folder of the tree down to the second level, and no other', () => {
    const map = textOf('README.md').match(/## The tree[\s\S]*?```\n([\s\S]*?)```/)?.[1] ?? '';
    const named = [...map.matchAll(/^ *([a-z0-9-]+(?:\/[a-z0-9-]+)*)\//gm)].map((match) => match[1] ?? '');
    const folders = [...SOURCE_FOLDERS, 'tests'].flatMap((top) => [
      top,
      ...readdirSync(join(ROOT, top))
        .filter((name) => statSync(join(ROOT, top, name)).isDirectory())
        .map((name) => `${top}/${name}`),
    ]);
    expect(named.sort()).toEqual(folders.sort());
  });
});
