/** Words of no single page: buttons, the frame of the page, language, appearance. */
import type { WordArea } from './word.ts';

export const generalWords = {
  'general.product': { 'zh-CN': '和衷', en: 'Concord' },
  /** Beside the name: what it is called in the other language. */
  'general.productAlso': { 'zh-CN': 'Concord', en: '和衷' },
  'general.tagline': { 'zh-CN': '多单位协同化解工作台', en: 'A shared desk for mediation across agencies' },
  'general.skipToContent': { 'zh-CN': '跳到正文', en: 'Skip to content' },
  'general.navigation': { 'zh-CN': '导航', en: 'Navigation' },
  'general.openNavigation': { 'zh-CN': '打开导航', en: 'Open navigation' },
  'general.foldNavigation': { 'zh-CN': '收起导航', en: 'Fold navigation' },
  'general.unfoldNavigation': { 'zh-CN': '展开导航', en: 'Unfold navigation' },
  'general.path': { 'zh-CN': '位置', en: 'Where you are' },
  'general.cancel': { 'zh-CN': '取消', en: 'Cancel' },
  'general.close': { 'zh-CN': '关闭', en: 'Close' },
  'general.fold': { 'zh-CN': '收起{{name}}', en: 'Fold {{name}}' },
  'general.save': { 'zh-CN': '保存', en: 'Save' },
  'general.change': { 'zh-CN': '修改', en: 'Change' },
  'general.undo': { 'zh-CN': '撤销', en: 'Undo' },
  'general.reload': { 'zh-CN': '重新载入', en: 'Reload' },
  'general.loading': { 'zh-CN': '正在打开……', en: 'Opening…' },
  'general.partNotLoaded': { 'zh-CN': '这一部分没有载入', en: 'This part has not been loaded' },
  'general.partNotLoadedNext': {
    'zh-CN': '已写的内容在本机，没有丢。联网后会自动再试；一直不成时，请重新载入页面。',
    en: 'What you wrote is on this device and not lost. It is tried again once you are online; if it keeps failing, reload the page.',
  },
  'general.tryAgain': { 'zh-CN': '再试一次', en: 'Try again' },
  'general.starting': { 'zh-CN': '正在启动……', en: 'Starting…' },
  'general.notFound': { 'zh-CN': '没有这个页面', en: 'There is no such page' },
  'general.notFoundNext': {
    'zh-CN': '链接可能不完整。可以从案件列表重新进入。',
    en: 'The link may be incomplete. You can start again from the list of cases.',
  },
  'general.toCases': { 'zh-CN': '回到案件列表', en: 'Back to cases' },
  'general.required': { 'zh-CN': '此项必填', en: 'This is needed' },
  'general.separator': { 'zh-CN': '、', en: ', ' },
  /** Between two short statements. */
  'general.pause': { 'zh-CN': '；', en: '; ' },
  'general.twoSentences': { 'zh-CN': '{{first}}{{second}}', en: '{{first}} {{second}}' },
  'general.bracketed': { 'zh-CN': '{{text}}（{{note}}）', en: '{{text}} ({{note}})' },
  'general.labelled': { 'zh-CN': '{{label}}：{{text}}', en: '{{label}}: {{text}}' },
  'general.you': { 'zh-CN': '我', en: 'you' },
  'language.label': { 'zh-CN': '界面语言', en: 'Language' },
  'language.zh': { 'zh-CN': '中文', en: '中文' },
  'language.en': { 'zh-CN': 'English', en: 'English' },
  'appearance.label': { 'zh-CN': '外观', en: 'Appearance' },
  'appearance.auto': { 'zh-CN': '随系统', en: 'System' },
  'appearance.light': { 'zh-CN': '浅色', en: 'Light' },
  'appearance.dark': { 'zh-CN': '深色', en: 'Dark' },
  'account.signOut': { 'zh-CN': '退出登录', en: 'Sign out' },
  'account.administrator': { 'zh-CN': '管理员', en: 'Administrator' },
  'account.unsynced': {
    'zh-CN': '还有 {{count}} 项改动没有到达服务器。退出后它们留在这台设备上，下次登录后继续同步。',
    en: {
      one: '{{count}} change has not reached the server. It stays on this device and syncs after you sign in again.',
      other:
        '{{count}} changes have not reached the server. They stay on this device and sync after you sign in again.',
    },
  },
  'account.signOutAnyway': { 'zh-CN': '仍然退出', en: 'Sign out anyway' },
  'account.syncAndSignOut': { 'zh-CN': '同步后退出', en: 'Sync, then sign out' },
  'account.syncing': {
    'zh-CN': '正在同步，请稍候（还剩 {{count}} 项）……',
    en: { one: 'Syncing, please wait ({{count}} left)…', other: 'Syncing, please wait ({{count}} left)…' },
  },
  'account.stuck': {
    'zh-CN': '还有 {{count}} 项没有送达。可以再试一次、先导出，或者仍然退出：它们留在这台设备上。',
    en: {
      one: '{{count}} is still here. Try again, export it, or sign out anyway: it stays on this device.',
      other: '{{count}} are still here. Try again, export them, or sign out anyway: they stay on this device.',
    },
  },
  'account.cannotSync': {
    'zh-CN': '现在连不上服务器，不能等待同步。',
    en: 'The server cannot be reached now, so there is nothing to wait for.',
  },
  'navigation.cases': { 'zh-CN': '案件', en: 'Cases' },
  'navigation.people': { 'zh-CN': '人员与单位', en: 'People and agencies' },
  'navigation.caseOverview': { 'zh-CN': '案件概况', en: 'Case overview' },
  'crash.title': { 'zh-CN': '这个页面出错了', en: 'This page has failed' },
  'crash.explanation': {
    'zh-CN': '已写的内容保存在这台设备上，没有丢失。请重新载入；如果反复出现，请把下面的说明发给管理员。',
    en: 'What you wrote is stored on this device and is not lost. Please reload; if it keeps happening, send the note below to your administrator.',
  },
  'crash.details': { 'zh-CN': '技术说明', en: 'Technical note' },
} as const satisfies WordArea;
