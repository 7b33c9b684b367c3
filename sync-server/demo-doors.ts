/**
 * What the demonstration loader may do, made from the relay's own parts: accounts, commands as somebody, and content
 * that passes the gate as somebody's. Runs at start, before anybody is connected. What is there already stays.
 */
import { DEMO_PASSWORD } from '../shared/demo/demonstration.ts';
import { capability } from '../shared/permissions.ts';
import { type RoomKind, roomKey } from '../shared/rooms.ts';
import { hashPassword } from './accounts/passwords.ts';
import type { CommandDesk } from './commands/command-desk.ts';
import type { DemoDoors } from './demo/load.ts';
import { LiveDocument } from './room/live-document.ts';
import type { StoreReader } from './store/reader.ts';
import type { Writer } from './store/writer.ts';

export interface DemoDoorsOptions {
  readonly reader: StoreReader;
  readonly writer: Writer;
  readonly desk: CommandDesk;
  readonly log: DemoDoors['log'];
}

export function demoDoors({ reader, writer, desk, log }: DemoDoorsOptions): DemoDoors {
  /** Rooms as this run has filled them; nobody else writes meanwhile. */
  const rooms = new Map<string, LiveDocument>();
  const openRoom = (key: string, room: RoomKind) => {
    const known = rooms.get(key);
    if (known !== undefined) return known;
    const content = new LiveDocument(room);
    if (!content.load(reader.loadRoom(key))) throw new Error(`room ${key} does not stand alone`);
    rooms.set(key, content);
    return content;
  };
  /** One hash for everybody: the password is printed at every start, a salt of one's own would protect nothing. */
  let passwordHash: Promise<string> | null = null;

  return {
    log,
    createAgency: async (agencyId, agency) => {
      if (reader.agencies().some((known) => known.agencyId === agencyId)) return;
      const reply = await writer.write({ kind: 'putAgency', agencyId, agency });
      if (reply.kind !== 'done') throw new Error(`agency ${agencyId}: ${reply.kind}`);
    },
    createPerson: async (personId, input) => {
      if (reader.person(personId) !== null) return;
      passwordHash ??= hashPassword(DEMO_PASSWORD);
      const person = { personId, ...input, passwordHash: await passwordHash };
      const reply = await writer.write({ kind: 'putPerson', person });
      if (reply.kind !== 'done') throw new Error(`person ${personId}: ${'code' in reply ? reply.code : reply.kind}`);
    },
    hasCase: (caseId) => reader.hasCase(caseId),
    commandAtMs: (personId, commandId) => reader.commandAtMs(personId, commandId),
    runAs: async (personId, command) => {
      const result = await desk.run(personId, command);
      if (result === null) throw new Error(`the store could not take ${command.type}`);
      return result;
    },
    append: async (documentId, personId, room, update) => {
      const standing = reader.standing(documentId, personId);
      const member = standing?.member;
      if (standing == null || member == null) throw new Error(`${personId} is no member for ${documentId}`);
      const { audience, audienceAgencyId, state } = standing;
      const may = capability({ ...member, actingAgencyId: member.agencyId, audience, audienceAgencyId, state, room });
      const key = roomKey({ documentId, room });
      const content = openRoom(key, room);
      const verdict = content.judge(update, { personId, capability: may, documentState: state });
      if (verdict.type === 'noEffect') return;
      const effective = verdict.type === 'accepted' ? content.apply(update) : null;
      if (verdict.type !== 'accepted' || effective === null) throw new Error(`content for ${key}: ${verdict.type}`);
      content.own(verdict.newClientIds, personId);
      const reply = await writer.write({
        kind: 'append',
        room: key,
        update: effective,
        author: personId,
        agencyId: member.agencyId,
        role: member.role,
        connection: null,
        newClientIds: verdict.newClientIds,
      });
      if (reply.kind !== 'appended') throw new Error(`the store could not take content for ${key}`);
    },
  };
}
