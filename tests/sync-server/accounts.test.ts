/** Accounts on a real store: sign-in, sessions that end, the setup link, and passwords that are only ever hashes. */
import { describe, expect, it } from 'vitest';
import { Accounts } from '../../sync-server/accounts/accounts.ts';
import { sessionCookie, tokenInCookie } from '../../sync-server/accounts/cookie.ts';
import { hashPassword, isPasswordRight } from '../../sync-server/accounts/passwords.ts';
import type { Writer } from '../../sync-server/store/writer.ts';
import { AT_MS, type StoreStage, stageStore, uuid } from './store/store-stage.ts';

const cost = { N: 1024, r: 8, p: 1 };

function open(stage: StoreStage, setupToken: string | null = null) {
  let made = 0;
  const writer: Pick<Writer, 'write'> = { write: async (request) => stage.at(AT_MS, request) };
  const clock = { nowMs: AT_MS };
  const accounts = new Accounts({
    reader: stage.reader,
    writer,
    now: () => clock.nowMs,
    randomToken: () => `token-${++made}-0000000000000000`,
    randomUuid: () => uuid(7, ++made),
    setupToken,
    cost,
  });
  return { accounts, clock };
}

const setup = {
  token: 'the-one-time-token',
  name: '管理员',
  password: 'correct horse',
  agencyName: '司法局',
  agencyMark: '云',
};

describe('accounts', () => {
  it('lets the first administrator in once, with the right token only', async () => {
    const { accounts } = open(stageStore(), setup.token);
    expect(await accounts.setUp({ ...setup, token: 'another-token-16x' })).toEqual({ refused: 'wrong-token' });
    const first = await accounts.setUp(setup);
    expect('token' in first && accounts.session(first.token)?.personId).toMatch(/^0000/);
    expect(await accounts.setUp(setup)).toEqual({ refused: 'already-set-up' });
  });

  it('signs in with the right password only, and keeps no token', async () => {
    const stage = stageStore();
    const { accounts } = open(stage, setup.token);
    await accounts.setUp(setup);
    expect(await accounts.signIn({ name: '管理员', password: 'wrong horse' })).toBeNull();
    expect(await accounts.signIn({ name: '无此人', password: 'correct horse' })).toBeNull();
    const token = await accounts.signIn({ name: ' 管理员 ', password: 'correct horse' });
    expect(token).not.toBeNull();
    const kept = JSON.stringify(stage.db.prepare('SELECT * FROM sessions').all());
    expect(kept).not.toContain(token);
    expect(JSON.stringify(stage.db.prepare('SELECT * FROM people').all())).not.toContain('horse');
  });

  it('ends a session by sign-out and by time', async () => {
    const { accounts, clock } = open(stageStore(), setup.token);
    const first = await accounts.setUp(setup);
    const token = 'token' in first ? first.token : '';
    const signedIn = accounts.session(token);
    expect(signedIn?.expiresAtMs).toBe(AT_MS + 30 * 24 * 3600 * 1000);
    clock.nowMs = signedIn?.expiresAtMs ?? 0;
    expect(accounts.session(token)).toBeNull();
    clock.nowMs = AT_MS;
    await accounts.signOut(signedIn?.tokenHash ?? '');
    expect(accounts.session(token)).toBeNull();
    expect(accounts.session(undefined)).toBeNull();
  });

  it('hashes each password with a salt of its own and reads its cost from the hash', async () => {
    const [one, two] = await Promise.all([hashPassword('同样的', cost), hashPassword('同样的', { ...cost, N: 2048 })]);
    expect(one).not.toBe(two);
    expect(await isPasswordRight('同样的', one)).toBe(true);
    expect(await isPasswordRight('同样的', two)).toBe(true);
    expect(await isPasswordRight('不同的', two)).toBe(false);
  });

  it('gives a cookie that script cannot read and other sites cannot send', () => {
    const cookie = sessionCookie('abc', true);
    for (const flag of ['HttpOnly', 'SameSite=Strict', 'Secure', 'Path=/']) expect(cookie).toContain(flag);
    expect(sessionCookie('abc', false)).not.toContain('Secure');
    expect(tokenInCookie(cookie.split(';')[0])).toBe('abc');
    expect(tokenInCookie(undefined)).toBeUndefined();
  });
});
