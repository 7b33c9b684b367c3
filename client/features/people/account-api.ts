/** Creating and changing agencies and people over HTTP. Only online, only for administrators; refusals are values. */
import { type AgencyInput, errorSchema, type PersonInput } from '../../../shared/api.ts';

/** Why it was not done; `offline` when no answer came. */
export type AccountFailure = 'offline' | 'not-allowed' | 'name-taken' | 'invalid' | 'failed';
export type AccountOutcome = { readonly ok: true } | { readonly ok: false; readonly reason: AccountFailure };

export interface AccountApi {
  putAgency(agencyId: string, input: AgencyInput): Promise<AccountOutcome>;
  putPerson(personId: string, input: PersonInput): Promise<AccountOutcome>;
}

export function accountApi(fetch: typeof globalThis.fetch): AccountApi {
  const put = async (path: string, input: object): Promise<AccountOutcome> => {
    let response: Response;
    try {
      response = await fetch(path, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(input),
      });
    } catch {
      // fetch rejects only when no answer came.
      return { ok: false, reason: 'offline' };
    }
    return response.ok ? { ok: true } : { ok: false, reason: await failureOf(response) };
  };
  return {
    putAgency: (agencyId, input) => put(`/api/agencies/${agencyId}`, input),
    putPerson: (personId, input) => put(`/api/people/${personId}`, input),
  };
}

async function failureOf(response: Response): Promise<AccountFailure> {
  if (response.status === 401 || response.status === 403) return 'not-allowed';
  if (response.status === 409) return 'name-taken';
  const body: unknown = await response.json().catch(() => null);
  const parsed = errorSchema.safeParse(body);
  return response.status === 400 ||
    response.status === 422 ||
    (parsed.success && parsed.data.error.fields !== undefined)
    ? 'invalid'
    : 'failed';
}
