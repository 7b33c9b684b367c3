/** What an operator is told: health with its reasons, counts of the relay's work, and who may read them. */
import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { HttpRefusal } from '../../../sync-server/http/refusal.ts';
import { healthReasons, type Vitals } from '../../../sync-server/operation/health.ts';
import { measuredWriter } from '../../../sync-server/operation/measured-writer.ts';
import { createMeter } from '../../../sync-server/operation/meter.ts';
import { operationRoutes } from '../../../sync-server/operation/operation-routes.ts';
import type { WriteRequest } from '../../../sync-server/store/requests.ts';
import type { Appending } from '../../../sync-server/store/writer.ts';

const WELL: Vitals = {
  storeTrouble: null,
  damagedRooms: [],
  isDraining: false,
  observedRules: [],
  loopDelayMs: 3,
  freeBytes: 1e12,
};
const LIMITS = { slowLoopMs: 1_000, lowDiskBytes: 1_000_000 };

describe('health', () => {
  const table: [string, Partial<Vitals>, string[]][] = [
    ['nothing is wrong', {}, []],
    ['the store fails', { storeTrouble: 'disk full' }, ['store-failed']],
    ['what is stored of a room is damaged', { damagedRooms: ['d/body'] }, ['room-damaged']],
    ['it is ending', { isDraining: true }, ['draining']],
    ['the disk is nearly full', { freeBytes: 10 }, ['disk-low']],
    ['the system does not say how full the disk is', { freeBytes: null }, []],
    ['a rule of the gate is not enforced', { observedRules: ['neighbours'] }, ['rule-observed']],
    ['everybody waits', { loopDelayMs: 1_500 }, ['slow']],
    [
      'all of it',
      { storeTrouble: 'x', isDraining: true, freeBytes: 0, loopDelayMs: 2_000 },
      ['store-failed', 'draining', 'disk-low', 'slow'],
    ],
  ];
  for (const [name, vitals, reasons] of table) {
    it(`says ${reasons.join(', ') || 'ok'} when ${name}`, () => {
      expect(healthReasons({ ...WELL, ...vitals }, LIMITS)).toEqual(reasons);
    });
  }
});

describe('a damaged room', () => {
  it('is named to the tools of the operator, to everybody else only that there is one', async () => {
    const { app } = openHouse(null, { ...WELL, damagedRooms: ['d/body'] });
    const ask = async (remoteAddress: string) => (await app.inject({ url: '/health', remoteAddress })).json();
    expect(await ask('127.0.0.1')).toMatchObject({ reasons: ['room-damaged'], damagedRooms: ['d/body'] });
    expect(await ask('10.0.0.7')).toMatchObject({ status: 'degraded', reasons: ['room-damaged'] });
    expect(await ask('10.0.0.7')).not.toHaveProperty('damagedRooms');
  });
});

function openHouse(metricsToken: string | null = null, vitals = WELL) {
  const meter = createMeter(() => ({ rooms: 2, parkedRooms: 1, sockets: 5, isHealthy: true }));
  const app = fastify();
  app.setErrorHandler((error, _, reply) => reply.code(error instanceof HttpRefusal ? error.status : 500).send());
  const counts = () => ({ rooms: 2, sockets: 5 });
  operationRoutes(app, { meter, vitals: () => vitals, limits: LIMITS, generation: 'g', counts, metricsToken });
  const get = (remoteAddress: string, headers: Record<string, string> = {}) =>
    app.inject({ url: '/metrics', remoteAddress, headers });
  return { meter, app, get };
}

