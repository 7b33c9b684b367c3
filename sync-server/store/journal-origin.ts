/** Where an update came from, as blocks of the journal say it: once for all that came that way (journal-entries.ts). */
import { z } from 'zod';
import { ROLES } from '../../shared/permissions.ts';

export const originSchema = z.tuple([
  z.string(),
  z.string(),
  z.string().nullable(),
  z.string().nullable(),
  z.enum(ROLES).nullable(),
  z.string().nullable(),
]);

/** Room, author, carrier (null for the author), agency, role and connection. */
export type Origin = z.output<typeof originSchema>;
