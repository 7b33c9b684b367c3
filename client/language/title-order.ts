/** The order of titles in a list: as offices number them, so （二） comes after （一） and before （十）, and 2 before 10. */

const BRACKETED = /（([一二三四五六七八九]?十?[一二三四五六七八九]?)）/g;
const DIGITS = '零一二三四五六七八九';

/** Negative when `a` comes first. */
export function compareTitles(a: string, b: string): number {
  return withDigits(a).localeCompare(withDigits(b), 'zh-CN', { numeric: true });
}

function withDigits(title: string): string {
  return title.replace(BRACKETED, (whole, numeral: string) => (numeral === '' ? whole : `（${numberOf(numeral)}）`));
}

/** 一 to 九十九. */
function numberOf(numeral: string): number {
  const digit = (character: string) => DIGITS.indexOf(character);
  const [tens, ones] = numeral.includes('十') ? numeral.split('十') : ['零', numeral];
  return digit(tens || '一') * 10 + (ones ? digit(ones) : 0);
}
