/**
 * The door for edits that were refused: handed in by whoever wrote them, also after they have left; told of and read one by
 * one by whoever acts as the document's host, and by everybody their own. What becomes of them is a command.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Held, type HeldList, heldInputSchema } from '../../shared/held.ts';
import { uuidSchema } from '../../shared/ids.ts';
import { canSettleHeld } from '../../shared/permissions.ts';
import { type Accounts, StoreTrouble } from '../accounts/accounts.ts';
import { scanUpdate } from '../gate/scan.ts';
import type { Limits } from '../limits.ts';
import { deletedSince } from '../store/deleted-since.ts';
import { type HeldOf, listHeld, readHeld } from '../store/held.ts';
import type { StoreReader } from '../store/reader.ts';
import type { Writer } from '../store/writer.ts';
import { capabilityOf } from '../sync/admission.ts';
import { personDoor } from './person-door.ts';
import { HttpRefusal, parseInput } from './refusal.ts';
import { requireSession } from './server.ts';

export interface HeldRoutesOptions {
  readonly accounts: Accounts;
  readonly reader: StoreReader;
  readonly writer: Writer;
  readonly limits: Limits;
}

type DocumentRoute = { Params: { id: string } };
type HeldRoute = { Params: { id: string; heldId: string } };

export function heldRoutes(app: FastifyInstance, { accounts, reader, writer, limits }: HeldRoutesOptions): void {
  const admit = personDoor(app, accounts, limits.heldPerMinute);

  app.post<DocumentRoute>(
    '/api/held/:id',
    { bodyLimit: limits.heldBodyBytes, onRequest: admit },
    async (request, reply) => {
      const { personId } = requireSession(accounts, request);
      const documentId = parseInput(uuidSchema, request.params.id);
      const { update, ...held } = parseInput(heldInputSchema, request.body);
      // Open to former members too: what somebody wrote offline before they left is not lost.
      if (reader.standing(documentId, personId)?.member == null) throw unknownDocument();
      const payload = Buffer.from(update, 'base64');
      // Whoever reads it builds it in memory: it must not ask for more than it is.
      if (scanUpdate(payload) === null) throw new HttpRefusal(400, 'bad-update', 'this is no update of a document');
      const answer = await writer.write({ kind: 'hold', documentId, authorId: personId, held, payload });
      if (answer.kind === 'failed') throw new StoreTrouble(answer.message);
      if (answer.kind === 'refused' && answer.code === 'too-much-held') {
        throw new HttpRefusal(413, answer.code, 'too much is held for you here already');
      }
      if (answer.kind === 'refused') throw new HttpRefusal(409, answer.code, 'this id stands for something else');
      return reply.code(204).send();
    },
  );

  app.get<DocumentRoute>('/api/held/:id', async (request): Promise<HeldList> => {
    const { of, mayEnter } = whose(request);
    const list = listHeld(reader.db, of, limits.heldListed);
    // To somebody outside, a document with nothing of theirs and no document at all look the same.
    if (!mayEnter && list.total === 0) throw unknownDocument();
    return list;
  });

  app.get<HeldRoute>('/api/held/:id/:heldId', { onRequest: admit }, async (request): Promise<Held> => {
    const { of, mayEnter } = whose(request);
    const held = readHeld(reader.db, of, parseInput(uuidSchema, request.params.heldId));
    if (held === null) throw new HttpRefusal(404, 'unknown-held', 'there is no such edit among yours');
    // Whoever is outside learns nothing of what is done in the document.
    if (!mayEnter) return { ...held, deletedSince: [] };
    const settled = await writer.write({ kind: 'settle' });
    if (settled.kind === 'failed') throw new StoreTrouble(settled.message);
    return { ...held, deletedSince: deletedSince(reader.db, of.documentId, held, limits) };
  });

  /** Which held edits of the document the person reads: being the host of a case opens no audience they are not in. */
  function whose(request: FastifyRequest<DocumentRoute>): { of: HeldOf; mayEnter: boolean } {
    const { personId } = requireSession(accounts, request);
    const documentId = parseInput(uuidSchema, request.params.id);
    const standing = reader.standing(documentId, personId);
    if (standing === null || standing.member === null) throw unknownDocument();
    const mayEnter = capabilityOf(standing, { documentId, room: 'body' }) !== 'none';
    const readsAll = mayEnter && canSettleHeld(standing.member.role, standing.audience);
    return { of: { documentId, authorId: readsAll ? null : personId }, mayEnter };
  }
}

function unknownDocument(): HttpRefusal {
  return new HttpRefusal(404, 'unknown-document', 'there is no such document among yours');
}
