/**
 * The service worker, built as one script (vite.config.ts): keeps the shell when it is installed and answers from it. A new
 * version waits until a page asks for it (`takeOver`), so nothing changes under anybody's hands.
 */
import { openEntryScripts } from './page-lock.ts';
import { dropOtherShells, keepShell, keptFile, type Shell, type ShellPorts, shellAnswer } from './shell.ts';
import { isWorkerMessage } from './worker-messages.ts';

/** Written in by the build. */
declare const __SHELL__: Shell;

/** The part of the worker's own global that is used; the library of types has it only instead of the DOM's. */
interface WorkerScope {
  addEventListener(type: 'install' | 'activate', listener: (event: ExtendableEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
  addEventListener(type: 'message', listener: (event: ExtendableEvent & MessageEvent) => void): void;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { claim(): Promise<void> };
  readonly location: Location;
  readonly caches: CacheStorage;
  readonly navigator: Navigator;
  skipWaiting(): Promise<void>;
}
interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

const shell: Shell = __SHELL__;
const worker = globalThis as unknown as WorkerScope;
const { origin } = worker.location;
const ports: ShellPorts = {
  caches: worker.caches,
  fetch: (request) => fetch(request),
  digest: async (bytes) => btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))),
  origin,
};

async function tidy(): Promise<void> {
  // While a newer version is there, what looks old may be its.
  if (worker.registration.installing !== null || worker.registration.waiting !== null) return;
  await dropOtherShells(shell, await openEntryScripts(worker.navigator.locks), ports);
}

worker.addEventListener('install', (event) => event.waitUntil(keepShell(shell, ports)));

worker.addEventListener('activate', (event) => {
  // The pages that are open are answered from now on, so that also the first visit needs no second one.
  event.waitUntil(worker.clients.claim().then(tidy));
});

worker.addEventListener('message', (event) => {
  if (!isWorkerMessage(event.data)) return;
  event.waitUntil(event.data === 'takeOver' ? worker.skipWaiting() : tidy());
});

worker.addEventListener('fetch', (event) => {
  const answer = shellAnswer(shell, event.request, origin);
  if (answer.kind === 'network') return;
  event.respondWith(
    keptFile(shell, answer, ports).then(
      (kept) => kept ?? fetch(event.request),
      () => fetch(event.request),
    ),
  );
});
