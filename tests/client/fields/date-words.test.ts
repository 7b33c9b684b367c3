/** Days as people type them into a field and as decided sentences give them; today is Friday, 16 October 2026. */
import { describe, expect, it } from 'vitest';
import { findDay, wordsToDay } from '../../../client/fields/date-words.ts';

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
    const found = findDay(sentence, TODAY);
    expect(found && [sentence.slice(found.start, found.end), found.day]).toEqual([words, day]);
  });

  it.each(['按期办理', '首付400,000元', '2月30日前', '3#、5#楼施工', '26人134个点工'])('“%s” has none', (sentence) => {
    expect(findDay(sentence, TODAY)).toBeNull();
  });
});

describe('a day typed alone', () => {
  it.each([
    ['11-6', '2026-11-06'],
    ['11.6', '2026-11-06'],
    ['11/6', '2026-11-06'],
    ['11月6日', '2026-11-06'],
    ['11月6号前', '2026-11-06'],
    ['2027.1.6', '2027-01-06'],
    ['十一月六日', '2026-11-06'],
    ['20号', '2026-10-20'],
    ['6日', '2026-11-06'],
    ['1-5', '2027-01-05'],
    ['8-1', '2026-08-01'],
    ['今天', '2026-10-16'],
    ['大后天', '2026-10-19'],
    ['周五', '2026-10-16'],
    ['星期三', '2026-10-21'],
    ['本周日', '2026-10-18'],
    ['下周五', '2026-10-23'],
    ['下下周一', '2026-10-26'],
    ['月底', '2026-10-31'],
    ['下月5日', '2026-11-05'],
    ['3天后', '2026-10-19'],
    ['两周内', '2026-10-30'],
    ['年底', '2026-12-31'],
    ['tomorrow', '2026-10-17'],
    ['Fri', '2026-10-16'],
    ['next Friday', '2026-10-23'],
    ['in 3 days', '2026-10-19'],
    ['6 Nov', '2026-11-06'],
    ['Nov 6', '2026-11-06'],
    ['end of month', '2026-10-31'],
  ])('“%s” is %s', (text, day) => {
    expect(wordsToDay(text, TODAY)).toBe(day);
  });

  it.each(['', '尽快', '2-30', '13月1日', '下月31日', '10月23日付清', '6'])('“%s” is none', (text) => {
    expect(wordsToDay(text, TODAY)).toBeNull();
  });

  it('rolls over years and leap days', () => {
    expect(wordsToDay('下周一', '2026-12-31')).toBe('2027-01-04');
    expect(wordsToDay('一个月后', '2028-01-31')).toBe('2028-02-29');
    expect(wordsToDay('下月底', '2026-12-05')).toBe('2027-01-31');
  });
});

describe('the first day in a sentence', () => {
  const found = (sentence: string) => {
    const day = findDay(sentence, '2026-10-20');
    return day === null ? null : [sentence.slice(day.start, day.end), day.day];
  };

  it.each([
    ['由县人社局何志远于11月6日前核对考勤。', ['11月6日前', '2026-11-06']],
    ['县住建局下周五之前督促总包首付400,000元', ['下周五之前', '2026-10-30']],
    ['三日内由总包补齐授权书', ['三日内', '2026-10-23']],
    ['总工会在10日内回访', ['10日内', '2026-10-30']],
    ['请于１１月６日报送', ['１１月６日', '2026-11-06']],
    ['10月底前26人工资到账', ['10月底前', '2026-10-31']],
    ['第2项任务6日前完成', ['6日前', '2026-11-06']],
    ['昨日已函告，明日答复', ['昨日', '2026-10-19']],
    ['去年12月1日立案', ['去年12月1日', '2025-12-01']],
    ['上周五已核对，周五再报', ['上周五', '2026-10-16']],
    ['周敏 11-6 前答复', ['11-6', '2026-11-06']],
    ['2026年12月31日全部付清', ['2026年12月31日', '2026-12-31']],
    ['Housing to reply by next Friday at the latest.', ['next Friday', '2026-10-30']],
    ['He Zhiyuan reports on 6 Nov and again later', ['6 Nov', '2026-11-06']],
    ['The contractor pays within 10 days.', ['within 10 days', '2026-10-30']],
  ])('is found in “%s”', (sentence, expected) => {
    expect(found(sentence)).toEqual(expected);
  });

  it.each([
    '首付11.6万元',
    '退还1/3的工资',
    '3号楼5-6层漏水',
    '云联方〔2026〕3号',
    '每周五报送进展，每月5日汇总',
    '5个工作日内答复',
    '需3-5天核对',
    '26人工资共400,000元',
    'We may 6 times ask; the sun was out.',
    '几天内有结果',
    '1号楼前堆放建材，拘留10日',
    '三天后再议',
    'Sat down with both sides every Friday',
  ])('is not seen in “%s”', (sentence) => {
    expect(found(sentence)).toBeNull();
  });
});
