/**
 * `npm start`: builds what is older than its sources, then runs the built relay in this process with the given arguments.
 */
import { buildIfStale } from './build.mjs';

await buildIfStale('client');
await buildIfStale('server');
// Built a moment ago: an address, not an import of the source tree.
await import(new URL('../dist/server/main.js', import.meta.url).href);
