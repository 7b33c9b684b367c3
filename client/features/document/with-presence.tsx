/**
 * Draws a part of the page that shows who else is here. Colleagues go from cell to cell many times a second; only what
 * stands inside is drawn anew for it, not the whole document.
 */
import type { ReactNode } from 'react';
import type { Presence } from '../../fields/presence.ts';
import { usePresence } from '../../fields/use-presence.ts';
import type { RoomReplica } from '../../replica/contract.ts';

interface WithPresenceProps {
  body: RoomReplica;
  ownPersonId: string;
  children: (presence: Presence) => ReactNode;
}

export function WithPresence({ body, ownPersonId, children }: WithPresenceProps) {
  return children(usePresence(body.awareness, ownPersonId));
}
