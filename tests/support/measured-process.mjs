/**
 * Loaded into a measured server with `--import`: on the port CPU_PORT it answers with the CPU time the process has used, all
 * its threads together, and what memory is left to it after a collection, and writes a CPU profile of its main thread when
 * asked. The server itself knows nothing of it.
 */
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Session } from 'node:inspector/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread } from 'node:worker_threads';

const { CPU_PORT } = process.env;

async function answer(path) {
  if (path === '/profile') {
    await profiler.connect();
    await profiler.post('Profiler.enable');
    await profiler.post('Profiler.setSamplingInterval', { interval: 100 });
    await profiler.post('Profiler.start');
    return {};
  }
  if (path.startsWith('/write/')) {
    const { profile } = await profiler.post('Profiler.stop');
    profiler.disconnect();
    writeFileSync(decodeURIComponent(path.slice('/write/'.length)), JSON.stringify(profile));
    return {};
  }
  if (path === '/memory') {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc');
    for (let n = 0; n < 3; n++) collect();
    const { heapUsed, external, arrayBuffers, rss } = process.memoryUsage();
    return { heapBytes: heapUsed + external + arrayBuffers, rss };
  }
  const { user, system } = process.cpuUsage();
  return { microseconds: user + system };
}

const profiler = new Session();
if (isMainThread && CPU_PORT !== undefined) {
  const server = createServer(async (request, response) => {
    try {
      response.end(JSON.stringify(await answer(request.url ?? '/')));
    } catch (error) {
      response.statusCode = 500;
      response.end(String(error));
    }
  });
  server.listen(Number(CPU_PORT), '127.0.0.1').unref();
}
