/** The program itself on this device: whether it opens offline, and a new version of it. */
import type { WordArea } from './word.ts';

export const programWords = {
  'program.preparing': { 'zh-CN': '正在为离线打开做准备……', en: 'Getting ready to open offline…' },
  'program.ready': { 'zh-CN': '没有网络也能打开', en: 'Opens without a network' },
  'program.failed': {
    'zh-CN': '离线打开还没有备好，稍后自动再试',
    en: 'Not ready to open offline yet; tried again soon',
  },
  'program.impossible': {
    'zh-CN': '这个浏览器窗口不支持离线打开：离线时请不要关闭本页',
    en: 'This browser window cannot open it offline: keep the page open while you are offline',
  },
  'program.firstNeedsNetwork': {
    'zh-CN': '首次登录需要网络；之后没有网络也能打开，继续工作。',
    en: 'Signing in for the first time needs the network; after that it opens and works without one.',
  },
  'program.readyToSignIn': {
    'zh-CN': '这台设备没有网络也能打开本系统；每个人首次在这里登录时需要网络。',
    en: 'This device opens the program without a network; each person’s first sign-in here needs one.',
  },
  'program.newVersion': { 'zh-CN': '新版本已就绪', en: 'A new version is ready' },
  'program.newVersionReload': { 'zh-CN': '新版本已就绪：重新载入', en: 'A new version is ready: reload' },
  'program.later': { 'zh-CN': '稍后', en: 'Later' },
  'program.reloadAnyway': { 'zh-CN': '仍然重新载入', en: 'Reload anyway' },
  'program.reloading': { 'zh-CN': '正在重新载入……', en: 'Reloading…' },
  'program.obstacle.composing': {
    'zh-CN': '输入法正在组字，结束后自动重新载入',
    en: 'You are composing; this page reloads when you are done',
  },
  'program.obstacle.typing': {
    'zh-CN': '正在输入，停下后自动重新载入',
    en: 'You are typing; this page reloads when you pause',
  },
  'program.obstacle.unstored': {
    'zh-CN': '有改动存不进本机，存好后自动重新载入；现在载入会丢失，请先导出',
    en: 'Changes could not be stored on this device and would be lost: export them first. This page reloads once they are stored',
  },
  'program.obstacle.looseWords': {
    'zh-CN': '表单里有没有提交的文字，重新载入会丢失；提交后自动重新载入',
    en: 'A form holds words that were not sent and would be lost; this page reloads when they are sent',
  },
} as const satisfies WordArea;
