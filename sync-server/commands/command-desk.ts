/**
 * Where commands come in: hands them to the writer thread and does what follows from them while people are connected.
 * Freezing takes two steps: announce, let clients hand in what they have, then close the body and record it.
 */
import type { Command, CommandResult } from '../../shared/commands.ts';
import type { Limits } from '../limits.ts';
import type { Writer } from '../store/writer.ts';
import type { Rooms } from '../sync/rooms.ts';
import type { Sockets } from '../sync/sockets.ts';

export interface CommandDeskOptions {
  readonly writer: Writer;
  readonly rooms: Rooms;
  readonly sockets: Sockets;
  readonly limits: Limits;
  /** Resolves after that many milliseconds. */
  readonly delay: (ms: number) => Promise<void>;
  /** Documents whose freeze is being completed; shared with admission. */
  readonly sealing: Set<string>;
}

export class CommandDesk {
  readonly #options: CommandDeskOptions;

  constructor(options: CommandDeskOptions) {
    this.#options = options;
  }

  /** The answer to a command; null when the store could not take it (nothing was done: try later). */
  async run(personId: string, command: Command): Promise<CommandResult | null> {
    return command.type === 'freezeDocument' ? this.#freeze(personId, command) : this.#write(personId, command);
  }

  async #write(personId: string, command: Command): Promise<CommandResult | null> {
    const reply = await this.#options.writer.write({ kind: 'command', personId, command });
    if (reply.kind !== 'command') return null;
    this.#options.rooms.absorb(reply.events);
    if (reply.result.outcome === 'done') this.#follow(command);
    return reply.result;
  }

  async #freeze(
    personId: string,
    command: Extract<Command, { type: 'freezeDocument' }>,
  ): Promise<CommandResult | null> {
    const { writer, rooms, sockets, limits, delay, sealing } = this.#options;
    const { documentId } = command;
    const begun = await writer.write({ kind: 'beginFreeze', personId, command });
    if (begun.kind === 'command') return begun.result;
    if (begun.kind !== 'freezing') return null;
    await Promise.race([rooms.announceFreeze({ documentId, room: 'body' }), delay(limits.freezeMs)]);
    // From here nothing more enters the body: who writes is sent out and comes back as a reader.
    sealing.add(documentId);
    sockets.readmit({ documentId });
    try {
      const result = await this.#write(personId, command);
      // Refused after all (a role or a version changed meanwhile): it must not stay announced for ever.
      if (result?.outcome !== 'done') await writer.write({ kind: 'callOffFreeze', documentId });
      return result;
    } finally {
      sealing.delete(documentId);
      sockets.readmit({ documentId });
    }
  }

  /** Sockets whose rights a command changed. */
  #follow(command: Command): void {
    const { sockets } = this.#options;
    switch (command.type) {
      case 'inviteMember':
      case 'changeRole':
      case 'removeMember':
        sockets.readmit({ caseId: command.caseId, personId: command.personId });
        break;
      case 'freezeDocument':
      case 'unfreezeDocument':
        sockets.readmit({ documentId: command.documentId });
        break;
      case 'createCase':
      case 'registerDocument':
      case 'giveNumber':
      case 'settleHeld':
        break;
    }
  }
}
