/** What a page says to the service worker: that the waiting version may take over, or that the page has started. */
export type WorkerMessage = 'takeOver' | 'started';

export function isWorkerMessage(message: unknown): message is WorkerMessage {
  return message === 'takeOver' || message === 'started';
}