describe('metrics', () => {
  it('count commits with size and time, refusals and closings by reason, rooms, sockets, memory and the event loop', async () => {
    const { meter, get } = openHouse();
    meter.wrote('append', true, 0.004);
    meter.updateStored(30);
    meter.echoed(0.006);
    meter.refused('editRefused', 'client-id-of-another');
    meter.closed('too-fast');
    const { body, headers } = await get('127.0.0.1');
    expect(headers['content-type']).toContain('text/plain');
    for (const line of [
      'concord_commit_seconds_bucket{le="0.005",kind="append",outcome="durable"} 1',
      'concord_update_bytes_bucket{le="32"} 1',
      'concord_echo_seconds_count 1',
      'concord_refusals_total{event="editRefused",reason="client-id-of-another"} 1',
      'concord_closed_total{reason="too-fast"} 1',
      'concord_rooms_open 2',
      'concord_rooms_parked 1',
      'concord_sockets_open 5',
      'concord_healthy 1',
    ])
      expect(body.split('\n')).toContain(line);
    expect(body).toContain('nodejs_eventloop_lag_p99_seconds');
    expect(body).toContain('process_resident_memory_bytes');
  });

  it('miss none of very many keystrokes, however often they are read', async () => {
    const { meter, get } = openHouse();
    const type = (edits: number) => {
      for (let n = 0; n < edits; n++) {
        meter.wrote('append', true, 0.004);
        meter.updateStored(n % 2 === 0 ? 30 : 50);
        meter.echoed(0.25);
      }
    };
    let all = 0;
    let short = 0;
    for (const edits of [1, 511, 512, 1_300]) {
      type(edits);
      all += edits;
      short += Math.ceil(edits / 2);
      const lines = (await get('127.0.0.1')).body.split('\n');
      expect(lines).toContain(`concord_commit_seconds_count{kind="append",outcome="durable"} ${all}`);
      expect(lines).toContain(`concord_update_bytes_bucket{le="32"} ${short}`);
      expect(lines).toContain(`concord_update_bytes_count ${all}`);
      expect(lines).toContain(`concord_echo_seconds_sum ${all / 4}`);
    }
  });

  it('are for this machine; elsewhere, or through a proxy, for who shows the token', async () => {
    const { get } = openHouse('a-token-of-some-length');
    expect((await get('::1')).statusCode).toBe(200);
    expect((await get('10.0.0.7')).statusCode).toBe(403);
    expect((await get('127.0.0.1', { 'x-forwarded-for': '10.0.0.7' })).statusCode).toBe(403);
    expect((await get('10.0.0.7', { authorization: 'Bearer a-token-of-some-lengtH' })).statusCode).toBe(403);
    expect((await get('10.0.0.7', { authorization: 'Bearer a-token-of-some-length' })).statusCode).toBe(200);
    expect((await openHouse(null).get('10.0.0.7', { authorization: 'Bearer ' })).statusCode).toBe(403);
  });

  it('time every request to the store and change nothing about it', async () => {
    const { meter, get } = openHouse();
    const asked: (WriteRequest | Appending)[] = [];
    let nowMs = 0;
    const writer = measuredWriter(
      {
        trouble: 'disk full',
        append: (one) => void asked.push(one),
        isBehind: (room) => room === 'r',
        write: async (request) => {
          asked.push(request);
          nowMs += 20;
          return { kind: 'failed', of: 'store', message: 'disk full' };
        },
        close: async () => undefined,
      },
      meter,
      () => nowMs,
    );
    const one: Appending = {
      room: 'r',
      seq: 7,
      update: new Uint8Array(100),
      author: 'p',
      carrier: 'p',
      agencyId: null,
      role: 'host',
      connection: 'c',
      atMs: 1,
      newClientIds: [],
      durable: () => undefined,
      failed: () => undefined,
    };
    writer.append(one);
    const settle: WriteRequest = { kind: 'settle' };
    expect(await writer.write(settle)).toEqual({ kind: 'failed', of: 'store', message: 'disk full' });
    expect(asked).toEqual([one, settle]);
    // The very one: it is told itself what becomes of it.
    expect(asked[0]).toBe(one);
    expect(writer.isBehind('r')).toBe(true);
    expect(writer.trouble).toBe('disk full');
    const { body } = await get('127.0.0.1');
    expect(body).toContain('concord_commit_seconds_sum{kind="settle",outcome="failed"} 0.02');
    expect(body).toContain('concord_commit_seconds_count{kind="settle",outcome="failed"} 1');
  });
});
