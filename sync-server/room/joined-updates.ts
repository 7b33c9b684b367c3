/**
 * Several updates as one frame: what became durable together leaves together, so that a crowded room costs a frame per
 * reader and commit, not one per keystroke. Joins bytes, side by side and in linear time (merging with Yjs grows with the
 * square of their number); it decides nothing, and changes no struct but where somebody typed on (typed-together.ts).
 */
import * as encoding from 'lib0/encoding';
import { type ScannedUpdate, scanUpdate } from '../gate/scan.ts';
import { writeDeletes } from '../gate/write-deletes.ts';
import { joinTyping } from './typed-together.ts';

/** An update with its structure, read when it is first joined with another, and once however many frames it goes into. */
export interface UpdatePart {
  readonly update: Uint8Array;
  scanned(): ScannedUpdate;
}

/** `scanned` throws when the bytes are no update: what is durable always is one. */
export function updateToPart(update: Uint8Array): UpdatePart {
  let scanned: ScannedUpdate | null = null;
  return {
    update,
    scanned: () => {
      scanned ??= scanUpdate(update);
      if (scanned === null) throw new Error('a durable update cannot be read');
      return scanned;
    },
  };
}

/** The structs of one clientID without a hole, in pieces of the updates they came in. */
export interface Run {
  readonly clock: number;
  end: number;
  structCount: number;
  readonly pieces: Uint8Array[];
}

/** The same updates in as few as can be, in order: a further one begins only where the clocks of a clientID have a hole. */
export function joinUpdates(updates: readonly Uint8Array[]): readonly Uint8Array[] {
  if (updates.length < 2) return updates;
  const typed = joinTyping(updates);
  return typed === null ? joinStructs(updates.map(updateToPart)) : [typed];
}

/** As `joinUpdates`, of parts that go into more than one frame. */
export function joinParts(parts: readonly UpdatePart[]): readonly Uint8Array[] {
  if (parts.length < 2) return parts.map(({ update }) => update);
  const typed = joinTyping(parts.map(({ update }) => update));
  return typed === null ? joinStructs(parts) : [typed];
}

function joinStructs(parts: readonly UpdatePart[]): Uint8Array[] {
  const joined: Uint8Array[] = [];
  let together: UpdatePart[] = [];
  let runs = new Map<number, Run>();
  for (const part of parts) {
    if (!continues(runs, part.scanned())) {
      joined.push(joinedUpdate(together, runs));
      together = [];
      runs = new Map();
    }
    for (const section of part.scanned().sections) extend(runs, section, part.update);
    together.push(part);
  }
  if (together.length > 0) joined.push(joinedUpdate(together, runs));
  return joined;
}

/** All structs of these updates by clientID, in the order in which Yjs writes them; null where the clocks of one have a hole. */
export function runsOf(parts: readonly UpdatePart[]): [clientId: number, run: Run][] | null {
  const runs = new Map<number, Run>();
  for (const part of parts) {
    if (!continues(runs, part.scanned())) return null;
    for (const section of part.scanned().sections) extend(runs, section, part.update);
  }
  return inOrder(runs);
}

/** Yjs places the higher clientIDs first; in any other order it has more to move. */
function inOrder(runs: ReadonlyMap<number, Run>): [clientId: number, run: Run][] {
  return [...runs].sort(([a], [b]) => b - a);
}

export function writeRun(encoder: encoding.Encoder, clientId: number, run: Run): void {
  encoding.writeVarUint(encoder, run.structCount);
  encoding.writeVarUint(encoder, clientId);
  encoding.writeVarUint(encoder, run.clock);
  for (const piece of run.pieces) encoding.writeUint8Array(encoder, piece);
}

function continues(runs: ReadonlyMap<number, Run>, { sections }: ScannedUpdate): boolean {
  return sections.every(({ client, clock }) => (runs.get(client)?.end ?? clock) === clock);
}

function extend(runs: Map<number, Run>, section: ScannedUpdate['sections'][number], update: Uint8Array): void {
  const { client, clock, structs, startByte, endByte } = section;
  const last = structs.at(-1);
  if (last === undefined) return;
  const run = runs.get(client) ?? { clock, end: clock, structCount: 0, pieces: [] };
  runs.set(client, run);
  run.end = last.clock + last.length;
  run.structCount += structs.length;
  run.pieces.push(update.subarray(startByte, endByte));
}

function joinedUpdate(parts: readonly UpdatePart[], runs: ReadonlyMap<number, Run>): Uint8Array {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only.update;
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, runs.size);
  for (const [client, run] of inOrder(runs)) writeRun(encoder, client, run);
  writeDeletes(
    encoder,
    parts.flatMap((part) => part.scanned().deletes),
  );
  return encoding.toUint8Array(encoder);
}
