/**
 * The sockets on /sync: upgrades, admits or refuses, hands frames to the rooms, and closes what lost its right. A refused
 * connection is upgraded and closed at once, because a browser cannot read why an upgrade failed.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { CLOSE, type CloseName } from '../../shared/close-codes.ts';
import { pathToRoom, type RoomAddress, roomKey, SYNC_PATH } from '../../shared/rooms.ts';
import { syncQuerySchema } from '../../shared/wire/address.ts';
import type { Accounts, SignedIn } from '../accounts/accounts.ts';
import { tokenInCookie } from '../accounts/cookie.ts';
import type { Limits } from '../limits.ts';
import { type Log, stackOf } from '../log.ts';
import type { Meter } from '../operation/meter-contract.ts';
import type { DocumentStanding, StoreReader } from '../store/reader.ts';
import { type Admission, admit, capabilityOf } from './admission.ts';
import { BinaryFrames } from './binary-frame.ts';
import { DirectReading } from './direct-reading.ts';
import { DoorLog } from './door-log.ts';
import { isQuestion, mostBytes } from './frame-bounds.ts';
import { HeardSocket } from './heard-socket.ts';
import { LiveSocket, type SocketHouse } from './live-socket.ts';
import { newSession } from './new-session.ts';
import { isIn, WHOLE } from './part.ts';
import { PersonSockets } from './person-sockets.ts';
import type { Rooms } from './rooms.ts';
import { SliceTurns } from './sliced-send.ts';
import { SpareReceivers } from './spare-receivers.ts';
import { TimeShares } from './time-share.ts';

type HeardSocketServer = InstanceType<typeof WebSocketServer<typeof HeardSocket>>;

export interface SocketsOptions {
  readonly accounts: Accounts;
  readonly reader: StoreReader;
  readonly rooms: Rooms;
  readonly limits: Limits;
  readonly log: Log;
  readonly generation: string;
  /** In a store into which a backup was put back; null in any other. */
  readonly recovery: { readonly mayCarry: () => boolean } | null;
  readonly minProseVersion: number;
  readonly origin: () => string;
  readonly now: () => number;
  /** Milliseconds with fractions, from any beginning: what short work takes. */
  readonly clock: () => number;
  readonly newSessionId: () => string;
  /** Documents whose freeze is being completed: their state counts as frozen already. */
  readonly sealing: ReadonlySet<string>;
  readonly meter: Meter;
}

interface Entry {
  readonly type: 'enter';
  readonly address: RoomAddress;
  readonly signedIn: SignedIn;
  readonly admission: Extract<Admission, { type: 'admit' }>;
}

interface Refusal {
  readonly type: 'refuse';
  readonly row: CloseName;
  readonly personId: string | null;
}

export class Sockets {
  readonly #options: SocketsOptions;
  readonly #server: HeardSocketServer;
  /** Upgrades who is refused: nobody assembles large frames for a connection that only hears why. */
  readonly #refusals: HeardSocketServer;
  readonly #live = new Map<string, LiveSocket>();
  #letIn = 0;
  readonly #shares: TimeShares;
  readonly #house: SocketHouse;
  /** Of everybody who has a socket, or had one a moment ago. */
  readonly #people = new Map<string, PersonSockets>();
  /** All who are not signed in, as one person: they hear that they are refused in one share of the time. */
  readonly #strangers: PersonSockets;
  readonly #doorLog: DoorLog;
  /** Refused sockets that are not gone yet. */
  #refusedCount = 0;
  #isDraining = false;

