/** The table of rights, cell by cell, written out apart from the code so that a change must be meant. */
import { describe, expect, it } from 'vitest';
import {
  AUDIENCES,
  type Audience,
  CASE_COMMANDS,
  canCommand,
  canSettleHeld,
  capability,
  DOCUMENT_STATES,
  ROLES,
  type Role,
} from '../../shared/permissions.ts';
import { ROOM_KINDS, type RoomKind } from '../../shared/rooms.ts';

/** By role: body, review, work, record in a draft of an audience the person is in. w write, r read. */
const RIGHTS: Record<Role, string> = {
  host: 'wwwr',
  mediator: 'wwwr',
  recorder: 'wwwr',
  participant: 'wwwr',
  reviewer: 'rwrr',
  observer: 'rrrr',
};

const ENTER: Record<Exclude<Audience, 'agency'>, readonly Role[]> = {
  joint: ['host', 'mediator', 'recorder', 'participant', 'reviewer', 'observer'],
  mediators: ['mediator', 'recorder'],
  restricted: ['host', 'mediator', 'recorder'],
};

const LETTER = { w: 'write', r: 'read' } as const;

function expected(role: Role, audience: Audience, isOwnAgency: boolean, room: RoomKind, isFrozen: boolean): string {
  const isIn = audience === 'agency' ? isOwnAgency : ENTER[audience].includes(role);
  if (!isIn) return 'none';
  if (room === 'body' && isFrozen) return 'read';
  return LETTER[RIGHTS[role].charAt(ROOM_KINDS.indexOf(room)) as 'w' | 'r'];
}

describe('capability', () => {
  for (const role of ROLES) {
    for (const audience of AUDIENCES) {
      for (const isOwnAgency of [true, false]) {
        it(`[R6] ${role} in ${audience}${isOwnAgency ? ' of the own agency' : ''}: every room and state as the table says`, () => {
          for (const state of DOCUMENT_STATES) {
            for (const room of ROOM_KINDS) {
              const question = {
                role,
                actingAgencyId: isOwnAgency ? 'a' : 'b',
                audience,
                audienceAgencyId: audience === 'agency' ? 'a' : null,
                state,
                room,
              };
              const wanted = expected(role, audience, isOwnAgency, room, state === 'frozen');
              expect(capability(question), `${state} ${room}`).toBe(wanted);
            }
          }
        });
      }
    }
  }
});

describe('commands', () => {
  const table: Record<(typeof CASE_COMMANDS)[number], readonly Role[]> = {
    registerDocument: ['host', 'mediator', 'recorder', 'participant'],
    inviteMember: ['host'],
    changeRole: ['host'],
    removeMember: ['host'],
    freezeDocument: ['host', 'mediator'],
    unfreezeDocument: ['host'],
    giveNumber: ['host', 'recorder'],
    settleHeld: ['host', 'mediator', 'recorder', 'participant'],
  };
  for (const command of CASE_COMMANDS) {
    it(`${command} is given by ${table[command].join(', ')} and nobody else`, () => {
      expect(ROLES.filter((role) => canCommand(role, command))).toEqual(table[command]);
    });
  }
});

describe('held edits', () => {
  const settlers: Record<Audience, readonly Role[]> = {
    joint: ['host'],
    agency: ['host', 'mediator', 'recorder', 'participant'],
    mediators: ['mediator'],
    restricted: ['host'],
  };
  for (const audience of AUDIENCES) {
    it(`of a document for ${audience} are settled by ${settlers[audience].join(', ')}, who may all give the command`, () => {
      const may = ROLES.filter((role) => canSettleHeld(role, audience));
      expect(may).toEqual(settlers[audience]);
      expect(may.filter((role) => !canCommand(role, 'settleHeld'))).toEqual([]);
    });
  }
});
