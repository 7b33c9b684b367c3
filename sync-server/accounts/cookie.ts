/** The session cookie: never readable by script, never sent from another site, and only over TLS where there is TLS. */
import { parse, serialize } from 'cookie';
import { LIMITS } from '../limits.ts';

const SESSION_COOKIE = 'concord_session';

/** The Set-Cookie header that opens a session; with a null token, the one that ends it. */
export function sessionCookie(token: string | null, isSecure: boolean): string {
  return serialize(SESSION_COOKIE, token ?? '', {
    httpOnly: true,
    sameSite: 'strict',
    path: '/',
    secure: isSecure,
    maxAge: token === null ? 0 : LIMITS.sessionMs / 1000,
  });
}

/** The session token in a Cookie header; undefined when there is none. */
export function tokenInCookie(header: string | undefined): string | undefined {
  return header === undefined ? undefined : parse(header)[SESSION_COOKIE];
}
