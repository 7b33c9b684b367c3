/**
 * Loaded into a measured server with `--import`: on the port FIGURES_PORT it answers with the CPU time the process has used,
 * all its threads together; collects what nobody needs, so that its memory can be read from outside; and writes a CPU profile of
 * its main thread. The server itself knows nothing of it.
 */
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Session } from 'node:inspector/promises';
import { isMainThread } from 'node:worker_threads';

const { FIGURES_PORT } = process.env;

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
  if (path === '/collect') {
    const session = new Session();
    session.connect();
    // As when memory runs short: what is free goes back to the system.
    await session.post('HeapProfiler.collectGarbage');
    session.disconnect();
    return {};
  }
  const { user, system } = process.cpuUsage();
  return { microseconds: user + system };
}

const profiler = new Session();
if (isMainThread && FIGURES_PORT !== undefined) {
  const server = createServer(async (request, response) => {
    try {
      response.end(JSON.stringify(await answer(request.url ?? '/')));
    } catch (error) {
      response.statusCode = 500;
      response.end(String(error));
    }
  });
  server.listen(Number(FIGURES_PORT), '127.0.0.1').unref();
}
