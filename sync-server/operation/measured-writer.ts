/** A writer whose every answer is counted and timed; otherwise the writer it is given. */
import type { Writer } from '../store/writer.ts';
import type { Meter } from './meter-contract.ts';

/** @param nowMs a clock that never goes back, in milliseconds */
export function measuredWriter(writer: Writer, meter: Meter, nowMs: () => number): Writer {
  return {
    get trouble() {
      return writer.trouble;
    },
    async write(request) {
      const askedAt = nowMs();
      const reply = await writer.write(request);
      const isDurable = reply.kind !== 'failed';
      meter.wrote(request.kind, isDurable, (nowMs() - askedAt) / 1000);
      if (isDurable && request.kind === 'append') meter.updateStored(request.update.length);
      return reply;
    },
    close: () => writer.close(),
  };
}
