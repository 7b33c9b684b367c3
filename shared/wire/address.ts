/**
 * The query of a sync address: what a client of ours says about itself before any frame. The stock y-websocket client
 * says nothing and is taken as the person of its cookie.
 */
import { z } from 'zod';

const wholeNumber = z
  .string()
  .regex(/^\d{1,6}$/)
  .transform(Number);

/** `as`: the person this replica belongs to; `v`: wire version; `sv`: prose schema version; `gen`: store generation last seen. */
export const syncQuerySchema = z.object({
  as: z.string().max(64).optional(),
  v: wholeNumber.optional(),
  sv: wholeNumber.optional(),
  gen: z.string().max(64).optional(),
});
export type SyncQuery = z.infer<typeof syncQuerySchema>;
