/** What a newer version of the program wrote and this one cannot show: said once, with where it stands and what to do. */
import type { WordArea } from './word.ts';

export const newerWords = {
  'newer.kept': {
    'zh-CN': '有 {{count}} 项内容由较新版本写入，这里不显示，原样保留：{{places}}。更新程序后即可看到。',
    en: {
      one: '{{count}} item was written by a newer version. It is not shown here and is kept as it is: {{places}}. Update the program to see it.',
      other:
        '{{count}} items were written by a newer version. They are not shown here and are kept as they are: {{places}}. Update the program to see them.',
    },
  },
  'newer.place': { 'zh-CN': '{{place}} {{count}} 项', en: '{{place}} {{count}}' },
  'newer.place.fields': { 'zh-CN': '基本信息', en: 'header' },
  'newer.place.tasks': { 'zh-CN': '任务', en: 'tasks' },
  'newer.place.attendance': { 'zh-CN': '参会情况', en: 'attendance' },
  'newer.place.agenda': { 'zh-CN': '议程', en: 'agenda' },
  'newer.place.decisions': { 'zh-CN': '决定事项', en: 'decisions' },
  'newer.place.parties': { 'zh-CN': '当事人', en: 'parties' },
  'newer.place.review': { 'zh-CN': '评论', en: 'comments' },
  'newer.place.work': { 'zh-CN': '办理情况', en: 'work on tasks' },
  'newer.place.record': { 'zh-CN': '登记', en: 'register' },
  'newer.place.elsewhere': { 'zh-CN': '其他部分', en: 'other parts' },
  'newer.kind': { 'zh-CN': '这类文档是较新版本才有的', en: 'This kind of document came with a newer version' },
  'newer.kindNext': {
    'zh-CN': '这里只能看标题和正文，不能修改；其余内容原样保留。请重新载入以更新程序，也可以先导出本机副本。',
    en: 'Here you can read its title and its text but not change it; everything else is kept as it is. Reload to update the program, or export this device’s copy first.',
  },
} as const satisfies WordArea;
