/** How a room parts with a session, as data: whoever finds the reason says it, the room carries it out. */
import type { CloseName } from '../../shared/close-codes.ts';
import type { Message } from '../../shared/wire/messages.ts';

export interface Ending {
  readonly is: 'end';
  readonly row: CloseName;
  /** Said before it is closed. */
  readonly says: readonly Message[];
  /** The document is not what is stored any more: this life of the room ends with the session. */
  readonly isSpoilt: boolean;
}

export function ending(row: CloseName, more: Partial<Pick<Ending, 'says' | 'isSpoilt'>> = {}): Ending {
  return { is: 'end', row, says: [], isSpoilt: false, ...more };
}
