/** The projection of titles: what somebody wrote cannot end the process. */
import { expect, it, vi } from 'vitest';
import { createLog } from '../../../sync-server/log.ts';
import { TitleProjection } from '../../../sync-server/sync/title-projection.ts';
import { stageStore, uuid } from '../store/store-stage.ts';

it('a body that cannot be read is logged by its id and costs nothing else', async () => {
  const { reader } = stageStore();
  const log = createLog('silent');
  const error = vi.spyOn(log, 'error');
  const projection = new TitleProjection({
    reader,
    writer: { write: async () => ({ kind: 'done' }), trouble: null, close: async () => undefined },
    encodedState: () => Uint8Array.of(1, 2, 3),
    waitMs: 60_000,
    log,
  });
  projection.changed({ documentId: uuid(4, 1), room: 'body' });
  await expect(projection.flush()).resolves.toBeUndefined();
  expect(error).toHaveBeenCalledWith(expect.objectContaining({ room: `${uuid(4, 1)}/body` }));
});
