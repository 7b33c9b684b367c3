/** A document's title as lists show it: the projection of the header's `title` register, the same on relay and client. */
import type * as Y from 'yjs';
import { newestValue, readRegister } from '../fields/register.ts';
import { BODY_ROOTS } from '../rooms.ts';
import { HEADER_RECORD, TITLE_FIELD } from './kind.ts';

/** The title a body holds; null when it has none. Of two concurrent titles the newer. */
export function readTitle(body: Y.Doc): string | null {
  return titleOf(body.getMap(BODY_ROOTS.fields));
}

/** @param header the entries of the body's root of header fields */
export function titleOf(header: Pick<Y.Map<unknown>, 'keys' | 'get'>): string | null {
  const title = newestValue(readRegister(header, HEADER_RECORD, TITLE_FIELD.id));
  return typeof title === 'string' && title.trim() !== '' ? title.trim() : null;
}
