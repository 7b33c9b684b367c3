/** Up to how many of a person's held edits they have seen what became of, as this device remembers it. */
import { useEffect, useState } from 'react';
import { z } from 'zod';
import type { Drafts } from '../replica/contract.ts';

const NAME = 'heldSeen';
const seenSchema = z.object({ settled: z.number() });

/** The person has read what became of so many of theirs. */
export function noteHeldSeen(drafts: Drafts, documentId: string, settled: number): void {
  drafts.write(documentId, NAME, { settled });
}

/** How many they have read of; null until the device has said so. */
export function useHeldSeen(drafts: Drafts, documentId: string): number | null {
  const [seen, setSeen] = useState<number | null>(null);
  useEffect(() => {
    let isShown = true;
    void drafts.read(documentId).then((items) => {
      const parsed = seenSchema.safeParse(items.get(NAME));
      if (isShown) setSeen(parsed.success ? parsed.data.settled : 0);
    });
    return () => {
      isShown = false;
    };
  }, [drafts, documentId]);
  return seen;
}
