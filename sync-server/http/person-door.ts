/** A door for bodies: read only from people who are signed in, and of each so many in a minute. Knows no route. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Accounts } from '../accounts/accounts.ts';
import { HttpRefusal } from './refusal.ts';
import { requireSession } from './server.ts';

/** An `onRequest` hook, which runs before the body is read. Routes that share one share its count. */
export function personDoor(
  app: FastifyInstance,
  accounts: Accounts,
  perMinute: number,
): (request: FastifyRequest) => Promise<void> {
  const perPerson = app.createRateLimit({
    max: perMinute,
    timeWindow: '1 minute',
    keyGenerator: (request) => requireSession(accounts, request).personId,
  });
  return async (request) => {
    requireSession(accounts, request);
    const state = await perPerson(request);
    if (!state.isAllowed && state.isExceeded) throw new HttpRefusal(429, 'too-many', 'too many at once; wait a minute');
  };
}
