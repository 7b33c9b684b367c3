/**
 * The replica's ports on a real browser window. Called once, by client/main.tsx, which hands in the window: nothing here
 * reaches for a global by itself. Where the browser has no locks or channels (plain http), tabs simply do not coordinate.
 */
import type { Channel, HoldShared, Log, ReplicaEnvironment, WithLock } from './environment.ts';

type BrowserWindow = Window & typeof globalThis;

export function browserEnvironment(window: BrowserWindow, log: Log): ReplicaEnvironment {
  const { crypto, navigator } = window;
  return {
    clock: {
      nowMs: () => window.Date.now(),
      after: (delayMs, callback) => {
        const timer = window.setTimeout(callback, delayMs);
        return () => window.clearTimeout(timer);
      },
    },
    random: {
      bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
      uuid: () => bytesToUuid(crypto.getRandomValues(new Uint8Array(16))),
    },
    log,
    origin: window.location.origin,
    isSecureOrigin: window.isSecureContext,
    fetch: window.fetch.bind(window),
    WebSocket: window.WebSocket,
    indexedDB: window.indexedDB,
    keyRange: window.IDBKeyRange,
    page: {
      isOnline: () => navigator.onLine,
      isVisible: () => window.document.visibilityState === 'visible',
      onOnline: (listener) => listen(window, 'online', listener),
      onOffline: (listener) => listen(window, 'offline', listener),
      onVisible: (listener) =>
        listen(window.document, 'visibilitychange', () => {
          if (window.document.visibilityState === 'visible') listener();
        }),
    },
    openChannel: (name) => openChannel(window, name),
    withLock: lockWith(navigator.locks),
    holdShared: holdWith(navigator.locks),
    storage: {
      estimate: async () => {
        const { usage = null, quota = null } = (await navigator.storage?.estimate?.()) ?? {};
        return { usageBytes: usage, quotaBytes: quota };
      },
      isPersisted: async () => (navigator.storage?.persisted ? navigator.storage.persisted() : null),
      askToPersist: async () => (navigator.storage?.persist ? navigator.storage.persist() : false),
    },
    takeSetupToken: () => {
      const token = /^#setup=([\w-]{16,100})$/.exec(window.location.hash)?.[1] ?? null;
      if (token !== null) window.history.replaceState(null, '', window.location.pathname + window.location.search);
      return token;
    },
  };
}

function listen(target: EventTarget, event: string, listener: () => void): () => void {
  target.addEventListener(event, listener);
  return () => target.removeEventListener(event, listener);
}

function openChannel(window: BrowserWindow, name: string): Channel {
  if (!('BroadcastChannel' in window)) return { post: () => {}, onMessage: () => {}, close: () => {} };
  const channel = new window.BroadcastChannel(name);
  let isClosed = false;
  return {
    // What ends after it was closed has nobody to tell: whoever comes next reads the store.
    post: (message) => {
      if (!isClosed) channel.postMessage(message);
    },
    onMessage: (listener) => channel.addEventListener('message', (event) => listener(event.data)),
    close: () => {
      isClosed = true;
      channel.close();
    },
  };
}

/** `locks` is missing on insecure origins: then everything runs at once, which is safe here, only wasteful. */
function lockWith(locks: LockManager | undefined): WithLock {
  return async (name, whenTaken, work) => {
    if (!locks) return work();
    await locks.request(name, { ifAvailable: whenTaken === 'skip' }, async (lock) => {
      if (lock !== null) await work();
    });
  };
}

function holdWith(locks: LockManager | undefined): HoldShared {
  return (name) => {
    if (!locks) return () => {};
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    // Rejects when the page goes away with the request waiting: then there is nobody left to hold it for.
    locks.request(name, { mode: 'shared' }, () => held).catch(() => {});
    return release;
  };
}

/** Version 4; `crypto.randomUUID` is missing on insecure origins. */
function bytesToUuid(bytes: Uint8Array): string {
  const hex = [...bytes]
    .map((byte, i) => (i === 6 ? (byte & 0x0f) | 0x40 : i === 8 ? (byte & 0x3f) | 0x80 : byte))
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
