/** The page of a document: what one may do, who sees it, its fields, its states. */
import type { WordArea } from './word.ts';

export const documentWords = {
  'document.unknown': { 'zh-CN': '这台设备上没有这份文档', en: 'This document is not on this device' },
  'document.toCase': { 'zh-CN': '回到案件', en: 'Back to the case' },
  'document.unknownNext': {
    'zh-CN': '可能还没有联网取来，或你不在它的可见范围内。',
    en: 'It may not have been fetched yet, or you may not see it.',
  },
  'document.notListed': { 'zh-CN': '案件目录里没有这份文档', en: 'This document is not in the case’s list' },
  'document.notListedNext': {
    'zh-CN':
      '这台设备上的内容还在，可以导出。如果服务器刚恢复过备份，等建立这份文档的人联网后，它会自动回来；否则是你已不在它的可见范围内。',
    en: 'What is on this device is still here, and you can export it. If the server was put back to a backup, the document returns by itself once the person who made it connects; otherwise you may no longer see it.',
  },
  'document.untitled': { 'zh-CN': '无标题', en: 'Untitled' },
  'document.here': { 'zh-CN': '正在这里：{{names}}', en: 'Here now: {{names}}' },
  'document.more': { 'zh-CN': '另有 {{count}} 人', en: 'and {{count}} more' },
  'document.visibleTo': {
    'zh-CN': '可见范围 · {{count}} 个单位',
    en: { one: 'Visible to {{count}} agency', other: 'Visible to {{count}} agencies' },
  },
  'document.visibleToShort': {
    'zh-CN': '{{count}} 个单位',
    en: { one: '{{count}} agency', other: '{{count}} agencies' },
  },
  'document.visibleToUnknown': { 'zh-CN': '可见范围 · 本机不认识', en: 'Visible to · not known here' },
  'document.visibleToTitle': { 'zh-CN': '谁能看到这份文档', en: 'Who can see this document' },
  'document.visibleToExplanation': {
    'zh-CN': '能看到的人也能看到它的全部修改历史。范围外的人，包括服务器的其他用户，都打不开。',
    en: 'Whoever sees it can also see all of its history. Nobody else on this server can open it.',
  },
  'document.may.write': { 'zh-CN': '可编辑', en: 'You can edit' },
  'document.may.comment': { 'zh-CN': '可评论', en: 'You can comment' },
  'document.may.commentAndWork': { 'zh-CN': '可评论 · 可办任务', en: 'You can comment · tasks open' },
  'document.may.read': { 'zh-CN': '只读', en: 'Read only' },
  'document.may.readWork': { 'zh-CN': '只读 · 可办任务', en: 'Read only · tasks open' },
  'document.mayTitle': { 'zh-CN': '你在这里能做什么', en: 'What you may do here' },
  'document.why.write': {
    'zh-CN': '你是{{role}}，可以改正文和各栏。',
    en: 'Your role is {{role}}. You may change the text and the fields.',
  },
  'document.why.role': {
    'zh-CN': '你是{{role}}，可以阅读，不能改正文和各栏。需要修改请找：{{hosts}}。',
    en: 'Your role is {{role}}. You may read but not change the text or the fields. To have something changed, ask: {{hosts}}.',
  },
  'document.why.frozen': {
    'zh-CN': '文档已定稿，正文和各栏不再改动。要改，请主持人恢复编辑：{{hosts}}。',
    en: 'The document is frozen: text and fields no longer change. The host can reopen it: {{hosts}}.',
  },
  'document.why.freezing': {
    'zh-CN': '正在定稿，已暂停编辑。你写的内容正在送达。',
    en: 'The document is being frozen and editing has stopped. What you wrote is being delivered.',
  },
  'document.why.comment': {
    'zh-CN': '你可以评论：选中文字，再点“评论”，离线也可以。',
    en: 'You can comment: select words, then choose Comment. Offline too.',
  },
  'document.why.work': {
    'zh-CN': '任务的签收、进展和销号仍可登记。',
    en: 'Accepting, reporting and closing tasks goes on.',
  },
  'document.why.stopped': {
    'zh-CN': '服务器没有收下最近的改动，本页暂停编辑，见页面上方。',
    en: 'The server did not take the latest changes, so editing has stopped; see the top of the page.',
  },
  'document.why.update.program': {
    'zh-CN': '服务器上的程序已更新，这一页的版本较旧，暂时只能阅读。重新载入后可继续编辑，本机的改动都在。',
    en: 'The program on the server is newer than this page, which only reads until you reload. Your work on this device is kept.',
  },
  'document.why.update.kind': {
    'zh-CN': '这类文档是较新版本才有的，这里只能阅读。更新程序后可以编辑。',
    en: 'This kind of document came with a newer version. It can only be read here until the program is updated.',
  },
  'document.more.actions': { 'zh-CN': '更多', en: 'More' },
  'document.freeze': { 'zh-CN': '定稿', en: 'Freeze' },
  'document.freezeTitle': { 'zh-CN': '把这份文档定稿？', en: 'Freeze this document?' },
  'document.freezeExplanation': {
    'zh-CN': '所有人先送达手上的改动，然后正文和各栏只读。主持人可以恢复编辑。',
    en: 'Everybody’s work is delivered first, then text and fields are read only. The host can reopen it.',
  },
  'document.unfreeze': { 'zh-CN': '恢复编辑', en: 'Reopen' },
  'document.unfreezeTitle': { 'zh-CN': '恢复编辑？', en: 'Reopen this document?' },
  'document.unfreezeExplanation': {
    'zh-CN': '正文和各栏又可以改动，需要时再定稿。',
    en: 'Text and fields can change again until it is frozen once more.',
  },
  'document.giveNumber': { 'zh-CN': '编号', en: 'Give number' },
  'document.giveNumberTitle': { 'zh-CN': '给这份文档编号？', en: 'Give this document its number?' },
  'document.numberPending': { 'zh-CN': '待编', en: 'No number yet' },
  'document.asked': { 'zh-CN': '已提交，正在办理', en: 'Asked; under way' },
  'document.askedOffline': { 'zh-CN': '已提交，联网后办理', en: 'Asked; done once you are online' },
  'document.held': { 'zh-CN': '未并入的改动', en: 'Held changes' },
  'document.export': { 'zh-CN': '导出本机副本', en: 'Export this device’s copy' },
  'document.fields': { 'zh-CN': '基本信息', en: 'Header' },
  'document.prose': { 'zh-CN': '正文', en: 'Text' },
  'document.waitingFirst': {
    'zh-CN': '这台设备还没有这份文档的内容，正在从服务器取……',
    en: 'This device does not have the content yet; fetching it from the server…',
  },
  'document.waitingFirstOffline': {
    'zh-CN': '这台设备还没有这份文档的内容。联网后会自动取来。',
    en: 'This device does not have the content yet. It is fetched once you are online.',
  },
  'field.empty': { 'zh-CN': '未填', en: 'Empty' },
  'field.cleared': { 'zh-CN': '（清空）', en: '(cleared)' },
  'field.unreadable': { 'zh-CN': '不合本栏的值：{{value}}', en: 'Does not fit this field: {{value}}' },
  'field.contested': { 'zh-CN': '两处不同：', en: 'Two versions:' },
  'field.contestedMany': { 'zh-CN': '{{count}} 处不同：', en: '{{count}} versions:' },
  'field.contestedShort': { 'zh-CN': '{{count}} 个值', en: '{{count}} values' },
  'field.pick': { 'zh-CN': '请选定', en: 'Pick one' },
  'field.pickOf': { 'zh-CN': '选定{{value}}（{{author}}）', en: 'Pick {{value}} ({{author}})' },
  'field.waitingForPick': { 'zh-CN': '等有权编辑的人选定', en: 'Waiting for an editor to pick' },
  'field.addItem': { 'zh-CN': '添加一项', en: 'Add an item' },
  'field.noDate': { 'zh-CN': '“{{words}}”读不出日期，没有填入。', en: '“{{words}}” is no date and was not entered.' },
  'field.dateHelp': {
    'zh-CN': '读不出日期。可以写 11-6、11月6日、下周五、月底',
    en: 'Not a date. Write 6 Nov, next Friday, in 3 days',
  },
  'history.nothingToUndo': { 'zh-CN': '没有可撤销的操作', en: 'Nothing to undo' },
  'history.nothingToRedo': { 'zh-CN': '没有可重做的操作', en: 'Nothing to redo' },
  'history.refused': {
    'zh-CN': '没有撤销：{{name}}之后又改过这一栏。',
    en: 'Not undone: {{name}} has changed this since.',
  },
  'history.partly': {
    'zh-CN': '只撤销了一部分：其余{{name}}之后又改过，保留不动。',
    en: 'Only partly undone: {{name}} has changed the rest since, and it stays.',
  },
  'party.aliases': {
    'zh-CN': '申请人甲|申请人乙|申请人丙|被申请人甲|被申请人乙|第三人甲',
    en: 'Applicant A|Applicant B|Applicant C|Respondent A|Respondent B|Third party A',
  },
  'author.unknown': { 'zh-CN': '未知的人', en: 'somebody unknown' },
} as const satisfies WordArea;
