/** Changes that the server did not merge: why, what is in them, and what became of them. Said kindly: nobody did wrong. */
import type { WordArea } from './word.ts';

export const heldWords = {
  'held.title': { 'zh-CN': '未并入的改动', en: 'Held changes' },
  'held.explanation': {
    'zh-CN':
      '这些改动送达时已不能并入文档，原因写在每条旁边。读过之后，可以把其中的话加进来，或说明理由不采用。原文一直留存。',
    en: 'These changes arrived when they could no longer be merged; the reason stands beside each. Read them, then add their words or say why not. What was written is kept.',
  },
  'held.explanationOwn': {
    'zh-CN': '你写的这些内容送达时已不能并入文档，没有丢。由主持人读过后处理，结果写在每条下面。',
    en: 'What you wrote here arrived when it could no longer be merged. It is not lost: the host reads it, and what becomes of it stands below each.',
  },
  'held.empty': { 'zh-CN': '没有未并入的改动', en: 'No held changes' },
  'held.emptyNext': { 'zh-CN': '所有人的改动都已并入文档。', en: 'Everybody’s changes are in the document.' },
  'held.emptyOwnNext': { 'zh-CN': '你的改动都已并入文档。', en: 'Your changes are in the document.' },
  'held.offline': {
    'zh-CN': '连不上服务器，暂时看不到。',
    en: 'The server cannot be reached, so they cannot be shown now.',
  },
  'held.notAllowed': { 'zh-CN': '这里没有你的改动', en: 'There are no changes of yours here' },
  'held.notAllowedNext': {
    'zh-CN': '未并入的改动只有写的人和主持人能看。',
    en: 'Only whoever wrote a held change, and the host, can see it.',
  },
  'held.cut': {
    'zh-CN': '共 {{total}} 条，这里列出 {{count}} 条：待处理的在前。',
    en: '{{count}} of {{total}} are listed, those that wait first.',
  },
  'held.read': { 'zh-CN': '展开写下的内容', en: 'Show what was written' },
  'held.readLarge': { 'zh-CN': '展开写下的内容（{{size}}）', en: 'Show what was written ({{size}})' },
  'held.reading': { 'zh-CN': '正在取来……', en: 'Fetching…' },
  'held.readFailed': { 'zh-CN': '没有取到，请联网后再试。', en: 'It could not be fetched. Try again once online.' },
  'held.part.written': { 'zh-CN': '写下的文字', en: 'Words written' },
  'held.part.deleted': { 'zh-CN': '要删去的文字', en: 'Words it deletes' },
  'held.part.changes': { 'zh-CN': '其他改动', en: 'Other changes' },
  'held.goesOn': { 'zh-CN': '{{words}}……', en: '{{words}}…' },
  'held.comesFrom': { 'zh-CN': '……{{words}}', en: '…{{words}}' },
  'held.quoted': { 'zh-CN': '“{{words}}”', en: '“{{words}}”' },
  /** Said before struck words, for whoever hears the page. */
  'held.delete': { 'zh-CN': '删去：', en: 'Delete: ' },
  'held.deleted.join': { 'zh-CN': '前后两段并成一段', en: 'Joins this paragraph with the next' },
  'held.deleted.empty': { 'zh-CN': '删去一个空段落', en: 'Deletes an empty paragraph' },
  'held.showAll': { 'zh-CN': '显示全部 {{count}} 处', en: 'Show all {{count}}' },
  'held.becomes': { 'zh-CN': '{{before}} → {{after}}', en: '{{before}} → {{after}}' },
  'held.nothing': { 'zh-CN': '（空）', en: '(empty)' },
  'held.changedSince': { 'zh-CN': '现在的值是别人后来填的', en: 'the present value was set by somebody else since' },
  'held.newerField': { 'zh-CN': '较新版本的一栏', en: 'A field of a newer version' },
  'held.fieldOf': { 'zh-CN': '{{row}}，{{field}}', en: '{{row}}, {{field}}' },
  'held.rowGone': { 'zh-CN': '已删除的一行', en: 'A deleted row' },
  'held.agendaItem': { 'zh-CN': '议题 {{number}}', en: 'Item {{number}}' },
  'held.row.deleted': { 'zh-CN': '整行删去', en: 'delete the row' },
  'held.row.restored': { 'zh-CN': '恢复这一行', en: 'restore the row' },
  'held.row.moved': { 'zh-CN': '换一个位置', en: 'move it to another place' },
  'held.new.tasks': { 'zh-CN': '新增一项任务', en: 'A new task' },
  'held.new.agenda': { 'zh-CN': '新增一项议题', en: 'A new agenda item' },
  'held.new.decisions': { 'zh-CN': '新增一项决定', en: 'A new decision' },
  'held.new.attendance': { 'zh-CN': '新增一条参会登记', en: 'A new attendance entry' },
  'held.new.parties': { 'zh-CN': '新增一个当事人', en: 'A new party' },
  'held.emptyParagraph': { 'zh-CN': '空段落', en: 'An empty paragraph' },
  'held.indent': { 'zh-CN': '缩进 {{before}} → {{after}} 级', en: 'indent {{before}} → {{after}}' },
  'held.checked': { 'zh-CN': '标为已完成', en: 'ticked as done' },
  'held.unchecked': { 'zh-CN': '标为未完成', en: 'unticked' },
  'held.formatOff': { 'zh-CN': '取消{{format}}：{{quoted}}', en: '{{format}} taken off: {{quoted}}' },
  'held.did.withdraw': { 'zh-CN': '撤回自己的一条评论', en: 'Takes back a comment of their own' },
  'held.did.resolve': { 'zh-CN': '把一条评论标为已解决', en: 'Resolves a comment' },
  'held.did.reopen': { 'zh-CN': '重新打开一条评论', en: 'Reopens a comment' },
  'held.did.reanchor': { 'zh-CN': '把一条评论移到改动后的文字上', en: 'Moves a comment to where its words are now' },
  'held.unnamed': {
    'zh-CN': '另有 {{count}} 处改动无法显示为文字。',
    en: {
      one: '{{count}} more change cannot be shown in words.',
      other: '{{count}} more changes cannot be shown in words.',
    },
  },
  'held.onlyUnnamed': {
    'zh-CN': '有 {{count}} 处改动，无法显示为文字。',
    en: {
      one: '{{count}} change, which cannot be shown in words.',
      other: '{{count}} changes, none of which can be shown in words.',
    },
  },
  'held.nothingLeft': {
    'zh-CN': '和现在的文档对照，已没有要改的：要删去的文字已不在文档里，其余的也已经是这样。',
    en: 'Nothing is left of it to do: the words it deletes are already gone from the document, and the rest is as it would have it.',
  },
  'held.deletedSince': {
    'zh-CN': '要删去或换掉的内容里，有 {{count}} 处在送达之后已由{{names}}先删去或换掉。',
    en: {
      one: '{{count}} place of what it deletes or replaces has been deleted or replaced by {{names}} since it was handed in.',
      other:
        '{{count}} places of what it deletes or replaces have been deleted or replaced by {{names}} since it was handed in.',
    },
  },
  'held.unreadable': {
    'zh-CN': '这次改动读不出来：数据不完整。',
    en: 'This change cannot be read: its data is not whole.',
  },
  'held.notCompared': {
    'zh-CN': '删去了什么、改了哪些栏目和格式，要对照文档才看得出，而这份文档你现在打不开。',
    en: 'What it deletes, and which fields and formatting it changes, can only be told beside the document, which you cannot open now.',
  },
  'held.noWords': { 'zh-CN': '这次改动里没有写下文字。', en: 'No words were written in this change.' },
  'held.ownCopy': {
    'zh-CN':
      '这台设备上的文档还带着未并入的改动，暂时不能对照。先到文档里点“取最新内容继续”，再回来看删去和改动了什么。',
    en: 'The document on this device still has held changes in it, so they cannot be told apart. Choose “Take a fresh copy” in the document, then come back to see what was deleted and changed.',
  },
  'held.notCarriedOut': {
    'zh-CN': '删去和其他改动不会自动照做：要照做，请自己在文档里改。',
    en: 'Deletions and other changes are not carried out for you. If they are right, make them in the document yourself.',
  },
  'held.copy': { 'zh-CN': '复制文字', en: 'Copy the words' },
  'held.copied': { 'zh-CN': '已复制', en: 'Copied' },
  'held.reason.may-not-write': { 'zh-CN': '写的时候角色已变', en: 'The role had changed' },
  'held.reason.frozen': { 'zh-CN': '定稿之后才到', en: 'Arrived after freezing' },
  'held.reason.no-access': { 'zh-CN': '到的时候已不在可见范围', en: 'No longer had access' },
  'held.reason.too-big': { 'zh-CN': '一次改动太大', en: 'Too big at once' },
  'held.reason.client-id-of-another': { 'zh-CN': '本机副本与他人记录混在一起', en: 'Copy mixed up with another’s' },
  'held.reason.key-of-another': { 'zh-CN': '涉及他人名下的登记', en: 'Touched another’s record' },
  'held.reason.unknown-root': { 'zh-CN': '程序版本不同', en: 'Another version of the program' },
  'held.reason.value-not-allowed': { 'zh-CN': '有不合规定的值', en: 'A value that is not allowed' },
  'held.reason.unknown': { 'zh-CN': '服务器没有收下', en: 'Not taken by the server' },
  'held.room.body': { 'zh-CN': '正文和各栏', en: 'Text and fields' },
  'held.room.review': { 'zh-CN': '评论', en: 'Comments' },
  'held.room.work': { 'zh-CN': '办理情况', en: 'Work' },
  'held.room.record': { 'zh-CN': '登记', en: 'Record' },
  'held.room.unknown': { 'zh-CN': '较新版本的内容', en: 'Content of a newer version' },
  'held.addToText': { 'zh-CN': '加到文末', en: 'Add at the end' },
  'held.addToTextTitle': { 'zh-CN': '加到文末？', en: 'Add at the end of the text?' },
  'held.addToTextExplanation': {
    'zh-CN': '下面的话会写在文末，注明是{{name}}写的、由你加入。之后可以像其他文字一样修改。',
    en: 'These words go to the end of the text, marked as written by {{name}} and added by you. They can be changed like any other text.',
  },
  'held.onlyWords': {
    'zh-CN':
      '只加入文字。这次改动里另外 {{count}} 处（删去的文字、栏目或格式等）不会照做，也不写进正文；要照做，请自己在文档里改。',
    en: {
      one: 'Only words are added. {{count}} other change in it (a deletion, a field, formatting) is not carried out and not written into the text: to have it, make it in the document yourself.',
      other:
        'Only words are added. {{count}} other changes in it (deletions, fields, formatting) are not carried out and not written into the text: to have them, make them in the document yourself.',
    },
  },
  'held.valuesAsWords': {
    'zh-CN': '栏目的新值只作为文字写在文末，栏目本身不变。',
    en: 'New values of fields are only written down as words at the end; the fields stay as they are.',
  },
  'held.addAsComment': { 'zh-CN': '作为评论加入', en: 'Add as a comment' },
  'held.addAsCommentTitle': { 'zh-CN': '作为评论加入？', en: 'Add as a comment?' },
  'held.addAsCommentExplanation': {
    'zh-CN': '文档本身不改动，什么也不删。下面的内容会成为你在文档上的一条评论，注明是{{name}}写的。',
    en: 'The document stays as it is; nothing in it is deleted. This becomes a comment of yours on the document, marked as written by {{name}}.',
  },
  'held.mayNotAdd': {
    'zh-CN': '你现在不能在这份文档里写，只能复制或说明不采用。',
    en: 'You may not write in this document now: copy the words, or say why they are not taken.',
  },
  'held.opening': { 'zh-CN': '正在打开文档……', en: 'Opening the document…' },
  'held.discard': { 'zh-CN': '不采用', en: 'Do not take' },
  'held.discardTitle': { 'zh-CN': '不采用这处改动？', en: 'Do not take this change?' },
  'held.discardExplanation': {
    'zh-CN': '理由会给{{name}}看。写下的内容不删除，以后仍可阅读和复制。',
    en: '{{name}} will see the reason. What was written is not deleted; it can still be read and copied.',
  },
  'held.discardReason': { 'zh-CN': '理由', en: 'Reason' },
  'held.discardReasonHint': {
    'zh-CN': '例如：已在第三条写明，不再重复。',
    en: 'For example: item 3 says this already.',
  },
  /** A line of such a comment. */
  'held.struck': { 'zh-CN': '【{{words}}】', en: '[{{words}}]' },
  'held.toDelete': { 'zh-CN': '要删去：{{words}}', en: 'To delete: {{words}}' },
  'held.toDeleteIn': { 'zh-CN': '要删去（{{place}}）：{{words}}', en: 'To delete ({{place}}): {{words}}' },
  'held.toChange': { 'zh-CN': '要改动：{{words}}', en: 'To change: {{words}}' },
  'held.added': { 'zh-CN': '已加到文末', en: 'Added at the end' },
  'held.addedComment': { 'zh-CN': '已作为评论加入', en: 'Added as a comment' },
  'held.discarded': { 'zh-CN': '已记下', en: 'Noted' },
  'held.notStored': {
    'zh-CN': '没有记下：这台设备存不下新内容。请腾出空间后再试。',
    en: 'Not noted: this device cannot store new work. Make room and try again.',
  },
  'held.addendum': {
    'zh-CN': '补记（{{by}}加入）：以下为{{name}}所写，{{when}}送达时未能并入',
    en: 'Addendum by {{by}}: written by {{name}}, handed in on {{when}} when it could not be merged',
  },
  'held.addendumPart': { 'zh-CN': '{{heading}}（{{part}}/{{parts}}）', en: '{{heading}} ({{part}}/{{parts}})' },
  'held.state.toSettle': { 'zh-CN': '待你处理', en: 'For you to settle' },
  'held.state.waiting': { 'zh-CN': '等主持人处理', en: 'Waiting for the host' },
  'held.state.sending': { 'zh-CN': '已记下，待联网送达', en: 'Noted, to be sent once online' },
  'held.outcome.addedToText': { 'zh-CN': '{{name}}已加到文末', en: '{{name}} added it at the end of the text' },
  'held.outcome.addedAsComment': { 'zh-CN': '{{name}}已作为评论加入', en: '{{name}} added it as a comment' },
  'held.outcome.discarded': { 'zh-CN': '{{name}}未采用：{{reason}}', en: '{{name}} did not take it: {{reason}}' },
  'held.outcome.unknown': { 'zh-CN': '{{name}}已处理', en: '{{name}} has settled it' },
  'held.outcome.addedToTextByMe': { 'zh-CN': '你已加到文末', en: 'You added it at the end of the text' },
  'held.outcome.addedAsCommentByMe': { 'zh-CN': '你已作为评论加入', en: 'You added it as a comment' },
  'held.outcome.discardedByMe': { 'zh-CN': '你未采用：{{reason}}', en: 'You did not take it: {{reason}}' },
  'held.outcome.unknownByMe': { 'zh-CN': '你已处理', en: 'You have settled it' },
  'held.mark.toSettle': {
    'zh-CN': '{{count}} 处改动未并入，待你处理',
    en: { one: '{{count}} held change to settle', other: '{{count}} held changes to settle' },
  },
  'held.mark.ownWaiting': {
    'zh-CN': '你有 {{count}} 处改动未并入，等主持人处理',
    en: {
      one: '{{count}} change of yours waits for the host',
      other: '{{count}} changes of yours wait for the host',
    },
  },
  'held.mark.ownSettled': {
    'zh-CN': '你未并入的改动有了结果',
    en: 'Your held changes have been settled',
  },
} as const satisfies WordArea;
