/** How the client is served: trust headers on everything, one canonical origin, hashed files for ever, the page never. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { get as getHttp } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { beforeAll, describe, expect, it } from 'vitest';
import { createHttpServer } from '../../../sync-server/http/server.ts';
import { LIMITS } from '../../../sync-server/limits.ts';
import { createLog } from '../../../sync-server/log.ts';
import { serveClientPages } from '../../../sync-server/page/client-pages.ts';

const ORIGIN = 'https://concord.example';
const HOST = 'concord.example';

describe('pages', () => {
  let app: FastifyInstance;
  const get = (url: string, host = HOST) => app.inject({ method: 'GET', url, headers: { host } });

  beforeAll(async () => {
    const directory = mkdtempSync(join(tmpdir(), 'concord-pages-'));
    mkdirSync(join(directory, 'assets'));
    writeFileSync(join(directory, 'index.html'), '<!doctype html><title>Concord</title>');
    writeFileSync(join(directory, 'assets', 'main-abc123.js'), 'export {};');
    writeFileSync(join(directory, 'assets', 'main-abc123.js.gz'), gzipSync('export {};'));
    writeFileSync(join(directory, 'sw.js'), 'self;');
    writeFileSync(join(directory, 'manifest.webmanifest'), '{}');
    app = await createHttpServer({
      limits: LIMITS,
      log: createLog('silent'),
      origin: () => ORIGIN,
      tls: null,
      now: () => 0,
      isKnown: () => false,
    });
    app.get('/health', async () => ({ status: 'ok' }));
    app.get('/api/boom', async () => {
      throw new Error('王某的秘密');
    });
    await serveClientPages(app, { directory, origin: () => ORIGIN });
  });

  it('names every source of script, style and connection, and forbids the rest', async () => {
    for (const url of ['/', '/assets/main-abc123.js', '/api/none', '/health']) {
      const { headers } = await get(url);
      const policy = String(headers['content-security-policy']).split('; ');
      expect(policy).toEqual(
        expect.arrayContaining([
          "default-src 'self'",
          "script-src 'self'",
          `connect-src 'self' wss://${HOST}`,
          "frame-ancestors 'none'",
          "base-uri 'none'",
          "object-src 'none'",
          "require-trusted-types-for 'script'",
          'trusted-types concord concord-worker',
        ]),
      );
      expect(headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' });
      expect(headers['strict-transport-security']).toContain('max-age');
    }
  });

  it('keeps hashed files for ever and the page never, on every path of the client', async () => {
    expect((await get('/assets/main-abc123.js')).headers['cache-control']).toContain('immutable');
    for (const url of ['/', '/cases/5e2d0a10', '/documents/x?y=z']) {
      const page = await get(url);
      expect(page.statusCode).toBe(200);
      expect(page.body).toContain('Concord');
      expect(page.headers['cache-control']).toBe('no-store');
    }
  });

  it('never lets the service worker be kept, and serves it and the manifest as what they are', async () => {
    const worker = await get('/sw.js');
    expect(worker.headers['content-type']).toMatch(/javascript/);
    expect(worker.headers['cache-control']).toBe('no-store');
    expect((await get('/manifest.webmanifest')).headers['content-type']).toMatch(/manifest\+json/);
  });

  it('sends the compressed form to whoever takes it, under the same promise', async () => {
    const url = '/assets/main-abc123.js';
    const sent = await app.inject({ method: 'GET', url, headers: { host: HOST, 'accept-encoding': 'gzip' } });
    expect(sent.headers).toMatchObject({ 'content-encoding': 'gzip' });
    expect(sent.headers['cache-control']).toContain('immutable');
    expect(sent.headers['content-type']).toMatch(/javascript/);
    expect(sent.headers.vary).toMatch(/accept-encoding/i);
    expect(gunzipSync(sent.rawPayload).toString()).toBe('export {};');
    expect((await get(url)).body).toBe('export {};');
  });

  it('answers what is not there as an error, never as a page', async () => {
    for (const url of ['/api/none', '/assets/gone-000.js', '/sync/x', '/metrics', '/sw.js.map']) {
      const answer = await get(url);
      expect(answer.statusCode).toBe(404);
      expect(answer.json()).toMatchObject({ error: { code: 'not-found' } });
    }
    expect((await get('/../../etc/passwd')).body).not.toContain('root:');
  });

  it('says nothing of the inside when something breaks', async () => {
    const answer = await get('/api/boom');
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('秘密');
  });

  it('redirects pages of another host name to the canonical origin, and nowhere else', async () => {
    const moved = await get('/cases/1?x=2', '10.0.0.7:4870');
    expect(moved.statusCode).toBe(308);
    expect(moved.headers.location).toBe(`${ORIGIN}/cases/1?x=2`);
    expect((await get('//evil.example/', '10.0.0.7')).headers.location).toBe(`${ORIGIN}/evil.example/`);
    expect((await get('/health', '10.0.0.7')).statusCode).toBe(200);
    // As no browser would write it; `inject` would tidy it up.
    const port = Number(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port);
    const location = await new Promise((resolve) => {
      const options = { port, host: '127.0.0.1', path: '/\\evil.example/', headers: { host: '10.0.0.7' } };
      getHttp(options, (answer) => resolve(answer.resume().headers.location));
    });
    expect(location).toBe(`${ORIGIN}/evil.example/`);
    await app.close();
  });
});
