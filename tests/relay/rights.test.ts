/** Nobody where they do not belong, on the real process: who is refused at the door, who is sent out, and why. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { CLOSE, type CloseName } from '../../shared/close-codes.ts';
import { ROLES } from '../../shared/permissions.ts';
import type { RoomAddress, RoomKind } from '../../shared/rooms.ts';
import { LIMITS } from '../../sync-server/limits.ts';
import { ownTimeMs } from '../support/process-figures.ts';
import {
  type ApiUser,
  ask,
  expectOk,
  type RelayProcess,
  setUpCase,
  signIn,
  startRelay,
  TEST_PASSWORD,
  type TestCase,
} from '../support/relay-process.ts';
import { connectWire, type WireClient, type WireClientOptions } from '../support/wire-client.ts';

function heldUpdate(words: string): string {
  const doc = new Y.Doc();
  doc.getText('prose').insert(0, words);
  return Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64');
}

describe('rights on the real process', () => {
  let relay: RelayProcess;
  let house: TestCase;
  let documentId: string;
  const members = new Map<string, ApiUser>();

  beforeAll(async () => {
    relay = await startRelay();
    house = await setUpCase(relay);
    documentId = await house.addDocument();
    for (const role of ROLES) members.set(role, await house.addMember(`the ${role}`, role));
  });
  afterAll(async () => {
    await relay.stop('SIGTERM');
  });

  const member = (role: string): ApiUser => {
    const found = members.get(role);
    if (found === undefined) throw new Error(role);
    return found;
  };
  const body = (): RoomAddress => ({ documentId, room: 'body' });
  const connect = (options: Partial<WireClientOptions>): WireClient =>
    connectWire({ origin: relay.origin, address: body(), ...options });
  const expectClosed = async (client: WireClient, row: CloseName) => {
    await client.until(() => client.closed !== null);
    expect(client.closed).toEqual({ code: CLOSE[row].code, reason: CLOSE[row].reason });
  };
  const command = (input: object) =>
    expectOk(house.administrator.ask('POST', '/api/commands', { commandId: randomUUID(), ...input }));

  it('[R7] refuses a wrong origin, a missing one, no cookie and a made-up cookie, and sends them nothing', async () => {
    const { cookie } = member('host');
    const refusals: [Partial<WireClientOptions>, CloseName][] = [
      [{ cookie, pageOrigin: 'https://evil.example' }, 'noAccess'],
      [{ cookie, pageOrigin: `${relay.origin}.evil.example` }, 'noAccess'],
      [{ cookie, pageOrigin: relay.origin.replace('localhost', '127.0.0.1') }, 'noAccess'],
      [{ cookie, pageOrigin: null }, 'noAccess'],
      [{}, 'signIn'],
      [{ cookie: 'concord_session=made-up' }, 'signIn'],
    ];
    for (const [options, row] of refusals) {
      const client = connect(options);
      await expectClosed(client, row);
      expect(client.received).toEqual([]);
    }
  });

  it("[C9] refuses a page of another person than the cookie's, and an unreadable or outdated client", async () => {
    const { cookie } = member('host');
    await expectClosed(connect({ cookie, query: `?as=${member('observer').personId}` }), 'otherPerson');
    await expectClosed(connect({ cookie, query: '?v=0' }), 'updateClient');
    await expectClosed(connect({ cookie, query: '?sv=0' }), 'updateClient');
    await expectClosed(connect({ cookie, query: '?v=abc' }), 'malformed');
    await expectClosed(connect({ cookie, query: '?gen=before-the-restore' }), 'otherGeneration');
    const welcome = connect({ cookie, query: `?as=${member('host').personId}&v=1&sv=1` });
    await welcome.synced();
    expect(welcome.closed).toBeNull();
    welcome.cut();
  });

  it('[R7] refuses rooms that are not there and rooms of other cases', async () => {
    const { cookie } = member('host');
    await expectClosed(connect({ cookie, address: { documentId: randomUUID(), room: 'body' } }), 'unknownRoom');
    await expectClosed(connect({ cookie, address: { documentId, room: 'attic' as RoomKind } }), 'unknownRoom');
    const stranger = randomUUID();
    const person = { name: 'a stranger', password: TEST_PASSWORD, agencyIds: [house.agencyId], isAdministrator: false };
    await expectOk(house.administrator.ask('PUT', `/api/people/${stranger}`, person));
    const signedIn = await signIn(relay.origin, 'a stranger', TEST_PASSWORD);
    await expectClosed(connect({ cookie: signedIn.cookie }), 'noAccess');
    expect((await signedIn.ask('GET', `/api/cases/${house.caseId}`)).status).toBe(404);
  });

  it('[R6] holds every role in every room to the table', async () => {
    const writers: Record<RoomKind, readonly string[]> = {
      body: ['host', 'mediator', 'recorder', 'participant'],
      review: ['host', 'mediator', 'recorder', 'participant', 'reviewer'],
      work: ['host', 'mediator', 'recorder', 'participant'],
      record: [],
    };
    for (const [room, mayWrite] of Object.entries(writers)) {
      for (const role of ROLES) {
        const { cookie, personId } = member(role);
        const client = connect({ cookie, address: { documentId, room: room as RoomKind } });
        await client.synced();
        const ulid = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
        if (room === 'body') client.doc.getText('prose').insert(0, role);
        else client.doc.getMap('events').set(`${personId}/${ulid}`, { role });
        await client.saved();
        if (mayWrite.includes(role)) expect(client.closed, `${role} in ${room}`).toBeNull();
        else expect(client.closed, `${role} in ${room}`).toEqual({ code: 4403, reason: 'edit-refused' });
        client.cut();
      }
    }
    const reader = connect({ cookie: member('observer').cookie });
    await reader.synced();
    const words = reader.doc.getText('prose').toString();
    for (const role of ROLES) expect(words.includes(role)).toBe(writers.body.includes(role));
    reader.cut();
  });

  it('[P1] sends out whose role changes, who is removed, and who signs out', async () => {
    const leaving = await house.addMember('leaving', 'participant');
    const other = connect({ cookie: member('host').cookie });
    const first = connect({ cookie: leaving.cookie });
    await Promise.all([other.synced(), first.synced()]);
    await command({ type: 'changeRole', caseId: house.caseId, personId: leaving.personId, role: 'observer' });
    await expectClosed(first, 'rightsChanged');
    const second = connect({ cookie: leaving.cookie });
    await second.synced();
    expect(second.received[0]).toMatchObject({ type: 'hello', hello: { capability: 'read' } });
    await command({ type: 'removeMember', caseId: house.caseId, personId: leaving.personId });
    await expectClosed(second, 'noAccess');
    const before = second.received.length;
    other.doc.getText('prose').insert(0, '之后的话');
    await other.saved();
    expect(second.received).toHaveLength(before);
    await expectClosed(connect({ cookie: leaving.cookie }), 'noAccess');

    const signing = await signIn(relay.origin, 'the mediator', TEST_PASSWORD);
    const third = connect({ cookie: signing.cookie });
    await third.synced();
    expect((await signing.ask('DELETE', '/api/session')).status).toBe(204);
    await expectClosed(third, 'signIn');
    await expectClosed(connect({ cookie: signing.cookie }), 'signIn');
    expect((await signing.ask('GET', '/api/session')).status).toBe(401);
    expect(other.closed).toBeNull();
    other.cut();
  });

  it('[C9] ends what one person left open in a browser when another signs in there, and only then', async () => {
    const first = await signIn(relay.origin, 'the recorder', TEST_PASSWORD);
    const open = connect({ cookie: first.cookie });
    await open.synced();
    const signInThere = (name: string) =>
      ask(relay.origin, 'POST', '/api/session', { name, password: TEST_PASSWORD }, first.cookie);
    expect((await signInThere('the recorder')).status).toBe(204);
    expect((await ask(relay.origin, 'POST', '/api/session', { name: 'x', password: 'x' }, first.cookie)).status).toBe(
      401,
    );
    expect((await first.ask('GET', '/api/session')).status).toBe(200);
    expect(open.closed).toBeNull();
    expect((await signInThere('the mediator')).status).toBe(204);
    await expectClosed(open, 'signIn');
    expect((await first.ask('GET', '/api/session')).status).toBe(401);
  });

  it('says kindly to somebody whose role changed while they wrote offline, and keeps what they hand in', async () => {
    const late = await house.addMember('late', 'participant');
    const before = connect({ cookie: late.cookie });
    await before.synced();
    before.doc.getText('prose').insert(0, '先前。');
    await before.saved();
    before.cut();
    await command({ type: 'changeRole', caseId: house.caseId, personId: late.personId, role: 'reviewer' });
    const after = connect({ cookie: late.cookie });
    await after.synced();
    after.doc.getText('prose').insert(0, '离线写的。');
    await expectClosed(after, 'editTooLate');
    expect(after.received).toContainEqual({ type: 'refused', reason: 'may-not-write' });
    const held = {
      heldId: randomUUID(),
      room: 'body',
      reason: 'may-not-write',
      update: heldUpdate('离线写的'),
    };
    for (let n = 0; n < 2; n++) expect((await late.ask('POST', `/api/held/${documentId}`, held)).status).toBe(204);
    await command({ type: 'removeMember', caseId: house.caseId, personId: late.personId });
    const another = { ...held, heldId: randomUUID() };
    expect((await late.ask('POST', `/api/held/${documentId}`, another)).status).toBe(204);
    expect(
      (await late.ask('POST', `/api/held/${documentId}`, { ...another, heldId: randomUUID(), update: '////' })).status,
    ).toBe(400);
    const read = async (user: ApiUser, path = '') => {
      const answer = await user.ask('GET', `/api/held/${documentId}${path}`);
      return { status: answer.status, body: (await answer.json()) as { items?: object[]; error?: object } };
    };
    // The author hears what becomes of theirs also after they have left; of others' there is nothing to hear.
    expect(await read(late)).toMatchObject({ status: 200, body: { total: 2 } });
    expect(await read(member('mediator'))).toMatchObject({ status: 200, body: { total: 0 } });
    expect((await read(member('mediator'), `/${held.heldId}`)).status).toBe(404);
    const { body: list } = await read(member('host'));
    expect(list).toMatchObject({ items: [{ heldId: another.heldId }, { heldId: held.heldId, authorName: 'late' }] });
    expect(JSON.stringify(list)).not.toContain(held.update);
    for (const user of [member('host'), late]) {
      expect((await read(user, `/${held.heldId}`)).body).toMatchObject({ update: held.update, settled: null });
    }
    const settlement = { outcome: 'discarded', reason: '第三条已写明' };
    await command({ type: 'settleHeld', documentId, heldId: held.heldId, settlement });
    expect(await read(late, `/${held.heldId}`)).toMatchObject({
      body: { settled: { ...settlement, byName: 'administrator' }, update: held.update },
    });
  });

  it('[P1] tells of what was deleted since an edit was held only to those who may read the document', async () => {
    const gone = await house.addMember('gone', 'participant');
    const host = connect({ cookie: member('host').cookie });
    await host.synced();
    host.doc.getText('prose').insert(0, '要删去的话。');
    await host.saved();
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(host.doc));
    copy.getText('prose').delete(0, 6);
    const update = Buffer.from(Y.encodeStateAsUpdate(copy, Y.encodeStateVector(host.doc))).toString('base64');
    const held = { heldId: randomUUID(), room: 'body', reason: 'frozen', update };
    expect((await gone.ask('POST', `/api/held/${documentId}`, held)).status).toBe(204);
    const told = async (user: ApiUser) =>
      (await (await user.ask('GET', `/api/held/${documentId}/${held.heldId}`)).json()) as object;
    expect(await told(gone)).toMatchObject({ update, deletedSince: [] });
    host.doc.getText('prose').delete(0, 6);
    await host.saved();
    const since = { deletedSince: [{ name: 'the host', places: 1 }] };
    expect([await told(member('host')), await told(gone)]).toMatchObject([since, since]);
    await command({ type: 'removeMember', caseId: house.caseId, personId: gone.personId });
    expect(await told(gone)).toMatchObject({ update, deletedSince: [] });
    host.cut();
  });

  it('[P1] shows held edits only inside the audience of their document', async () => {
    const participant = member('participant');
    const agencyDocument = randomUUID();
    const otherAgency = randomUUID();
    const agency = { name: '云城区人社局', shortName: '人社', mark: '云人' };
    await expectOk(house.administrator.ask('PUT', `/api/agencies/${otherAgency}`, agency));
    const personId = randomUUID();
    const person = { name: 'of labour', password: TEST_PASSWORD, agencyIds: [otherAgency], isAdministrator: false };
    await expectOk(house.administrator.ask('PUT', `/api/people/${personId}`, person));
    const { caseId } = house;
    await command({ type: 'inviteMember', caseId, personId, agencyId: otherAgency, role: 'participant' });
    const labour = await signIn(relay.origin, 'of labour', TEST_PASSWORD);
    const own = { kind: 'caseNote', title: '内部记录', audience: 'agency', audienceAgencyId: otherAgency, caseId };
    await expectOk(labour.ask('PUT', `/api/documents/${agencyDocument}`, own));
    const caucus = randomUUID();
    const mediators = { kind: 'caseNote', title: '调解员意见', audience: 'mediators', caseId };
    await expectOk(member('mediator').ask('PUT', `/api/documents/${caucus}`, mediators));

    const held = { room: 'body', reason: 'frozen', update: heldUpdate('内部的话') };
    const seen: Record<string, [author: ApiUser, readers: ApiUser[]]> = {
      [agencyDocument]: [labour, [labour]],
      [caucus]: [member('mediator'), [member('mediator')]],
    };
    for (const [id, [author, readers]] of Object.entries(seen)) {
      await expectOk(author.ask('POST', `/api/held/${id}`, { ...held, heldId: randomUUID() }));
      for (const user of [labour, participant, member('host'), member('mediator'), house.administrator]) {
        const answer = await user.ask('GET', `/api/held/${id}`);
        expect(answer.status).toBe(readers.includes(user) ? 200 : 404);
        if (answer.status === 200) expect(await answer.json()).toMatchObject({ total: 1 });
      }
    }
  });

  it('slows down who hands in or reads held edits without end, and nobody else', async () => {
    const busy = await house.addMember('busy', 'participant');
    const heldId = randomUUID();
    const statuses: number[] = [];
    for (let n = 0; n <= LIMITS.heldPerMinute; n++) {
      statuses.push((await busy.ask('GET', `/api/held/${documentId}/${heldId}`)).status);
    }
    expect(statuses.slice(0, -1).every((status) => status === 404)).toBe(true);
    expect(statuses.at(-1)).toBe(429);
    const held = { heldId, room: 'body', reason: 'frozen', update: heldUpdate('一句') };
    expect((await busy.ask('POST', `/api/held/${documentId}`, held)).status).toBe(429);
    expect((await member('recorder').ask('POST', `/api/held/${documentId}`, held)).status).toBe(204);
  });

  it('lets people write again when an announced freeze is refused in the end', async () => {
    const documentId_ = await house.addDocument('actionPlan');
    const writer = connect({
      cookie: member('participant').cookie,
      address: { documentId: documentId_, room: 'body' },
    });
    await writer.synced();
    const freezing = house.administrator.ask('POST', '/api/commands', {
      commandId: randomUUID(),
      type: 'freezeDocument',
      documentId: documentId_,
      expectedVersion: 1,
    });
    await writer.until(() => writer.received.some((message) => message.type === 'freezing'));
    // While people hand in what they have, the document gets its number: the freeze was about another version.
    await command({ type: 'giveNumber', target: { of: 'document', documentId: documentId_ } });
    expect(await (await freezing).json()).toEqual({ outcome: 'refused', reason: 'stale' });
    await expectClosed(writer, 'rightsChanged');
    const again = connect({ cookie: member('participant').cookie, address: { documentId: documentId_, room: 'body' } });
    await again.synced();
    expect(again.received[0]).toMatchObject({ hello: { capability: 'write', documentState: 'draft' } });
    again.cut();
  });

  it('freezes in two steps: writers hand in what they have, come back as readers, and the record says so', async () => {
    const frozenId = await house.addDocument();
    const address = { documentId: frozenId, room: 'body' } as const;
    const writer = connect({ cookie: member('participant').cookie, address });
    const record = connect({ cookie: member('observer').cookie, address: { documentId: frozenId, room: 'record' } });
    await Promise.all([writer.synced(), record.synced()]);
    const freezing = command({ type: 'freezeDocument', documentId: frozenId });
    await writer.until(() => writer.received.some((message) => message.type === 'freezing'));
    writer.doc.getText('prose').insert(0, '最后一句。');
    await writer.saved();
    expect(await (await freezing).json()).toEqual({ outcome: 'done', version: 2 });
    await expectClosed(writer, 'rightsChanged');
    await record.until(() => JSON.stringify(record.doc.getMap('events').toJSON()).includes('"frozen"'));
    const reader = connect({ cookie: member('participant').cookie, address });
    await reader.synced();
    expect(reader.received[0]).toMatchObject({ hello: { capability: 'read', documentState: 'frozen' } });
    expect(reader.doc.getText('prose').toString()).toBe('最后一句。');
    reader.doc.getText('prose').insert(0, '太迟');
    await expectClosed(reader, 'editTooLate');
    const again = connect({ cookie: member('participant').cookie, address });
    await again.synced();
    await command({ type: 'unfreezeDocument', documentId: frozenId });
    await expectClosed(again, 'rightsChanged');
    record.cut();
  });

  it('does not wait for ever for a client that knows nothing of freezing', async () => {
    const frozenId = await house.addDocument();
    const silent = connect({ cookie: member('participant').cookie, address: { documentId: frozenId, room: 'body' } });
    await silent.synced();
    const startedAt = ownTimeMs(relay.pid);
    await command({ type: 'freezeDocument', documentId: frozenId });
    // Nothing but the patience of the relay ends it; what is more than that the disk took.
    expect(ownTimeMs(relay.pid) - startedAt).toBeLessThan(LIMITS.freezeMs + 20_000);
    await expectClosed(silent, 'rightsChanged');
  });

  it('answers an unknown name and a wrong password alike, and slows guessing down', async () => {
    const tryIn = (name: string, password: string) => ask(relay.origin, 'POST', '/api/session', { name, password });
    const unknown = await tryIn('nobody', 'wrong-password');
    const wrong = await tryIn('the observer', 'wrong-password');
    expect([unknown.status, await unknown.json()]).toEqual([wrong.status, await wrong.json()]);
    const statuses = await Promise.all(
      Array.from({ length: 30 }, async () => (await tryIn('the observer', 'guess')).status),
    );
    expect(statuses).toContain(429);
    expect((await tryIn('the reviewer', TEST_PASSWORD)).status).toBe(204);
  });

  it('refuses what changes something from another page, and answers wrong input with its fields', async () => {
    const { cookie } = member('host');
    const foreign = await fetch(`${relay.origin}/api/commands`, {
      method: 'POST',
      headers: { cookie, origin: 'https://evil.example', 'content-type': 'application/json' },
      body: '{}',
    });
    expect(foreign.status).toBe(403);
    const wrong = await member('host').ask('PUT', `/api/cases/${randomUUID()}`, { title: '', category: 'x' });
    expect(wrong.status).toBe(400);
    expect(await wrong.json()).toMatchObject({ error: { code: 'bad-input', fields: { title: expect.any(String) } } });
    const garbled = await fetch(`${relay.origin}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    });
    expect(garbled.status).toBe(400);
    expect((await ask(relay.origin, 'GET', '/api/cases')).status).toBe(401);
    expect((await member('host').ask('PUT', `/api/people/${randomUUID()}`, {})).status).toBe(403);
  });
});
