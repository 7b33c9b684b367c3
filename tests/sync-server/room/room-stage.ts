/**
 * A room core on a stage: performs its effects by hand, with a store that commits when the test says so, and clients
 * that are plain Y.Docs. No sockets, no clock.
 */
import * as Y from 'yjs';
import type { CloseName } from '../../../shared/close-codes.ts';
import type { RoomKind } from '../../../shared/rooms.ts';
import { WIRE_VERSION } from '../../../shared/versions.ts';
import { decodeMessage, encodeMessage, type Message } from '../../../shared/wire/messages.ts';
import { LIMITS, type Limits } from '../../../sync-server/limits.ts';
import { createRoom, type Room } from '../../../sync-server/room/core.ts';
import type { Append, RoomEffect, RoomOptions, RoomSession, StoredRoom } from '../../../sync-server/room/effects.ts';
import { isSentTo } from '../../support/sent-to.ts';
import { TEST_KEY } from '../../support/test-key.ts';

export const DOCUMENT_ID = '00000000-0000-4000-8000-00000000d0c1';
export const EMPTY_ROOM: StoredRoom = { updates: [], ownersByClient: new Map(), lastSeq: 0, updatesSinceSnapshot: 0 };

export interface Stage {
  readonly room: Room;
  /** Every effect so far, in order. */
  readonly effects: RoomEffect[];
  /** Appends that are not committed yet, oldest first. */
  readonly pending: Append[];
  /** Updates that are durable, in order. */
  readonly durable: Uint8Array[];
  nowMs: number;
  perform(effects: RoomEffect[]): void;
  /** Commits the oldest append, or all of them. */
  commit(count?: number): void;
  /** Commits the oldest appends in one transaction. */
  commitTogether(count: number): void;
  /** What a session was sent. */
  sentTo(sessionId: string): Message[];
  closeOf(sessionId: string): CloseName | null;
}

/** A room that is open, or still loading when `stored` is null. */
export function stageRoom(
  room: RoomKind = 'body',
  stored: StoredRoom | null = EMPTY_ROOM,
  limits: Partial<Limits> = {},
  store: Partial<Pick<RoomOptions, 'generation' | 'recovery' | 'observedRules'>> = {},
): Stage {
  const stage: Stage = {
    room: createRoom(
      { documentId: DOCUMENT_ID, room },
      {
        generation: 'generation-1',
        key: TEST_KEY,
        limits: { ...LIMITS, ...limits },
        now: () => stage.nowMs,
        ...store,
      },
    ),
    effects: [],
    pending: [],
    durable: [],
    nowMs: 0,
    perform: (effects) => {
      for (const effect of effects) {
        stage.effects.push(effect);
        if (effect.type === 'append') stage.pending.push(effect.append);
      }
    },
    commit: (count = Number.POSITIVE_INFINITY) => {
      for (let n = 0; n < count && stage.pending.length > 0; n++) stage.commitTogether(1);
    },
    commitTogether: (count) => {
      const appends = stage.pending.splice(0, count);
      stage.durable.push(...appends.map(({ update }) => update));
      const last = appends.at(-1);
      if (last === undefined) return;
      stage.perform(stage.room.committed({ appendId: last.appendId, seq: stage.durable.length }));
    },
    sentTo: (sessionId) =>
      stage.effects.flatMap((effect) => {
        if (!isSentTo(sessionId, effect)) return [];
        const decoded = decodeMessage(effect.bytes);
        if (!decoded.ok) throw new Error(`the room sent ${decoded.reason}`);
        return [decoded.message];
      }),
    closeOf: (sessionId) => {
      const found = stage.effects.find((effect) => effect.type === 'close' && effect.sessionId === sessionId);
      return found?.type === 'close' ? found.row : null;
    },
  };
  if (stored !== null) {
    // A room without sessions would be forgotten at once: somebody who only watches keeps it.
    stage.perform(stage.room.join(makeSession('watcher', { personId: 'person-watcher', capability: 'read' })));
    stage.perform(stage.room.loaded(stored));
  }
  return stage;
}

export function makeSession(sessionId: string, change: Partial<RoomSession> = {}): RoomSession {
  return {
    sessionId,
    personId: `person-${sessionId}`,
    personName: `name of ${sessionId}`,
    agencyId: 'agency-1',
    agencyName: 'agency one',
    role: 'mediator',
    capability: 'write',
    documentState: 'draft',
    wireVersion: WIRE_VERSION,
    ...change,
  };
}

/** A person at a plain Y.Doc in the room. What it was sent is applied by `catchUp`. */
export interface StageClient {
  readonly sessionId: string;
  readonly doc: Y.Doc;
  send(message: Message): void;
  /** Does something to the document and sends the update. */
  edit(change: (doc: Y.Doc) => void): void;
  barrier(number: number): void;
  /** Applies everything sent to it so far. */
  catchUp(): void;
  messages(type: Message['type']): Message[];
}

/** Joins and asks for the state, as every client does first. */
export function joinClient(stage: Stage, sessionId: string, change: Partial<RoomSession> = {}): StageClient {
  const doc = new Y.Doc();
  const send = (message: Message) => stage.perform(stage.room.receive(sessionId, encodeMessage(message)));
  stage.perform(stage.room.join(makeSession(sessionId, change)));
  send({ type: 'syncStep1', stateVector: Y.encodeStateVector(doc) });
  return {
    sessionId,
    doc,
    send,
    edit: (change_) => {
      const updates: Uint8Array[] = [];
      const keep = (update: Uint8Array) => updates.push(update);
      doc.on('update', keep);
      doc.transact(() => change_(doc));
      doc.off('update', keep);
      for (const update of updates) send({ type: 'update', update });
    },
    barrier: (number) => send({ type: 'barrier', number }),
    catchUp: () => {
      for (const message of stage.sentTo(sessionId)) {
        if (message.type === 'syncStep2' || message.type === 'update') Y.applyUpdate(doc, message.update);
      }
    },
    messages: (type) => stage.sentTo(sessionId).filter((message) => message.type === type),
  };
}
