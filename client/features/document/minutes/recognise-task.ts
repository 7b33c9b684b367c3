/**
 * Reads out of a decided sentence what a plan's task needs: problem, measure, lead and supporting agencies, the responsible
 * person, the deadline. By the set phrases of minutes (由…牵头, …负责, …配合, 会同…, 责任人…) around names that are known. Only a
 * proposal: where each came from is told, so that a person sees it and confirms. Pure; knows no document.
 */
import { findNames, type NameSpot, type Spot } from './find-names.ts';

export interface KnownAgency {
  readonly id: string;
  /** Short and full name, and any other it is called by. */
  readonly names: readonly string[];
}

interface KnownPerson {
  readonly id: string;
  readonly name: string;
  readonly agencyId: string;
  /** Whether they could carry a task out; then they are proposed when they are their agency's only one. */
  readonly mayOwn: boolean;
}

/** A value and the words it was read from; no words when it only follows from another. */
export interface Recognised {
  readonly value: string;
  readonly spot: Spot | null;
}

export interface RecognisedTask {
  readonly problem: string;
  readonly measure: string;
  readonly lead: Recognised | null;
  readonly supporting: readonly Recognised[];
  readonly owner: Recognised | null;
  readonly due: Recognised | null;
}

export interface Surroundings {
  readonly agencies: readonly KnownAgency[];
  readonly people: readonly KnownPerson[];
  /** The date found in the sentence. */
  readonly deadline: (Spot & { readonly day: string }) | null;
}

const LIST = '(?:、|和|及|以及|与|，|,|\\s+and\\s+|,\\s*)';
const BETWEEN_NAMES = new RegExp(`^\\s*${LIST}\\s*$`);

/** What stands right before or right after a name and says what it is there for. */
const CUE = {
  leadsAfter:
    /^(?:等(?:单位|部门)?)?(?:同志)?(?:总)?牵头(?:负责|组织|落实|办理)?|^\s+(?:to lead|leads|will lead|leading)\b/,
  leadsBefore: /(?:牵头单位|主办单位|责任单位|led by|lead agency|lead)\s*[:：是为]?\s*(?:the\s)?$/i,
  chargedAfter:
    /^(?:等(?:单位|部门)?)?(?:同志)?(?:具体|共同|分别)?(?:负责|主办|承办|统筹)|^\s+(?:to|will|is to|shall)(?=\s)/,
  chargedBefore: /(?:由|请|责成|交)$/,
  supportsAfter:
    /^(?:等(?:单位|部门)?)?(?:予以|积极|共同|全力|做好)?(?:配合|协助|协同|参与)(?:工作)?|^\s+(?:supporting|to support|assisting|to assist)\b/,
  supportsBefore:
    /(?:会同|联合|配合单位\s*[:：是为]?|协助单位\s*[:：是为]?|(?:supported by|with support from|together with|assisted by)\s*(?:the\s)?)$/i,
  begins: /(?:^|[，,；;。：:）)]|(?:要求|明确|议定|决定|确定))\s*$/,
  ownsAfter: /^(?:同志)?(?:具体)?(?:负责|牵头|跟踪|承办|落实|督办)|^\s+(?:to|will|is to|shall)(?=\s)/,
  ownsBefore: /(?:责任人|联系人|联络人|经办人|owner)\s*[:：是为]?\s*$/i,
  saysAfter:
    /^(?:同志)?(?:提出|建议|认为|表示|汇报|通报|介绍|说明|主持)|^\s+(?:said|proposed|reported|noted|preferred)\b/,
} as const;

const PROBLEM = /^(?:针对|关于|就)(.{2,40}?)(?:的?问题|一事|事项)?[，,：:]/;
const NUMBERING = /^\s*(?:[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+(?:是|、)|\d+[.．、)）])\s*/;
const OPENING = /^会议?(?:议定|决定|要求|明确|确定)[，,：:]?/;
/** Parties to the work that are no agency of the case and are named by what they are. */
const ROLE_NAMES = /(?:总包|分包|建设|监理|施工|物业)(?:单位|公司|企业)/g;

