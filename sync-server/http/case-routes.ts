/** Cases and documents: what a person sees, and the commands that change it. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { activityCursorSchema } from '../../shared/api.ts';
import { type Command, type CommandResult, commandSchema } from '../../shared/commands.ts';
import { uuidSchema } from '../../shared/ids.ts';
import { type Accounts, StoreTrouble } from '../accounts/accounts.ts';
import type { CommandDesk } from '../commands/command-desk.ts';
import type { Limits } from '../limits.ts';
import { activityOf } from '../store/activity-reading.ts';
import { caseOf, casesOf } from '../store/catalogue.ts';
import type { StoreReader } from '../store/reader.ts';
import { personDoor } from './person-door.ts';
import { apiError, HttpRefusal, parseInput } from './refusal.ts';
import { requireSession } from './server.ts';

export interface CaseRoutesOptions {
  readonly accounts: Accounts;
  readonly reader: StoreReader;
  readonly desk: CommandDesk;
  readonly limits: Limits;
  readonly randomUuid: () => string;
}

type IdRoute = { Params: { id: string } };

const objectSchema = z.record(z.string(), z.unknown());

export function caseRoutes(app: FastifyInstance, options: CaseRoutesOptions): void {
  const { accounts, reader, desk, limits, randomUuid } = options;

  const admit = personDoor(app, accounts, limits.commandsPerMinute);
  const commandDoor = { onRequest: admit };

  app.get('/api/cases', async (request) => casesOf(reader.db, requireSession(accounts, request).personId));

  app.get<IdRoute>('/api/cases/:id', async (request) => {
    const { personId } = requireSession(accounts, request);
    const found = caseOf(reader.db, personId, parseInput(uuidSchema, request.params.id));
    if (found === null) throw new HttpRefusal(404, 'unknown-case', 'there is no such case among yours');
    return found;
  });

  app.get<IdRoute & { Querystring: { before?: string } }>('/api/cases/:id/activity', async (request) => {
    const { personId } = requireSession(accounts, request);
    const { before } = request.query;
    const page = activityOf(reader.db, personId, parseInput(uuidSchema, request.params.id), {
      before: before === undefined ? null : parseInput(activityCursorSchema, before),
      limit: limits.activityItems,
    });
    if (page === null) throw new HttpRefusal(404, 'unknown-case', 'there is no such case among yours');
    return page;
  });

  app.post('/api/commands', commandDoor, async (request, reply) => {
    const { personId } = requireSession(accounts, request);
    const result = await run(personId, parseInput(commandSchema, request.body));
    return reply.code(result.outcome === 'done' ? 200 : 409).send(result);
  });

  app.put<IdRoute>('/api/cases/:id', commandDoor, async (request, reply) => {
    const { personId } = requireSession(accounts, request);
    const body = parseInput(objectSchema, request.body);
    return create(reply, personId, { ...body, type: 'createCase', caseId: request.params.id });
  });

  app.put<IdRoute>('/api/documents/:id', commandDoor, async (request, reply) => {
    const { personId } = requireSession(accounts, request);
    const body = parseInput(objectSchema, request.body);
    return create(reply, personId, { ...body, type: 'registerDocument', documentId: request.params.id });
  });

  /** Creating by PUT: idempotent by the id in the path, so the command needs no id of its own. */
  async function create(reply: FastifyReply, personId: string, input: Record<string, unknown>): Promise<unknown> {
    const command = parseInput(commandSchema, { commandId: randomUuid(), ...input });
    const result = await run(personId, command);
    if (result.outcome === 'done') return result;
    return reply.code(409).send(apiError(result.reason, 'the command was refused'));
  }

  async function run(personId: string, command: Command): Promise<CommandResult> {
    const result = await desk.run(personId, command);
    if (result === null) throw new StoreTrouble('command');
    return result;
  }
}
