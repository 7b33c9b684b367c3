/** The main thread's end of the writer: a thread that dies owes failures, and another one takes the next request. */
import { expect, it } from 'vitest';
import type { WriteReply, WriteRequest } from '../../../sync-server/store/requests.ts';
import { startWriter } from '../../../sync-server/store/writer.ts';

/** A thread that answers with yes and dies of a sign-out. */
const FRAGILE = `
  import { parentPort } from 'node:worker_threads';
  parentPort.on('message', (message) => {
    if (message === 'close') process.exit();
    if (message.some(({ request }) => request.kind === 'closeSession')) throw new Error('no memory');
    parentPort.postMessage(message.map(({ id }) => ({ id, reply: { kind: 'done' } })));
  });
  parentPort.postMessage('open');`;
const writerOn = (program: string) =>
  startWriter({
    threadUrl: new URL(`data:text/javascript,${encodeURIComponent(program)}`),
    databasePath: '',
    now: () => 0,
  });

const project: WriteRequest = { kind: 'project', documentId: 'd', title: null };
const fatal: WriteRequest = { kind: 'closeSession', tokenHash: 't' };
const failure = { kind: 'failed', of: 'store', message: 'the writer thread ended' };

it('[R8] a writer thread that dies owes failures, also of what was asked after; another takes what comes then', async () => {
  const writer = await writerOn(FRAGILE);
  expect(await writer.write(project)).toEqual({ kind: 'done' });
  const told: WriteReply[] = [];
  const late = new Promise<void>((resolve) => {
    writer.append(fatal as never, (reply) => {
      told.push(reply);
      // Asked while the failures are told: this is for the next thread.
      void writer.write(project).then((answer) => {
        told.push(answer);
        resolve();
      });
    });
  });
  const owed = writer.write(project);
  expect(await owed).toEqual(failure);
  expect(writer.trouble).toBe('no memory');
  await late;
  expect(told).toEqual([failure, { kind: 'done' }]);
  expect(writer.trouble).toBeNull();
  await writer.close();
  expect(await writer.write(project)).toEqual(failure);
});

it('is not started when the thread cannot open the store', async () => {
  await expect(writerOn("throw new Error('no such disk')")).rejects.toThrow('no such disk');
});
