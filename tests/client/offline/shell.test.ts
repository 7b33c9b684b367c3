/** The shell on the device: whole and proved or not used, never in the way of the relay, old builds kept while a page of them is open. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  dropOtherShells,
  keepShell,
  keptFile,
  type Shell,
  type ShellPorts,
  shellAnswer,
} from '../../../client/offline/shell.ts';

const ORIGIN = 'https://concord.example';
const digestOf = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('base64');

function shellOf(build: string, files: Readonly<Record<string, string>>): Shell {
  return { build, files: Object.entries(files).map(([path, text]) => ({ path, sha256: digestOf(text) })) };
}

/** A browser's caches and a server that gives these files. */
function device(served: Record<string, string | { status: number }>) {
  const stores = new Map<string, Map<string, Response>>();
  const asked: string[] = [];
  const cacheOf = (files: Map<string, Response>) =>
    ({
      put: async (key: string, response: Response) => void files.set(key, response),
      match: async (key: string) => files.get(key)?.clone(),
      keys: async () => [...files.keys()].map((url) => new Request(url)),
    }) as unknown as Cache;
  const ports: ShellPorts = {
    origin: ORIGIN,
    digest: async (bytes) => digestOf(new Uint8Array(bytes)),
    fetch: async ({ url }) => {
      const path = new URL(url).pathname;
      asked.push(path);
      const answer = served[path] ?? { status: 404 };
      return typeof answer === 'string' ? new Response(answer) : new Response('', answer);
    },
    caches: {
      open: async (name: string) => {
        if (!stores.has(name)) stores.set(name, new Map());
        return cacheOf(stores.get(name) ?? new Map());
      },
      keys: async () => [...stores.keys()],
      delete: async (name: string) => stores.delete(name),
      match: (async (key: string) => {
        for (const files of stores.values()) if (files.has(key)) return files.get(key)?.clone();
        return undefined;
      }) as CacheStorage['match'],
    },
  };
  return { ports, asked, names: () => [...stores.keys()] };
}

const FIRST = { '/index.html': 'page 1', '/assets/main-1.js': 'main 1', '/assets/same-9.js': 'same' };
const SECOND = { '/index.html': 'page 2', '/assets/main-2.js': 'main 2', '/assets/same-9.js': 'same' };
const first = shellOf('one', FIRST);
const second = shellOf('two', SECOND);
const get = (path: string, mode: RequestMode = 'no-cors', method = 'GET') => ({ method, mode, url: ORIGIN + path });

describe('keeping the shell', () => {
  it('puts every file of the build on the device, and fetches none that is there already under its hashed name', async () => {
    const { ports, asked } = device({ ...FIRST, ...SECOND, '/index.html': 'page 1' });
    await keepShell(first, ports);
    expect(asked.sort()).toEqual(Object.keys(FIRST).sort());
    asked.length = 0;
    const later = { ...ports, fetch: device(SECOND).ports.fetch };
    await keepShell(second, later);
    const kept = await keptFile(second, { kind: 'own', path: '/assets/same-9.js' }, ports);
    expect(await kept?.text()).toBe('same');
  });

  it('[C10] uses no build of which a file is missing or is not what was built', async () => {
    const missing = device({ ...FIRST, '/assets/main-1.js': { status: 503 } });
    await expect(keepShell(first, missing.ports)).rejects.toThrow('503');
    // The server changed to the next build in between.
    const mixed = device({ ...FIRST, '/index.html': 'page 2' });
    await expect(keepShell(first, mixed.ports)).rejects.toThrow('not what was built');
  });

  it('keeps other builds while a page of them is open, and no longer', async () => {
    const { ports, names } = device({ ...FIRST, ...SECOND });
    await keepShell(first, { ...ports, fetch: device(FIRST).ports.fetch });
    await keepShell(second, { ...ports, fetch: device(SECOND).ports.fetch });
    await dropOtherShells(second, new Set(['/assets/main-1.js', '/assets/main-2.js']), ports);
    expect(names()).toHaveLength(2);
    const old = await keptFile(second, { kind: 'older', path: '/assets/main-1.js' }, ports);
    expect(await old?.text()).toBe('main 1');
    await dropOtherShells(second, new Set(['/assets/main-2.js']), ports);
    expect(names()).toEqual(['concord-shell-two']);
  });
});

describe('answering from the shell', () => {
  it('gives the page for every address of the product, and its own files as they are', () => {
    const page = { kind: 'own', path: '/index.html' };
    for (const path of ['/', '/cases/1', '/cases/1/documents/2?x=y', '/apiary']) {
      expect(shellAnswer(first, get(path, 'navigate'), ORIGIN)).toEqual(page);
    }
    const script = { kind: 'own', path: '/assets/main-1.js' };
    expect(shellAnswer(first, get('/assets/main-1.js'), ORIGIN)).toEqual(script);
    expect(shellAnswer(first, get('/assets/main-0.js'), ORIGIN)).toEqual({ kind: 'older', path: '/assets/main-0.js' });
  });

  it('never answers for the relay, other origins, its own script or anything that changes something', () => {
    for (const path of ['/api/session', '/api/x?y', '/sync/1/body', '/health', '/metrics', '/sw.js']) {
      for (const mode of ['navigate', 'cors'] as const) {
        expect(shellAnswer(first, get(path, mode), ORIGIN)).toEqual({ kind: 'network' });
      }
    }
    expect(shellAnswer(first, get('/index.html', 'navigate', 'POST'), ORIGIN)).toEqual({ kind: 'network' });
    expect(shellAnswer(first, get('/unknown.png'), ORIGIN)).toEqual({ kind: 'network' });
    const elsewhere = { method: 'GET', mode: 'navigate' as const, url: 'https://evil.example/index.html' };
    expect(shellAnswer(first, elsewhere, ORIGIN)).toEqual({ kind: 'network' });
  });
});
