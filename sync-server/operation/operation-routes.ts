/**
 * What an operator's tools ask: /health for everybody (it says how the relay is, nothing about anybody; which rooms are damaged only to those tools), /metrics for tools on
 * this machine, or anywhere with the token of the configuration.
 */
import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HttpRefusal } from '../http/refusal.ts';
import { type HealthLimits, healthReasons, type Vitals } from './health.ts';
import type { PrometheusMeter } from './meter.ts';

export interface OperationRoutesOptions {
  readonly meter: PrometheusMeter;
  readonly vitals: () => Vitals;
  readonly limits: HealthLimits;
  readonly generation: string;
  readonly counts: () => { readonly rooms: number; readonly sockets: number };
  /** What a tool elsewhere has to show; null: only this machine may ask. */
  readonly metricsToken: string | null;
}

export function operationRoutes(app: FastifyInstance, options: OperationRoutesOptions): void {
  const { meter, vitals, limits, generation, counts, metricsToken } = options;

  app.get('/health', async (request) => {
    const signs = vitals();
    const reasons = healthReasons(signs, limits);
    const { damagedRooms } = signs;
    // Which rooms is for whoever runs the relay.
    const isTold = damagedRooms.length > 0 && (isFromHere(request) || hasToken(request, metricsToken));
    const which = isTold ? { damagedRooms } : {};
    return { status: reasons.length === 0 ? 'ok' : 'degraded', reasons, ...which, generation, ...counts() };
  });

  app.get('/metrics', async (request, reply) => {
    if (!isFromHere(request) && !hasToken(request, metricsToken)) {
      throw new HttpRefusal(403, 'not-allowed', 'metrics are for this machine, or for who has the token');
    }
    const { contentType, body } = await meter.text();
    return reply.header('cache-control', 'no-store').type(contentType).send(body);
  });
}

/** Behind a proxy on the same machine everybody seems to be here: what was passed on is not. */
function isFromHere({ ip, headers }: FastifyRequest): boolean {
  const isPassedOn = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
  return !isPassedOn && (ip === '127.0.0.1' || ip === '::1' || ip === '::ffff:127.0.0.1');
}

function hasToken({ headers }: FastifyRequest, token: string | null): boolean {
  if (token === null) return false;
  const [shown, wanted] = [Buffer.from(headers.authorization ?? ''), Buffer.from(`Bearer ${token}`)];
  return shown.length === wanted.length && timingSafeEqual(shown, wanted);
}
