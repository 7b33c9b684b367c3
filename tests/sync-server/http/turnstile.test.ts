/** What is dear goes on a few at a time, in order, and no queue grows without end. */
import { expect, it } from 'vitest';
import { Turnstile } from '../../../sync-server/http/turnstile.ts';

it('[R18] so many at once, so many waiting in order, and the rest hears at once to come later', async () => {
  const turnstile = new Turnstile(2, 3);
  const ends: (() => void)[] = [];
  const begun: number[] = [];
  const come = (n: number) =>
    turnstile.pass(() => {
      begun.push(n);
      return new Promise<number>((resolve) => ends.push(() => resolve(n)));
    });
  const answers = [0, 1, 2, 3, 4].map(come);
  await expect(come(5)).rejects.toMatchObject({ status: 429 });
  expect(begun).toEqual([0, 1]);
  for (let n = 0; n < answers.length; n++) {
    ends[n]?.();
    expect(await answers[n]).toBe(n);
  }
  expect(begun).toEqual([0, 1, 2, 3, 4]);
});

it('[R18] an act that fails gives its place to the next', async () => {
  const turnstile = new Turnstile(1, 1);
  const failing = turnstile.pass(() => Promise.reject(new Error('no')));
  const next = turnstile.pass(async () => 'done');
  await expect(failing).rejects.toThrow('no');
  expect(await next).toBe('done');
  expect(await turnstile.pass(async () => 'again')).toBe('again');
});
