/** Deadlines as decided sentences give them; today is Friday, 16 October 2026. */
import { describe, expect, it } from 'vitest';
import { findDeadline } from '../../../client/features/document/minutes/find-deadline.ts';

const TODAY = '2026-10-16';

describe('the deadline in a sentence', () => {
  it.each([
    ['总包于10月23日前通过专用账户首付400,000元', '10月23日前', '2026-10-23'],
    ['2026年11月6日前付清268,650元', '2026年11月6日前', '2026-11-06'],
    ['11-20前共同申请司法确认', '11-20前', '2026-11-20'],
    ['月底前建设单位拨付人工费用', '月底前', '2026-10-31'],
    ['下月底前完成', '下月底前', '2026-11-30'],
    ['12月底前项目用工制度整改到位', '12月底前', '2026-12-31'],
    ['三日内书面答复', '三日内', '2026-10-19'],
    ['十五日内书面答复', '十五日内', '2026-10-31'],
    ['30天以内办结', '30天以内', '2026-11-15'],
    ['两周后再议，下周五前报送', '下周五前', '2026-10-23'],
    ['本周日前报送', '本周日前', '2026-10-18'],
    ['明天上午碰头', '明天', '2026-10-17'],
    ['年底前整改', '年底前', '2026-12-31'],
    ['一个月内组织回访', '一个月内', '2026-11-16'],
    ['1月5日前回访', '1月5日前', '2027-01-05'],
    ['Outcome letter by 20 October', '20 October', '2026-10-20'],
    ['works done by 13th Nov 2026', '13th Nov 2026', '2026-11-13'],
  ])('%s', (sentence, words, day) => {
    const found = findDeadline(sentence, TODAY);
    expect(found && [sentence.slice(found.start, found.end), found.day]).toEqual([words, day]);
  });

  it.each(['按期办理', '首付400,000元', '2月30日前', '3#、5#楼施工', '26人134个点工'])('“%s” has none', (sentence) => {
    expect(findDeadline(sentence, TODAY)).toBeNull();
  });
});
