/** Builds one half of the product when its sources are newer than its last build. Throws when the build fails. */
export function buildIfStale(half: 'client' | 'server'): Promise<void>;
