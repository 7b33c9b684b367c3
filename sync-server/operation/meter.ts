/**
 * What the relay counts of its own work, for whoever operates it: Prometheus' text format through prom-client, in a registry
 * of its own, and what is counted with every keystroke through distribution.ts. Numbers, machine words and nothing of anybody:
 * no room, person, address or content is a label.
 */
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { Distribution } from './distribution.ts';
import type { Meter } from './meter-contract.ts';
import { LOOP_LOOK_MS } from './vital-signs.ts';

/** What is read at the moment somebody asks. */
export interface Standing {
  readonly rooms: number;
  /** Of these, such as hold no content now. */
  readonly parkedRooms: number;
  readonly sockets: number;
  /** 1 when nothing is wrong. */
  readonly isHealthy: boolean;
}

export interface PrometheusMeter extends Meter {
  /** Everything as text, with its content type. */
  text(): Promise<{ readonly contentType: string; readonly body: string }>;
}

/** Seconds: a commit takes a millisecond on a good disk; beyond a second people wait. */
const SECONDS = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
/** Bytes of one update: a keystroke has about 30, a pasted page some thousand, a week offline a million. */
const BYTES = [32, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 16_777_216];

export function createMeter(standing: () => Standing): PrometheusMeter {
  const registry = new Registry();
  const registers = [registry];
  // Memory, CPU, garbage collection, and how long the event loop is kept waiting.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LOOP_LOOK_MS });
  const gauge = (name: string, help: string, read: (now: Standing) => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read(standing()));
      },
    });
  gauge('concord_rooms_open', 'Rooms that are open now.', ({ rooms }) => rooms);
  gauge('concord_rooms_parked', 'Open rooms that hold no content now.', ({ parkedRooms }) => parkedRooms);
  gauge('concord_sockets_open', 'Sockets that are admitted now.', ({ sockets }) => sockets);
  gauge('concord_healthy', '1 when /health says ok, else 0.', ({ isHealthy }) => (isHealthy ? 1 : 0));
  const writes = new Distribution(
    'concord_commit_seconds',
    'From asking for a write until it is durable, by what was written and whether it was.',
    SECONDS,
  );
  const sizes = new Distribution('concord_update_bytes', 'Size of the updates that were made durable.', BYTES);
  const echoes = new Distribution(
    'concord_echo_seconds',
    'From an update read off a socket until it was durable, passed on and acknowledged.',
    SECONDS,
  );
  const refused = new Counter({
    name: 'concord_refusals_total',
    help: 'Updates that the gate refused, answered with a resync or, under a watched rule, took; by reason.',
    labelNames: ['event', 'reason'],
    registers,
  });
  const closed = new Counter({
    name: 'concord_closed_total',
    help: 'Sockets the relay closed or did not admit, by the reason of the close code.',
    labelNames: ['reason'],
    registers,
  });
  const appended = writes.of({ kind: 'append', outcome: 'durable' });
  const stored = sizes.of();
  const echoed = echoes.of();
  return {
    wrote: (kind, isDurable, seconds) => {
      if (kind === 'append' && isDurable) appended.add(seconds);
      else writes.of({ kind, outcome: isDurable ? 'durable' : 'failed' }).add(seconds);
    },
    updateStored: (bytes) => stored.add(bytes),
    echoed: (seconds) => echoed.add(seconds),
    refused: (event, reason) => refused.inc({ event, reason }),
    closed: (reason) => closed.inc({ reason }),
    text: async () => {
      const parts = [await registry.metrics(), ...[writes, sizes, echoes].map((each) => `${each.text()}\n`)];
      return { contentType: registry.contentType, body: parts.join('\n') };
    },
  };
}
