/** Words of the list of keys (`?`). */
import type { WordArea } from './word.ts';

export const keyWords = {
  'keys.title': { 'zh-CN': '键盘操作', en: 'Keyboard' },
  'keys.open': { 'zh-CN': '键盘操作（?）', en: 'Keyboard (?)' },
  'keys.or': { 'zh-CN': '或', en: 'or' },
  'keys.everywhere': { 'zh-CN': '随处可用', en: 'Everywhere' },
  'keys.list': { 'zh-CN': '打开这份列表', en: 'Open this list' },
  'keys.saved': { 'zh-CN': '查看是否已保存', en: 'Ask whether it is saved' },
  'keys.undo': { 'zh-CN': '撤销自己的上一步', en: 'Undo your own last step' },
  'keys.redo': { 'zh-CN': '重做', en: 'Redo' },
  'keys.leave': { 'zh-CN': '离开输入框、菜单或窗口', en: 'Leave a field, menu or dialog' },
  'keys.text': { 'zh-CN': '正文', en: 'Text' },
  'keys.kindMenu': { 'zh-CN': '选择段落样式', en: 'Choose a paragraph style' },
  'keys.mention': { 'zh-CN': '提及人员、单位或当事人', en: 'Mention a person, agency or party' },
  'keys.paragraph': { 'zh-CN': '正文段落', en: 'Plain paragraph' },
  'keys.headings': { 'zh-CN': '一级至三级标题', en: 'Headings 1 to 3' },
  'keys.lists': { 'zh-CN': '编号、项目、待办', en: 'Numbers, bullets, to-do' },
  'keys.indent': { 'zh-CN': '列表缩进一级、退回一级', en: 'Indent or outdent a list item' },
  'keys.check': { 'zh-CN': '勾选待办', en: 'Check a to-do' },
  'keys.marks': { 'zh-CN': '加粗、着重、下划线', en: 'Bold, emphasis, underline' },
  'keys.link': { 'zh-CN': '链接', en: 'Link' },
  'keys.comment': { 'zh-CN': '评论选中的文字或所在的一栏', en: 'Comment on the selected words or the field' },
  'keys.nextComment': { 'zh-CN': '下一条、上一条评论', en: 'Next or previous comment' },
  'keys.moveBlock': { 'zh-CN': '上移、下移段落', en: 'Move the paragraph up or down' },
  'keys.toolbar': { 'zh-CN': '到工具栏（Esc 返回）', en: 'To the toolbar (Esc comes back)' },
} as const satisfies WordArea;
