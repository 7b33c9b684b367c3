/**
 * A relay in which two people type to each other in one room while somebody hostile is at work in another, from a process of
 * its own (attacks.mjs). Says what the two noticed of it; a wait is the relay's (or theirs) only as far as neither was kept
 * from a processor by other programs: the attack itself runs on this machine. Judges nothing.
 */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { ownTimeMs, residentBytes } from './process-figures.ts';
import { type ApiUser, ask, type RelayProcess, setUpCase, startRelay } from './relay-process.ts';
import { connectWire } from './wire-client.ts';

/** Turns in which the two write at least, however short the attack. */
const ROUNDS = 100;
/** What the attacked room holds before. */
const CONTENT = 'x'.repeat(1024 * 1024);

/** What people in another room noticed while something went on. */
export interface Noticed {
  readonly rounds: number;
  readonly p95: number;
  readonly longest: number;
  readonly grownBytes: number;
}

export interface AttackedHouse {
  readonly relay: RelayProcess;
  /** While nothing goes on. */
  quiet(): Promise<Noticed>;
  /** While somebody new attacks a room with a long text, whose people are not the two; leaves the attacker's sockets open. */
  during(attack: string): Promise<Noticed>;
  /** The attacker's process is as busy with something else: on this machine all share its processors. */
  besideOther(): Promise<Noticed>;
  /** Ends what the last attack left open. */
  letGo(): Promise<void>;
  stop(): Promise<void>;
}

/** @param program another build's dist/server/main.js; this one's when left out */
export async function startAttackedHouse(program?: string): Promise<AttackedHouse> {
  const relay = await startRelay({ env: { CONCORD_LOG_LEVEL: 'info' }, ...(program !== undefined && { program }) });
  const house = await setUpCase(relay);
  const attacker = fork(join(import.meta.dirname, 'attacks.mjs'));
  const connect = (user: ApiUser, documentId: string) =>
    connectWire({ origin: relay.origin, address: { documentId, room: 'body' }, cookie: user.cookie });
  const typing = await house.addDocument();
  const [first, second] = [await house.addMember('first', 'mediator'), await house.addMember('second', 'mediator')];
  const pair = [connect(first, typing), connect(second, typing)] as const;
  for (const client of pair) await client.synced();
  let strangers = 0;

  /** The two answer each other's characters in turns, until it is over and at least so many times. */
  async function typeWhile(isGoingOn: () => boolean): Promise<Noticed> {
    const before = residentBytes(relay.pid);
    const waits: number[] = [];
    let most = before;
    while (isGoingOn() || waits.length < ROUNDS) {
      const [from, to] = waits.length % 2 === 0 ? pair : [pair[1], pair[0]];
      const startedAt = ownTimeMs(relay.pid);
      const length = to.doc.getText('prose').length + 1;
      from.doc.getText('prose').insert(0, 'a');
      await to.until(() => to.doc.getText('prose').length >= length || to.closed !== null);
      if (to.closed !== null) throw new Error(`one of the two was closed: ${JSON.stringify(to.closed)}`);
      waits.push(Math.max(0, ownTimeMs(relay.pid) - startedAt));
      most = Math.max(most, residentBytes(relay.pid));
    }
    waits.sort((a, b) => a - b);
    const p95 = waits[Math.floor(waits.length * 0.95)] ?? 0;
    return { rounds: waits.length, p95, longest: waits.at(-1) ?? 0, grownBytes: most - before };
  }

  async function typeDuring(act: Promise<unknown>): Promise<Noticed> {
    let isOver = false;
    const ended = act.finally(() => {
      isOver = true;
    });
    const noticed = await typeWhile(() => !isOver);
    await ended;
    return noticed;
  }

  async function tell(attack: string | null, place: object = {}): Promise<void> {
    return new Promise((resolve, reject) => {
      attacker.once('message', (answer: { done?: true; failed?: string }) => {
        if (answer.done === true) resolve();
        else reject(new Error(answer.failed));
      });
      attacker.send({ attack, place });
    });
  }

  return {
    relay,
    quiet: () => typeWhile(() => false),
    besideOther: () => typeDuring(tell('elsewhere')),
    letGo: () => tell(null),
    during: async (attack) => {
      const attacked = await house.addDocument();
      const large = connect(house.administrator, attacked);
      await large.synced();
      large.doc.getText('prose').insert(0, CONTENT);
      await large.saved();
      large.cut();
      const { cookie } = await house.addMember(`stranger ${++strangers}`, 'participant');
      const port = Number(new URL(relay.origin).port);
      return typeDuring(tell(attack, { port, origin: relay.origin, cookie, path: `/sync/${attacked}/body` }));
    },
    stop: async () => {
      attacker.kill('SIGKILL');
      for (const client of pair) client.cut();
      await relay.stop('SIGTERM');
    },
  };
}

/** How many sockets of the relay were closed for this reason so far. */
export async function closedFor({ origin }: RelayProcess, reason: string): Promise<number> {
  const text = await (await ask(origin, 'GET', '/metrics')).text();
  return Number(new RegExp(`concord_closed_total\\{reason="${reason}"\\} (\\d+)`).exec(text)?.[1] ?? 0);
}
