/**
 * How a page comes to a newer version of its program. The browser looks for one now and then and keeps it beside the old; this
 * offers it, and when the person asks, waits until nothing would be lost, lets it take over and loads the page anew. Other
 * tabs stay as they are, on the files of their own build, and offer the same to whoever sits there.
 */
import type { Clock } from '../replica/environment.ts';
import { observableOf } from '../replica/observable.ts';
import type { OfflineStart, Program, ReloadOptions, ReloadState } from './contract.ts';
import { type Losable, type PageSituation, reloadObstacle } from './update-moment.ts';

/** The browser's registration of the service worker, or why there is none. */
export interface WorkerHost {
  /** False where the address or the browser does not allow one, and in the edit loop. */
  readonly isPossible: boolean;
  /** Registers it, or looks whether the server has a newer one; resolves when what was found is kept, or could not be. */
  look(): Promise<void>;
  hasActive(): boolean;
  hasWaiting(): boolean;
  /** Tells the waiting version to take over; resolves when it has. */
  takeOver(): Promise<void>;
  /** A version started or ended waiting, or the one that answers this page changed. */
  onChange(listener: () => void): void;
  /** Another version than the one this page came from has taken over. */
  onReplaced(listener: () => void): void;
}

export interface ProgramParts {
  readonly host: WorkerHost;
  readonly clock: Clock;
  readonly page: {
    onOnline(listener: () => void): () => void;
    onVisible(listener: () => void): () => void;
  };
  readonly situation: () => PageSituation;
  /** Resolves when everything made so far is in the device store, or could not be put there. */
  readonly settled: () => Promise<void>;
  readonly loadPage: () => void;
}

/** A page that stays open for days looks this often, and when it is looked at again. */
const LOOK_EVERY_MS = 60 * 60_000;
const LOOK_AGAIN_MS = 5 * 60_000;
/** A network that does not answer must not keep anybody from loading the page anew. */
const MUST_LOOK_MS = 5_000;
/** How often it is asked whether something still stands in the way; only while somebody waits for it. */
const ASK_MS = 250;

/** Starts at once: registers the service worker and looks for newer versions for as long as the page lives. */
export function createProgram(parts: ProgramParts): Program {
  const { host, clock, page } = parts;
  const offlineStart = observableOf<OfflineStart>(host.isPossible ? 'preparing' : 'impossible');
  const reloadState = observableOf<ReloadState>({ kind: 'current' });
  let isReplaced = false;
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | null = null;
  /** Counts what was asked for, so that a cancelled wait ends. */
  let asked = 0;
  let isAsked = false;
  let cancelNext = () => {};

  function publish() {
    if (host.isPossible) offlineStart.set(host.hasActive() ? 'ready' : looking === null ? 'failed' : 'preparing');
    if (!isAsked) reloadState.set({ kind: host.hasWaiting() || isReplaced ? 'offered' : 'current' });
  }

  function look(): Promise<void> {
    if (!host.isPossible) return Promise.resolve();
    looking ??= host.look().finally(() => {
      looking = null;
      lookedAtMs = clock.nowMs();
      cancelNext();
      cancelNext = clock.after(LOOK_EVERY_MS, () => void look());
      publish();
    });
    publish();
    return looking;
  }

  function lookAgain() {
    if (clock.nowMs() - lookedAtMs >= LOOK_AGAIN_MS || !host.hasActive()) void look();
  }

  const after = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));

  /** False when it was cancelled meanwhile. */
  async function untilNothingIsLost(turn: number, givesUp: Losable | null): Promise<boolean> {
    for (;;) {
      if (turn !== asked) return false;
      let obstacle = reloadObstacle(parts.situation(), givesUp);
      if (obstacle === null || obstacle === 'unstored') {
        await parts.settled();
        if (turn !== asked) return false;
        obstacle = reloadObstacle(parts.situation(), givesUp);
        if (obstacle === null) return true;
      }
      reloadState.set({ kind: 'waiting', obstacle });
      await after(ASK_MS);
    }
  }

  async function reload({ mustLook = false, givesUp }: ReloadOptions = {}): Promise<void> {
    asked += 1;
    const turn = asked;
    isAsked = true;
    reloadState.set({ kind: 'reloading' });
    if (mustLook) await Promise.race([look(), after(MUST_LOOK_MS)]);
    if (!(await untilNothingIsLost(turn, givesUp ?? null))) return;
    reloadState.set({ kind: 'reloading' });
    if (host.hasWaiting()) {
      await host.takeOver();
      // That took a moment, in which somebody may have typed on.
      if (!(await untilNothingIsLost(turn, givesUp ?? null))) return;
    }
    parts.loadPage();
  }

  host.onChange(publish);
  host.onReplaced(() => {
    isReplaced = true;
    publish();
  });
  page.onVisible(lookAgain);
  page.onOnline(lookAgain);
  void look();

  return {
    offlineStart,
    reloadState,
    reload,
    cancelReload: () => {
      asked += 1;
      isAsked = false;
      publish();
    },
  };
}
