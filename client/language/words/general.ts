/** Words of no single page: buttons, the frame of the page, languages, appearance. */
import type { WordArea } from './word.ts';

export const generalWords = {
  'general.product': { 'zh-CN': '和衷', en: 'Concord' },
  'general.cancel': { 'zh-CN': '取消', en: 'Cancel' },
  'general.close': { 'zh-CN': '关闭', en: 'Close' },
  'general.save': { 'zh-CN': '保存', en: 'Save' },
  'general.create': { 'zh-CN': '新建', en: 'Create' },
} as const satisfies WordArea;
