/**
 * First letters of Chinese words by their usual reading: 何志远 is hzy. The browser's own pinyin order says between which
 * two letters a character stands, so no dictionary is loaded; a character with several readings has only its first. Pure.
 */

/** The first character of each letter in pinyin order; none begins with i, u or v. */
const FIRST = '阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥扨它穵夕丫帀';
const LETTERS = 'abcdefghjklmnopqrstwxyz';
const HAN = /\p{Script=Han}/u;

const collator = new Intl.Collator('zh-CN-u-co-pinyin');

/** Letters and digits stay as they are, in lower case; other signs are left out. */
export function pinyinInitials(words: string): string {
  let initials = '';
  for (const character of words.normalize('NFKC').toLowerCase()) {
    if (/[a-z0-9]/.test(character)) initials += character;
    else if (HAN.test(character)) initials += initialOf(character);
  }
  return initials;
}

function initialOf(character: string): string {
  let index = -1;
  for (const first of FIRST) {
    if (collator.compare(first, character) > 0) break;
    index += 1;
  }
  return LETTERS[index] ?? '';
}
