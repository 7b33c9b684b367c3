/** Who waits before the relay knows them: too many, and the first goes; who has come in is not kept in mind. */
import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { expect, it } from 'vitest';
import { boundUnknown } from '../../../sync-server/http/before-admission.ts';
import { LIMITS } from '../../../sync-server/limits.ts';

function stage(waitingConnections: number) {
  const server = new EventEmitter();
  const app = { server, addHook: () => app } as unknown as FastifyInstance;
  boundUnknown(app, { ...LIMITS, waitingConnections }, () => false);
  const destroyed: Socket[] = [];
  const connect = () => {
    const socket = new EventEmitter() as Socket;
    socket.destroy = () => {
      destroyed.push(socket);
      socket.emit('close');
      return socket;
    };
    server.emit('connection', socket);
    return socket;
  };
  return { server, connect, destroyed };
}

it('[R18] when more connections wait than may, the one that came first goes', () => {
  const { connect, destroyed } = stage(2);
  const [first] = [connect(), connect(), connect()];
  expect(destroyed).toEqual([first]);
});

it('a connection that became the socket of a room waits no more, and carries nothing of the waiting', () => {
  const { server, connect, destroyed } = stage(1);
  const admitted = connect();
  server.emit('upgrade', { socket: admitted });
  expect(admitted.listenerCount('close')).toBe(0);
  connect();
  expect(destroyed).toEqual([]);
});