  constructor(options: SocketsOptions) {
    this.#options = options;
    this.#doorLog = new DoorLog(options);
    this.#shares = new TimeShares(options);
    const { limits, now } = options;
    this.#strangers = new PersonSockets(
      { ...limits, socketsPerPerson: limits.refusedSockets },
      now(),
      this.#shares.open(),
    );
    this.#house = this.#houseOf(options);
    const { socketPayloadBytes, refusedPayloadBytes, messagePieces, messageFragments } = options.limits;
    const common = {
      WebSocket: HeardSocket,
      noServer: true,
      perMessageDeflate: false,
      clientTracking: false,
      // Answered by LiveSocket, which counts them.
      autoPong: false,
      maxBufferedChunks: messagePieces,
      maxFragments: messageFragments,
    };
    this.#server = new WebSocketServer({ ...common, maxPayload: socketPayloadBytes });
    this.#refusals = new WebSocketServer({ ...common, maxPayload: refusedPayloadBytes });
  }

  get count(): number {
    return this.#live.size;
  }

  /** For the HTTP server's `upgrade` event. */
  readonly upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    // A peer that resets during the upgrade must not end the process.
    stream.on('error', destroyThis);
    const path = (request.url ?? '').split('?')[0] ?? '';
    if (path !== SYNC_PATH && !path.startsWith(`${SYNC_PATH}/`)) {
      stream.once('finish', () => stream.destroy());
      stream.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
      return;
    }
    const come = () => this.#come(request, stream, head);
    const known = this.#orTrouble(() => ({ type: 'known' as const, person: this.#personOf(request) }));
    if (known.type === 'refuse' || known.person === undefined) come();
    else if (!known.person.comesIn(come)) stream.destroy();
  };

  #come(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    // Gone while it waited.
    if (stream.destroyed) return;
    const answer = this.#orTrouble(() => this.#door(request));
    if (answer.type === 'refuse' && this.#refusedCount >= this.#options.limits.refusedSockets) {
      stream.destroy();
      return;
    }
    const server = answer.type === 'enter' ? this.#server : this.#refusals;
    server.handleUpgrade(request, stream, head, (socket) => {
      // From here on the library has a listener of its own.
      stream.off('error', destroyThis);
      socket.failed = this.#onSocketError;
      const outcome = answer.type === 'enter' ? this.#orTrouble(() => this.#let(socket, stream, answer)) : answer;
      if (outcome !== null) this.#refuse(socket, outcome);
    });
  }

  // One for all sockets: a listener made for each would keep the request it came with.
  readonly #onSocketError = (error: Error): void => {
    this.#doorLog.socketError(error);
  };

  /** Closes everything a session opened. */
  signedOut(tokenHash: string): void {
    for (const [sessionId, { signedIn }] of [...this.#live]) {
      if (signedIn.tokenHash === tokenHash) this.#options.rooms.expel(sessionId, 'signIn');
    }
  }

  /** Looks at the rights of live sockets again and closes those that changed. */
  readmit(concerns: { readonly caseId?: string; readonly documentId?: string; readonly personId?: string }): void {
    const { reader, rooms } = this.#options;
    for (const [sessionId, { address, session, signedIn }] of [...this.#live]) {
      if (concerns.documentId !== undefined && concerns.documentId !== address.documentId) continue;
      if (concerns.personId !== undefined && concerns.personId !== session.personId) continue;
      const standing = this.#standing(address.documentId, session.personId);
      if (concerns.caseId !== undefined && standing?.caseId !== concerns.caseId) continue;
      if (reader.sessionPerson(signedIn.tokenHash, this.#options.now()) === null) rooms.expel(sessionId, 'signIn');
      else if (standing === null) rooms.expel(sessionId, 'unknownRoom');
      else {
        const may = capabilityOf(standing, address);
        const { member } = standing;
        if (may === 'none') rooms.expel(sessionId, 'noAccess');
        else if (may !== session.capability || member?.role !== session.role || member.agencyId !== session.agencyId) {
          rooms.expel(sessionId, 'rightsChanged');
        }
      }
    }
  }

  /** Finds half-open sockets and ended sessions; call it for each part every `limits.pingMs`. */
  tick(part = WHOLE): void {
    const nowMs = this.#options.now();
    for (const [sessionId, live] of [...this.#live]) {
      if (!isIn(live.number, part)) continue;
      if (live.signedIn.expiresAtMs <= nowMs) this.#options.rooms.expel(sessionId, 'signIn');
      else live.tick(nowMs);
    }
    for (const [personId, person] of this.#people) if (person.isForgotten(nowMs)) this.#people.delete(personId);
  }

  /** Refuses who comes and closes who is here. */
  drain(): void {
    this.#isDraining = true;
    for (const sessionId of [...this.#live.keys()]) this.#options.rooms.expel(sessionId, 'draining');
  }

  /** Whose time it takes to let this one in, or to refuse it; undefined when they are known and come for the first time. */
  #personOf(request: IncomingMessage): PersonSockets | undefined {
    const signedIn = this.#options.accounts.session(tokenInCookie(request.headers.cookie));
    return signedIn === null ? this.#strangers : this.#people.get(signedIn.personId);
  }

  /** Who may come in, or the row to close with. Reads the store, nothing else. */
  #door(request: IncomingMessage): Entry | Refusal {
    const { accounts, rooms, limits, generation, recovery, minProseVersion } = this.#options;
    // Not by URL: it throws on what anybody may send.
    const [path = '', search = ''] = (request.url ?? '').split('?', 2);
    const address = pathToRoom(path);
    const query = syncQuerySchema.safeParse(Object.fromEntries(new URLSearchParams(search)));
    const signedIn = accounts.session(tokenInCookie(request.headers.cookie));
    const personId = signedIn?.personId ?? null;
    const person = personId === null ? undefined : this.#people.get(personId);
    const admission = admit({
      isDraining: this.#isDraining,
      isOriginRight: request.headers.origin === this.#options.origin(),
      address,
      query: query.success ? query.data : null,
      personId,
      standing: address === null || personId === null ? null : this.#standing(address.documentId, personId),
      generation,
      recovery: recovery === null ? null : { mayCarry: recovery.mayCarry() },
      minProseVersion,
      counts: {
        all: this.#live.size,
        room: address === null ? 0 : rooms.countIn(address),
        person: person?.count ?? 0,
        personRooms: address === null ? 0 : (person?.budget.roomsWith(roomKey(address)) ?? 1),
      },
      limits,
    });
    if (admission.type === 'refuse') return { type: 'refuse', row: admission.row, personId };
    if (address === null || signedIn === null) return { type: 'refuse', row: 'unknownRoom', personId };
    return { type: 'enter', address, signedIn, admission };
  }

  /** Nothing that goes wrong at the door may end the process: whoever comes is told to try later. */
  #orTrouble<Answer>(act: () => Answer): Answer | Refusal {
    try {
      return act();
    } catch (error) {
      // The store cannot be read now, most likely: who is here goes on.
      this.#options.log.error({ event: 'admissionFailed', stack: stackOf(error) });
      return { type: 'refuse', row: 'storeFailed', personId: null };
    }
  }

  #refuse(socket: HeardSocket, { row, personId }: Refusal): void {
    this.#refusedCount++;
    socket.once('close', () => this.#refusedCount--);
    this.#doorLog.say({ event: 'refused', person: personId, reason: CLOSE[row].reason });
    this.#close(socket, row);
  }

  /** Null when the session is in. */
  #let(socket: HeardSocket, stream: Duplex, { address: asked, signedIn: by, admission }: Entry): Refusal | null {
    const { reader, rooms, limits, log, now } = this.#options;
    const address = rooms.addressLike(asked);
    const { personId } = by;
    const person = this.#people.get(personId) ?? new PersonSockets(limits, now(), this.#shares.open());
    this.#people.set(personId, person);
    if (!person.budget.takeEntry(now())) return { type: 'refuse', row: 'tooMany', personId };
    const facts = {
      sessionId: this.#options.newSessionId(),
      personName: reader.person(personId)?.name ?? '',
      documentState: this.#standing(address.documentId, personId)?.state ?? 'draft',
    };
    const { session, signedIn } = newSession({ by, admission, ...facts }, person.first);
    const { sessionId } = session;
    socket.binaryType = 'nodebuffer';
    const live = new LiveSocket(
      { number: this.#letIn++, socket, stream, address, session, signedIn, person },
      this.#house,
    );
    this.#live.set(sessionId, live);
    const { role } = session;
    log.info({ event: 'joined', room: roomKey(address), connection: sessionId, person: personId, role });
    person.budget.entered(rooms.enter(address, session, live));
    return null;
  }

  #houseOf({ rooms, limits, now }: SocketsOptions): SocketHouse {
    return {
      frames: new BinaryFrames(),
      turns: new SliceTurns(limits),
      directly: new DirectReading(),
      receivers: new SpareReceivers({
        isServer: true,
        maxPayload: limits.socketPayloadBytes,
        maxBufferedChunks: limits.messagePieces,
        maxFragments: limits.messageFragments,
      }),
      limits,
      now,
      receive: (live, data, isBinary) => {
        const { sessionId } = live.session;
        const isSane = isBinary && data instanceof Uint8Array && data.length <= mostBytes(data, limits);
        if (!isSane) rooms.expel(sessionId, 'malformed');
        else if (live.socket.readyState === live.socket.OPEN || !isQuestion(data)) rooms.receive(live, sessionId, data);
      },
      expel: ({ session }, row) => rooms.expel(session.sessionId, row),
      close: (live, row) => {
        this.#live.delete(live.session.sessionId);
        this.#close(live.socket, row, live);
      },
      ended: ({ session: { sessionId }, address, person }) => {
        person.budget.left(roomKey(address));
        this.#live.delete(sessionId);
        rooms.leave(sessionId);
      },
    };
  }

  #close(socket: HeardSocket, row: CloseName, live?: LiveSocket): void {
    const { code, reason } = CLOSE[row];
    this.#options.meter.closed(reason);
    socket.resume();
    if (live === undefined) socket.close(code, reason);
    else live.whenSaid(() => socket.close(code, reason));
    // A peer that does not answer the close must not keep the socket.
    const cut = setTimeout(() => socket.terminate(), this.#options.limits.closeMs);
    cut.unref();
    socket.once('close', () => clearTimeout(cut));
  }

  #standing(documentId: string, personId: string): DocumentStanding | null {
    const standing = this.#options.reader.standing(documentId, personId);
    return standing !== null && this.#options.sealing.has(documentId) ? { ...standing, state: 'frozen' } : standing;
  }
}

/** Of the stream it is a listener of. */
function destroyThis(this: Duplex): void {
  this.destroy();
}
