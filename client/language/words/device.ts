/** The page of this device: what is kept, what waits, storage, taking unsent work out and in. */
import type { WordArea } from './word.ts';

export const deviceWords = {
  'device.explanation': {
    'zh-CN': '这里是{{name}}在这台设备、这个浏览器里的内容；其他人登录后看不到。',
    en: 'What {{name}} has on this device, in this browser. Nobody else who signs in here sees it.',
  },
  'device.kept': { 'zh-CN': '保留在本机的案件', en: 'Cases kept on this device' },
  'device.keptNone': {
    'zh-CN': '打开一个案件，它的全部文档就会保留在本机，没有网络也能用。',
    en: 'Open a case and all its documents stay on this device, also without a network.',
  },
  'device.column.here': { 'zh-CN': '本机', en: 'Here' },
  'device.column.checked': { 'zh-CN': '最近与服务器核对', en: 'Last compared with the server' },
  'device.hereAll': {
    'zh-CN': '{{count}} 份全部可离线',
    en: { one: '{{count}} document, works offline', other: 'All {{count}} work offline' },
  },
  'device.hereSome': { 'zh-CN': '{{here}} / {{count}} 份', en: '{{here}} of {{count}}' },
  'device.behind': {
    'zh-CN': '{{count}} 份在服务器上有新内容',
    en: { one: '{{count}} has something newer', other: '{{count}} have something newer' },
  },
  'device.notChecked': { 'zh-CN': '尚未取齐', en: 'Not complete yet' },
  'device.keepsNew': { 'zh-CN': '新参与的案件自动保留在本机', en: 'Keep new cases on this device' },
  'device.keepsNewExplanation': {
    'zh-CN': '关闭时，案件在本机第一次打开之后才保留；开启后，不必先打开也会取来。公用电脑上请勿开启。',
    en: 'Off: a case is kept from the first time you open it here. On: it is fetched without being opened. Leave it off on a shared computer.',
  },
} as const satisfies WordArea;
