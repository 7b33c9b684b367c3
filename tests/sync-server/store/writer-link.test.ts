/** The main thread's end of the writer thread: a thread that dies owes failures, and another one takes the next request. */
import { expect, it } from 'vitest';
import type { WriteReply, WriteRequest } from '../../../sync-server/store/requests.ts';
import { linkWriter, type WriterLink } from '../../../sync-server/store/writer-link.ts';

/** A thread that answers with yes and dies of a sign-out. */
const FRAGILE = `
  import { parentPort } from 'node:worker_threads';
  parentPort.on('message', (message) => {
    if (message === 'close') process.exit();
    if (message.some(({ request }) => request.kind === 'closeSession')) throw new Error('no memory');
    parentPort.postMessage(message.map(({ id }) => ({ id, reply: { kind: 'done' } })));
  });
  parentPort.postMessage({ journalKey: 'k', journalLap: 3 });`;
const linkOf = (program: string) => linkWriter(new URL(`data:text/javascript,${encodeURIComponent(program)}`), '');

const project: WriteRequest = { kind: 'project', documentId: 'd', title: null };
const fatal: WriteRequest = { kind: 'closeSession', tokenHash: 't' };
const failure = { kind: 'failed', of: 'store', message: 'the writer thread ended' };
const asking = (link: WriterLink, request: WriteRequest) =>
  new Promise<WriteReply>((resolve) => link.ask(request, 0, resolve));

it('[R8] a writer thread that dies owes failures, also of what was asked after; another takes what comes then', async () => {
  const link = await linkOf(FRAGILE);
  expect(link.opened).toEqual({ journalKey: 'k', journalLap: 3 });
  expect(await asking(link, project)).toEqual({ kind: 'done' });
  const told: WriteReply[] = [];
  const late = new Promise<void>((resolve) => {
    link.ask(fatal, 0, (reply) => {
      told.push(reply);
      // Asked while the failures are told: this is for the next thread.
      void asking(link, project).then((answer) => {
        told.push(answer);
        resolve();
      });
    });
  });
  const owed = asking(link, project);
  expect(await owed).toEqual(failure);
  expect(link.trouble).toBe('no memory');
  await late;
  expect(told).toEqual([failure, { kind: 'done' }]);
  expect(link.trouble).toBeNull();
  await link.close();
  expect(await asking(link, project)).toEqual(failure);
});

it('is not started when the thread cannot open the store', async () => {
  await expect(linkOf("throw new Error('no such disk')")).rejects.toThrow('no such disk');
});
