/**
 * A run against a living room as lines of text, to be kept beside the tests and replayed: what the room held, whose it was,
 * then one move a line. Bytes are hexadecimal. What stands behind `#` is for people.
 */
import type { RoomKind } from '../../shared/rooms.ts';
import { ROOM_KINDS } from '../../shared/rooms.ts';
import { HOSTILE, type Hostile, type Move, type Start } from './living-room.ts';

export interface KeptRun {
  readonly start: Start;
  readonly moves: readonly Move[];
}

const EMPTY_UPDATE = new Uint8Array([0, 0]);

export function writeRun({ start, moves }: KeptRun, remark: string): string {
  return [
    ...remark.split('\n').map((line) => `# ${line}`),
    `room ${start.room}`,
    `stored ${toHex(start.stored)}`,
    ...[...start.owners].map(([clientId, personId]) => `owner ${clientId} ${personId}`),
    ...(start.proven === null ? [] : ['recovering']),
    ...[...(start.proven ?? [])].map(([clientId, personId]) => `proven ${clientId} ${personId}`),
    ...moves.map(lineOf),
    '',
  ].join('\n');
}

/** Reads a kept run; throws with the line that cannot be read. */
export function readRun(text: string): KeptRun {
  let room: RoomKind = 'body';
  let stored: Uint8Array = EMPTY_UPDATE;
  const owners = new Map<number, string>();
  let proven: Map<number, string> | null = null;
  const moves: Move[] = [];
  for (const line of text.split('\n')) {
    const [word = '', first = '', second = ''] = line.split(' ');
    if (word === '' || word === '#') continue;
    if (word === 'room') room = ROOM_KINDS.find((kind) => kind === first) ?? unreadable(line);
    else if (word === 'stored') stored = fromHex(first);
    else if (word === 'owner') owners.set(Number(first), second);
    else if (word === 'recovering') proven = new Map();
    else if (word === 'proven') proven?.set(Number(first), second);
    else moves.push(moveOf(word, first, second) ?? unreadable(line));
  }
  return { start: { room, stored, owners, proven }, moves };
}

function lineOf(move: Move): string {
  switch (move.type) {
    case 'frame':
      return `frame ${move.who} ${toHex(move.bytes)}`;
    case 'commit':
      return `commit ${move.count}`;
    case 'wait':
      return `wait ${move.ms}`;
    case 'edit':
      return `edit ${move.at}`;
    case 'leave':
      return `leave ${move.who}`;
    default:
      return move.type;
  }
}

function moveOf(word: string, first: string, second: string): Move | null {
  switch (word) {
    case 'frame':
      return first in HOSTILE ? { type: 'frame', who: first as Hostile, bytes: fromHex(second) } : null;
    case 'commit':
      return { type: 'commit', count: Number(first) };
    case 'wait':
      return { type: 'wait', ms: Number(first) };
    case 'edit':
      return { type: 'edit', at: Number(first) };
    case 'leave':
      return first in HOSTILE ? { type: 'leave', who: first as Hostile } : null;
    case 'tick':
    case 'freeze':
    case 'loaded':
      return { type: word };
    default:
      return null;
  }
}

function unreadable(line: string): never {
  throw new Error(`cannot be read: ${line}`);
}

const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const fromHex = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
