/**
 * The device: which person this browser belongs to, known without a network from a small store of its own, and how one signs
 * in and out. Signing out is a lock: the person's database stays as it is, and whatever waits in it is delivered when they
 * come back. Another person gets another database and never opens this one.
 */
import { z } from 'zod';
import { type Me, meSchema } from '../../shared/api.ts';
import { type Answer, createApiClient } from './api-client.ts';
import type { Device, DeviceState, SignInOutcome } from './contract.ts';
import { plainKeys } from './envelope.ts';
import type { ReplicaEnvironment } from './environment.ts';
import { type LocalStore, openLocalStore, personDatabaseName } from './local-store.ts';
import { isIdentical, observableOf } from './observable.ts';
import { type OpenSession, openSession } from './person-session.ts';

const DEVICE_DATABASE = 'concord-device';
const PERSON_KEY = ['person'] as const;

const rememberedSchema = z.object({
  me: meSchema,
  /** False after signing out: the page starts locked. */
  isSignedIn: z.boolean(),
  /** Signed out while offline: the server has yet to be told. */
  mustEndSession: z.boolean(),
});

/** One record for each person who has a database here. */
const storeKey = (personId: string) => ['store', personId] as const;
const knownStoreSchema = z.object({ identity: z.string().nullable(), waiting: z.number() });

