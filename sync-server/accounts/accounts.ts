/**
 * Who somebody is: sign-in by name and password, the session behind a cookie, sign-out, and the first administrator's
 * one-time link. A session is a random token; the store knows only its hash.
 */
import { hash, timingSafeEqual } from 'node:crypto';
import type { PersonInput, Setup, SignIn } from '../../shared/api.ts';
import { LIMITS } from '../limits.ts';
import type { StoreReader } from '../store/reader.ts';
import type { Writer } from '../store/writer.ts';
import { hashPassword, isPasswordRight, SCRYPT_COST, type ScryptCost } from './passwords.ts';

export interface SignedIn {
  readonly personId: string;
  readonly tokenHash: string;
  readonly expiresAtMs: number;
}

/** A failure of the store while an account was written; the border answers "try later". */
export class StoreTrouble extends Error {}

export interface AccountsOptions {
  readonly reader: StoreReader;
  readonly writer: Pick<Writer, 'write'>;
  readonly now: () => number;
  readonly randomToken: () => string;
  readonly randomUuid: () => string;
  /** The one-time secret of the setup link; null when there are people already. */
  readonly setupToken: string | null;
  /** Lower in tests only. */
  readonly cost?: ScryptCost;
}

export class Accounts {
  readonly #options: AccountsOptions;
  readonly #cost: ScryptCost;
  /** What an unknown name is compared with, so that it takes as long as a known one. */
  readonly #decoyHash: Promise<string>;

  constructor(options: AccountsOptions) {
    this.#options = options;
    this.#cost = options.cost ?? SCRYPT_COST;
    this.#decoyHash = hashPassword(options.randomToken(), this.#cost);
  }

  /** The token of a new session; null when name or password are wrong, without saying which. */
  async signIn({ name, password }: SignIn): Promise<string | null> {
    const known = this.#options.reader.passwordOf(name.trim());
    const isRight = await isPasswordRight(password, known?.passwordHash ?? (await this.#decoyHash));
    return known !== null && isRight ? this.#open(known.personId) : null;
  }

  /** Who the token belongs to; null when it is unknown or over. */
  session(token: string | undefined): SignedIn | null {
    if (token === undefined || token === '') return null;
    const tokenHash = hashToken(token);
    const found = this.#options.reader.sessionPerson(tokenHash, this.#options.now());
    return found === null ? null : { ...found, tokenHash };
  }

  async signOut(tokenHash: string): Promise<void> {
    await this.#write({ kind: 'closeSession', tokenHash });
  }

  /** The first administrator; the token of their session, or the word of the refusal. */
  async setUp(setup: Setup): Promise<{ token: string } | { refused: 'wrong-token' | 'already-set-up' }> {
    const { setupToken, reader, randomUuid } = this.#options;
    if (reader.hasPeople()) return { refused: 'already-set-up' };
    if (setupToken === null || !isSameSecret(setup.token, setupToken)) return { refused: 'wrong-token' };
    const agencyId = randomUuid();
    const personId = randomUuid();
    const reply = await this.#write({
      kind: 'setup',
      agencyId,
      agency: { name: setup.agencyName, shortName: setup.agencyName, mark: setup.agencyMark },
      person: {
        personId,
        name: setup.name,
        passwordHash: await hashPassword(setup.password, this.#cost),
        agencyIds: [agencyId],
        isAdministrator: true,
      },
    });
    if (reply !== null) return { refused: 'already-set-up' };
    return { token: await this.#open(personId) };
  }

  /** Makes or changes a person; null when done, else the word of the refusal. */
  async putPerson(personId: string, input: PersonInput): Promise<string | null> {
    const passwordHash = input.password === undefined ? null : await hashPassword(input.password, this.#cost);
    const { name, agencyIds, isAdministrator } = input;
    return this.#write({ kind: 'putPerson', person: { personId, name, passwordHash, agencyIds, isAdministrator } });
  }

  async #open(personId: string): Promise<string> {
    const token = this.#options.randomToken();
    const expiresAtMs = this.#options.now() + LIMITS.sessionMs;
    await this.#write({ kind: 'openSession', tokenHash: hashToken(token), personId, expiresAtMs });
    return token;
  }

  async #write(request: Parameters<Writer['write']>[0]): Promise<string | null> {
    const reply = await this.#options.writer.write(request);
    if (reply.kind === 'failed') throw new StoreTrouble(reply.message);
    return reply.kind === 'refused' ? reply.code : null;
  }
}

function hashToken(token: string): string {
  // In one go: an object that hashes would wait for the collector, and every socket that comes is asked twice whose it is.
  return hash('sha256', token);
}

function isSameSecret(a: string, b: string): boolean {
  const hashed = (text: string) => hash('sha256', text, 'buffer');
  return timingSafeEqual(hashed(a), hashed(b));
}
