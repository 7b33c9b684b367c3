/**
 * Builds the harness pages as the product is built and serves it under the product's own security headers, so that a breach
 * of the page's policy shows here too. Binds 127.0.0.1 on a free port.
 */
import { readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { build, type UserConfig } from 'vite';
import { securityHeaders } from '../../../sync-server/page/headers.ts';
import productConfig from '../../../vite.config.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

const PAGES = ['index.html', 'fields.html'];

export interface HarnessServer {
  readonly origin: string;
  close(): Promise<void>;
}

export async function serveHarness(): Promise<HarnessServer> {
  const folder = join(import.meta.dirname, '../../../.cache/editor-harness');
  const product = productConfig as unknown as (env: { mode: string; command: 'build' }) => UserConfig;
  const client = product({ mode: 'production', command: 'build' });
  await build({
    ...client,
    configFile: false,
    logLevel: 'warn',
    root: import.meta.dirname,
    build: {
      ...client.build,
      outDir: folder,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: {
        ...client.build?.rolldownOptions,
        input: PAGES.map((page) => join(import.meta.dirname, page)),
      },
    },
  });
  let origin = '';
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://x').pathname);
    const file = path === '/' ? 'index.html' : path.slice(1);
    if (file === 'favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    try {
      const content = await readFile(join(folder, file));
      response.writeHead(200, { ...securityHeaders(origin), 'content-type': TYPES[extname(file)] ?? 'text/plain' });
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
