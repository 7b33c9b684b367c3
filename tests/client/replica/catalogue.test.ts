/** The catalogue as pages read it: asked for in a render it does nothing, listened to it is fetched. */
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../client/replica/api-client.ts';
import { createCatalogue } from '../../../client/replica/catalogue.ts';
import type { OutboxEntry } from '../../../client/replica/contract.ts';
import { plainKeys } from '../../../client/replica/envelope.ts';
import { openLocalStore } from '../../../client/replica/local-store.ts';
import { observableOf } from '../../../client/replica/observable.ts';
import type { CaseDetail } from '../../../shared/api.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { until } from '../../support/node-browser.ts';
import { storeEnvironment } from '../../support/store-environment.ts';

const CASE_ID = '00000000-0000-4000-8000-000000000001';
const AGENCY_ID = '00000000-0000-4000-8000-0000000000bb';
const CREATED: OutboxEntry = {
  state: 'waiting',
  command: {
    commandId: '00000000-0000-4000-8000-0000000000cc',
    type: 'createCase',
    caseId: CASE_ID,
    title: '欠薪',
    category: 'wageArrears',
    agencyId: AGENCY_ID,
  },
};

function setUp() {
  const asked: string[] = [];
  const outbox = observableOf<readonly OutboxEntry[]>([CREATED]);
  const store = openLocalStore('catalogue', plainKeys, storeEnvironment());
  const unreachable = async (): Promise<Answer<never>> => ({ kind: 'unreachable' });
  let detail: Answer<CaseDetail> = { kind: 'unreachable' };
  const catalogue = createCatalogue({
    me: () => ({
      person: { personId: AGENCY_ID, name: '甲', agencyIds: [], isAdministrator: false },
      agencies: [],
      generation: 'g',
    }),
    store,
    api: {
      cases: unreachable,
      directory: unreachable,
      caseDetail: async (caseId) => {
        asked.push(caseId);
        return detail;
      },
    },
    clock: createFakeClock(),
    outbox,
    mayFetch: () => true,
    onSignedOut: () => {},
  });
  const deliver = (value: CaseDetail) => {
    outbox.set([]);
    detail = { kind: 'ok', value };
  };
  return { catalogue, asked, deliver };
}

describe('the detail of a case', () => {
  it('is the same object for every render that asks, known at once, and neither fetches nor tells anybody', async () => {
    const { catalogue, asked } = setUp();
    await catalogue.load();
    let told = 0;
    catalogue.cases.subscribe(() => told++);
    catalogue.directory.subscribe(() => told++);
    const detail = catalogue.caseDetail(CASE_ID);
    expect(catalogue.caseDetail(CASE_ID)).toBe(detail);
    expect(detail.get()).toMatchObject({ title: '欠薪' });
    expect(catalogue.caseDetail('00000000-0000-4000-8000-000000000009').get()).toBeNull();
    expect([told, asked]).toEqual([0, []]);
  });

  it('is fetched when the first listener comes, and again when one comes after all had gone', async () => {
    const { catalogue, asked, deliver } = setUp();
    await catalogue.load();
    const detail = catalogue.caseDetail(CASE_ID);
    const known = detail.get();
    if (known === null) throw new Error('not known');
    deliver({ ...known, version: 7 });
    const ends = [detail.subscribe(() => {}), detail.subscribe(() => {})];
    expect(asked).toEqual([CASE_ID]);
    await until(detail, (value) => value?.version === 7);
    for (const end of ends) end();
    asked.length = 0;
    detail.subscribe(() => {})();
    expect(asked).toEqual([CASE_ID]);
  });
});
