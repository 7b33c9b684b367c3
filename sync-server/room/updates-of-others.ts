/**
 * What became durable together, for each of those who wrote some of it: everything but their own. In a crowded room that is
 * another frame for everybody; so the structs are written out once, and a frame leaves out the stretch of its reader.
 */
import * as encoding from 'lib0/encoding';
import { writeDeletes } from '../gate/write-deletes.ts';
import { joinParts, runsOf, type UpdatePart, writeRun } from './joined-updates.ts';

/** An update and the session it came from; null when it came from none. */
export interface SentPart extends UpdatePart {
  readonly sessionId: string | null;
}

/** All structs one after the other, and whose stretch is where. */
interface Layout {
  readonly bytes: Uint8Array;
  readonly stretches: readonly { readonly sessionId: string | null; readonly from: number; readonly to: number }[];
  readonly hasDeletes: boolean;
}

export class UpdatesOfOthers {
  readonly #parts: readonly SentPart[];
  /** Null where there is none; undefined until it is needed. */
  #layout: Layout | null | undefined;

  constructor(parts: readonly SentPart[]) {
    this.#parts = parts;
  }

  /** As few updates as can be, in order, without what this session sent. */
  without(sessionId: string): readonly Uint8Array[] {
    const others = () => this.#parts.filter((part) => part.sessionId !== sessionId);
    if (this.#layout === undefined) this.#layout = layOut(this.#parts);
    if (this.#layout === null) return joinParts(others());
    const { bytes, stretches, hasDeletes } = this.#layout;
    const own = stretches.filter((stretch) => stretch.sessionId === sessionId);
    const deletes = hasDeletes ? others().flatMap((part) => part.scanned().deletes) : [];
    const around = encoding.createEncoder();
    encoding.writeVarUint(around, stretches.length - own.length);
    const headLength = encoding.length(around);
    writeDeletes(around, deletes);
    const ends = encoding.toUint8Array(around);
    const pieces: Uint8Array[] = [ends.subarray(0, headLength)];
    let from = 0;
    for (const stretch of own) {
      pieces.push(bytes.subarray(from, stretch.from));
      from = stretch.to;
    }
    pieces.push(bytes.subarray(from), ends.subarray(headLength));
    return [joinBytes(pieces)];
  }
}

/** In memory of its own size: an encoder would grow for it and copy it twice, for each of the readers. */
function joinBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

/** Null where leaving one session out would take more than a cut: holes, or a clientID that several sessions wrote with. */
function layOut(parts: readonly SentPart[]): Layout | null {
  const sessionByClient = new Map<number, string | null>();
  for (const { sessionId, scanned } of parts) {
    for (const { client } of scanned().sections) {
      if ((sessionByClient.get(client) ?? sessionId) !== sessionId) return null;
      sessionByClient.set(client, sessionId);
    }
  }
  const runs = runsOf(parts);
  if (runs === null) return null;
  const encoder = encoding.createEncoder();
  const stretches = runs.map(([clientId, run]) => {
    const from = encoding.length(encoder);
    writeRun(encoder, clientId, run);
    return { sessionId: sessionByClient.get(clientId) ?? null, from, to: encoding.length(encoder) };
  });
  const hasDeletes = parts.some((part) => part.scanned().deletes.length > 0);
  return { bytes: encoding.toUint8Array(encoder), stretches, hasDeletes };
}
