/**
 * The document of a harness page and a colleague's in memory, linked through the same kind of hold as the replica's: what the
 * colleague does waits while an input method composes.
 */
import * as Y from 'yjs';
import { ORIGIN } from '../../../shared/origins.ts';

export interface LinkedDocuments {
  readonly doc: Y.Doc;
  readonly colleague: Y.Doc;
  /** From here on each learns what the other does. */
  link(): void;
  hold(): () => void;
  isHolding(): boolean;
  waitingCount(): number;
}

export function linkedDocuments(): LinkedDocuments {
  const doc = new Y.Doc();
  const colleague = new Y.Doc();
  let holds = 0;
  let waiting: Uint8Array[] = [];

  const flush = () => {
    const updates = waiting;
    waiting = [];
    for (const update of updates) Y.applyUpdate(doc, update, ORIGIN.connection);
  };
  return {
    doc,
    colleague,
    link() {
      Y.applyUpdate(colleague, Y.encodeStateAsUpdate(doc), ORIGIN.connection);
      // What stands there from the beginning is nobody's own.
      doc.clientID += 1;
      doc.on('update', (update: Uint8Array, origin: unknown) => {
        if (origin !== ORIGIN.connection) Y.applyUpdate(colleague, update, ORIGIN.connection);
      });
      colleague.on('update', (update: Uint8Array, origin: unknown) => {
        if (origin === ORIGIN.connection) return;
        waiting.push(update);
        if (holds === 0) flush();
      });
    },
    hold() {
      holds += 1;
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        holds -= 1;
        if (holds === 0) flush();
      };
    },
    isHolding: () => holds > 0,
    waitingCount: () => waiting.length,
  };
}
