/** What must be said wherever the demonstration is shown. */
import type { Bilingual } from '../vocabulary.ts';

export const DEMO_FICTION: Bilingual = {
  'zh-CN': '人物、单位、地名、编号、金额全部虚构，仅用于软件演示；如有雷同，纯属巧合。',
  en: 'People, organisations, places, reference numbers and amounts are all invented, for demonstration only.',
};
