/**
 * The envelope around every value on the device that carries content: a format version, the name of the key it was sealed
 * with, the bytes. Today's only key provider seals nothing; a device lock brings another, and old envelopes stay readable.
 */
import { z } from 'zod';

const ENVELOPE_VERSION = 1;

const envelopeSchema = z.object({
  v: z.literal(ENVELOPE_VERSION),
  keyId: z.string(),
  iv: z.custom<Uint8Array>((value) => value instanceof Uint8Array).optional(),
  bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
});
export type Envelope = z.infer<typeof envelopeSchema>;

/** Seals and opens bytes. `open` rejects with the reason when the envelope is of a key that it does not have. */
export interface KeyProvider {
  seal(bytes: Uint8Array): Promise<Envelope>;
  open(envelope: Envelope): Promise<Uint8Array>;
}

export const plainKeys: KeyProvider = {
  seal: async (bytes) => ({ v: ENVELOPE_VERSION, keyId: 'plain', bytes }),
  open: async (envelope) => {
    if (envelope.keyId !== 'plain') throw new Error(`no key named ${envelope.keyId} on this device`);
    return envelope.bytes;
  },
};

export type Opened =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: string };

/** Opens whatever was found in the store; total. */
export async function openEnvelope(keys: KeyProvider, stored: unknown): Promise<Opened> {
  const envelope = envelopeSchema.safeParse(stored);
  if (!envelope.success) return { ok: false, reason: 'not an envelope of a known version' };
  try {
    return { ok: true, bytes: await keys.open(envelope.data) };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** A JSON value, sealed. */
export async function sealJson(keys: KeyProvider, value: unknown): Promise<Envelope> {
  return keys.seal(new TextEncoder().encode(JSON.stringify(value)));
}

/** A sealed JSON value checked against its schema; null when there is none or it cannot be read. */
export async function openJson<T>(keys: KeyProvider, stored: unknown, schema: z.ZodType<T>): Promise<T | null> {
  if (stored === undefined) return null;
  const opened = await openEnvelope(keys, stored);
  if (!opened.ok) return null;
  try {
    const parsed = schema.safeParse(JSON.parse(new TextDecoder().decode(opened.bytes)));
    return parsed.success ? parsed.data : null;
  } catch {
    // Not JSON: the same answer as any other unreadable value; the caller decides what its absence means.
    return null;
  }
}
