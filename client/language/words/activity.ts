/** What happened in a case, one sentence each: who did what to which document or person. */
import type { WordArea } from './word.ts';

export const activityWords = {
  'activity.heading': { 'zh-CN': '动态', en: 'Activity' },
  'activity.today': { 'zh-CN': '今天', en: 'Today' },
  'activity.yesterday': { 'zh-CN': '昨天', en: 'Yesterday' },
  'activity.older': { 'zh-CN': '更早的', en: 'Older' },
  'activity.olderFailed': {
    'zh-CN': '连不上服务器，更早的动态要联网才能看。',
    en: 'The server cannot be reached; older activity needs a network.',
  },
  'activity.unknown': {
    'zh-CN': '动态还没有取到这台设备上，联网后会自动取来。',
    en: 'The activity is not on this device yet. It is fetched once you are online.',
  },
  'activity.notFresh': { 'zh-CN': '上次联网时的动态', en: 'As of the last time this device was online' },
  'activity.documentTitle': { 'zh-CN': '《{{title}}》', en: '“{{title}}”' },
  'activity.caseCreated': { 'zh-CN': '{{who}}新建了本案', en: '{{who}} created the case' },
  'activity.caseNumbered': {
    'zh-CN': '{{who}}给本案编号：{{number}}',
    en: '{{who}} gave the case its number: {{number}}',
  },
  'activity.documentRegistered': { 'zh-CN': '{{who}}新建了{{document}}', en: '{{who}} created {{document}}' },
  'activity.documentFrozen': { 'zh-CN': '{{who}}将{{document}}定稿', en: '{{who}} froze {{document}}' },
  'activity.documentReopened': { 'zh-CN': '{{who}}恢复了{{document}}的编辑', en: '{{who}} reopened {{document}}' },
  'activity.documentNumbered': {
    'zh-CN': '{{who}}给{{document}}编号：{{number}}',
    en: '{{who}} gave {{document}} its number: {{number}}',
  },
  'activity.memberInvited': {
    'zh-CN': '{{who}}邀请{{subject}}加入，角色是{{role}}',
    en: '{{who}} invited {{subject}} as {{role}}',
  },
  'activity.roleChanged': {
    'zh-CN': '{{who}}把{{subject}}的角色改为{{role}}',
    en: '{{who}} changed the role of {{subject}} to {{role}}',
  },
  'activity.memberRemoved': {
    'zh-CN': '{{who}}把{{subject}}移出本案',
    en: '{{who}} removed {{subject}} from the case',
  },
  'activity.heldAdded': {
    'zh-CN': '{{who}}把{{subject}}未并入的改动加入了{{document}}',
    en: '{{who}} added a held change of {{subject}} to {{document}}',
  },
  'activity.heldDone': {
    'zh-CN': '{{who}}照{{subject}}未并入的改动，在{{document}}里改好了',
    en: '{{who}} made a held change of {{subject}} in {{document}} by hand',
  },
  'activity.heldDiscarded': {
    'zh-CN': '{{who}}看过{{subject}}在{{document}}未并入的改动，未采用',
    en: '{{who}} read a held change of {{subject}} on {{document}} and did not take it',
  },
  'activity.wrote': { 'zh-CN': '{{who}}修改了{{document}}', en: '{{who}} changed {{document}}' },
  'activity.comment': {
    'zh-CN': '{{who}}在{{document}}写了 {{count}} 条评论',
    en: {
      one: '{{who}} wrote {{count}} comment on {{document}}',
      other: '{{who}} wrote {{count}} comments on {{document}}',
    },
  },
  'activity.reply': {
    'zh-CN': '{{who}}在{{document}}回复了 {{count}} 次',
    en: {
      one: '{{who}} wrote {{count}} reply on {{document}}',
      other: '{{who}} wrote {{count}} replies on {{document}}',
    },
  },
  'activity.resolve': {
    'zh-CN': '{{who}}解决了{{document}}的 {{count}} 条评论',
    en: {
      one: '{{who}} resolved {{count}} comment on {{document}}',
      other: '{{who}} resolved {{count}} comments on {{document}}',
    },
  },
  'activity.reopen': {
    'zh-CN': '{{who}}重新打开了{{document}}的 {{count}} 条评论',
    en: {
      one: '{{who}} reopened {{count}} comment on {{document}}',
      other: '{{who}} reopened {{count}} comments on {{document}}',
    },
  },
  'activity.taskAccepted': {
    'zh-CN': '{{who}}签收了{{document}}的 {{count}} 项任务',
    en: {
      one: '{{who}} accepted {{count}} task of {{document}}',
      other: '{{who}} accepted {{count}} tasks of {{document}}',
    },
  },
  'activity.taskObjected': {
    'zh-CN': '{{who}}对{{document}}的 {{count}} 项任务提出异议',
    en: {
      one: '{{who}} objected to {{count}} task of {{document}}',
      other: '{{who}} objected to {{count}} tasks of {{document}}',
    },
  },
  'activity.taskStarted': {
    'zh-CN': '{{who}}开始办理{{document}}的 {{count}} 项任务',
    en: {
      one: '{{who}} started {{count}} task of {{document}}',
      other: '{{who}} started {{count}} tasks of {{document}}',
    },
  },
  'activity.taskBlocked': {
    'zh-CN': '{{who}}在{{document}}登记受阻 {{count}} 次',
    en: {
      one: '{{who}} reported {{count}} block on {{document}}',
      other: '{{who}} reported {{count}} blocks on {{document}}',
    },
  },
  'activity.taskProgress': {
    'zh-CN': '{{who}}在{{document}}登记进展 {{count}} 次',
    en: {
      one: '{{who}} reported progress {{count}} time on {{document}}',
      other: '{{who}} reported progress {{count}} times on {{document}}',
    },
  },
  'activity.taskSubmitted': {
    'zh-CN': '{{who}}为{{document}}的 {{count}} 项任务申请销号',
    en: {
      one: '{{who}} submitted {{count}} task of {{document}} for closing',
      other: '{{who}} submitted {{count}} tasks of {{document}} for closing',
    },
  },
  'activity.taskClosed': {
    'zh-CN': '{{who}}核验销号{{document}}的 {{count}} 项任务',
    en: {
      one: '{{who}} verified and closed {{count}} task of {{document}}',
      other: '{{who}} verified and closed {{count}} tasks of {{document}}',
    },
  },
  'activity.taskReturned': {
    'zh-CN': '{{who}}退回了{{document}}的 {{count}} 项任务',
    en: {
      one: '{{who}} returned {{count}} task of {{document}}',
      other: '{{who}} returned {{count}} tasks of {{document}}',
    },
  },
  'activity.taskCancelled': {
    'zh-CN': '{{who}}取消了{{document}}的 {{count}} 项任务',
    en: {
      one: '{{who}} cancelled {{count}} task of {{document}}',
      other: '{{who}} cancelled {{count}} tasks of {{document}}',
    },
  },
  'activity.taskReopened': {
    'zh-CN': '{{who}}重新办理{{document}}的 {{count}} 项任务',
    en: {
      one: '{{who}} reopened {{count}} task of {{document}}',
      other: '{{who}} reopened {{count}} tasks of {{document}}',
    },
  },
  'activity.other': { 'zh-CN': '{{who}}在{{document}}有新动态', en: '{{who}} did something on {{document}}' },
  'activity.otherCase': { 'zh-CN': '{{who}}在本案有新动态', en: '{{who}} did something on the case' },
} as const satisfies WordArea;
