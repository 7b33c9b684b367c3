/**
 * The reading side of wire version 1 as it was, kept to prove that a page of that version understands all that today's relay
 * says to it. Strict as it was: a field or a reason it does not know makes a frame unreadable. Never to be brought up to date.
 */
import * as decoding from 'lib0/decoding';
import { z } from 'zod';

const helloSchema = z.strictObject({
  wireVersion: z.number().int(),
  generation: z.string().max(64),
  personId: z.string().max(64),
  capability: z.enum(['read', 'write']),
  documentState: z.enum(['draft', 'freezing', 'frozen']),
});

const REASONS = [
  'may-not-write',
  'frozen',
  'client-id-of-another',
  'unknown-root',
  'key-of-another',
  'value-not-allowed',
];

/** What a frame says; 'unreadable' for what a page of version 1 could not read. */
export type MessageOf1 =
  | { readonly type: 'syncStep1' | 'syncStep2' | 'update' | 'awareness'; readonly payload: Uint8Array }
  | { readonly type: 'barrier'; readonly number: number }
  | { readonly type: 'hello'; readonly hello: z.infer<typeof helloSchema> }
  | { readonly type: 'refused' | 'freezing' | 'queryAwareness' | 'unreadable' };

export function readAsVersion1(frame: Uint8Array): MessageOf1 {
  const decoder = decoding.createDecoder(frame);
  try {
    const message = read(decoder);
    return decoding.hasContent(decoder) ? { type: 'unreadable' } : message;
  } catch {
    // The bytes end early, or are no JSON.
    return { type: 'unreadable' };
  }
}

function read(decoder: decoding.Decoder): MessageOf1 {
  switch (decoding.readVarUint(decoder)) {
    case 0: {
      const type = (['syncStep1', 'syncStep2', 'update'] as const)[decoding.readVarUint(decoder)];
      const payload = decoding.readVarUint8Array(decoder);
      return type === undefined ? { type: 'unreadable' } : { type, payload };
    }
    case 1:
      return { type: 'awareness', payload: decoding.readVarUint8Array(decoder) };
    case 3:
      return { type: 'queryAwareness' };
    case 100:
      return { type: 'barrier', number: decoding.readVarUint(decoder) };
    case 101: {
      const hello = helloSchema.safeParse(JSON.parse(decoding.readVarString(decoder)));
      return hello.success ? { type: 'hello', hello: hello.data } : { type: 'unreadable' };
    }
    case 102:
      return { type: REASONS.includes(decoding.readVarString(decoder)) ? 'refused' : 'unreadable' };
    case 103:
      return { type: 'freezing' };
    default:
      return { type: 'unreadable' };
  }
}
