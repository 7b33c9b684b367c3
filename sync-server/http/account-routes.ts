/** Sign-in, sign-out, who am I, the first administrator, and the directory of agencies and people. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { agencyInputSchema, type Me, personInputSchema, setupSchema, signInSchema } from '../../shared/api.ts';
import { uuidSchema } from '../../shared/ids.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { StoreTrouble } from '../accounts/accounts.ts';
import { sessionCookie, tokenInCookie } from '../accounts/cookie.ts';
import type { Limits } from '../limits.ts';
import { directoryOf } from '../store/catalogue.ts';
import type { StoreReader } from '../store/reader.ts';
import type { Writer } from '../store/writer.ts';
import type { Sockets } from '../sync/sockets.ts';
import { HttpRefusal, parseInput } from './refusal.ts';
import { requireSession } from './server.ts';
import { Turnstile } from './turnstile.ts';

export interface AccountRoutesOptions {
  readonly accounts: Accounts;
  readonly reader: StoreReader;
  readonly writer: Writer;
  readonly sockets: Sockets;
  readonly limits: Limits;
  readonly generation: string;
  readonly isSecure: boolean;
}

export function accountRoutes(app: FastifyInstance, options: AccountRoutesOptions): void {
  const { accounts, reader, writer, sockets, limits, generation, isSecure } = options;

  const perAddress = app.createRateLimit({ max: limits.signInsPerAddress, timeWindow: '1 minute' });
  const perName = app.createRateLimit({
    max: limits.signInsPerName,
    timeWindow: '1 minute',
    keyGenerator: (request) => `${request.ip} ${nameIn(request)}`,
  });
  const passwords = new Turnstile(limits.passwordsAtOnce, limits.passwordsWaiting);
  const refuseGuessing = async (request: FastifyRequest) => {
    for (const limit of [perAddress, perName]) {
      const state = await limit(request);
      if (!state.isAllowed && state.isExceeded)
        throw new HttpRefusal(429, 'too-many', 'too many attempts; wait a minute');
    }
  };

  app.post(
    '/api/session',
    { preHandler: refuseGuessing, bodyLimit: limits.unknownBodyBytes },
    async (request, reply) => {
      const input = parseInput(signInSchema, request.body);
      const token = await passwords.pass(() => accounts.signIn(input));
      if (token === null) throw new HttpRefusal(401, 'wrong-name-or-password', 'name or password is wrong');
      // The browser is this person's from here on: what the one before left open in it ends.
      const before = accounts.session(tokenInCookie(request.headers.cookie));
      if (before !== null && before.personId !== accounts.session(token)?.personId) {
        await accounts.signOut(before.tokenHash);
        sockets.signedOut(before.tokenHash);
      }
      return reply.header('set-cookie', sessionCookie(token, isSecure)).code(204).send();
    },
  );

  app.delete('/api/session', async (request, reply) => {
    const { tokenHash } = requireSession(accounts, request);
    await accounts.signOut(tokenHash);
    sockets.signedOut(tokenHash);
    return reply.header('set-cookie', sessionCookie(null, isSecure)).code(204).send();
  });

  app.get('/api/session', async (request): Promise<Me> => {
    const { personId } = requireSession(accounts, request);
    const person = reader.person(personId);
    if (person === null) throw new HttpRefusal(401, 'sign-in', 'sign in first');
    const agencies = reader.agencies().filter((agency) => person.agencyIds.includes(agency.agencyId));
    return { person, agencies, generation };
  });

  app.post('/api/setup', { preHandler: refuseGuessing, bodyLimit: limits.unknownBodyBytes }, async (request, reply) => {
    const input = parseInput(setupSchema, request.body);
    const answer = await passwords.pass(() => accounts.setUp(input));
    if ('refused' in answer) throw new HttpRefusal(403, answer.refused, 'this link has been used or is not valid');
    return reply.header('set-cookie', sessionCookie(answer.token, isSecure)).code(204).send();
  });

  app.get('/api/directory', async (request) => {
    requireSession(accounts, request);
    return directoryOf(reader.db);
  });

  const administratorOnly = { onRequest: async (request: FastifyRequest) => requireAdministrator(request) };

  app.put<{ Params: { id: string } }>('/api/agencies/:id', administratorOnly, async (request, reply) => {
    const agencyId = parseInput(uuidSchema, request.params.id);
    const agency = parseInput(agencyInputSchema, request.body);
    const answer = await writer.write({ kind: 'putAgency', agencyId, agency });
    if (answer.kind === 'failed') throw new StoreTrouble(answer.message);
    return reply.code(204).send();
  });

  app.put<{ Params: { id: string } }>('/api/people/:id', administratorOnly, async (request, reply) => {
    const personId = parseInput(uuidSchema, request.params.id);
    const input = parseInput(personInputSchema, request.body);
    const refused = await accounts.putPerson(personId, input);
    if (refused !== null) throw new HttpRefusal(409, refused, 'the person cannot be kept like this');
    sockets.readmit({ personId });
    return reply.code(204).send();
  });

  function requireAdministrator(request: FastifyRequest): void {
    const { personId } = requireSession(accounts, request);
    if (reader.person(personId)?.isAdministrator !== true) {
      throw new HttpRefusal(403, 'not-allowed', 'only an administrator may do this');
    }
  }
}

/** The name somebody tries to sign in with, for the rate limit only; any input at all. */
function nameIn(request: FastifyRequest): string {
  const parsed = signInSchema.safeParse(request.body);
  return parsed.success ? parsed.data.name.trim() : '';
}