/** Names that stand in one row, and what is said about the row. */
interface Group {
  readonly spots: readonly NameSpot[];
  readonly start: number;
  readonly end: number;
  readonly part: 'lead' | 'support' | 'none';
  /** How plainly it is said: 4 牵头, 3 负责, 2 由…, 1 only by its place. */
  readonly weight: number;
  /** The group with the words that say so: what a measure does without. */
  readonly phrase: Spot;
}

/** @param sentence the decided words */
export function recogniseTask(sentence: string, { agencies, people, deadline }: Surroundings): RecognisedTask {
  const personSpots = findNames(
    sentence,
    people.map(({ id, name }) => ({ id, names: [name] })),
  );
  const groups = groupsOf(sentence, [...findNames(sentence, agencies), ...roleSpots(sentence)]);
  const leading = best(groups.filter(({ part }) => part === 'lead'));
  const owner = ownerOf(sentence, personSpots, groups);
  const ownerAgency = people.find(({ id }) => id === owner?.spot.id)?.agencyId ?? null;
  const isLeadKnown = leading !== null && (leading.weight > 1 || ownerAgency === null);
  const leadSpot = isLeadKnown ? leading.spots[0] : leading?.spots.find(({ id }) => id === ownerAgency);
  const lead: Recognised | null =
    leadSpot !== undefined
      ? { value: leadSpot.id, spot: leadSpot }
      : ownerAgency === null
        ? null
        : { value: ownerAgency, spot: null };

  const supporting = groups
    .filter(
      (group) =>
        group.part === 'support' ||
        (group === leading && leadSpot !== undefined) ||
        (group.part === 'lead' && group.weight >= 2),
    )
    .flatMap((group) => group.spots)
    .filter((spot, i, all) => spot.id !== lead?.value && all.findIndex(({ id }) => id === spot.id) === i)
    .map((spot) => ({ value: spot.id, spot }));

  const cuts: Spot[] = groups.filter((group) => group === leading && group.weight >= 2).map(({ phrase }) => phrase);
  cuts.push(...groups.filter(({ part }) => part === 'support').map(({ phrase }) => phrase));
  if (owner !== null && owner.weight >= 2) cuts.push(owner.phrase);
  if (deadline !== null) cuts.push(deadlinePhrase(sentence, deadline));
  const { problem, measure } = wordsOf(sentence, cuts);
  return {
    problem,
    measure,
    lead,
    supporting,
    owner: owner !== null ? { value: owner.spot.id, spot: owner.spot } : onlyOneOf(lead?.value ?? null, people),
    due: deadline === null ? null : { value: deadline.day, spot: deadline },
  };
}

function roleSpots(sentence: string): NameSpot[] {
  return [...sentence.matchAll(ROLE_NAMES)].map(({ 0: name, index }) => ({
    id: name,
    start: index,
    end: index + name.length,
  }));
}

function groupsOf(sentence: string, spots: readonly NameSpot[]): Group[] {
  const rows: NameSpot[][] = [];
  for (const spot of [...spots].sort((a, b) => a.start - b.start)) {
    const row = rows.at(-1);
    const before = row?.at(-1);
    if (row !== undefined && before !== undefined && BETWEEN_NAMES.test(sentence.slice(before.end, spot.start)))
      row.push(spot);
    else rows.push([spot]);
  }
  return rows.map((row) => groupOf(sentence, row));
}

