/** The demonstration: three fictional cases that `--demo` loads, the password of their people, and that all is invented. */
import type { Bilingual } from '../vocabulary.ts';
import { caseReview } from './case-review/case.ts';
import type { DemoCase } from './demo-types.ts';
import { property } from './property/case.ts';
import { wageArrears } from './wage-arrears/case.ts';

/** One password for every demonstration account; only ever set by loading the demonstration. */
export const DEMO_PASSWORD = 'concord-demo-2026';

export const DEMO_FICTION: Bilingual = {
  'zh-CN': '以下人物、单位、地名、编号、金额全部虚构，仅用于软件演示；如有雷同，纯属巧合。',
  en: 'People, organisations, places, reference numbers and amounts are all invented, for demonstration only.',
};

export const DEMO_CASES: readonly DemoCase[] = [wageArrears, property, caseReview];
