/**
 * Serves the built client: hashed assets may be kept for ever, the page itself never. Any path that is no file and no API
 * is a page of the client. Pages asked for under another host name are redirected: what a device keeps is kept per origin.
 */
import { resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { apiError } from '../http/refusal.ts';

export interface ClientPagesOptions {
  /** Absolute path of dist/client. */
  readonly directory: string;
  readonly origin: () => string;
}

export async function serveClientPages(app: FastifyInstance, { directory, origin }: ClientPagesOptions): Promise<void> {
  app.addHook('onRequest', async (request, reply) => {
    const isPage = request.method === 'GET' && !isService(request.url);
    if (isPage && request.headers.host !== new URL(origin()).host) {
      return reply.redirect(`${origin()}/${request.url.replace(/^[/\\]+/, '')}`, 308);
    }
  });
  await app.register(fastifyStatic, {
    root: resolve(directory),
    cacheControl: false,
    setHeaders: (response, path) => {
      const isHashed = path.includes('/assets/');
      response.setHeader('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-store');
    },
  });
  app.setNotFoundHandler(async (request, reply) => {
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && !isService(request.url);
    if (isPage && !request.url.startsWith('/assets/')) return reply.sendFile('index.html');
    return reply.code(404).send(apiError('not-found', 'there is nothing at this address'));
  });
}

/** Whether a path belongs to the program, not to the page. */
function isService(url: string): boolean {
  return /^\/(api|sync|health)(\/|\?|$)/.test(url);
}
