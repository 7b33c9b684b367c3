/**
 * `npm start`: builds what is older than its sources, then runs the built relay in this process with the given arguments.
 * package.json gives the engine's space for what is new 32 MiB instead of 16: what thousands of people type is on its way to
 * the disk for longer than two collections of the smaller one, and would be moved to where only a long one finds it again.
 */
import { buildIfStale } from './build.mjs';

await buildIfStale('client');
await buildIfStale('server');
// Built a moment ago: an address, not an import of the source tree.
await import(new URL('../dist/server/main.js', import.meta.url).href);
