/**
 * A line in a document's `record` room, written by the relay: one self-contained update under a clientID of its own, so
 * that it can be made without loading the room. Shapes are those of shared/events/record-state.ts.
 */
import * as Y from 'yjs';
import { makeUlid } from '../../shared/ids.ts';
import { EVENTS_ROOT, RELAY_AUTHOR } from '../../shared/rooms.ts';
import type { CommandContext } from './context.ts';

export interface RecordLine {
  readonly type: 'registered' | 'freezing' | 'frozen' | 'unfrozen' | 'numbered';
  /** The person who gave the command, and for which agency. */
  readonly by: string;
  readonly byName: string;
  readonly agencyId: string;
  readonly agencyName: string;
  /** The relay's clock, milliseconds since 1970. */
  readonly atMs: number;
  /** Only with `numbered`. */
  readonly number?: string;
}

/** The line as an update, and the clientID it is written with. */
export function recordUpdate(
  line: RecordLine,
  { randomBytes, nextUlidMs }: Pick<CommandContext, 'randomBytes' | 'nextUlidMs'>,
): { readonly update: Uint8Array; readonly clientId: number } {
  const doc = new Y.Doc();
  const bytes = randomBytes(6);
  doc.clientID = bytes.reduce((id, byte) => id * 256 + byte, 0);
  const key = `${RELAY_AUTHOR}/${makeUlid(nextUlidMs(), randomBytes)}`;
  doc.getMap(EVENTS_ROOT).set(key, line);
  const update = Y.encodeStateAsUpdate(doc);
  const clientId = doc.clientID;
  doc.destroy();
  return { update, clientId };
}
