/**
 * A link to a record of another document, kept as the value of a register: `<documentId>/<recordId>`. A decision of the
 * minutes links to its task of the plan, the task back to its decision.
 */
import { uuidSchema } from '../ids.ts';
import type { FieldValue, RegisterValue } from './register.ts';

export interface RecordLink {
  readonly documentId: string;
  readonly recordId: string;
}

/** The link as a register keeps it. */
export function recordLinkToValue({ documentId, recordId }: RecordLink): string {
  return `${documentId}/${recordId}`;
}

/** Reads one; null for any other value. */
export function valueToRecordLink(value: FieldValue | undefined): RecordLink | null {
  if (typeof value !== 'string') return null;
  const [documentId, recordId, ...rest] = value.split('/');
  const isLink =
    rest.length === 0 && uuidSchema.safeParse(documentId).success && uuidSchema.safeParse(recordId).success;
  return isLink && documentId !== undefined && recordId !== undefined ? { documentId, recordId } : null;
}

/** All links a register shows; more than one when people linked it concurrently. */
export function readRecordLinks(values: readonly RegisterValue[]): RecordLink[] {
  return values.flatMap(({ value }) => valueToRecordLink(value) ?? []);
}
