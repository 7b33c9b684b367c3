/**
 * The HTTP side of the relay: security headers on every answer, the origin check of everything that changes something,
 * who is asking, errors as {error: {code, message, fields?}}, and a log line per request. The routes are beside this file.
 */
import { createHash } from 'node:crypto';
import type { SecureServerOptions } from 'node:http2';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type Accounts, type SignedIn, StoreTrouble } from '../accounts/accounts.ts';
import { tokenInCookie } from '../accounts/cookie.ts';
import type { Limits } from '../limits.ts';
import { type Log, stackOf } from '../log.ts';
import { securityHeaders } from '../page/headers.ts';
import { boundUnknown, deadlineOptions } from './before-admission.ts';
import { apiError, HttpRefusal } from './refusal.ts';

export interface HttpOptions {
  readonly limits: Limits;
  readonly log: Log;
  /** The canonical origin; known once the port is open. */
  readonly origin: () => string;
  readonly tls: Pick<SecureServerOptions, 'cert' | 'key'> | null;
  readonly now: () => number;
  /** Whether somebody is signed in who asks this. */
  readonly isKnown: (request: FastifyRequest) => boolean;
}

/** A server without routes. */
export async function createHttpServer({
  limits,
  log,
  origin,
  tls,
  now,
  isKnown,
}: HttpOptions): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: limits.httpBodyBytes,
    requestTimeout: limits.requestMs,
    forceCloseConnections: true,
    ...(tls === null ? { http: deadlineOptions(limits) } : { https: { ...tls, ...deadlineOptions(limits) } }),
  }) as unknown as FastifyInstance;
  await app.register(rateLimit, { global: false });
  boundUnknown(app, limits, isKnown);

  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders(origin()));
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
    const { origin: from } = request.headers;
    if (request.method !== 'GET' && request.method !== 'HEAD' && from !== undefined && from !== origin()) {
      throw new HttpRefusal(403, 'wrong-origin', 'requests that change something come from the page of this server');
    }
  });

  // Pages ask again every minute; what has not changed is not sent again.
  app.addHook('onSend', async (request, reply, payload) => {
    const isAnswer = request.method === 'GET' && request.url.startsWith('/api/') && reply.statusCode === 200;
    if (!isAnswer || typeof payload !== 'string') return payload;
    const tag = `"${createHash('sha256').update(payload).digest('base64url')}"`;
    reply.header('etag', tag);
    if (request.headers['if-none-match'] !== tag) return payload;
    reply.code(304);
    return '';
  });

  const startedAt = new WeakMap<FastifyRequest, number>();
  app.addHook('onRequest', async (request) => {
    startedAt.set(request, now());
  });
  app.addHook('onResponse', async (request, reply) => {
    log.debug({
      event: 'request',
      method: request.method,
      route: request.routeOptions.url ?? '(page)',
      status: reply.statusCode,
      ms: Math.round(now() - (startedAt.get(request) ?? now())),
    });
  });

  app.setErrorHandler((error: unknown, request, reply) => {
    if (error instanceof HttpRefusal) {
      return reply.code(error.status).send(apiError(error.code, error.message, error.fields));
    }
    if (error instanceof StoreTrouble) {
      return reply.code(503).send(apiError('store-failed', 'the server cannot write now; try again later'));
    }
    const status = statusOf(error);
    if (status === 413) return reply.code(413).send(apiError('too-big', 'the input is too large'));
    if (status < 500) return reply.code(status).send(apiError('bad-input', 'the request cannot be read'));
    log.error({ event: 'requestFailed', route: request.routeOptions.url, stack: stackOf(error) });
    return reply.code(500).send(apiError('internal', 'something went wrong on the server'));
  });
  return app;
}

/** Who is asking; refuses when nobody is signed in. */
export function requireSession(accounts: Accounts, request: FastifyRequest): SignedIn {
  const signedIn = accounts.session(tokenInCookie(request.headers.cookie));
  if (signedIn === null) throw new HttpRefusal(401, 'sign-in', 'sign in first');
  // A page says whose it is: when the browser's cookie has become another person's, nothing is done in their name.
  const as = request.headers['x-concord-as'];
  if (as !== undefined && as !== signedIn.personId) {
    throw new HttpRefusal(401, 'other-person', 'this browser is signed in as somebody else');
  }
  return signedIn;
}

function statusOf(error: unknown): number {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : 500;
}