/** Starts at once; `state` says how far it is. */
export function createDevice(environment: ReplicaEnvironment): Device {
  const { log } = environment;
  const api = createApiClient(environment, null);
  const device = openLocalStore(DEVICE_DATABASE, plainKeys, environment);
  const state = observableOf<DeviceState>({ kind: 'starting' }, isIdentical);
  /** Tells other tabs that somebody signed in or out. */
  const tabs = environment.openChannel(DEVICE_DATABASE);
  let current: { readonly personId: string; readonly session: OpenSession } | null = null;
  let ending: Promise<void> | null = null;

  tabs.onMessage(() => void followOtherTab());
  device.onReplaced(() => {
    // Else nobody would be known here at the next start without a network.
    if (current !== null) void remember(current.session.me, { isSignedIn: true, mustEndSession: false });
  });
  sayWhileStarting(device);
  environment.page.onOnline(() => void endSession());
  void start();

  async function start() {
    const remembered = await device.readRecord(PERSON_KEY, rememberedSchema);
    if (!remembered.ok) {
      log('device.store-failed');
      state.set({ kind: 'storeFailed', why: remembered.why, message: remembered.reason });
      return;
    }
    const token = environment.takeSetupToken();
    if (token !== null) {
      state.set({ kind: 'setup', token });
      return;
    }
    const last = remembered.value;
    if (last?.isSignedIn) {
      // Without a word from the network: what is on the device is usable at once.
      await enter(last.me);
      return;
    }
    if (last?.mustEndSession) {
      await endSession();
      state.set({ kind: 'signedOut' });
      return;
    }
    const answer = environment.page.isOnline() ? await api.me() : null;
    if (answer?.kind === 'ok') await enter(answer.value);
    else state.set({ kind: 'signedOut' });
  }

  async function remember(me: Me, how: { isSignedIn: boolean; mustEndSession: boolean }) {
    const written = await device.writeRecord(PERSON_KEY, { me, ...how });
    if (!written.ok) log('device.not-remembered');
  }

  /** The server's newer word about a person; it does not sign anybody in who signed out meanwhile, here or in another tab. */
  async function rememberNewer(me: Me) {
    const read = await device.readRecord(PERSON_KEY, rememberedSchema);
    const last = read.ok ? read.value : null;
    if (!last?.isSignedIn || last.me.person.personId !== me.person.personId) return;
    if (JSON.stringify(last.me) !== JSON.stringify(me)) await remember(me, { isSignedIn: true, mustEndSession: false });
  }

  /** Somebody signed in or out in another tab. Signed out there is locked here too, whatever the cookie says. */
  async function followOtherTab() {
    const read = await device.readRecord(PERSON_KEY, rememberedSchema);
    if (read.ok && read.value?.isSignedIn === false) {
      if (current === null) return;
      await leave();
      state.set({ kind: 'signedOut' });
    } else if (current !== null) await current.session.checkAccess();
  }

  async function tellServer(me: Me) {
    if (!environment.page.isOnline()) return;
    if (isEnded(await api.signOut())) await remember(me, { isSignedIn: false, mustEndSession: false });
  }

  /** Tells the server of a sign-out that it has not heard of. One at a time; signing in waits for it. */
  async function endSession(): Promise<void> {
    ending ??= (async () => {
      const read = await device.readRecord(PERSON_KEY, rememberedSchema);
      const last = read.ok ? read.value : null;
      if (last?.mustEndSession) await tellServer(last.me);
    })().finally(() => {
      ending = null;
    });
    await ending;
  }

  async function enter(me: Me): Promise<void> {
    await remember(me, { isSignedIn: true, mustEndSession: false });
    const { personId } = me.person;
    if (current?.personId === personId) {
      await current.session.checkAccess();
      state.set({ kind: 'signedIn', session: current.session });
      return;
    }
    await leave();
    const store = openLocalStore(personDatabaseName(personId), plainKeys, environment);
    sayWhileStarting(store);
    const lost = await lostSince(personId, store);
    const session = await openSession({
      me,
      store,
      environment,
      lost,
      onWaiting: (changes) => void rememberStore(personId, store, changes),
      onMe: (next) => void rememberNewer(next),
      onSignOut: () => signOut(me),
    });
    current = { personId, session };
    state.set({ kind: 'signedIn', session });
  }

  /** The start waits for a database that somebody else is in the way of: says so, and goes on by itself when it can. */
  function sayWhileStarting(store: LocalStore) {
    store.trouble.subscribe(() => {
      const failure = store.trouble.get();
      const now = state.get();
      if (failure !== null && now.kind === 'starting') state.set({ kind: 'storeFailed', ...failure });
      if (failure === null && now.kind === 'storeFailed' && now.why === 'blocked') state.set({ kind: 'starting' });
    });
  }

  /** Remembers which database the person's work is in, and how much of it only this device has. */
  async function rememberStore(personId: string, store: LocalStore, waiting: number) {
    const identity = await store.identity();
    if (!identity.ok) return;
    await device.writeRecord(storeKey(personId), { identity: identity.value, waiting });
  }

  /** Whether the browser removed the person's database since the last visit, and what waited in it. */
  async function lostSince(personId: string, store: LocalStore): Promise<number | null> {
    const [read, identity] = await Promise.all([
      device.readRecord(storeKey(personId), knownStoreSchema),
      store.identity(),
    ]);
    const known = read.ok ? read.value : null;
    if (!identity.ok || identity.value === null) return null;
    const isLost = known !== null && known.identity !== null && known.identity !== identity.value;
    if (isLost) log('device.store-lost');
    if (known === null || isLost) await rememberStore(personId, store, 0);
    return isLost ? known.waiting : null;
  }

  /** Closes whatever was open; its store stays. */
  async function leave() {
    const before = current;
    current = null;
    await before?.session.close();
  }

  async function signOut(me: Me) {
    const read = await device.readRecord(PERSON_KEY, rememberedSchema);
    const last = read.ok ? read.value : null;
    // Where another person has signed in meanwhile, the cookie is theirs and not ours to end: only this page is left.
    if (last === null || last.me.person.personId === me.person.personId) {
      // First on the device: whatever happens to the request, the page is locked from now on.
      await remember(me, { isSignedIn: false, mustEndSession: true });
      await tellServer(me);
    }
    await leave();
    state.set({ kind: 'signedOut' });
    tabs.post('person');
  }

  async function outcomeOf(answer: Answer<null>): Promise<SignInOutcome> {
    if (answer.kind === 'unreachable') return { ok: false, reason: 'offline' };
    if (answer.kind === 'tooFast') return { ok: false, reason: 'too-fast' };
    if (answer.kind !== 'ok') return { ok: false, reason: 'wrong' };
    const me = await api.me();
    if (me.kind !== 'ok') return { ok: false, reason: 'offline' };
    await enter(me.value);
    tabs.post('person');
    return { ok: true };
  }

  return {
    state,
    isSecureOrigin: environment.isSecureOrigin,
    isUnstored: () => current?.session.isUnstored() ?? false,
    settled: async () => current?.session.settled(),
    signIn: async (name, password) => {
      await ending;
      return outcomeOf(await api.signIn({ name, password }));
    },
    completeSetup: async (input) => {
      const now = state.get();
      if (now.kind !== 'setup') return { ok: false, reason: 'wrong' };
      return outcomeOf(await api.setup({ token: now.token, ...input }));
    },
  };
}

/** Whether no session is left: it was ended now, or there was none. */
function isEnded(answer: Answer<null>): boolean {
  return answer.kind === 'ok' || answer.kind === 'signedOut';
}
