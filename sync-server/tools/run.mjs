/** `node sync-server/tools/run.mjs <tool> …`: builds the relay if it is older than its sources and runs one of its tools. */
import { buildIfStale } from '../build.mjs';

const [tool] = process.argv.splice(2, 1);
await buildIfStale('server');
// Built a moment ago: an address, not an import of the source tree.
await import(new URL(`../../dist/server/${tool}.js`, import.meta.url).href);
