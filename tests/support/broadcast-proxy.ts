/**
 * Stands between browsers and a relay and hands everything on, both ways. When asked, it also hands each edit at once to
 * everybody else in the room, as a server that checks and stores nothing would: what the relay's care costs is then the
 * difference between two runs of the same pages.
 */
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

export interface BroadcastProxy {
  readonly origin: string;
  /** Where everything is handed on to. */
  handTo(origin: string): void;
  /** Whether edits also go straight to the others. */
  setBare(isBare: boolean): void;
  close(): Promise<void>;
}

const SYNC = 0;
const UPDATE = 2;

export async function startBroadcastProxy(): Promise<BroadcastProxy> {
  let relay = '';
  let isBare = false;
  const rooms = new Map<string, Set<WebSocket>>();
  const server = createServer((asked, answer) => {
    const passed = request(relay + asked.url, { method: asked.method ?? 'GET', headers: asked.headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    asked.pipe(passed);
  });
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  sockets.on('connection', (near, asked) => {
    const room = asked.url ?? '';
    const others = rooms.get(room) ?? new Set();
    rooms.set(room, others.add(near));
    const far = openFar(relay, asked);
    const early: Buffer[] = [];
    near.on('message', (data: Buffer) => {
      if (isBare && data[0] === SYNC && data[1] === UPDATE) {
        for (const other of others) if (other !== near) other.send(data);
      }
      if (far.readyState === WebSocket.OPEN) far.send(data);
      else early.push(data);
    });
    far.on('open', () => {
      for (const data of early) far.send(data);
    });
    far.on('message', (data: Buffer) => near.send(data));
    far.on('error', () => near.terminate());
    far.on('close', () => near.close());
    near.on('close', () => {
      others.delete(near);
      far.close();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    // The relay sends people to its own name of a place, and that is localhost.
    origin: `http://localhost:${port}`,
    handTo(origin) {
      relay = origin;
    },
    setBare(bare) {
      isBare = bare;
    },
    close: async () => {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function openFar(relay: string, { url = '', headers }: IncomingMessage): WebSocket {
  const { cookie = '', host = '', origin = '' } = headers;
  return new WebSocket(relay.replace(/^http/, 'ws') + url, {
    headers: { cookie, host },
    origin,
    perMessageDeflate: false,
  });
}
