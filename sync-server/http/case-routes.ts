/** Cases and documents: what a person sees, the commands that change it, and the door for edits that were refused. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { activityCursorSchema, heldInputSchema } from '../../shared/api.ts';
import { type Command, type CommandResult, commandSchema } from '../../shared/commands.ts';
import { uuidSchema } from '../../shared/ids.ts';
import { canReadHeld } from '../../shared/permissions.ts';
import { type Accounts, StoreTrouble } from '../accounts/accounts.ts';
import type { CommandDesk } from '../commands/command-desk.ts';
import type { Limits } from '../limits.ts';
import { activityOf } from '../store/activity-reading.ts';
import { caseOf, casesOf, heldOf } from '../store/catalogue.ts';
import type { StoreReader } from '../store/reader.ts';
import type { Writer } from '../store/writer.ts';
import { capabilityOf } from '../sync/admission.ts';
import { apiError, HttpRefusal, parseInput } from './refusal.ts';
import { requireSession } from './server.ts';

export interface CaseRoutesOptions {
  readonly accounts: Accounts;
  readonly reader: StoreReader;
  readonly writer: Writer;
  readonly desk: CommandDesk;
  readonly limits: Limits;
  readonly randomUuid: () => string;
}

type IdRoute = { Params: { id: string } };

const objectSchema = z.record(z.string(), z.unknown());

export function caseRoutes(app: FastifyInstance, options: CaseRoutesOptions): void {
  const { accounts, reader, writer, desk, limits, randomUuid } = options;

  // Bodies are read only from people who are signed in.
  const knownOnly = { onRequest: async (request: FastifyRequest) => void requireSession(accounts, request) };

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

  app.post('/api/commands', knownOnly, async (request, reply) => {
    const { personId } = requireSession(accounts, request);
    const result = await run(personId, parseInput(commandSchema, request.body));
    return reply.code(result.outcome === 'done' ? 200 : 409).send(result);
  });

  app.put<IdRoute>('/api/cases/:id', knownOnly, async (request, reply) => {
    const { personId } = requireSession(accounts, request);
    const body = parseInput(objectSchema, request.body);
    return create(reply, personId, { ...body, type: 'createCase', caseId: request.params.id });
  });

  app.put<IdRoute>('/api/documents/:id', knownOnly, async (request, reply) => {
    const { personId } = requireSession(accounts, request);
    const body = parseInput(objectSchema, request.body);
    return create(reply, personId, { ...body, type: 'registerDocument', documentId: request.params.id });
  });

  const heldDoor = { ...knownOnly, bodyLimit: limits.heldBodyBytes };
  app.post<IdRoute>('/api/held/:id', heldDoor, async (request, reply) => {
    const { personId } = requireSession(accounts, request);
    const documentId = parseInput(uuidSchema, request.params.id);
    const { update, ...held } = parseInput(heldInputSchema, request.body);
    // Open to former members too: what somebody wrote offline before they left is not lost.
    if (reader.standing(documentId, personId)?.member == null) {
      throw new HttpRefusal(404, 'unknown-document', 'there is no such document among yours');
    }
    const payload = Buffer.from(update, 'base64');
    const answer = await writer.write({ kind: 'hold', documentId, authorId: personId, held, payload });
    if (answer.kind === 'failed') throw new StoreTrouble(answer.message);
    if (answer.kind === 'refused' && answer.code === 'too-much-held') {
      throw new HttpRefusal(413, answer.code, 'too much is held for you here already');
    }
    if (answer.kind === 'refused') throw new HttpRefusal(409, answer.code, 'this id stands for something else');
    return reply.code(204).send();
  });

  app.get<IdRoute>('/api/held/:id', async (request) => {
    const { personId } = requireSession(accounts, request);
    const documentId = parseInput(uuidSchema, request.params.id);
    const standing = reader.standing(documentId, personId);
    // What was held has the document's audience: being the host of the case does not open it.
    if (standing === null || capabilityOf(standing, { documentId, room: 'body' }) === 'none') {
      throw new HttpRefusal(404, 'unknown-document', 'there is no such document among yours');
    }
    const { member, audience } = standing;
    if (member === null || !canReadHeld(member.role, audience)) {
      throw new HttpRefusal(403, 'not-allowed', 'only who acts as host of the document reads held edits');
    }
    return heldOf(reader.db, documentId);
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
