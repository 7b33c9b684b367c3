/**
 * `npm start`: builds what is older than its sources, then runs the built relay in this process with the given arguments.
 */
import { buildIfStale } from './build.mjs';

await buildIfStale('client');
await buildIfStale('server');
await import('../dist/server/main.js');
