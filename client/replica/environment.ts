/**
 * Everything the replica needs of the world around it, as one record of ports: clock, randomness, network, storage, the
 * page's own signals. `client/main.tsx` passes the browser's (browser-environment.ts), tests pass fakes.
 */
export interface Clock {
  /** Milliseconds since 1970. */
  nowMs(): number;
  /** Calls back once after `delayMs`; returns the cancellation. */
  after(delayMs: number, callback: () => void): () => void;
}

export interface Randomness {
  bytes(count: number): Uint8Array<ArrayBuffer>;
  uuid(): string;
}

/** The part of BroadcastChannel that tabs need. */
export interface Channel {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  close(): void;
}

/** Runs `work` while nobody else on this device holds `name`; with `skip` it gives up at once when somebody does. */
export type WithLock = (name: string, whenTaken: 'wait' | 'skip', work: () => Promise<void>) => Promise<void>;

/**
 * Shows all tabs of this browser that something is in use: while anybody holds `name`, `withLock(name, 'skip', …)` does
 * nothing. Any number may hold it at once. Returns the end of the holding.
 */
export type HoldShared = (name: string) => () => void;

/** What the page says about itself. Each subscription returns its end. */
interface PageSignals {
  isOnline(): boolean;
  isVisible(): boolean;
  onOnline(listener: () => void): () => void;
  onOffline(listener: () => void): () => void;
  /** The page becomes visible again: time to look for what happened meanwhile. */
  onVisible(listener: () => void): () => void;
}

/** What the browser says of the room it gives this origin; null where it does not say. */
interface StoragePorts {
  estimate(): Promise<{ readonly usageBytes: number | null; readonly quotaBytes: number | null }>;
  /** Whether it has promised not to throw it away. */
  isPersisted(): Promise<boolean | null>;
  /** Asks it to promise; resolves to its answer. */
  askToPersist(): Promise<boolean>;
}

/** Ids, codes and durations only; never a word that somebody wrote. */
export type Log = (event: string, facts?: Readonly<Record<string, string | number | boolean | null>>) => void;

export interface ReplicaEnvironment {
  readonly clock: Clock;
  readonly random: Randomness;
  readonly log: Log;
  /** The canonical origin without a slash at its end, such as `https://concord.example`. */
  readonly origin: string;
  /** False on plain http other than localhost. */
  readonly isSecureOrigin: boolean;
  readonly fetch: typeof fetch;
  readonly WebSocket: typeof WebSocket;
  readonly indexedDB: IDBFactory;
  readonly keyRange: typeof IDBKeyRange;
  readonly page: PageSignals;
  readonly openChannel: (name: string) => Channel;
  readonly withLock: WithLock;
  readonly holdShared: HoldShared;
  readonly storage: StoragePorts;
  /** The one-time token of a setup link (`#setup=…`), erased from the address when it is read; null without one. */
  readonly takeSetupToken: () => string | null;
}

/** What the device store needs of it. */
export type StoreEnvironment = Pick<
  ReplicaEnvironment,
  'indexedDB' | 'keyRange' | 'withLock' | 'log' | 'clock' | 'random'
>;
