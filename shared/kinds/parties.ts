/**
 * Reading the parties of a case from their records, and what a new one starts with. Total: whatever a colleague's client
 * wrote, a party is a row. A party is an alias (申请人甲); there are no names here and no field to put one in.
 */
import { type FieldRecord, liveRecords, type RecordsReading } from '../fields/records.ts';
import { type FieldValue, newestValue } from '../fields/register.ts';
import type { Language } from '../vocabulary.ts';
import { PARTY_CONSENTS, PARTY_FIELDS, PARTY_SIDES, type PartyConsent, type PartySide } from './case-record.ts';

export interface Party {
  readonly record: FieldRecord;
  /** Empty while nobody has given one. Of two concurrent ones the newer. */
  readonly alias: string;
  /** Null while nobody has said, or where a newer version says something unknown here. */
  readonly side: PartySide | null;
  /**
   * How the party stands to the mediation. What stops it outweighs what does not as long as two entries contradict each
   * other: a party's no is not voted down by an older yes.
   */
  readonly consent: PartyConsent;
}

/** The parties that are not deleted, in the order of the page. */
export function readParties(reading: RecordsReading): Party[] {
  return liveRecords(reading).map((record) => {
    const newest = (field: string) => newestValue(record.fields.get(field) ?? []);
    const alias = newest(PARTY_FIELDS.alias);
    const side = newest(PARTY_FIELDS.side);
    return {
      record,
      alias: typeof alias === 'string' ? alias.trim() : '',
      side: PARTY_SIDES.find((each) => each === side) ?? null,
      consent: readConsent(record),
    };
  });
}

function readConsent(record: FieldRecord): PartyConsent {
  const said = (record.fields.get(PARTY_FIELDS.consent) ?? []).map((entry) => entry.value);
  const byWeight: readonly PartyConsent[] = ['withdrawn', 'refused', 'pending', 'agreed'];
  return byWeight.find((consent) => said.includes(consent)) ?? PARTY_CONSENTS[0];
}

/** Whether the party does not take part (any more): nothing may then go on in its name. */
export function hasDeclined({ consent }: Party): boolean {
  return consent === 'refused' || consent === 'withdrawn';
}

const STEMS: Readonly<Record<Language, Readonly<Record<PartySide, string>>>> = {
  'zh-CN': { applicant: '申请人', respondent: '被申请人', third: '第三人' },
  en: { applicant: 'Applicant ', respondent: 'Respondent ', third: 'Third party ' },
};
const ORDINALS: Readonly<Record<Language, string>> = {
  'zh-CN': '甲乙丙丁戊己庚辛壬癸',
  en: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
};

/** The first alias of a side that nobody has yet: 申请人甲, 申请人乙 … and numbers after the last letter. */
export function nextAlias(side: PartySide, parties: readonly Party[], language: Language): string {
  const taken = new Set(parties.map(({ alias }) => alias));
  const stem = STEMS[language][side];
  for (const ordinal of ORDINALS[language]) if (!taken.has(stem + ordinal)) return stem + ordinal;
  let n = ORDINALS[language].length + 1;
  while (taken.has(`${stem}${n}`)) n++;
  return `${stem}${n}`;
}

/** What a new party of a side starts with, and where: behind the last one of its side. */
export function newParty(
  side: PartySide,
  parties: readonly Party[],
  language: Language,
): { readonly values: Readonly<Record<string, FieldValue>>; readonly index: number } {
  const rank = (each: PartySide | null) => (each === null ? PARTY_SIDES.length : PARTY_SIDES.indexOf(each));
  const after = parties.findLastIndex((party) => rank(party.side) <= rank(side));
  return {
    values: {
      [PARTY_FIELDS.alias]: nextAlias(side, parties, language),
      [PARTY_FIELDS.side]: side,
      [PARTY_FIELDS.consent]: PARTY_CONSENTS[0],
    },
    index: after + 1,
  };
}
