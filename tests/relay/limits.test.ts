/**
 * What one hostile member, or a crowd of strangers, does to everybody else: two people type to each other in another room
 * while it goes on. Nobody there waits a quarter of a second, the relay keeps little of it, and whoever did it is out or held
 * back. The attacks are in tests/support/attacks.mjs, a process of their own.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { residentBytes, starvedMs } from '../support/process-figures.ts';
import {
  type ApiUser,
  ask,
  type RelayProcess,
  setUpCase,
  startRelay,
  type TestCase,
} from '../support/relay-process.ts';
import { connectWire, type WireClient } from '../support/wire-client.ts';

const STALL_MS = 250;
const GROWTH_BYTES = 100 * 1024 * 1024;
/** On a machine that others use too a pause may be theirs: then it is looked at again. */
const TRIES = 3;
const QUIET_ROUNDS = 100;

/**
 * What people in another room noticed while something went on. A wait is the relay's (or theirs) only as far as neither was
 * kept from a processor by other programs: the attack itself runs on this machine.
 */
interface Noticed {
  readonly rounds: number;
  readonly p95: number;
  readonly longest: number;
  readonly grownBytes: number;
}

describe('while somebody attacks another room', () => {
  let relay: RelayProcess;
  let house: TestCase;
  let attacker: ChildProcess;
  let attacked: string;
  let pair: [WireClient, WireClient];
  let quiet: Noticed;
  /** While the attacker's process is busy with something else: on this machine all of them share its processors. */
  let besideOther: Noticed;
  let strangers = 0;

  beforeAll(async () => {
    relay = await startRelay({ env: { CONCORD_LOG_LEVEL: 'info' } });
    house = await setUpCase(relay);
    attacker = fork(fileURLToPath(new URL('../support/attacks.mjs', import.meta.url)));
    const [typing, other] = [await house.addDocument(), await house.addDocument()];
    attacked = other;
    const first = await house.addMember('first', 'mediator');
    const second = await house.addMember('second', 'mediator');
    pair = [connect(first, typing), connect(second, typing)];
    for (const client of pair) await client.synced();
    const large = connect(house.administrator, attacked);
    await large.synced();
    large.doc.getText('prose').insert(0, 'x'.repeat(1024 * 1024));
    await large.saved();
    large.cut();
    await typeWhile(() => false, QUIET_ROUNDS);
    quiet = await typeWhile(() => false, QUIET_ROUNDS);
    besideOther = await typeDuring(tell('elsewhere'));
  });
  afterAll(async () => {
    attacker.kill('SIGKILL');
    for (const client of pair) client.cut();
    await relay.stop('SIGTERM');
  });

  const connect = (user: ApiUser, documentId: string) =>
    connectWire({ origin: relay.origin, address: { documentId, room: 'body' }, cookie: user.cookie });

  const ownTime = () => performance.now() - starvedMs(relay.pid) - starvedMs(process.pid);

  /** The two answer each other's characters in turns, until it is over and at least so many times. */
  async function typeWhile(isGoingOn: () => boolean, atLeast: number): Promise<Noticed> {
    const before = residentBytes(relay.pid);
    const waits: number[] = [];
    let most = before;
    while (isGoingOn() || waits.length < atLeast) {
      const [from, to] = waits.length % 2 === 0 ? pair : [pair[1], pair[0]];
      const startedAt = ownTime();
      const length = to.doc.getText('prose').length + 1;
      from.doc.getText('prose').insert(0, 'a');
      await to.until(() => to.doc.getText('prose').length >= length || to.closed !== null);
      expect(to.closed).toBeNull();
      waits.push(Math.max(0, ownTime() - startedAt));
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
    const noticed = await typeWhile(() => !isOver, QUIET_ROUNDS);
    await ended;
    return noticed;
  }

  async function tell(attack: string | null, place: object = {}): Promise<{ open: number }> {
    return new Promise((resolve, reject) => {
      attacker.once('message', (answer: { done?: true; open: number; failed?: string }) => {
        if (answer.done === true) resolve(answer);
        else reject(new Error(answer.failed));
      });
      attacker.send({ attack, place });
    });
  }

  async function closedFor(reason: string): Promise<number> {
    const text = await (await ask(relay.origin, 'GET', '/metrics')).text();
    return Number(new RegExp(`concord_closed_total\\{reason="${reason}"\\} (\\d+)`).exec(text)?.[1] ?? 0);
  }

  /** One attack by somebody new; what the others noticed, and for how many sockets it ended with each reason. */
  async function during(attack: string): Promise<{ noticed: Noticed; closed: (reason: string) => Promise<number> }> {
    let noticed: Noticed | null = null;
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const user = await house.addMember(`stranger ${++strangers}`, 'participant');
      const path = `/sync/${attacked}/body`;
      const place = { port: Number(new URL(relay.origin).port), origin: relay.origin, cookie: user.cookie, path };
      const before = new Map(
        await Promise.all(
          ['too-fast', 'too-slow', 'malformed', 'too-many', 'sign-in'].map(
            async (reason) => [reason, await closedFor(reason)] as const,
          ),
        ),
      );
      noticed = await typeDuring(tell(attack, place));
      await tell(null);
      const ratios = [quiet, besideOther].map(({ p95 }) => ((noticed?.p95 ?? 0) / p95).toFixed(2));
      process.stdout.write(
        `${attack}: p95 ${noticed.p95.toFixed(1)} ms (${ratios[0]} × before, ${ratios[1]} × beside other work), longest ${noticed.longest.toFixed(0)} ms, ` +
          `memory +${(noticed.grownBytes / 1024 / 1024).toFixed(0)} MiB, ${noticed.rounds} rounds\n`,
      );
      if (noticed.longest < STALL_MS && noticed.grownBytes < GROWTH_BYTES) {
        return { noticed, closed: async (reason) => (await closedFor(reason)) - (before.get(reason) ?? 0) };
      }
    }
    throw new Error(`${attack}: ${JSON.stringify(noticed)} in the last of ${TRIES} tries`);
  }

  it.each([
    ['newClientIds', 'too-fast'],
    ['unplaceableUpdates', null],
    ['unreadSyncAnswers', null],
    ['largePresence', null],
    ['presenceFlood', null],
    ['pings', 'too-fast'],
    ['pongs', null],
    ['smallMessages', null],
    ['halfMessages', 'too-fast'],
    ['trickle', null],
    ['manyFragments', null],
    ['malformedFrames', null],
    ['comingAndGoing', null],
    ['strangers', 'sign-in'],
  ])('[R19] %s stall nobody else and cost little', async (attack, reason) => {
    const { closed } = await during(attack);
    // Who has spent their share of the time is heard out, and closed, after the attack.
    if (reason !== null) await vi.waitFor(async () => expect(await closed(reason)).toBeGreaterThan(0), 10_000);
  });
});
