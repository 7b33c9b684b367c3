/**
 * The shell: every file of one build, kept on the device so that the whole program opens without a network, also the parts
 * that nobody has opened yet. A build is kept whole and proved by its digests, or not at all; it is answered from as long as
 * a page of it is open. Knows nothing of documents, and never touches what the relay answers.
 */
import { isServicePath, WORKER_PATH } from '../../shared/service-paths.ts';

interface ShellFile {
  /** From the root, such as `/index.html`. */
  readonly path: string;
  /** SHA-256 of its bytes in base64. */
  readonly sha256: string;
}

export interface Shell {
  /** Changes with any file. */
  readonly build: string;
  readonly files: readonly ShellFile[];
}

export interface ShellPorts {
  readonly caches: Pick<CacheStorage, 'open' | 'keys' | 'delete' | 'match'>;
  readonly fetch: (request: Request) => Promise<Response>;
  /** SHA-256 in base64. */
  readonly digest: (bytes: ArrayBuffer) => Promise<string>;
  readonly origin: string;
}

const CACHE_PREFIX = 'concord-shell-';
const PAGE = '/index.html';
/** Files under it carry a hash of their content in their name. */
const HASHED = '/assets/';

const cacheName = (shell: Shell) => CACHE_PREFIX + shell.build;

/** Puts every file of the build on the device. Rejects when one cannot be had as it was built: then this build is not used. */
export async function keepShell(shell: Shell, ports: ShellPorts): Promise<void> {
  const cache = await ports.caches.open(cacheName(shell));
  await Promise.all(
    shell.files.map(async (file) => {
      const address = ports.origin + file.path;
      const isHashed = file.path.startsWith(HASHED);
      // The same name is the same content: an older build's file is as good as the server's.
      const known = isHashed ? await ports.caches.match(address) : undefined;
      await cache.put(address, known ?? (await fetchProved(file, address, isHashed, ports)));
    }),
  );
}

/** A server in the middle of an update, or a network that answers in its place, must not get into the shell. */
async function fetchProved(file: ShellFile, address: string, isHashed: boolean, ports: ShellPorts): Promise<Response> {
  const request = new Request(address, { cache: isHashed ? 'default' : 'no-store', redirect: 'error' });
  const response = await ports.fetch(request);
  if (!response.ok) throw new Error(`${file.path} answered ${response.status}`);
  const bytes = await response.clone().arrayBuffer();
  if ((await ports.digest(bytes)) !== file.sha256) throw new Error(`${file.path} is not what was built`);
  return response;
}

/** What the shell says to a request: one of its files, a file of an older build, or nothing (then it goes to the network). */
export type ShellAnswer =
  | { readonly kind: 'own'; readonly path: string }
  | { readonly kind: 'older'; readonly path: string }
  | { readonly kind: 'network' };

export function shellAnswer(
  shell: Shell,
  request: Pick<Request, 'method' | 'url' | 'mode'>,
  origin: string,
): ShellAnswer {
  const { pathname, origin: asked } = new URL(request.url);
  if (request.method !== 'GET' || asked !== origin || isServicePath(pathname) || pathname === WORKER_PATH) {
    return { kind: 'network' };
  }
  if (shell.files.some(({ path }) => path === pathname)) return { kind: 'own', path: pathname };
  if (pathname.startsWith(HASHED)) return { kind: 'older', path: pathname };
  return request.mode === 'navigate' ? { kind: 'own', path: PAGE } : { kind: 'network' };
}

/** The kept file; undefined when it is not (or no longer) on the device. */
export async function keptFile(
  shell: Shell,
  answer: Exclude<ShellAnswer, { kind: 'network' }>,
  ports: Pick<ShellPorts, 'caches' | 'origin'>,
): Promise<Response | undefined> {
  const address = ports.origin + answer.path;
  if (answer.kind === 'older') return ports.caches.match(address);
  return (await ports.caches.open(cacheName(shell))).match(address);
}

/** Removes other builds of which no page is open. @param openScripts paths of the entry scripts of all open pages */
export async function dropOtherShells(
  shell: Shell,
  openScripts: ReadonlySet<string>,
  ports: Pick<ShellPorts, 'caches' | 'origin'>,
): Promise<void> {
  for (const name of await ports.caches.keys()) {
    if (!name.startsWith(CACHE_PREFIX) || name === cacheName(shell)) continue;
    const cache = await ports.caches.open(name);
    const kept = await cache.keys();
    const isOpen = kept.some(({ url }) => openScripts.has(new URL(url).pathname));
    if (!isOpen) await ports.caches.delete(name);
  }
}
