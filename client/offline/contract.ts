/**
 * What the page may know of its own program on this device: whether it starts without a network, and whether a newer version
 * is there. Nothing is ever put in place unasked: a tab is loaded anew only when the person in front of it said so.
 */
import type { Observable } from '../replica/contract.ts';
import type { Losable, ReloadObstacle } from './update-moment.ts';

/**
 * Whether the program opens here without a network. `impossible`: this address or this browser does not allow it; `failed`:
 * not everything could be kept yet, it is tried again by itself.
 */
export type OfflineStart = 'impossible' | 'preparing' | 'ready' | 'failed';

export type ReloadState =
  | { readonly kind: 'current' }
  /** A newer version is on the device and waits to be asked for. */
  | { readonly kind: 'offered' }
  /** Asked for; done by itself as soon as nothing stands in the way. */
  | { readonly kind: 'waiting'; readonly obstacle: ReloadObstacle }
  | { readonly kind: 'reloading' };

export interface ReloadOptions {
  /** Asks the server first whether there is a newer version: the relay said so. */
  readonly mustLook?: boolean;
  /** What the person, having been told, would rather lose than wait for. */
  readonly givesUp?: Losable;
}

export interface Program {
  readonly offlineStart: Observable<OfflineStart>;
  readonly reloadState: Observable<ReloadState>;
  /** Loads this page anew once nothing is lost by it, with the newest version that is on the device. */
  reload(how?: ReloadOptions): Promise<void>;
  /** The person does not want it now after all. */
  cancelReload(): void;
}
