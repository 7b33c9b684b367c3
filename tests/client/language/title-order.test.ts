import { describe, expect, it } from 'vitest';
import { compareTitles } from '../../../client/language/title-order.ts';

describe('the order of titles', () => {
  it('counts Chinese numerals in brackets', () => {
    const numerals = '一 二 三 四 五 六 七 八 九 十 十一 十九 二十 二十一 九十九'.split(' ');
    const titles = numerals.map((numeral) => `案件记录（${numeral}）接谈`);
    expect([...titles].reverse().sort(compareTitles)).toEqual(titles);
  });

  it('counts digits and leaves other words as the language orders them', () => {
    expect(['10 notes', '2 notes'].sort(compareTitles)).toEqual(['2 notes', '10 notes']);
    expect(['（草案）会议', '会议（）', '安排'].sort(compareTitles)).toHaveLength(3);
  });
});
