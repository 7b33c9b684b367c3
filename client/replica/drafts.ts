/**
 * Words a person has begun and not sent, kept on this device and nowhere else: they survive a closed panel, a closed tab
 * and a crash. What is written is readable here at once; the store follows, one write of an item at a time.
 */
import { z } from 'zod';
import type { Drafts } from './contract.ts';
import type { Log } from './environment.ts';
import type { LocalStore } from './local-store.ts';

const storedSchema = z.object({ documentId: z.string(), name: z.string(), value: z.unknown() });

export interface OpenDrafts extends Drafts {
  /** Resolves when everything written so far is in the store, or could not be put there. */
  settled(): Promise<void>;
  /** The store was lost: what was written since the session began is put into it again. */
  rewrite(): Promise<void>;
}

export function createDrafts(store: LocalStore, log: Log): OpenDrafts {
  /** What was written since the session began; null: taken away. */
  const written = new Map<string, Map<string, object | null>>();
  /** Items whose newest value is not in the store yet. */
  const waiting = new Map<string, () => Promise<boolean>>();
  let writing: Promise<void> | null = null;

  async function writeAll(): Promise<void> {
    const failed: [string, () => Promise<boolean>][] = [];
    for (let next = [...waiting][0]; next !== undefined; next = [...waiting][0]) {
      const [key, write] = next;
      waiting.delete(key);
      if (!(await write())) failed.push(next);
    }
    // They are still here, and tried again with the next change.
    for (const [key, write] of failed) if (!waiting.has(key)) waiting.set(key, write);
    if (failed.length > 0) log('drafts.write-failed', { count: failed.length });
    writing = null;
  }

  function write(documentId: string, name: string, value: object | null) {
    const items = written.get(documentId) ?? new Map<string, object | null>();
    items.set(name, value);
    written.set(documentId, items);
    const key = ['draft', documentId, name] as const;
    waiting.set(key.join('/'), async () => {
      const done = await (value === null
        ? store.deleteRecord(key)
        : store.writeRecord(key, { documentId, name, value }));
      return done.ok;
    });
    writing ??= writeAll();
  }

  return {
    read: async (documentId) => {
      const stored = await store.readRecords('draft', storedSchema);
      const items = new Map<string, unknown>();
      if (stored.ok) {
        for (const each of stored.value) if (each.documentId === documentId) items.set(each.name, each.value);
      } else log('drafts.read-failed');
      for (const [name, value] of written.get(documentId) ?? []) {
        if (value === null) items.delete(name);
        else items.set(name, value);
      }
      return items;
    },
    write,
    settled: async () => {
      await writing;
    },
    rewrite: async () => {
      for (const [documentId, items] of [...written]) {
        for (const [name, value] of [...items]) if (value !== null) write(documentId, name, value);
      }
      await writing;
    },
  };
}
