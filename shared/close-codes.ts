/**
 * Every way the relay ends a connection, as one table. A browser cannot read the status of a failed upgrade, so a
 * refused client is upgraded and closed at once with a row of this table. The stock y-websocket client stops
 * reconnecting on 4400–4499 and retries on everything else; `retry` says the same to ours.
 */
export interface CloseRow {
  readonly code: number;
  /** Machine word sent as the close reason (at most 123 bytes). */
  readonly reason: string;
  /** Whether the client may reconnect by itself. */
  readonly retry: boolean;
}

export const CLOSE = {
  malformed: { code: 4400, reason: 'malformed', retry: false },
  signIn: { code: 4401, reason: 'sign-in', retry: false },
  noAccess: { code: 4403, reason: 'no-access', retry: false },
  /** A real refusal of an edit: this replica's writing has ended; its effect goes to the held-edits door. */
  editRefused: { code: 4403, reason: 'edit-refused', retry: false },
  /** The body was frozen or the role changed while an honest edit was on its way. */
  editTooLate: { code: 4403, reason: 'edit-too-late', retry: false },
  unknownRoom: { code: 4404, reason: 'unknown-room', retry: false },
  otherPerson: { code: 4409, reason: 'other-person', retry: false },
  /** The store was restored from a backup: mark everything unacknowledged, then connect again without `gen`. */
  otherGeneration: { code: 4409, reason: 'other-generation', retry: false },
  tooBig: { code: 4413, reason: 'too-big', retry: false },
  updateClient: { code: 4426, reason: 'update-client', retry: false },
  rightsChanged: { code: 4503, reason: 'rights-changed', retry: true },
  tooFast: { code: 4503, reason: 'too-fast', retry: true },
  tooMany: { code: 4503, reason: 'too-many', retry: true },
  tooSlow: { code: 4503, reason: 'too-slow', retry: true },
  storeFailed: { code: 4503, reason: 'store-failed', retry: true },
  draining: { code: 4503, reason: 'draining', retry: true },
  /** A backup was put back: what the relay does not know any more, somebody may still bring back. */
  recovering: { code: 4503, reason: 'recovering', retry: true },
} as const satisfies Record<string, CloseRow>;

export type CloseName = keyof typeof CLOSE;

/** The row for what a socket was closed with; null when it is none of ours (a lost network, a proxy). */
export function closeToName(code: number, reason: string): CloseName | null {
  for (const [name, row] of Object.entries(CLOSE)) {
    if (row.code === code && row.reason === reason) return name as CloseName;
  }
  return null;
}