function groupOf(sentence: string, spots: readonly NameSpot[]): Group {
  const start = spots[0]?.start ?? 0;
  const end = spots.at(-1)?.end ?? 0;
  const before = sentence.slice(0, start);
  const after = sentence.slice(end);
  const lengthOf = (match: RegExpExecArray | null) => match?.[0].length ?? 0;
  const group = (part: Group['part'], weight: number, head: RegExpExecArray | null, tail: RegExpExecArray | null) => ({
    spots,
    start,
    end,
    part,
    weight,
    phrase: { start: start - lengthOf(head), end: end + lengthOf(tail) },
  });
  const given = CUE.chargedBefore.exec(before);
  const supports = CUE.supportsAfter.exec(after);
  const joins = CUE.supportsBefore.exec(before);
  if (supports !== null || joins !== null) return group('support', 4, joins ?? given, supports);
  const leads = CUE.leadsAfter.exec(after);
  const named = CUE.leadsBefore.exec(before);
  if (leads !== null || named !== null) return group('lead', 4, named ?? given, leads);
  // 总包单位 and the like carry no task of the agencies' plan by themselves.
  if (spots.every(({ id, start: from, end: to }) => id === sentence.slice(from, to)))
    return group('none', 0, null, null);
  const charged = CUE.chargedAfter.exec(after);
  if (charged !== null) return group('lead', 3, given, charged);
  if (given !== null) return group('lead', 2, given, null);
  return CUE.begins.test(before) && !CUE.saysAfter.test(after)
    ? group('lead', 1, null, null)
    : group('none', 0, null, null);
}

function best<T extends { readonly weight: number }>(found: readonly T[]): T | null {
  return found.reduce<T | null>((most, each) => (most === null || each.weight > most.weight ? each : most), null);
}

function ownerOf(sentence: string, spots: readonly NameSpot[], groups: readonly Group[]) {
  const owners = spots.flatMap((spot) => {
    const before = sentence.slice(0, spot.start);
    const after = sentence.slice(spot.end);
    if (CUE.saysAfter.test(after)) return [];
    const named = CUE.ownsBefore.exec(before) ?? CUE.chargedBefore.exec(before);
    const owns = CUE.ownsAfter.exec(after);
    const isBehindAgency = groups.some((group) => group.end === spot.start);
    const weight = owns !== null ? 3 : named !== null || isBehindAgency ? 2 : 1;
    const phrase = { start: spot.start - (named?.[0].length ?? 0), end: spot.end + (owns?.[0].length ?? 0) };
    return [{ spot, weight: isBehindAgency && owns === null && named === null ? 1.5 : weight, phrase }];
  });
  return best(owners);
}

/** An agency with one person who could do it: that one, as a proposal. */
function onlyOneOf(agencyId: string | null, people: readonly KnownPerson[]): Recognised | null {
  const able = people.filter((person) => person.agencyId === agencyId && person.mayOwn);
  const [only] = able;
  return able.length === 1 && only !== undefined ? { value: only.id, spot: null } : null;
}

function deadlinePhrase(sentence: string, { start, end }: Spot): Spot {
  const head =
    /(?:[，,；;]?(?:时限|期限|截止)[:：为是]?|于|在|至迟|最迟|务必|by\s|before\s|no later than\s)$/i.exec(
      sentence.slice(0, start),
    )?.[0].length ?? 0;
  const tail = /^(?:之前|以前|前|内)(?:完成)?/.exec(sentence.slice(end))?.[0].length ?? 0;
  return { start: start - head, end: end + tail };
}

/** The sentence without what has a field of its own. */
function wordsOf(sentence: string, cuts: readonly Spot[]): { problem: string; measure: string } {
  let rest = '';
  let at = 0;
  for (const { start, end } of [...cuts].sort((a, b) => a.start - b.start)) {
    rest += sentence.slice(at, Math.max(at, start));
    at = Math.max(at, end);
  }
  rest = (rest + sentence.slice(at)).replace(NUMBERING, '').replace(OPENING, '');
  const problem = PROBLEM.exec(rest);
  if (problem !== null) rest = rest.slice(problem[0].length);
  const measure = rest
    .replace(/[（(]\s*[）)]/g, '')
    .replace(/[，,；;、：:]\s*(?=[，,；;。、）)])/g, '')
    .replace(/^[\s，,；;、：:。.]+|[\s，,；;、：:。.]+$/g, '');
  return { problem: problem?.[1] ?? '', measure: measure === '' ? sentence.trim() : measure };
}
