/**
 * A browser profile for tests in Node, without a page: cookies, IndexedDB, sockets, tabs that hear each other, and a network
 * that can be taken away. Every device made from one profile shares all of it, as tabs do.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { WebSocket as NodeSocket } from 'ws';
import type { Clock, ReplicaEnvironment, WithLock } from '../../client/replica/environment.ts';

export interface BrowserProfile {
  /** The ports of one page of this browser. */
  page(): ReplicaEnvironment;
  setOnline(isOnline: boolean): void;
  /** What the browser says of its storage from now on. */
  setEstimate(usageBytes: number, quotaBytes: number): void;
  /** Somebody looks at the pages again. */
  look(): void;
  /** Paths of all sockets that were ever opened, without their queries. */
  readonly socketPaths: readonly string[];
  /** Makes every further write to IndexedDB fail, as a full disk does; `null` ends it. */
  failWrites(errorName: string | null): void;
  readonly indexedDB: IDBFactory;
  cookie: string;
}

export interface BrowserOptions {
  readonly origin: string;
  readonly clock?: Clock;
  /** In the place of the network. */
  readonly fetch?: typeof fetch;
  readonly WebSocket?: typeof WebSocket;
}

export function createBrowser(options: BrowserOptions): BrowserProfile {
  const { origin } = options;
  const indexedDB = new IDBFactory();
  const channels = new Map<string, Set<(message: unknown) => void>>();
  const online = new Set<() => void>();
  const offline = new Set<() => void>();
  const visible = new Set<() => void>();
  const socketPaths: string[] = [];
  const sockets = new Set<NodeSocket>();
  let isOnline = true;
  let locks = Promise.resolve();
  let failure: string | null = null;
  let estimate = { usageBytes: 1_000_000, quotaBytes: 1_000_000_000 };

  const profile: BrowserProfile = {
    page,
    setOnline,
    setEstimate,
    look,
    socketPaths,
    failWrites,
    indexedDB,
    cookie: '',
  };
  const inner = options.fetch ?? fetch;

  const fetchWithCookie: typeof fetch = async (input, init) => {
    if (!isOnline) throw new TypeError('Failed to fetch');
    const headers = new Headers(init?.headers);
    if (profile.cookie !== '') headers.set('cookie', profile.cookie);
    headers.set('origin', origin);
    const response = await inner(input, { ...init, headers });
    const set = response.headers.getSetCookie()[0]?.split(';')[0];
    if (set !== undefined) profile.cookie = set.endsWith('=') ? '' : set;
    return response;
  };

  class BrowserSocket extends NodeSocket {
    constructor(url: string | URL) {
      super(url, { headers: { cookie: profile.cookie }, origin, perMessageDeflate: false });
      sockets.add(this);
      socketPaths.push(new URL(url).pathname);
      this.on('error', () => {});
      this.on('close', () => sockets.delete(this));
    }
  }

  function setOnline(next: boolean) {
    isOnline = next;
    if (!next) for (const socket of sockets) socket.terminate();
    for (const listener of [...(next ? online : offline)]) listener();
  }

  function setEstimate(usageBytes: number, quotaBytes: number) {
    estimate = { usageBytes, quotaBytes };
  }

  function look() {
    for (const listener of [...visible]) listener();
  }

  function failWrites(errorName: string | null) {
    failure = errorName;
  }

  /** IndexedDB whose object stores fail to write when told to. */
  const failingDB = new Proxy(indexedDB, {
    get(target, key) {
      if (key !== 'open') return Reflect.get(target, key, target);
      return (name: string) => {
        const request = target.open(name);
        const add = (database: IDBDatabase) => {
          const original = database.transaction.bind(database);
          database.transaction = (...args) => {
            if (failure !== null && args[1] === 'readwrite') throw new DOMException('the disk is full', failure);
            return original(...args);
          };
        };
        request.addEventListener('success', () => add(request.result));
        return request;
      };
    },
  });

  const holders = new Map<string, number>();
  const holdShared = (name: string) => {
    holders.set(name, (holders.get(name) ?? 0) + 1);
    return () => void holders.set(name, (holders.get(name) ?? 1) - 1);
  };
  const withLock: WithLock = async (name, whenTaken, work) => {
    if (whenTaken === 'skip') return (holders.get(name) ?? 0) > 0 ? undefined : work();
    const run = locks.then(work);
    locks = run.catch(() => {});
    return run;
  };

  function subscribe(listeners: Set<() => void>): (listener: () => void) => () => void {
    return (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    };
  }

  function page(): ReplicaEnvironment {
    return {
      clock: options.clock ?? {
        nowMs: () => Date.now(),
        after: (delayMs, callback) => {
          const timer = setTimeout(callback, delayMs);
          return () => clearTimeout(timer);
        },
      },
      random: { bytes: (count) => new Uint8Array(randomBytes(count)), uuid: () => randomUUID() },
      log: () => {},
      origin,
      isSecureOrigin: true,
      fetch: fetchWithCookie,
      WebSocket: options.WebSocket ?? (BrowserSocket as unknown as typeof WebSocket),
      indexedDB: failingDB,
      keyRange: IDBKeyRange,
      page: {
        isOnline: () => isOnline,
        isVisible: () => true,
        onOnline: subscribe(online),
        onOffline: subscribe(offline),
        onVisible: subscribe(visible),
      },
      openChannel: (name) => {
        const all = channels.get(name) ?? new Set();
        channels.set(name, all);
        let mine: ((message: unknown) => void)[] = [];
        return {
          post: (message) => {
            const copy = structuredClone(message);
            for (const listener of all) if (!mine.includes(listener)) queueMicrotask(() => listener(copy));
          },
          onMessage: (listener) => {
            mine.push(listener);
            all.add(listener);
          },
          close: () => {
            for (const listener of mine) all.delete(listener);
            mine = [];
          },
        };
      },
      withLock,
      holdShared,
      storage: {
        estimate: async () => estimate,
        isPersisted: async () => true,
        askToPersist: async () => true,
      },
      takeSetupToken: () => null,
    };
  }

  return profile;
}

/** As long as a busy machine may need, with the longest rest between two tries to connect. */
const PATIENCE_MS = 45_000;

/** Waits until something is so; fails with what it was instead. */
export async function until<T>(
  observable: { get(): T; subscribe(listener: () => void): () => void },
  isSo: (value: T) => boolean,
): Promise<T> {
  if (isSo(observable.get())) return observable.get();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      end();
      reject(
        new Error(`it stayed ${JSON.stringify(observable.get(), (key, value) => (key === 'session' ? '…' : value))}`),
      );
    }, PATIENCE_MS);
    const end = observable.subscribe(() => {
      if (!isSo(observable.get())) return;
      clearTimeout(timer);
      end();
      resolve(observable.get());
    });
  });
}
