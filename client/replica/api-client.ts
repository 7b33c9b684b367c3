/**
 * The HTTP API as the replica uses it: fetch, zod and four kinds of answer. Never throws for what the network or the server
 * does. Every request says whose page this is, so that a browser whose cookie has changed hands cannot act in another's name.
 */
import type { z } from 'zod';
import {
  type ActivityPage,
  activityPageSchema,
  type CaseDetail,
  type CaseSummary,
  caseDetailSchema,
  caseSummarySchema,
  type Directory,
  directorySchema,
  type Me,
  meSchema,
  type Setup,
  type SignIn,
} from '../../shared/api.ts';
import { type Command, type CommandResult, commandResultSchema } from '../../shared/commands.ts';
import { type Held, type HeldInput, type HeldList, heldListSchema, heldSchema } from '../../shared/held.ts';
import type { ReplicaEnvironment } from './environment.ts';

export type Answer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  /** No answer, or one that does not count (5xx, a proxy's page): try again later. */
  | { readonly kind: 'unreachable' }
  /** 401: nobody is signed in. */
  | { readonly kind: 'signedOut' }
  /** Any other 4xx; what is asked will not be done however often it is asked. 429 is `tooFast`. */
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'tooFast' };

export interface ApiClient {
  me(): Promise<Answer<Me>>;
  signIn(input: SignIn): Promise<Answer<null>>;
  setup(input: Setup): Promise<Answer<null>>;
  signOut(): Promise<Answer<null>>;
  directory(): Promise<Answer<Directory>>;
  cases(): Promise<Answer<CaseSummary[]>>;
  caseDetail(caseId: string): Promise<Answer<CaseDetail>>;
  /** @param before where the page before ended; null for the newest */
  activity(caseId: string, before: string | null): Promise<Answer<ActivityPage>>;
  command(command: Command): Promise<Answer<CommandResult>>;
  handIn(documentId: string, input: HeldInput): Promise<Answer<null>>;
  heldList(documentId: string): Promise<Answer<HeldList>>;
  held(documentId: string, heldId: string): Promise<Answer<Held>>;
}

/** The person a request is made for; the relay compares it with the cookie's and answers 401 when they differ. */
const AS_HEADER = 'x-concord-as';

const REQUEST_MS = 20_000;

/** @param asPersonId whose page this is; null before anybody signed in */
export function createApiClient(
  environment: Pick<ReplicaEnvironment, 'fetch' | 'origin' | 'clock'>,
  asPersonId: string | null,
): ApiClient {
  /** The last answer to each GET with its tag: the server says 304 in place of the same again. */
  const known = new Map<string, { readonly tag: string; readonly value: unknown }>();

  async function request(method: string, path: string, body?: unknown): Promise<Response | null> {
    const tag = method === 'GET' ? known.get(path)?.tag : undefined;
    const abort = new AbortController();
    const cancel = environment.clock.after(REQUEST_MS, () => abort.abort());
    try {
      return await environment.fetch(`${environment.origin}${path}`, {
        method,
        credentials: 'same-origin',
        signal: abort.signal,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(asPersonId === null ? {} : { [AS_HEADER]: asPersonId }),
          ...(tag === undefined ? {} : { 'if-none-match': tag }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch {
      // fetch rejects for a lost network and for our own abort alike: both mean "no answer".
      return null;
    } finally {
      cancel();
    }
  }

  async function ask<T>(
    method: string,
    path: string,
    schema: z.ZodType<T> | null,
    body?: unknown,
    also: readonly number[] = [],
  ): Promise<Answer<T>> {
    const response = await request(method, path, body);
    if (response === null || response.status >= 500) return { kind: 'unreachable' };
    if (response.status === 401) return { kind: 'signedOut' };
    if (response.status === 429) return { kind: 'tooFast' };
    // What was remembered under this path was parsed by this schema.
    if (response.status === 304) return { kind: 'ok', value: known.get(path)?.value as T };
    if (!response.ok && !also.includes(response.status)) return { kind: 'refused', status: response.status };
    if (schema === null) return { kind: 'ok', value: null as T };
    const parsed = schema.safeParse(await response.json().catch(() => undefined));
    if (!parsed.success) return { kind: 'unreachable' };
    const tag = response.headers.get('etag');
    if (method === 'GET' && tag !== null) known.set(path, { tag, value: parsed.data });
    return { kind: 'ok', value: parsed.data };
  }

  return {
    me: () => ask('GET', '/api/session', meSchema),
    signIn: (input) => ask('POST', '/api/session', null, input),
    setup: (input) => ask('POST', '/api/setup', null, input),
    signOut: () => ask('DELETE', '/api/session', null),
    directory: () => ask('GET', '/api/directory', directorySchema),
    cases: () => ask('GET', '/api/cases', caseSummarySchema.array()),
    caseDetail: (caseId) => ask('GET', `/api/cases/${caseId}`, caseDetailSchema),
    activity: (caseId, before) =>
      ask('GET', `/api/cases/${caseId}/activity${before === null ? '' : `?before=${before}`}`, activityPageSchema),
    command: (command) => ask('POST', '/api/commands', commandResultSchema, command, [409]),
    handIn: (documentId, input) => ask('POST', `/api/held/${documentId}`, null, input),
    heldList: (documentId) => ask('GET', `/api/held/${documentId}`, heldListSchema),
    held: async (documentId, heldId) => {
      const path = `/api/held/${documentId}/${heldId}`;
      const answer = await ask('GET', path, heldSchema);
      // Read once or twice and up to sixteen megabytes: nothing to keep in memory.
      known.delete(path);
      return answer;
    },
  };
}
