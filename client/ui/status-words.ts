/** What is said of the work on this device, in words: from the replica's status to a key of the catalogue and a tone. Pure. */
import type { WordKey } from '../language/catalogue.ts';
import type { WordParams } from '../language/use-words.ts';
import type { Tone } from './chip.tsx';

/** The part of a replica's status that is shown; `waitingDocuments` have changes the relay has not acknowledged. */
export type ShownStatus =
  | { readonly kind: 'opening' | 'saving' | 'savedOnDevice' | 'savedOnServer' | 'needsAttention' }
  | {
      readonly kind: 'offline';
      readonly waitingDocuments: number;
      /** Of the whole device: requests such as a new case that wait for the server. */
      readonly waitingRequests?: number;
    };

export interface StatusWords {
  readonly key: WordKey;
  readonly params?: WordParams;
  readonly tone: Tone;
}

export function statusToWords(status: ShownStatus): StatusWords {
  switch (status.kind) {
    case 'opening':
      return { key: 'status.opening', tone: 'plain' };
    case 'saving':
      return { key: 'status.saving', tone: 'plain' };
    case 'savedOnDevice':
      return { key: 'status.savedOnDevice', tone: 'plain' };
    case 'savedOnServer':
      return { key: 'status.savedOnServer', tone: 'ok' };
    case 'offline':
      if (status.waitingDocuments === 0 && (status.waitingRequests ?? 0) > 0) {
        return { key: 'status.offlineRequests', params: { count: status.waitingRequests ?? 0 }, tone: 'warn' };
      }
      return status.waitingDocuments === 0
        ? { key: 'status.offlineNone', tone: 'warn' }
        : { key: 'status.offline', params: { count: status.waitingDocuments }, tone: 'warn' };
    case 'needsAttention':
      return { key: 'status.needsAttention', tone: 'bad' };
  }
}
