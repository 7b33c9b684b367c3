/**
 * `npm start`: builds what is older than its sources, then runs the built relay in this process with the given arguments.
 * package.json gives the engine 32 MiB for what is new instead of 16: while thousands type, their words are on their way to the
 * disk for longer than two collections of the smaller space, and would be moved to where only a long collection finds them.
 */
import { buildIfStale } from './build.mjs';

await buildIfStale('client');
await buildIfStale('server');
// Built a moment ago: an address, not an import of the source tree.
await import(new URL('../dist/server/main.js', import.meta.url).href);
