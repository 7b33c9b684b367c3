/**
 * How much room the browser gives this origin, how much is used, and whether it has promised not to throw it away. Asked
 * now and then, never in the way of anything: browsers answer with estimates, and some not at all.
 */
import type { Observable, StorageState } from './contract.ts';
import type { ReplicaEnvironment } from './environment.ts';
import { observableOf } from './observable.ts';

/** From here on the person is told, while there is still room to act. */
const NEARLY_FULL = 0.8;

const UNKNOWN: StorageState = { usageBytes: null, quotaBytes: null, isPersisted: null, isNearlyFull: false };

export interface StorageWatch {
  readonly state: Observable<StorageState>;
  look(): Promise<void>;
  /** After the first edit here: asks the browser, once, not to throw this origin's storage away. */
  askToPersist(): void;
}

export function watchStorage(environment: Pick<ReplicaEnvironment, 'storage' | 'log'>): StorageWatch {
  const { storage, log } = environment;
  const state = observableOf<StorageState>(UNKNOWN);
  let hasAsked = false;

  async function look(): Promise<void> {
    try {
      const [{ usageBytes, quotaBytes }, isPersisted] = await Promise.all([storage.estimate(), storage.isPersisted()]);
      const isNearlyFull = usageBytes !== null && quotaBytes !== null && usageBytes >= quotaBytes * NEARLY_FULL;
      state.set({ usageBytes, quotaBytes, isPersisted, isNearlyFull });
    } catch (error) {
      // Some browsers refuse the question in a private window: nothing is known, nothing is claimed.
      log('storage.unknown', { name: error instanceof Error ? error.name : 'unknown' });
      state.set(UNKNOWN);
    }
  }

  return {
    state,
    look,
    askToPersist: () => {
      if (hasAsked) return;
      hasAsked = true;
      storage.askToPersist().then(
        (isGranted) => {
          log('store.persist', { isGranted });
          void look();
        },
        () => log('store.persist', { isGranted: false }),
      );
    },
  };
}
