/**
 * The composition root of the relay: reads the environment, takes the data directory, opens the store, joins the parts,
 * listens, and ends in order. The only file of the relay (with the writer thread) that touches the real clock and chance.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { FastifyRequest } from 'fastify';
import { DEMO_CASES, DEMO_PASSWORD } from '../shared/demo/demonstration.ts';
import { DEMO_FICTION } from '../shared/demo/fiction.ts';
import { OLDEST_PROSE_SCHEMA_VERSION } from '../shared/versions.ts';
import { Accounts } from './accounts/accounts.ts';
import { tokenInCookie } from './accounts/cookie.ts';
import { CommandDesk } from './commands/command-desk.ts';
import { type Config, readConfig } from './config.ts';
import { loadDemo } from './demo/load.ts';
import { demoDoors } from './demo-doors.ts';
import { accountRoutes } from './http/account-routes.ts';
import { caseRoutes } from './http/case-routes.ts';
import { heldRoutes } from './http/held-routes.ts';
import { createHttpServer } from './http/server.ts';
import { LIMITS } from './limits.ts';
import { createLog } from './log.ts';
import { keepNewObjectsApart } from './new-objects.ts';
import { healthReasons, type Vitals } from './operation/health.ts';
import { measuredWriter } from './operation/measured-writer.ts';
import { createMeter } from './operation/meter.ts';
import { operationRoutes } from './operation/operation-routes.ts';
import { watchVitalSigns } from './operation/vital-signs.ts';
import { serveClientPages } from './page/client-pages.ts';
import { createCompactor } from './store/compactor.ts';
import { openForReading } from './store/database.ts';
import { lockDirectory } from './store/lock.ts';
import { StoreReader } from './store/reader.ts';
import { loadSigningKey, type SigningKey } from './store/signing-key.ts';
import { startWriter } from './store/writer.ts';
import { Rooms } from './sync/rooms.ts';
import { goRound } from './sync/rounds.ts';
import { Sockets } from './sync/sockets.ts';
import { TitleProjection } from './sync/title-projection.ts';
import { turnClock } from './turn-clock.ts';

const say = (text: string) => process.stdout.write(`${text}\n`);

/** Ends before anything has begun, with the reason in words. */
function refuseToStart(lines: readonly string[]): never {
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(1);
}

function readKey(dataDirectory: string): SigningKey {
  try {
    return loadSigningKey(dataDirectory);
  } catch (error) {
    return refuseToStart([`Concord cannot start: ${error instanceof Error ? error.message : error}`]);
  }
}

const config = readConfig(process.env);
if ('faults' in config) {
  refuseToStart(['Concord cannot start with this configuration:', ...config.faults.map((fault) => `  - ${fault}`)]);
}
keepNewObjectsApart();
await start(config, process.argv.includes('--demo'));

/** The store as it is read, and what it says of itself. */
function readStore(databasePath: string) {
  try {
    const reader = new StoreReader(openForReading(databasePath));
    return { reader, generation: reader.generation(), recoveringSinceMs: reader.recoveringSinceMs() };
  } catch (error) {
    return refuseToStart([`Concord cannot read its store: ${error instanceof Error ? error.message : error}`]);
  }
}

