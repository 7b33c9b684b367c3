/**
 * How an open page says which build it is of: it holds a Web Lock named after its entry script for as long as it lives. The
 * service worker reads the names, so it knows which builds are still in use, also after the browser has put it to sleep.
 */
const PREFIX = 'concord-page:';

/** Held until the page ends. */
export function holdPageLock(locks: Pick<LockManager, 'request'>, entryScript: string): void {
  // Shared: several pages of one build hold it. The promise never settles; the browser lets go when the page is gone.
  void locks.request(PREFIX + entryScript, { mode: 'shared' }, () => new Promise<never>(() => {}));
}

/** Paths of the entry scripts of all open pages. */
export async function openEntryScripts(locks: Pick<LockManager, 'query'>): Promise<ReadonlySet<string>> {
  const { held = [] } = await locks.query();
  return new Set(held.flatMap(({ name }) => (name?.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : [])));
}
