/**
 * The service worker's registration in a real browser. The worker's address is the only one this page may run as a script of
 * its own choosing: the named Trusted Types policy below gives out that address and nothing else.
 */
import { WORKER_PATH } from '../../shared/service-paths.ts';
import { holdPageLock } from './page-lock.ts';
import type { WorkerHost } from './program.ts';
import type { WorkerMessage } from './worker-messages.ts';

type BrowserWindow = Window & typeof globalThis;

interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL: () => string }): { createScriptURL(url: string): unknown };
}

/** A version that does not take over within this time (a browser that was put to sleep) does so when the page comes back. */
const TAKE_OVER_MS = 5_000;

/**
 * @param isBuilt false in the edit loop, where files change under the page
 * @param entryScript address of the script this page started with
 */
export function browserWorkerHost(window: BrowserWindow, isBuilt: boolean, entryScript: string): WorkerHost {
  const container = window.navigator.serviceWorker as ServiceWorkerContainer | undefined;
  const listeners: { changed: (() => void)[]; replaced: (() => void)[] } = { changed: [], replaced: [] };
  let registration: ServiceWorkerRegistration | null = null;
  const tell = (all: (() => void)[]) => {
    for (const listener of all) listener();
  };
  const say = (worker: ServiceWorker | null | undefined, message: WorkerMessage) => worker?.postMessage(message);

  if (!isBuilt || !window.isSecureContext || container === undefined) {
    return {
      isPossible: false,
      look: async () => {},
      hasActive: () => false,
      hasWaiting: () => false,
      takeOver: async () => {},
      onChange: () => {},
      onReplaced: () => {},
    };
  }

  const address = workerAddress(window);
  // The first worker claims a page that had none: then nothing was replaced.
  let hadController = container.controller !== null;
  container.addEventListener('controllerchange', () => {
    if (hadController) tell(listeners.replaced);
    hadController = true;
  });
  holdPageLock(window.navigator.locks, new URL(entryScript).pathname);

  async function register(): Promise<ServiceWorkerRegistration> {
    // Typed as text by the library of types; browsers that enforce Trusted Types want the policy's own kind.
    const registered = await container?.register(address as string, { scope: '/', updateViaCache: 'none' });
    if (registered === undefined) throw new Error('no service workers here');
    registered.addEventListener('updatefound', () => follow(registered.installing));
    say(registered.active, 'started');
    return registered;
  }

  function follow(worker: ServiceWorker | null) {
    worker?.addEventListener('statechange', () => tell(listeners.changed));
  }

  return {
    isPossible: true,
    look: async () => {
      try {
        if (registration === null) {
          registration = await register();
          follow(registration.installing);
        } else await registration.update();
        await settled(registration.installing);
        // Nothing of it was kept: the browser has dropped the registration, and the next look makes a new one.
        if (registration.active === null && registration.waiting === null) registration = null;
        if (registration?.active?.state === 'activating') await settled(registration.active);
      } catch {
        // No network, or not all of it could be kept: what is there stays, and it is looked for again.
      }
    },
    hasActive: () => registration?.active?.state === 'activated',
    hasWaiting: () => registration?.waiting != null && registration.active !== null,
    takeOver: async () => {
      const isOver = new Promise<void>((resolve) => {
        container.addEventListener('controllerchange', () => resolve(), { once: true });
        window.setTimeout(resolve, TAKE_OVER_MS);
      });
      say(registration?.waiting, 'takeOver');
      await isOver;
    },
    onChange: (listener) => listeners.changed.push(listener),
    onReplaced: (listener) => listeners.replaced.push(listener),
  };
}

/** Resolves when a worker has got as far as it gets by itself: kept and waiting, active, or given up. */
async function settled(worker: ServiceWorker | null): Promise<void> {
  if (worker === null) return;
  const isUnderWay = () => worker.state === 'installing' || worker.state === 'activating';
  await new Promise<void>((resolve) => {
    const look = () => {
      if (!isUnderWay()) resolve();
    };
    worker.addEventListener('statechange', look);
    look();
  });
}

function workerAddress(window: BrowserWindow): unknown {
  const { trustedTypes } = window as unknown as { trustedTypes?: PolicyFactory };
  const policy = trustedTypes?.createPolicy('concord-worker', { createScriptURL: () => WORKER_PATH });
  return policy === undefined ? WORKER_PATH : policy.createScriptURL(WORKER_PATH);
}
