/**
 * `npm run dev`: the edit loop. The relay is built again and restarted when its sources change; the client is served by
 * vite with hot reloading, which passes /api, /sync and /health on to the relay. Ends both with Ctrl-C.
 */
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { buildIfStale } from './build.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const PAGE_PORT = 5173;
const RELAY_PORT = process.env.PORT ?? '4870';
const origin = `http://localhost:${PAGE_PORT}`;

let relay = null;
let isEnding = false;

function startRelay() {
  relay = spawn(process.execPath, [join(ROOT, 'dist/server/main.js'), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, PORT: RELAY_PORT, CONCORD_URL: origin },
  });
}

async function restartRelay() {
  try {
    await buildIfStale('server');
  } catch (error) {
    process.stderr.write(`${error.message}; the relay that runs stays as it is\n`);
    return;
  }
  const old = relay;
  if (old !== null && old.exitCode === null) {
    await new Promise((resolve) => {
      old.once('exit', resolve);
      old.kill('SIGTERM');
    });
  }
  if (!isEnding) startRelay();
}

let timer = null;
let restarting = Promise.resolve();
function changed() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    restarting = restarting.then(restartRelay);
  }, 200);
}

await restartRelay();
for (const folder of ['sync-server', 'shared']) watch(join(ROOT, folder), { recursive: true }, changed);

const target = `http://127.0.0.1:${RELAY_PORT}`;
const page = await createServer({
  configFile: join(ROOT, 'vite.config.ts'),
  server: {
    port: PAGE_PORT,
    strictPort: true,
    proxy: { '/api': target, '/health': target, '/sync': { target, ws: true } },
  },
});
await page.listen();
process.stdout.write(`The page is at ${origin}\n`);

async function end() {
  isEnding = true;
  await page.close();
  relay?.kill('SIGTERM');
  process.exit(0);
}
process.on('SIGINT', end);
process.on('SIGTERM', end);
