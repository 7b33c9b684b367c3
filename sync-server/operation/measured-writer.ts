/** A writer whose every answer is counted and timed; otherwise the writer it is given. */
import type { WriteReply, WriteRequest } from '../store/requests.ts';
import type { Writer } from '../store/writer.ts';
import type { Meter } from './meter-contract.ts';

/** @param nowMs a clock that never goes back, in milliseconds */
export function measuredWriter(writer: Writer, meter: Meter, nowMs: () => number): Writer {
  const count = (kind: WriteRequest['kind'], askedAt: number, reply: WriteReply, updateBytes?: number) => {
    const isDurable = reply.kind !== 'failed';
    meter.wrote(kind, isDurable, (nowMs() - askedAt) / 1000);
    if (isDurable && updateBytes !== undefined) meter.updateStored(updateBytes);
  };
  return {
    get trouble() {
      return writer.trouble;
    },
    append(entry, told) {
      const askedAt = nowMs();
      let isCounted = false;
      writer.append(entry, (reply) => {
        if (!isCounted) count('append', askedAt, reply, entry.update.length);
        isCounted = true;
        told(reply);
      });
    },
    isBehind: (room) => writer.isBehind(room),
    async write(request) {
      const askedAt = nowMs();
      const reply = await writer.write(request);
      count(request.kind, askedAt, reply);
      return reply;
    },
    close: () => writer.close(),
  };
}
