/**
 * What a connection may cost before the relay knows whose it is: a deadline that no traffic extends, little memory, and
 * so many at once. For plain silence, slow headers and slow TLS handshakes the deadlines of Node's server; for a request's
 * body our own, because Node has one for all requests and people on slow lines send large held edits.
 */
import type { ServerOptions } from 'node:http';
import type { Socket } from 'node:net';
import { Server as TlsServer } from 'node:tls';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Limits } from '../limits.ts';

/** Options for Node's server, with or without TLS. */
export function deadlineOptions(limits: Limits): ServerOptions & { handshakeTimeout: number } {
  return {
    // Counted from the connection on, also when nothing is said at all.
    headersTimeout: limits.beforeAdmissionMs,
    handshakeTimeout: limits.beforeAdmissionMs,
    connectionsCheckingInterval: 1_000,
  };
}

/** Bounds what is kept of unknown people, and for how long. How large their bodies may be each route says with `bodyLimit`. */
export function boundUnknown(
  app: FastifyInstance,
  limits: Limits,
  isKnown: (request: FastifyRequest) => boolean,
): void {
  const lineOf = app.server instanceof TlsServer ? endsOf : (socket: Socket) => socket;
  const waiting = new WaitingConnections(limits.waitingConnections, lineOf);
  app.server.maxConnections = limits.connections;
  app.server.on('connection', (socket: Socket) => waiting.add(socket));
  app.server.on('upgrade', ({ socket }) => waiting.delete(socket));
  const isStranger = (request: FastifyRequest) => {
    try {
      return request.headers.cookie === undefined || !isKnown(request);
    } catch {
      // A store that cannot be read knows nobody; the route that needs it says so.
      return true;
    }
  };
  app.addHook('onRequest', async (request) => {
    const { raw, headers } = request;
    if (!isStranger(request)) {
      waiting.shown(raw.socket);
      return;
    }
    const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
    if (!hasBody) return;
    // An answer does not end a request: what still comes would be read and thrown away as long as it comes.
    const { socket } = raw;
    const cut = setTimeout(() => socket.destroy(), limits.beforeAdmissionMs);
    const done = () => clearTimeout(cut);
    raw.once('end', done);
    socket.once('close', done);
  });
}

/**
 * Connections that are no socket of a room, in the order in which they came or last showed who they are. When there are too
 * many the first goes: whoever piles them up loses their own, and who comes now is served.
 */
class WaitingConnections {
  readonly #limit: number;
  readonly #lineOf: (socket: Socket) => unknown;
  readonly #byLine = new Map<unknown, { readonly socket: Socket; readonly forget: () => void }>();

  /** @param lineOf the same for the accepted socket and for that of a request on it */
  constructor(limit: number, lineOf: (socket: Socket) => unknown) {
    this.#limit = limit;
    this.#lineOf = lineOf;
  }

  add(socket: Socket): void {
    const line = this.#lineOf(socket);
    const forget = () => {
      if (this.#byLine.get(line)?.socket === socket) this.#byLine.delete(line);
    };
    this.#byLine.set(line, { socket, forget });
    socket.once('close', forget);
    const [first] = this.#byLine.values();
    if (this.#byLine.size > this.#limit) first?.socket.destroy();
  }

  /** A request of somebody known came on it. */
  shown(socket: Socket): void {
    const line = this.#lineOf(socket);
    const known = this.#byLine.get(line);
    if (known === undefined) return;
    this.#byLine.delete(line);
    this.#byLine.set(line, known);
  }

  /** It is a socket of a room from here on, or one that was refused; both are counted elsewhere. */
  delete(socket: Socket): void {
    const line = this.#lineOf(socket);
    const known = this.#byLine.get(line);
    if (known === undefined) return;
    this.#byLine.delete(line);
    // Thousands live on for days: nothing of their beginning is kept with them.
    known.socket.off('close', known.forget);
  }
}

/** The two ends of a line: under TLS a request has another socket than the one that was accepted. */
function endsOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}
