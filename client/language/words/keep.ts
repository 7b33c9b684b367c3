/** What is kept on this device for work without a network, and how it is brought up to date. */
import type { WordArea } from './word.ts';

export const keepWords = {
  'keep.switch': { 'zh-CN': '保留在本机', en: 'Keep on this device' },
  'keep.complete': {
    'zh-CN': '{{count}} 份文档全部在本机，可离线使用 · {{when}} 核对',
    en: {
      one: 'Its {{count}} document is on this device and works offline · checked {{when}}',
      other: 'All {{count}} documents are on this device and work offline · checked {{when}}',
    },
  },
  'keep.completeHere': {
    'zh-CN': '{{count}} 份文档全部在本机，可离线使用',
    en: {
      one: 'Its {{count}} document is on this device and works offline',
      other: 'All {{count}} documents are on this device and work offline',
    },
  },
  'keep.behind': {
    'zh-CN': '{{count}} 份文档全部在本机，可离线使用；其中 {{behind}} 份在服务器上有新内容，联网后自动更新',
    en: {
      one: 'Its {{count}} document is on this device and works offline; {{behind}} has something newer on the server, fetched once you are online',
      other:
        'All {{count}} documents are on this device and work offline; {{behind}} have something newer on the server, fetched once you are online',
    },
  },
  'keep.partial': {
    'zh-CN': '{{here}} / {{count}} 份文档在本机，联网后自动取齐',
    en: '{{here}} of {{count}} documents are on this device; the rest is fetched once you are online',
  },
  'keep.empty': {
    'zh-CN': '还没有文档；以后的文档会自动取来',
    en: 'No documents yet; new ones are fetched by themselves',
  },
  'keep.off': {
    'zh-CN': '不在本机保留：打开时从服务器取，没有网络时打不开',
    en: 'Not kept: documents are fetched when you open them and cannot be opened without a network',
  },
  'keep.offTitle': { 'zh-CN': '不再在本机保留？', en: 'Stop keeping this case here?' },
  'keep.offExplanation': {
    'zh-CN':
      '《{{title}}》的文档会从这台设备上移除，服务器上的不受影响。还没有到达服务器的改动先留着，送达以后才移除。',
    en: 'The documents of “{{title}}” are removed from this device; the server keeps them. Changes that have not reached the server stay here until they have.',
  },
  'keep.offConfirm': { 'zh-CN': '从本机移除', en: 'Remove from this device' },
  'keep.removed': {
    'zh-CN': '已从本机移除 {{count}} 份文档',
    en: { one: '{{count}} document removed from this device', other: '{{count}} documents removed from this device' },
  },
  'keep.staying': {
    'zh-CN': '还有 {{count}} 份正在使用或有未送达的改动，之后自动移除',
    en: {
      one: '{{count}} is open or has changes under way and goes by itself later',
      other: '{{count}} are open or have changes under way and go by themselves later',
    },
  },
  'keep.failed': {
    'zh-CN': '没有记下来：这台设备存不下。请看页面上方的说明。',
    en: 'Not stored: this device cannot save it. See the note at the top of the page.',
  },
  'keep.mark': { 'zh-CN': '可离线', en: 'Works offline' },
  'keep.markPartial': { 'zh-CN': '正在取来 {{here}}/{{count}}', en: 'Fetching {{here}}/{{count}}' },
  'keep.markPartialOffline': { 'zh-CN': '本机 {{here}}/{{count}} 份', en: '{{here}}/{{count}} on this device' },
  'keep.page': { 'zh-CN': '本机与离线', en: 'This device and offline work' },
  'keep.footAll': {
    'zh-CN': '本机已保留 {{count}} 件 · 全部可离线',
    en: { one: '{{count}} case kept here · works offline', other: '{{count}} cases kept here · all work offline' },
  },
  'keep.footSome': {
    'zh-CN': '本机已保留 {{count}} 件 · {{complete}} 件可离线',
    en: {
      one: '{{count}} case kept here · {{complete}} works offline',
      other: '{{count}} cases kept here · {{complete}} work offline',
    },
  },
  'keep.footNone': { 'zh-CN': '本机还没有保留案件', en: 'No cases kept here yet' },
  'keep.footRunning': {
    'zh-CN': '正在更新离线副本 {{done}}/{{total}}',
    en: 'Updating offline copies {{done}}/{{total}}',
  },
  'keep.footRetrying': {
    'zh-CN': '{{count}} 份离线副本没有更新成，稍后自动再试',
    en: {
      one: '{{count}} offline copy was not updated; trying again soon',
      other: '{{count}} offline copies were not updated; trying again soon',
    },
  },
} as const satisfies WordArea;
