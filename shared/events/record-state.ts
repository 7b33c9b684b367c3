/**
 * The `record` room: lifecycle facts that only the relay writes, in answer to commands. Here are the shapes of its events
 * and the reading of them; whether a command is allowed is the relay's affair (shared/permissions.ts).
 */
import type * as Y from 'yjs';
import { z } from 'zod';
import { RELAY_AUTHOR } from '../rooms.ts';
import { readEvents } from './event-log.ts';

/** The person who gave the command, and for which agency, as they were called then; `atMs`: the relay's clock. */
const common = {
  by: z.string(),
  byName: z.string(),
  agencyId: z.string(),
  agencyName: z.string(),
  atMs: z.number(),
};

const recordEventSchema = z.discriminatedUnion('type', [
  z.object({ ...common, type: z.literal('registered') }),
  z.object({ ...common, type: z.literal('numbered'), number: z.string().min(1) }),
  /** The body is announced to be closing: what is under way may still arrive. */
  z.object({ ...common, type: z.literal('freezing') }),
  z.object({ ...common, type: z.literal('frozen') }),
  z.object({ ...common, type: z.literal('unfrozen') }),
]);
type RecordEvent = z.infer<typeof recordEventSchema>;

export interface RecordState {
  readonly number: string | null;
  readonly state: 'draft' | 'freezing' | 'frozen';
  /** The freezing, while it is frozen: by whom and when. */
  readonly frozen: RecordEvent | null;
  readonly history: readonly RecordEvent[];
  /** Steps that only a newer version can read. */
  readonly unread: number;
}

/** What the relay has recorded about a document. Events under any other author are not looked at. */
export function readRecordState(map: Y.Map<unknown>): RecordState {
  const reading = readEvents(map, recordEventSchema);
  const history = reading.events.filter((event) => event.personId === RELAY_AUTHOR).map((event) => event.value);
  let number: string | null = null;
  let state: RecordState['state'] = 'draft';
  let frozen: RecordEvent | null = null;
  for (const event of history) {
    if (event.type === 'numbered') number ??= event.number;
    else if (event.type !== 'registered') {
      state = event.type === 'unfrozen' ? 'draft' : event.type;
      frozen = event.type === 'frozen' ? event : null;
    }
  }
  return { number, state, frozen, history, unread: reading.invalid.length };
}
