/**
 * The agenda of a meeting and which item it is at. Records of the root `agenda` under AGENDA_FIELDS, in the order of their
 * rows; the item under discussion is the header's register DISCUSSING_FIELD, so that it outlives whoever set it.
 */
import { type FieldRecord, liveRecords, type RecordsReading } from '../fields/records.ts';
import { type FieldValue, newestValue } from '../fields/register.ts';
import { AGENDA_FIELDS, DISCUSSING_FIELD } from '../kinds/joint-minutes.ts';

export interface AgendaItem {
  readonly recordId: string;
  /** From 1, by place. */
  readonly number: number;
  readonly item: string;
  /** Ids of the directory or plain words; null when not said. */
  readonly presenterAgency: string | null;
  readonly presenter: string | null;
  readonly isDiscussed: boolean;
}

/** @param header the record `header` of the root `fields` */
export function readAgenda(reading: RecordsReading, header: FieldRecord | undefined): AgendaItem[] {
  const discussed = newestValue(header?.fields.get(DISCUSSING_FIELD) ?? []);
  return liveRecords(reading).map((record, index) => {
    const read = (field: string) => newestValue(record.fields.get(field) ?? []);
    return {
      recordId: record.recordId,
      number: index + 1,
      item: textOf(read(AGENDA_FIELDS.item)) ?? '',
      presenterAgency: textOf(read(AGENDA_FIELDS.presenterAgency)),
      presenter: textOf(read(AGENDA_FIELDS.presenter)),
      isDiscussed: record.recordId === discussed,
    };
  });
}

function textOf(value: FieldValue | undefined): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
