/**
 * What every answer tells the browser about trust: scripts from here only, no framing, no remote fetch, text sinks only
 * through the two named Trusted Types policies (inert HTML of the clipboard; the address of the service worker).
 */

/** The content security policy of an origin (its WebSocket address is named for browsers whose 'self' leaves it out). */
function contentSecurityPolicy(origin: string): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    // The component library sets styles on elements.
    "style-src 'self' 'unsafe-inline'",
    `connect-src 'self' ${origin.replace(/^http/, 'ws')}`,
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "require-trusted-types-for 'script'",
    'trusted-types concord concord-worker',
  ].join('; ');
}

/** Headers of every answer. */
export function securityHeaders(origin: string): Readonly<Record<string, string>> {
  return {
    'content-security-policy': contentSecurityPolicy(origin),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...(origin.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}
