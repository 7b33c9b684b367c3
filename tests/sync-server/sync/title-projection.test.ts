/** The projection of titles: what somebody wrote cannot end the process. */
import { expect, it, vi } from 'vitest';
import { createLog } from '../../../sync-server/log.ts';
import type { WriteRequest } from '../../../sync-server/store/requests.ts';
import { TitleProjection } from '../../../sync-server/sync/title-projection.ts';
import { stageStore, uuid } from '../store/store-stage.ts';

const WAITS = { waitMs: 60_000, noteMs: 10_000, now: () => 0 };

it('a body that cannot be read is logged by its id and costs nothing else', async () => {
  const { reader } = stageStore();
  const log = createLog('silent');
  const error = vi.spyOn(log, 'error');
  const projection = new TitleProjection({
    reader,
    writer: { write: async () => ({ kind: 'done' }) },
    header: () => {
      throw new Error('a header that cannot be read');
    },
    ...WAITS,
    log,
  });
  projection.changed({ documentId: uuid(4, 1), room: 'body' }, true);
  await expect(projection.flush()).resolves.toBeUndefined();
  expect(error).toHaveBeenCalledWith(expect.objectContaining({ room: `${uuid(4, 1)}/body` }));
});

it('the title of an open room is read from its header alone, also of two at once the newer', async () => {
  const { reader } = stageStore();
  const asked: WriteRequest[] = [];
  const projection = new TitleProjection({
    reader,
    writer: {
      write: async (request) => {
        asked.push(request);
        return { kind: 'done' };
      },
    },
    header: () =>
      new Map<string, unknown>([
        ['header/title/r1', { v: '旧标题', by: 'a', at: 1 }],
        ['header/title/r2', { v: ' 新标题 ', by: 'b', at: 2 }],
        ['header/place/r3', { v: '一楼', by: 'b', at: 3 }],
        ['header/title/r4', 'no register'],
      ]),
    ...WAITS,
    log: createLog('silent'),
  });
  projection.changed({ documentId: uuid(4, 1), room: 'body' }, true);
  await projection.flush();
  expect(asked).toEqual([{ kind: 'project', documentId: uuid(4, 1), title: '新标题' }]);
});

it('a title that stays is not written again with every change, and one that changes is at once', async () => {
  const { reader } = stageStore();
  const asked: (string | null)[] = [];
  let title = '标题';
  let nowMs = 0;
  let isWell = true;
  const projection = new TitleProjection({
    reader,
    writer: {
      write: async (request) => {
        asked.push(request.kind === 'project' ? request.title : request.kind);
        return isWell ? { kind: 'done' } : { kind: 'failed', of: 'store', message: 'no disk' };
      },
    },
    header: () => new Map([['header/title/r1', { v: title, by: 'a', at: 1 }]]),
    ...WAITS,
    now: () => nowMs,
    log: createLog('silent'),
  });
  const change = async (atMs: number, to = title, mayHaveNewTitle = true) => {
    nowMs = atMs;
    title = to;
    projection.changed({ documentId: uuid(4, 1), room: 'body' }, mayHaveNewTitle);
    await projection.flush();
  };
  for (const atMs of [0, 400, 9_999]) await change(atMs);
  // Whoever says so knows that nothing but words came: nobody looks.
  await change(9_999, '未看', false);
  expect(asked).toEqual(['标题']);
  await change(10_000, '标题', false);
  expect(asked).toEqual(['标题', 'noteChange']);
  isWell = false;
  await change(10_400, '新');
  isWell = true;
  await change(10_800);
  expect(asked).toEqual(['标题', 'noteChange', '新', '新']);
});

it('[R24] of a room that everybody has left it is read once the store shows all that was written', async () => {
  const { reader } = stageStore();
  const room = `${uuid(4, 1)}/body`;
  const steps: string[] = [];
  let isWell = true;
  const projection = new TitleProjection({
    reader: new Proxy(reader, {
      get: (of, name) => {
        if (name !== 'loadRoom') return Reflect.get(of, name, of);
        return (key: string) => {
          steps.push(`read ${key}`);
          return of.loadRoom(key);
        };
      },
    }),
    writer: {
      write: async ({ kind }) => {
        steps.push(kind);
        return isWell ? { kind: 'done' } : { kind: 'failed', of: 'store', message: 'no disk' };
      },
    },
    header: () => null,
    ...WAITS,
    log: createLog('silent'),
  });
  projection.changed({ documentId: uuid(4, 1), room: 'body' }, true);
  await projection.flush();
  expect(steps).toEqual(['settle', `read ${room}`, 'project']);
  isWell = false;
  steps.length = 0;
  projection.changed({ documentId: uuid(4, 1), room: 'body' }, true);
  await projection.flush();
  expect(steps).toEqual(['settle']);
});
