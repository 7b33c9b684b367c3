/** What an error leaves in the log: where it came from, never what it said. */
import { expect, it } from 'vitest';
import { stackOf } from '../../sync-server/log.ts';

it('keeps the place of an error and not its message, over however many lines', () => {
  const stack = stackOf(new TypeError('王某\n欠薪\n十二万元'));
  expect(stack).toMatch(/^TypeError .*log\.test\.ts/);
  for (const words of ['王某', '欠薪', '十二万元']) expect(stack).not.toContain(words);
});
