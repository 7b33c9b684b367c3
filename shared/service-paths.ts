/**
 * Which addresses belong to the program and which to the page: the relay answers the one kind itself and gives the page for
 * every other, and the service worker leaves the one kind alone. One list, so that neither ever takes the other's.
 */
const SERVICE_PATH = /^\/(api|sync|health|metrics)(\/|\?|$)/;

/** @param url the path, with or without its query */
export function isServicePath(url: string): boolean {
  return SERVICE_PATH.test(url);
}

/** Where the service worker's own script is: never kept by anybody, or no device would ever hear of a new version. */
export const WORKER_PATH = '/sw.js';
