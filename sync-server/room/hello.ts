/** What the relay says first to a session, in the form that its client can read. */
import { WIRE_VERSION } from '../../shared/versions.ts';
import type { Message } from '../../shared/wire/messages.ts';
import { knowsOwners } from './attestation.ts';
import type { RoomSession } from './effects.ts';

/** @param isRecovering a backup was put back: the client is asked whose clientIDs it holds */
export function helloFor(session: RoomSession, generation: string, isRecovering: boolean): Message {
  const { personId, capability, documentState } = session;
  const hello = { wireVersion: WIRE_VERSION, generation, personId, capability, documentState };
  // Older clients take no field that they do not know.
  return { type: 'hello', hello: isRecovering && knowsOwners(session) ? { ...hello, isRecovering } : hello };
}
