/** The demonstration: three fictional cases that `--demo` loads, and the password of their people. */
import { caseReview } from './case-review/case.ts';
import type { DemoCase } from './demo-types.ts';
import { property } from './property/case.ts';
import { wageArrears } from './wage-arrears/case.ts';

/** One password for every demonstration account; only ever set by loading the demonstration. */
export const DEMO_PASSWORD = 'concord-demo-2026';

export const DEMO_CASES: readonly DemoCase[] = [wageArrears, property, caseReview];
