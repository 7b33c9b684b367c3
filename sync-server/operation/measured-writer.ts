/** A writer whose every answer to a request is counted and timed; otherwise the writer it is given. */
import type { Writer } from '../store/writer.ts';
import type { Meter } from './meter-contract.ts';

/** @param nowMs a clock that never goes back, in milliseconds */
export function measuredWriter(writer: Writer, meter: Meter, nowMs: () => number): Writer {
  return {
    get trouble() {
      return writer.trouble;
    },
    // The rooms count what they append: they hear of each, and one more function for each keystroke is not for nothing.
    append: (appending) => writer.append(appending),
    isBehind: (room) => writer.isBehind(room),
    async write(request) {
      const askedAt = nowMs();
      const reply = await writer.write(request);
      meter.wrote(request.kind, reply.kind !== 'failed', (nowMs() - askedAt) / 1000);
      return reply;
    },
    close: () => writer.close(),
  };
}
