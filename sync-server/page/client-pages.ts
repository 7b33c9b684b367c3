/**
 * Serves the built client, compressed where it was built so: hashed assets may be kept for ever, the page and the service
 * worker never. Any path that is no file and no API is a page of the client. Pages asked for under another host name are redirected: what a device keeps is kept per origin.
 */
import { resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { isServicePath } from '../../shared/service-paths.ts';
import { apiError } from '../http/refusal.ts';

export interface ClientPagesOptions {
  /** Absolute path of dist/client. */
  readonly directory: string;
  readonly origin: () => string;
}

export async function serveClientPages(app: FastifyInstance, { directory, origin }: ClientPagesOptions): Promise<void> {
  app.addHook('onRequest', async (request, reply) => {
    const isPage = request.method === 'GET' && !isServicePath(request.url);
    if (isPage && request.headers.host !== new URL(origin()).host) {
      return reply.redirect(`${origin()}/${request.url.replace(/^[/\\]+/, '')}`, 308);
    }
  });
  await app.register(fastifyStatic, {
    root: resolve(directory),
    cacheControl: false,
    preCompressed: true,
    setHeaders: (response, path) => {
      response.setHeader('vary', 'accept-encoding');
      const isHashed = path.includes('/assets/');
      response.setHeader('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-store');
    },
  });
  app.setNotFoundHandler(async (request, reply) => {
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && !isServicePath(request.url);
    // A script that is gone must not be answered with a page: the browser would keep that as its service worker's.
    if (isPage && !/^\/(assets\/|sw\.js)/.test(request.url)) return reply.sendFile('index.html');
    return reply.code(404).send(apiError('not-found', 'there is nothing at this address'));
  });
}
