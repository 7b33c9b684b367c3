/**
 * Every bound of the relay in one place, with its unit and its reason. A bound is there to protect the others in the
 * house from one connection, not to meter honest work: each is far above what a person at a keyboard does.
 */
export const LIMITS = {
  /** Largest frame handled. A long offline session comes as one SyncStep2; a person types about 20 MB in a lifetime. */
  frameBytes: 16 * 1024 * 1024,
  /** Largest frame the socket library may assemble at all; between the two we can still say "too big" properly. */
  socketPayloadBytes: 24 * 1024 * 1024,
  /** Largest frame of a connection that was refused and only has to hear why. */
  refusedPayloadBytes: 32 * 1024,
  /** Largest stored state of a room: about 100 times the longest real minutes; beyond it every device suffers. */
  roomBytes: 32 * 1024 * 1024,
  /**
   * Frames per second and per burst of one session. Typing makes 20–40; a script replaying a long history is welcome, and is
   * read more slowly (`messagesPerPersonPerSecond`) long before it would be closed for this.
   */
  framesPerSecond: 40_000,
  frameBurst: 400_000,
  /**
   * Work for one person per second and per burst, in bytes read and structs looked at: about a tenth of one core, and
   * two of the largest frames at once.
   */
  workPerSecond: 1_000_000,
  workBurst: 32 * 1024 * 1024,
  /** SyncStep1 answers per second and per burst: each encodes the room; honest clients ask once per connection. */
  syncRequestsPerSecond: 1,
  syncRequestBurst: 30,
  /** Largest state vector: 100,000 clientIDs, more than a room sees in its life. */
  stateVectorBytes: 1024 * 1024,
  /** Barriers kept for a session that owes a resync; an honest client has one or two under way. */
  heldBarriers: 1_000,
  /** Comparisons that placing the items of one update may take: a tenth of a second. Fifty people at one word make thousands. */
  conflictWork: 500_000,
  /** New clientIDs per person and room: two per opening of a page (a day offline may bring many); thousands slow every reader. */
  newClientIdsPerSecond: 1,
  newClientIdBurst: 500,
  /** Resyncs in a row that leave the same hole: the peer cannot fill it, asking again is a loop. */
  unansweredResyncs: 3,
  /** Bytes of frames kept for a session while its room loads. */
  loadQueueBytes: 16 * 1024 * 1024,
  /** Bytes of one presence state: a caret, a selection, what one is doing. */
  awarenessStateBytes: 4096,
  /** Largest presence message: a full room, as clients that repeat what they hear send it. */
  awarenessBytes: 2 * 1024 * 1024,
  /** Presence updates per second and per burst; a moving caret makes at most 10. */
  awarenessPerSecond: 20,
  awarenessBurst: 60,
  /** Bytes of presence of one person in one room that go to everybody in it: a few tabs with moving carets. */
  awarenessBytesPerSecond: 32 * 1024,
  awarenessByteBurst: 256 * 1024,
  /** Presence entries one session may hold: its own, and those of its person's other tabs. */
  awarenessEntriesPerSession: 8,
  /** Silence after which the relay says something, so that clients (which give up at 30 s) know the line is alive. */
  keepaliveMs: 12_000,
  /** How often half-open sockets are looked for; one that missed a whole round is dropped. */
  pingMs: 30_000,
  /** Bytes waiting for a slow reader before it is dropped; it resyncs when it comes back. */
  outboundBytes: 4 * 1024 * 1024,
  /** Sockets in one room, of one person (all tabs, all rooms), and in all: memory of a small machine. */
  socketsPerRoom: 500,
  socketsPerPerson: 200,
  sockets: 5_000,
  /** How long a connection may take until it has asked something, and an unknown person's request until it is whole. */
  beforeAdmissionMs: 10_000,
  /** TCP connections in all: every socket of a room, and the two kinds below. */
  connections: 8_000,
  /** Connections that are no socket of a room: a county's pages being loaded. Beyond it the oldest of unknown people goes. */
  waitingConnections: 2_000,
  /** Refused sockets that are still being told why; beyond it they are cut without a word. */
  refusedSockets: 500,
  /** Body of a request of somebody who is not signed in: a name and a password. */
  unknownBodyBytes: 16 * 1024,
  /** Largest frame that is no sync and no presence: a barrier's number. */
  controlFrameBytes: 16,
  /**
   * Messages of one person over all sockets, and at once: the longest history anybody has typed. Beyond it none of them is read for
   * a while, nothing is lost; what reading them takes from the others is bounded by time (`timePerSecond`).
   */
  messagesPerPersonPerSecond: 20_000,
  messageBurstPerPerson: 300_000,
  /** Bytes of one person over all sockets, likewise: four of the largest frames at once, then a fast line from home. */
  bytesPerPersonPerSecond: 2 * 1024 * 1024,
  byteBurstPerPerson: 64 * 1024 * 1024,
  /** Sockets one person may open: a new device that fetches a thousand documents, two at a time, each in four rooms. */
  entriesPerPersonPerSecond: 100,
  entryBurstPerPerson: 1_000,
  /** Rooms of one person at once: all rooms of some thirty open documents. */
  roomsPerPerson: 120,
  /** Bytes of half-assembled messages of one person: two of the largest at once. */
  unfinishedBytesPerPerson: 48 * 1024 * 1024,
  /** Pieces in which one message may arrive, and fragments it may have: the largest in small packets, in a browser's parts. */
  messagePieces: 64 * 1024,
  messageFragments: 16 * 1024,
  /** How long one message may take to arrive: 16 MiB over a line of half a megabit. */
  messageMs: 5 * 60 * 1000,
  /**
   * Bytes waiting for all sockets of one person: several documents that open at once on a slow line. A single answer, as
   * large as a room may be, is always sent.
   */
  queuedBytesPerPerson: 24 * 1024 * 1024,
  /** Bytes of long messages that all lines together are handed in one turn of the event loop: a tenth of a millisecond. */
  slicedBytesPerTurn: 128 * 1024,
  /** Milliseconds of work for one person before everybody else has their turn: nobody feels it in another room. */
  turnMs: 4,
  /** The most that one piece of work counts of a turn: a processor that was elsewhere, or a collection of garbage, ends nobody's. */
  turnChargedMs: 3,
  /**
   * Milliseconds of work for one person per second and per burst while others are at work too: somebody who types needs one in
   * a hundred, a document that opens fits the burst. The debt they may run into before they rest, and the most
   * that one piece of work is charged as: what is longer may have waited for a processor.
   */
  timePerSecond: 100,
  timeBurst: 30,
  timeDebtMs: 0.5,
  timeChargedMs: 20,
  /** How long somebody else's last message is company. */
  companyMs: 1_000,
  /** Milliseconds that a piece of a message costs before the relay sees it, however short it is. */
  pieceMs: 0.02,
  /**
   * Charged for a piece of fewer bytes that ends no message: the parts in which honest lines bring one are longer. Of a trickle
   * of single bytes so little is read that nobody meets it.
   */
  crumbMs: 0.2,
  crumbBytes: 256,
  /** Pings a client may send: browsers send none, libraries one in half a minute. */
  pingsPerSecond: 1,
  pingBurst: 20,
  /** How long what somebody spent is remembered after their last socket: longer than any of these takes to flow in again. */
  budgetMs: 2 * 60 * 1000,
  /** Largest statement about owners that a client gives back: 100,000 clientIDs. */
  ownersFrameBytes: 1024 * 1024,
  /** Largest claim: what a page wrote with since the relay last said whose it is, a few hundred clientIDs at most. */
  claimFrameBytes: 8 * 1024,
  /** Work that holding one statement against its signature is charged as. */
  workPerStatement: 5_000,
  /** clientIDs of one person that are not known to be anybody's: every opening of a room during days offline. */
  claimsPerPerson: 10_000,
  /** How long after a backup was put back others' words may be brought with the relay's old word for whose they are: the offline lease. */
  recoveryMs: 30 * 24 * 60 * 60 * 1000,
  /** Log lines per second and per burst about who was refused or broke off: anybody can cause them. */
  doorLinesPerSecond: 5,
  doorLineBurst: 100,
  /** Appends of one room under way before its sockets are no longer read: lets a fast script go as fast as the disk. */
  pendingAppends: 2_000,
  /** How long a closing socket may take before it is cut. */
  closeMs: 3_000,
  /** How long clients get to hand in what they have before a document freezes. */
  freezeMs: 3_000,
  /** Updates of a room since its last snapshot that make a new one worth its cost. */
  updatesPerSnapshot: 500,
  /**
   * Largest state that an open room writes out by itself for a snapshot: ten milliseconds. It is far cheaper than reading its rows
   * back and checking them, which is done for larger ones, in a thread of its own.
   */
  ownSnapshotBytes: 1024 * 1024,
  /** Stored size from which on a room that everybody has left is compacted for a single update: opening it is felt. */
  largeRoomBytes: 64 * 1024,
  /**
   * How long nobody has written or come before an open room lets go of all that the store gives back. The first edit after it reads
   * the room, a few milliseconds; a large one (`largeRoomBytes`) is let go later, since that takes ten milliseconds or more.
   */
  parkMs: 60 * 1000,
  parkLargeMs: 2 * 60 * 1000,
  /** Messages to the writer thread that may share one transaction: keeps one commit short. */
  commitMessages: 5_000,
  /** Pages (of 4 KiB) of committed work that wait in the write-ahead log before they are moved to the database file. */
  checkpointPages: 1_000,
  /** Title projection waits this long after the last commit of a body. */
  projectionMs: 400,
  /** How much later than the time lists show a document may have changed, when its title stayed: they show minutes. */
  changeNoteMs: 10_000,
  /** Happenings in one page of a case's activity: two screens of them. */
  activityItems: 50,
  /** Commands of one person each minute: a script that brings in a county's cases may, a loop that never ends may not. */
  commandsPerMinute: 12_000,
  /** HTTP body: a command or a form. */
  httpBodyBytes: 256 * 1024,
  /** HTTP body of a held edit, read from who is signed in only: 16 MiB in base64 plus its envelope. */
  heldBodyBytes: 24 * 1024 * 1024,
  /** Held edits of one person for one document; the door is open to former members too. More stays on the device. */
  heldBytesPerAuthor: 64 * 1024 * 1024,
  /** Held edits of one person for one document: each is the end of one replica's writing, which happens a few times a year. */
  heldPerAuthor: 200,
  /** Held edits in one list, what waits first. */
  heldListed: 500,
  /** Updates in a room's log, and their bytes, that are looked through for what was deleted since an edit was held: some ten milliseconds. */
  heldUpdatesRead: 2_000,
  heldUpdateBytesRead: 1024 * 1024,
  /** Held edits handed in or read by one person in a minute: each may be as large as a frame, and is read whole. */
  heldPerMinute: 60,
  /** How long a request may take to arrive: a held edit over a very slow line. */
  requestMs: 5 * 60 * 1000,
  /** Sign-in attempts per name and address, and per address, each minute: guessing is slow, an office behind one address is not locked out. */
  signInsPerName: 20,
  signInsPerAddress: 300,
  /** Passwords compared at once, each a tenth of a second and 32 MB, and sign-ins that wait for it: some seconds. */
  passwordsAtOnce: 2,
  passwordsWaiting: 50,
  /** Life of a sign-in. */
  sessionMs: 30 * 24 * 60 * 60 * 1000,
  /** How often the event loop and the disk are looked at for /health. */
  vitalsMs: 15_000,
  /** One turn in a hundred that waits longer than this: people notice, somebody should look. */
  slowLoopMs: 1_000,
  /** Free bytes on the disk below which somebody should look: some days of a busy county's work. */
  lowDiskBytes: 256 * 1024 * 1024,
  /** How often the relay signs where all rooms stand: what was written since could be cut off unseen. */
  signHeadsMs: 5 * 60 * 1000,
  /** Official numbers that are skipped in each series when a backup is restored: more than are given between two backups. */
  numberReserve: 1_000,
  /** How long SIGTERM waits for commits and clients. */
  drainMs: 5_000,
} as const;

export type Limits = { readonly [Name in keyof typeof LIMITS]: number };
