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

describe('a title that an open document says', () => {
  const shown = (catalogue: ReturnType<typeof setUp>['catalogue']) => [
    catalogue.cases.get()[0]?.title,
    catalogue.caseDetail(CASE_ID).get()?.title,
    catalogue
      .caseDetail(CASE_ID)
      .get()
      ?.documents.map(({ title }) => title)
      .join(),
  ];

  it('is the title in every list at once, offline too, until the server says another', async () => {
    const { catalogue, deliver } = setUp();
    await catalogue.load();
    catalogue.noteTitle(CASE_ID, '钢筋班欠薪');
    expect(shown(catalogue)).toEqual(['钢筋班欠薪', '钢筋班欠薪', '']);
    catalogue.noteTitle(CASE_ID, '木工班欠薪');
    expect(shown(catalogue)).toEqual(['木工班欠薪', '木工班欠薪', '']);

    const detail = catalogue.caseDetail(CASE_ID).get();
    if (detail?.record === undefined) throw new Error('a case made here has its detail');
    const document = { ...detail.record, documentId: AGENCY_ID, kind: 'caseNote', title: '接谈记录' } as const;
    deliver({ ...detail, title: '由同事改过的名称', documents: [document] });
    const end = catalogue.caseDetail(CASE_ID).subscribe(() => {});
    await until(catalogue.caseDetail(CASE_ID), (value) => value?.title === '由同事改过的名称');
    catalogue.noteTitle(AGENCY_ID, '第二次接谈');
    expect(shown(catalogue)[2]).toBe('第二次接谈');
    end();
  });

  it('of a document that nobody has told of is no matter', async () => {
    const { catalogue } = setUp();
    await catalogue.load();
    catalogue.noteTitle('00000000-0000-4000-8000-0000000000ff', '别处');
    expect(shown(catalogue)).toEqual(['欠薪', '欠薪', '']);
  });
});
