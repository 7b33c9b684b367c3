/** The process itself: what it refuses to start with, what it keeps, how it ends, and what it says about its health. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openForReading } from '../../sync-server/store/database.ts';
import { eventually } from '../support/eventually.ts';
import { ask, runRelay, setUpCase, startRelay } from '../support/relay-process.ts';
import { connectWire } from '../support/wire-client.ts';

const temporaryDirectory = () => mkdtempSync(join(tmpdir(), 'concord-test-'));

describe('starting', () => {
  it('lists everything that is wrong with the configuration and does not start', async () => {
    const { code, output } = await runRelay({
      env: {
        PORT: '99999',
        CONCORD_URL: 'concord.example/path',
        CONCORD_TLS_CERT: '/no/such/file',
        CONCORD_LOG_LEVEL: 'loud',
        CONCORD_PROT: '1',
      },
    });
    expect(code).toBe(1);
    for (const name of ['PORT', 'CONCORD_URL', 'CONCORD_TLS_CERT', 'CONCORD_TLS_KEY', 'CONCORD_LOG_LEVEL']) {
      expect(output).toContain(name);
    }
    expect(output).toContain('CONCORD_PROT: there is no such setting');
  });

  it('refuses a data directory that another process uses, and takes it once that one is dead', async () => {
    const dataDirectory = temporaryDirectory();
    const first = await startRelay({ dataDirectory });
    const second = await runRelay({ dataDirectory });
    expect(second.code).toBe(1);
    expect(second.output).toContain('Another Concord process is using');
    await first.stop('SIGKILL');
    const third = await startRelay({ dataDirectory });
    expect(await third.stop('SIGTERM')).toBe(0);
  });

  it('gives the first administrator a link that works once', async () => {
    const relay = await startRelay();
    await setUpCase(relay);
    const setup = {
      token: /#setup=(\S+)/.exec(relay.output())?.[1] ?? '',
      name: 'again',
      password: 'long enough password',
      agencyName: 'x',
      agencyMark: 'x',
    };
    const again = await ask(relay.origin, 'POST', '/api/setup', setup);
    expect(again.status).toBe(403);
    await relay.stop('SIGKILL');
    const later = await startRelay({ dataDirectory: relay.dataDirectory });
    expect(later.output()).not.toContain('#setup=');
    await later.stop('SIGTERM');
  });

  it('loads the demonstration once, and starts again with it', async () => {
    const dataDirectory = temporaryDirectory();
    const people: unknown[] = [];
    const seen: string[][] = [];
    const logged: unknown[] = [];
    for (let start = 0; start < 2; start++) {
      const relay = await startRelay({ dataDirectory, args: ['--demo'] });
      const [, password] = /password of all is (\S+)/.exec(relay.output()) ?? [];
      const [, name] = /^ {2}(\S+) \(host\)/m.exec(relay.output()) ?? [];
      const casesOf = async (who: string | undefined) => {
        const signedIn = await ask(relay.origin, 'POST', '/api/session', { name: who, password });
        expect(signedIn.status).toBe(204);
        const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0];
        return (await ask(relay.origin, 'GET', '/api/cases', undefined, cookie)).json();
      };
      people.push(await casesOf(name));
      for (const other of ['贺岚', 'Joel Hart', '白露']) {
        const cases: { title: string }[] = await casesOf(other);
        seen.push(cases.map((each) => each.title.slice(0, 3)));
      }
      expect(await relay.stop('SIGTERM')).toBe(0);
      const database = openForReading(join(dataDirectory, 'concord.sqlite'));
      logged.push(database.prepare('SELECT room, count(*) AS rows FROM log GROUP BY room').all());
      database.close();
    }
    expect(logged[1]).toEqual(logged[0]);
    expect(people[0]).toMatchObject([{ documentCount: 7 }]);
    expect(people[1]).toEqual(people[0]);
    expect(seen.slice(0, 3)).toEqual([['观澜苑'], ['Fer'], []]);
  });
});

describe('running and ending', () => {
  it('keeps accounts, cases, words and sessions over a restart, and projects the title', async () => {
    const relay = await startRelay();
    const house = await setUpCase(relay);
    const documentId = await house.addDocument();
    const address = { documentId, room: 'body' } as const;
    const { cookie } = house.administrator;
    const writer = connectWire({ origin: relay.origin, address, cookie });
    await writer.synced();
    writer.doc.getText('prose').insert(0, '会议决定如下。');
    writer.doc.getMap('fields').set('header/title/r1', { v: '第三次联席会议纪要', by: 'p', at: 1 });
    await writer.saved();
    expect(await relay.stop('SIGTERM')).toBe(0);
    expect(writer.closed).toEqual({ code: 4503, reason: 'draining' });

    const again = await startRelay({ dataDirectory: relay.dataDirectory });
    const detail = await ask(again.origin, 'GET', `/api/cases/${house.caseId}`, undefined, cookie);
    expect(await detail.json()).toMatchObject({ documents: [{ documentId, title: '第三次联席会议纪要' }] });
    const reader = connectWire({ origin: again.origin, address, cookie });
    await reader.synced();
    expect(reader.doc.getText('prose').toString()).toBe('会议决定如下。');
    reader.cut();
    await again.stop('SIGTERM');
  });

  it('counts its work for whoever operates it: an edit, and a stranger at the door', async () => {
    const relay = await startRelay();
    const house = await setUpCase(relay);
    const address = { documentId: await house.addDocument(), room: 'body' } as const;
    const writer = connectWire({ origin: relay.origin, address, cookie: house.administrator.cookie });
    await writer.synced();
    writer.doc.getText('prose').insert(0, '核对考勤');
    await writer.saved();
    const stranger = connectWire({ origin: relay.origin, address, cookie: '' });
    await eventually(() => expect(stranger.closed?.reason).toBe('sign-in'));
    const lines = (await (await ask(relay.origin, 'GET', '/metrics')).text()).split('\n');
    expect(lines).toContain('concord_rooms_open 1');
    expect(lines).toContain('concord_sockets_open 1');
    expect(lines).toContain('concord_echo_seconds_count 1');
    expect(lines).toContain('concord_closed_total{reason="sign-in"} 1');
    expect(lines.join()).not.toContain('核对');
    writer.cut();
    await relay.stop('SIGTERM');
  });

  it('says how it is, without a session', async () => {
    const relay = await startRelay();
    const health = await ask(relay.origin, 'GET', '/health');
    expect(await health.json()).toMatchObject({ status: 'ok', reasons: [], generation: expect.any(String) });
    await relay.stop('SIGTERM');
  });

  it('logs ids and words only: no name, no title, no text, no token', async () => {
    const relay = await startRelay({ env: { CONCORD_LOG_LEVEL: 'trace' } });
    const house = await setUpCase(relay);
    const documentId = await house.addDocument();
    const { cookie } = house.administrator;
    const writer = connectWire({ origin: relay.origin, address: { documentId, room: 'body' }, cookie });
    await writer.synced();
    writer.doc.getText('prose').insert(0, '王某欠薪十二万元');
    await writer.saved();
    writer.sendBytes(Uint8Array.of(99));
    await writer.until(() => writer.closed !== null);
    await relay.stop('SIGTERM');
    const log = relay.output().replace(/^.*#setup=.*$/m, '');
    expect(log).toContain('"event":"malformed"');
    const secrets = ['王某', '会议纪要', '司法局', 'administrator', 'test-password-1', cookie.split('=')[1] ?? 'none'];
    for (const secret of secrets) expect(log).not.toContain(secret);
  });
});
