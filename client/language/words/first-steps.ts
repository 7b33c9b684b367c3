/** The guided start of a new house: agencies, people, first case. */
import type { WordArea } from './word.ts';

export const firstStepsWords = {
  'firstSteps.title': { 'zh-CN': '开始使用', en: 'Getting started' },
  'firstSteps.intro': {
    'zh-CN': '三步就能开始：添加参与调解的单位，给每个人建账户，建第一个案件。哪一步都可以先跳过，随时回来接着做。',
    en: 'Three steps: add the agencies that mediate together, give each person an account, open the first case. Any step can wait, and you can come back at any time.',
  },
  'firstSteps.progress': { 'zh-CN': '第 {{step}} 步，共 3 步', en: 'Step {{step}} of 3' },
  'firstSteps.agencies': { 'zh-CN': '参与单位', en: 'Agencies' },
  'firstSteps.agenciesWhy': {
    'zh-CN': '写上常来参加调解的单位，如司法局、人社局、信访局、法院。你自己的单位已经在了。',
    en: 'Add the agencies that usually take part, such as justice, labour, housing or the court. Your own is here already.',
  },
  'firstSteps.agencyCount': {
    'zh-CN': '已有 {{count}} 个单位',
    en: { one: '{{count}} agency so far', other: '{{count}} agencies so far' },
  },
  'firstSteps.people': { 'zh-CN': '人员', en: 'People' },
  'firstSteps.peopleWhy': {
    'zh-CN': '一人一个账户，不合用：谁写的、代表哪个单位，都记在各人名下。',
    en: 'One account for each person, never shared: what is written stands under their own name and agency.',
  },
  'firstSteps.handOver': {
    'zh-CN':
      '密码由你设定。请当面或打电话告诉本人，不要发在工作群里；忘了可以在“人员与单位”里重新设定。登录网址是 {{address}}。',
    en: 'You choose the password. Hand it over in person or by phone, never in a group chat; you can set a new one under “People and agencies”. They sign in at {{address}}.',
  },
  'firstSteps.peopleCount': {
    'zh-CN': '已有 {{count}} 人',
    en: { one: '{{count}} person so far', other: '{{count}} people so far' },
  },
  'firstSteps.case': { 'zh-CN': '第一个案件', en: 'First case' },
  'firstSteps.caseWhy': {
    'zh-CN': '用代称起名，选好类别。建好后先填写当事人和各方是否同意调解，再邀请各单位的人参加。',
    en: 'Give it a title by alias and a category. Next you say who the parties are and whether they agree to mediate, then you invite people of the agencies.',
  },
  'firstSteps.caseNone': { 'zh-CN': '还没有案件', en: 'No case yet' },
  'firstSteps.caseCount': {
    'zh-CN': '已有 {{count}} 个案件',
    en: { one: '{{count}} case so far', other: '{{count}} cases so far' },
  },
  'firstSteps.next': { 'zh-CN': '下一步', en: 'Next step' },
  'firstSteps.skip': { 'zh-CN': '先跳过', en: 'Skip for now' },
  'firstSteps.open': { 'zh-CN': '做这一步', en: 'Do this step' },
  'firstSteps.leave': { 'zh-CN': '以后再做', en: 'Do this later' },
  'firstSteps.back': { 'zh-CN': '回到案件', en: 'Back to the cases' },
  'firstSteps.resume': { 'zh-CN': '继续开始引导', en: 'Go on with getting started' },
  'firstSteps.again': { 'zh-CN': '开始引导', en: 'Getting started' },
} as const satisfies WordArea;