async function start(config: Config, isDemo: boolean): Promise<void> {
  const now = turnClock(() => Date.now());
  const log = createLog(config.logLevel);

  try {
    mkdirSync(config.dataDirectory, { recursive: true, mode: 0o700 });
  } catch {
    refuseToStart([`Concord cannot make its data directory ${config.dataDirectory}.`]);
  }
  const lock = lockDirectory(config.dataDirectory);
  if (lock === null) {
    refuseToStart([
      `Another Concord process is using ${config.dataDirectory}.`,
      'Stop it first, or give this one a directory of its own with CONCORD_DATA_DIR.',
    ]);
  }

  const signingKey = readKey(config.dataDirectory);

  const databasePath = join(config.dataDirectory, 'concord.sqlite');
  const threadUrl = new URL('./writer-thread.js', import.meta.url);
  const thread = await startWriter({ threadUrl, databasePath, now }).catch((error: unknown) =>
    refuseToStart([`Concord cannot open its store: ${error instanceof Error ? error.message : error}`]),
  );
  const signs = watchVitalSigns(config.dataDirectory);
  let isDraining = false;
  const vitals = (): Vitals => ({
    storeTrouble: thread.trouble,
    damagedRooms: rooms.damaged,
    isDraining,
    observedRules: [...config.observedRules],
    ...signs.read(),
  });
  const counts = () => ({ rooms: rooms.openCount, sockets: sockets.count });
  const meter = createMeter(() => ({
    ...counts(),
    parkedRooms: rooms.parkedCount,
    isHealthy: healthReasons(vitals(), LIMITS).length === 0,
  }));
  const writer = measuredWriter(
    thread,
    meter,
    turnClock(() => performance.now()),
  );
  const { reader, generation, recoveringSinceMs } = readStore(databasePath);
  const recovery =
    recoveringSinceMs === null ? null : { mayCarry: () => now() < recoveringSinceMs + LIMITS.recoveryMs };

  const tls =
    config.tls === null ? null : { cert: readFileSync(config.tls.certPath), key: readFileSync(config.tls.keyPath) };
  let openedOrigin = '';
  const origin = () => config.origin ?? openedOrigin;
  const isSecure = tls !== null || (config.origin?.startsWith('https:') ?? false);

  const setupToken = reader.hasPeople() || isDemo ? null : randomBytes(24).toString('base64url');
  const accounts = new Accounts({
    reader,
    writer,
    now,
    randomToken: () => randomBytes(32).toString('base64url'),
    randomUuid: () => randomUUID(),
    setupToken,
  });

  const titles = new TitleProjection({
    writer,
    reader,
    header: (address) => rooms.header(address),
    waitMs: LIMITS.projectionMs,
    noteMs: LIMITS.changeNoteMs,
    now,
    log,
  });
  const compactor = createCompactor({
    threadUrl: new URL('./compactor-thread.js', import.meta.url),
    databasePath,
    onCompacted: (room, compacted) => void writer.write({ kind: 'snapshot', room, ...compacted }),
    onFailed: (room, detail) => log.error({ event: 'compactionFailed', room, detail }),
  });
  const rooms = new Rooms({
    writer,
    reader,
    generation,
    signingKey,
    recovery,
    observedRules: config.observedRules,
    limits: LIMITS,
    now,
    log,
    onCommitted: (address, mayHaveNewHeader) => titles.changed(address, mayHaveNewHeader),
    compact: (room) => compactor.compact(room),
    meter,
  });
  const sealing = new Set<string>();
  const sockets = new Sockets({
    accounts,
    reader,
    rooms,
    limits: LIMITS,
    log,
    generation,
    recovery,
    minProseVersion: OLDEST_PROSE_SCHEMA_VERSION,
    origin,
    now,
    clock: () => performance.now(),
    newSessionId: () => randomUUID(),
    sealing,
    meter,
  });
  const desk = new CommandDesk({ writer, rooms, sockets, limits: LIMITS, delay: (ms) => delay(ms), sealing });

  if (isDemo) {
    await loadDemo(demoDoors({ reader, writer, desk, log: (message, facts) => log.info(facts, message) }));
  }

  const isKnown = ({ headers }: FastifyRequest) => accounts.session(tokenInCookie(headers.cookie)) !== null;
  const app = await createHttpServer({ limits: LIMITS, log, origin, tls, now, isKnown });
  accountRoutes(app, { accounts, reader, writer, sockets, limits: LIMITS, generation, isSecure });
  caseRoutes(app, { accounts, reader, desk, limits: LIMITS, randomUuid: () => randomUUID() });
  heldRoutes(app, { accounts, reader, writer, limits: LIMITS });
  operationRoutes(app, { meter, vitals, limits: LIMITS, generation, counts, metricsToken: config.metricsToken });
  const clientDirectory = fileURLToPath(new URL('../client', import.meta.url));
  if (existsSync(clientDirectory)) await serveClientPages(app, { directory: clientDirectory, origin });

  app.server.on('upgrade', sockets.upgrade);
  await app.listen({ port: config.port, host: config.host }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    return refuseToStart([`Concord cannot listen on ${config.host}:${config.port}: ${reason}`]);
  });
  const { port } = app.server.address() as AddressInfo;
  openedOrigin = `${tls === null ? 'http' : 'https'}://localhost:${port}`;

  const sign = async () => {
    const reply = await writer.write({ kind: 'signHeads' });
    // What a log elsewhere holds of these lines finds out a whole store that was put back as it once was.
    if (reply.kind === 'signed' && reply.head !== null) log.info({ event: 'headsSigned', ...reply.head });
    else if (reply.kind === 'failed') log.error({ event: 'storeFailed', detail: reply.message });
  };
  await sign();
  const timers = [
    setInterval(() => void sign(), LIMITS.signHeadsMs),
    setInterval(() => void signs.look(), LIMITS.vitalsMs),
  ];
  const rounds = [
    goRound({ everyMs: 5_000, count: () => rooms.openCount, lookAfter: (part) => rooms.tick(part) }),
    goRound({ everyMs: LIMITS.pingMs, count: () => sockets.count, lookAfter: (part) => sockets.tick(part) }),
  ];

  const end = async () => {
    if (isDraining) return;
    isDraining = true;
    log.info({ event: 'draining' });
    // What hangs must not keep the process: after this long it ends as if it had been killed, which loses nothing.
    setTimeout(() => process.exit(1), LIMITS.drainMs).unref();
    for (const timer of timers) clearInterval(timer);
    for (const endRounds of rounds) endRounds();
    sockets.drain();
    const projected = titles.flush();
    await compactor.close();
    await writer.write({ kind: 'settle' });
    await projected;
    await sign();
    await app.close();
    await writer.close();
    reader.db.close();
    lock.release();
    log.info({ event: 'ended' });
    process.exit(0);
  };
  process.on('SIGTERM', () => void end());
  process.on('SIGINT', () => void end());

  // Whoever reads that it is ready may already end it.
  if (setupToken !== null) {
    say(`Nobody has an account yet. Open this link once to become the administrator: ${origin()}/#setup=${setupToken}`);
  }
  if (isDemo) sayDemo();
  if (recovery?.mayCarry() === true && recoveringSinceMs !== null) {
    const until = new Date(recoveringSinceMs + LIMITS.recoveryMs).toISOString().slice(0, 10);
    say(`A backup was put back. Until ${until} devices bring back what it lacks, also what others wrote.`);
  }
  say(`Concord is ready at ${origin()}`);

  function sayDemo(): void {
    say(DEMO_FICTION['zh-CN']);
    say(DEMO_FICTION.en);
    say(`Sign in by name as one of the people of the demonstration; the password of all is ${DEMO_PASSWORD}`);
    for (const { title, people } of DEMO_CASES) {
      say(title);
      for (const { name, role } of people) say(`  ${name} (${role ?? 'not on the joint team'})`);
    }
  }
}
