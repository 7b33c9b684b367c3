/**
 * Whether the server's store is another one than this person's device knew: a backup was put back there. Told until the
 * person has seen it, also after the page was closed meanwhile; what the device does about it is not decided here (the rooms
 * and the outbox do that by themselves).
 */
import { z } from 'zod';
import type { Observable } from './contract.ts';
import type { Log } from './environment.ts';
import type { LocalStore } from './local-store.ts';
import { observableOf } from './observable.ts';

const KEY = ['server'] as const;
/** The generation of the server's store that the person knows of. */
const knownSchema = z.object({ generation: z.string() });

export interface PutBackNote {
  readonly isPutBack: Observable<boolean>;
  /** The server says which store it has. */
  hear(generation: string): void;
  dismiss(): Promise<void>;
  /** Another tab noted that the person has seen it. */
  reload(): Promise<void>;
  /** The device store was lost: what is known is put into it again. */
  rewrite(): Promise<void>;
}

export interface PutBackNoteParts {
  readonly store: Pick<LocalStore, 'readRecord' | 'writeRecord'>;
  readonly log: Log;
  /** Tells the other tabs. */
  readonly onSeen: () => void;
}

/** @param remembered the generation that this device last heard of, for a store that has no note of it yet */
export async function openPutBackNote(parts: PutBackNoteParts, remembered: string): Promise<PutBackNote> {
  const { store, log } = parts;
  const isPutBack = observableOf(false);
  let heard: string | null = null;
  let known = await read();
  if (known === null) void note(remembered);

  async function read(): Promise<string | null> {
    const found = await store.readRecord(KEY, knownSchema);
    if (!found.ok) log('put-back.read-failed');
    return found.ok && found.value !== null ? found.value.generation : null;
  }

  async function note(generation: string) {
    known = generation;
    const written = await store.writeRecord(KEY, { generation });
    // Told once more at the next visit: no harm.
    if (!written.ok) log('put-back.not-noted');
  }

  function compare() {
    isPutBack.set(heard !== null && heard !== known);
  }

  return {
    isPutBack,
    hear: (generation) => {
      heard = generation;
      compare();
    },
    dismiss: async () => {
      if (heard === null) return;
      const seen = note(heard);
      compare();
      await seen;
      parts.onSeen();
    },
    reload: async () => {
      known = (await read()) ?? known;
      compare();
    },
    rewrite: () => note(known ?? remembered),
  };
}
