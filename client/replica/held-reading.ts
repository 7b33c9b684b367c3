/** Held edits as the server tells of them, for the page that lists them. Handing them in is held-edits.ts. */
import type { Held, HeldList } from '../../shared/held.ts';
import type { Answer, ApiClient } from './api-client.ts';

/** `notAllowed`: also for somebody of whom there is nothing here. */
export type HeldAnswer<T> = { readonly kind: 'ok'; readonly value: T } | { readonly kind: 'offline' | 'notAllowed' };

/**
 * Edits that the relay did not take, as the server tells of them: all of a document's to whoever acts as its host, to everybody
 * their own. Not kept on the device: they belong to nobody's copy.
 */
export interface HeldEdits {
  list(documentId: string): Promise<HeldAnswer<HeldList>>;
  read(documentId: string, heldId: string): Promise<HeldAnswer<Held>>;
}

export function createHeldEdits(api: Pick<ApiClient, 'heldList' | 'held'>): HeldEdits {
  return {
    list: async (documentId) => toHeldAnswer(await api.heldList(documentId)),
    read: async (documentId, heldId) => toHeldAnswer(await api.held(documentId, heldId)),
  };
}

function toHeldAnswer<T>(answer: Answer<T>): HeldAnswer<T> {
  switch (answer.kind) {
    case 'ok':
      return answer;
    case 'refused':
      return { kind: 'notAllowed' };
    // Nobody signed in: the page says so itself, and it can be asked again afterwards.
    case 'signedOut':
    case 'tooFast':
    case 'unreachable':
      return { kind: 'offline' };
  }
}
