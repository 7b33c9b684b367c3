/** A writer whose every answer is counted and timed; otherwise the writer it is given. */
import type { WriteReply, WriteRequest } from '../store/requests.ts';
import type { Writer } from '../store/writer.ts';
import type { Meter } from './meter-contract.ts';

/** @param nowMs a clock that never goes back, in milliseconds */
export function measuredWriter(writer: Writer, meter: Meter, nowMs: () => number): Writer {
  const count = (request: WriteRequest, askedAt: number, reply: WriteReply) => {
    const isDurable = reply.kind !== 'failed';
    meter.wrote(request.kind, isDurable, (nowMs() - askedAt) / 1000);
    if (isDurable && request.kind === 'append') meter.updateStored(request.update.length);
  };
  return {
    get trouble() {
      return writer.trouble;
    },
    append(request, told) {
      const askedAt = nowMs();
      writer.append(request, (reply) => {
        count(request, askedAt, reply);
        told(reply);
      });
    },
    async write(request) {
      const askedAt = nowMs();
      const reply = await writer.write(request);
      count(request, askedAt, reply);
      return reply;
    },
    close: () => writer.close(),
  };
}
