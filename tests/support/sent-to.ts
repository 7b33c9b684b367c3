/** Whether what a room wants done is to say something to this session. */
import type { RoomEffect } from '../../sync-server/room/effects.ts';

export function isSentTo(sessionId: string, effect: RoomEffect): effect is Extract<RoomEffect, { type: 'send' }> {
  return effect.type === 'send' && effect.to.some(({ session }) => session.sessionId === sessionId);
}
