/** The case as a document: its own fields, its parties by alias, and what one may do with them. */
import type { WordArea } from './word.ts';

export const caseRecordWords = {
  'caseRecord.title': { 'zh-CN': '案件信息', en: 'Case record' },
  'caseRecord.why.write': {
    'zh-CN': '你是{{role}}，可以改案件信息和当事人，也可以新建文档。',
    en: 'Your role is {{role}}. You may change the case record and the parties, and make documents.',
  },
  'caseRecord.why.role': {
    'zh-CN': '你是{{role}}，可以阅读，不能改案件信息和当事人。需要修改请找：{{hosts}}。',
    en: 'Your role is {{role}}. You may read but not change the case record or the parties. To have something changed, ask: {{hosts}}.',
  },
  'caseRecord.why.comment': {
    'zh-CN': '你是{{role}}，可以阅读和评论，不能改案件信息和当事人。需要修改请找：{{hosts}}。',
    en: 'Your role is {{role}}. You may read and comment but not change the case record or the parties. To have something changed, ask: {{hosts}}.',
  },
  'caseRecord.notHere': {
    'zh-CN': '案件信息和当事人还没有取到这台设备上，联网后会自动取来。',
    en: 'The case record and the parties are not on this device yet. They are fetched once you are online.',
  },
  'caseRecord.fetching': { 'zh-CN': '正在取来案件信息……', en: 'Fetching the case record…' },
  'caseRecord.personal': {
    'zh-CN': '“{{where}}”里好像有证件号或电话号码。这里全部参与单位都看得到，请改用代称，不写身份信息。',
    en: '“{{where}}” seems to hold an identity or phone number. Every agency on the case can see it: use an alias and leave identities out.',
  },
  'party.heading': { 'zh-CN': '当事人', en: 'Parties' },
  'party.aliasOnly': { 'zh-CN': '只写代称，不写姓名', en: 'Aliases only, no names' },
  'party.add': { 'zh-CN': '添加当事人', en: 'Add party' },
  'party.addSide': { 'zh-CN': '添加{{side}}', en: 'Add {{side}}' },
  'party.empty': { 'zh-CN': '还没有当事人', en: 'No parties yet' },
  'party.emptyNext': {
    'zh-CN': '先写清是哪几方：各用一个代称，如“申请人甲”，再记下各方是否同意调解。',
    en: 'First say who the sides are: give each an alias such as “Applicant A”, then record whether they agree to mediate.',
  },
  'party.emptyReader': { 'zh-CN': '填写后会列在这里。', en: 'They will be listed here.' },
  'party.unnamed': { 'zh-CN': '未写代称的当事人', en: 'A party without an alias' },
  'party.cellOf': { 'zh-CN': '{{party}}，{{field}}', en: '{{party}}, {{field}}' },
  'party.actionsOf': { 'zh-CN': '{{party}}的操作', en: 'Actions on {{party}}' },
  'party.moveUp': { 'zh-CN': '上移', en: 'Move up' },
  'party.moveDown': { 'zh-CN': '下移', en: 'Move down' },
  'party.delete': { 'zh-CN': '删除这一方', en: 'Delete this party' },
  'party.deleted': { 'zh-CN': '已删除{{party}}', en: '{{party}} deleted' },
  'party.deletedBy': { 'zh-CN': '{{name}}删除了{{party}}', en: '{{name}} deleted {{party}}' },
  'party.deletedList': {
    'zh-CN': '已删除 {{count}} 个当事人',
    en: { one: '{{count}} deleted party', other: '{{count}} deleted parties' },
  },
  'party.deletedButEdited': {
    'zh-CN': '{{name}}删除了{{party}}，{{editor}}同时在改',
    en: '{{name}} deleted {{party}} while {{editor}} was changing it',
  },
  'party.restore': { 'zh-CN': '恢复', en: 'Restore' },
  'party.keepDeleted': { 'zh-CN': '仍然删除', en: 'Delete it' },
  'party.declined.refused': { 'zh-CN': '{{party}}不同意调解。', en: '{{party}} does not agree to mediate.' },
  'party.declined.withdrawn': { 'zh-CN': '{{party}}撤回了同意。', en: '{{party}} has withdrawn its consent.' },
  'party.declined.meaning': {
    'zh-CN':
      '调解全凭自愿：任何一方都可以不参加，也可以随时停止，不必说明理由，也不影响依法申请仲裁、起诉或走其他途径。请停下以其名义进行的调解，并把可走的途径告诉当事人。',
    en: 'Mediation is voluntary: either side may stay away or stop at any time, without giving a reason and without losing any other remedy. Stop what is done in its name, and tell the party which ways are open.',
  },
} as const satisfies WordArea;
