/** The administrators' page of agencies and people. */
import type { WordArea } from './word.ts';

export const peopleWords = {
  'people.title': { 'zh-CN': '人员与单位', en: 'People and agencies' },
  'people.agencies': { 'zh-CN': '单位', en: 'Agencies' },
  'people.people': { 'zh-CN': '人员', en: 'People' },
  'people.addAgency': { 'zh-CN': '添加单位', en: 'Add agency' },
  'people.addPerson': { 'zh-CN': '添加人员', en: 'Add person' },
  'people.changeAgency': { 'zh-CN': '修改单位', en: 'Change agency' },
  'people.changePerson': { 'zh-CN': '修改人员', en: 'Change person' },
  'people.changeOf': { 'zh-CN': '修改{{name}}', en: 'Change {{name}}' },
  'people.agencyName': { 'zh-CN': '全称', en: 'Full name' },
  'people.agencyShortName': { 'zh-CN': '简称', en: 'Short name' },
  'people.agencyMark': { 'zh-CN': '编号代字', en: 'Mark for numbers' },
  'people.personName': { 'zh-CN': '姓名', en: 'Name' },
  'people.personAgencies': { 'zh-CN': '所属单位', en: 'Agencies' },
  'people.password': { 'zh-CN': '密码', en: 'Password' },
  'people.newPassword': { 'zh-CN': '新密码', en: 'New password' },
  'people.newPasswordExplanation': { 'zh-CN': '留空则不改', en: 'Leave empty to keep the old one' },
  'people.isAdministrator': { 'zh-CN': '可以管理人员与单位', en: 'May manage people and agencies' },
  'people.onlyAdministrators': { 'zh-CN': '只有管理员能打开这一页', en: 'Only administrators can open this page' },
  'people.onlyAdministratorsNext': {
    'zh-CN': '需要添加人员或单位时，请联系管理员。',
    en: 'Ask an administrator when a person or an agency is missing.',
  },
  'people.offline': {
    'zh-CN': '连不上服务器。人员与单位要联网才能改。',
    en: 'The server cannot be reached. People and agencies can only be changed online.',
  },
  'people.nameTaken': { 'zh-CN': '已有同名，请加以区别。', en: 'This name is taken; make it distinct.' },
  'people.notAllowed': { 'zh-CN': '你不再是管理员。', en: 'You are no longer an administrator.' },
  'people.invalid': {
    'zh-CN': '服务器没有接受，请检查各项。',
    en: 'The server did not accept this; check the entries.',
  },
  'people.failed': { 'zh-CN': '服务器没有办成，请稍后再试。', en: 'The server could not do it; try again later.' },
  'people.saved': { 'zh-CN': '已保存', en: 'Saved' },
} as const satisfies WordArea;
