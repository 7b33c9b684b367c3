/** The door for edits that were refused: each kept once, and not without end. */
import { expect, it } from 'vitest';
import { Executor } from '../../../sync-server/store/executor.ts';
import type { WriteReply } from '../../../sync-server/store/requests.ts';
import { AGENCIES, AT_MS, PEOPLE, populate, stageStore, uuid } from './store-stage.ts';

it('takes held edits up to a bound for each person and document, the same one once', () => {
  const stage = stageStore();
  populate(stage);
  const caseId = uuid(3, 1);
  const create = { caseId, title: '欠薪', category: 'wageArrears', agencyId: AGENCIES.justice } as const;
  const register = { caseId, kind: 'caseNote', title: '记录', audience: 'joint' } as const;
  const personId = PEOPLE.host;
  stage.run(
    { kind: 'command', personId, command: { commandId: uuid(9, 1), type: 'createCase', ...create } },
    ...[1, 2].map((n) => ({
      kind: 'command' as const,
      personId,
      command: { commandId: uuid(9, 1 + n), type: 'registerDocument' as const, documentId: uuid(4, n), ...register },
    })),
  );
  const executor = new Executor(stage.db, stage.signingKey, (count) => new Uint8Array(count), {
    heldBytesPerAuthor: 10,
  });
  let id = 0;
  const hold = (n: number, bytes: number, document = 1, authorId: string = PEOPLE.host): WriteReply | undefined => {
    const held = { heldId: uuid(5, n), room: 'body', reason: 'frozen' } as const;
    const payload = new Uint8Array(bytes);
    const request = { kind: 'hold', documentId: uuid(4, document), authorId, held, payload } as const;
    return executor.run([{ id: ++id, atMs: AT_MS, request }])[0]?.reply;
  };
  expect(hold(1, 6)).toEqual({ kind: 'done' });
  expect(hold(1, 6)).toEqual({ kind: 'done' });
  expect(hold(2, 5)).toEqual({ kind: 'refused', code: 'too-much-held' });
  expect(hold(3, 4)).toEqual({ kind: 'done' });
  expect(hold(4, 5, 2)).toEqual({ kind: 'done' });
  expect(hold(5, 5, 1, PEOPLE.observer)).toEqual({ kind: 'done' });
});
