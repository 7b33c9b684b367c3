/**
 * Whatever honest people live through, nobody is refused: weeks offline, undo, deletions with garbage collection, two devices
 * and several pages of a person, readers whose Yjs tidies formatting, a hole in a store, typing before the sync is done, lines
 * that break in the middle of anything. SEEDS=n runs more of them.
 */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { EVENTS_ROOT, RELAY_AUTHOR, type RoomKind } from '../../../shared/rooms.ts';
import { randomFrom } from '../../support/random.ts';
import { stageRoom } from '../room/room-stage.ts';
import { Device, Page } from './honest-device.ts';

/** In the body, where there is most to go wrong; a third of them in each other room. */
const SEEDS = Math.min(2_000, Number(process.env.SEEDS ?? 24));
const FIRST_SEED = Number(process.env.FIRST_SEED ?? 1);
const STEPS = 500;
const DAY_MS = 24 * 60 * 60 * 1_000;

interface History {
  readonly frames: number;
  readonly rows: number;
  /** Everybody who was closed or refused, and why. */
  readonly refusals: readonly string[];
  /** What is held back or differs when all have met. */
  readonly differences: readonly string[];
}

function live(room: RoomKind, seed: number): History {
  const random = randomFrom(seed);
  const stage = stageRoom(room);
  // Two people who write, one of them at two devices, and one who reads.
  const people = [
    new Device('person-0', 'write'),
    new Device('person-0', 'write'),
    new Device('person-1', 'write'),
    new Device('person-2', 'read'),
  ].map((device) => (room === 'record' ? new Device(device.personId, 'read') : device));
  let sessions = 0;
  let frames = 0;
  const connect = (page: Page) => page.connect(`session-${sessions++}`);
  const pages = () => people.flatMap((device) => device.pages);
  const open = (device: Device) => connect(new Page(stage, room, device, random));
  const arrive = (page: Page) => {
    const did = page.arrive();
    if (did) frames++;
    return did;
  };
  for (const device of people) open(device);

  for (let step = 0; step < STEPS; step++) {
    const device = random.pick(people);
    const page = device.pages.length === 0 ? null : random.pick(device.pages);
    const chance = random.next();
    if (page === null) open(device);
    else if (chance < 0.35) page.act();
    else if (chance < 0.6) for (let n = random.int(4); n >= 0; n--) arrive(page);
    else if (chance < 0.8) for (let n = random.int(4); n >= 0; n--) page.hear();
    else if (chance < 0.86) stage.commit(random.int(4));
    else if (chance < 0.89) page.cut();
    else if (chance < 0.93) connect(page);
    else if (chance < 0.945) page.close();
    else if (chance < 0.96 && device.pages.length < 3) open(device);
    else if (chance < 0.97 && room === 'record') absorb();
    else if (chance < 0.985) aWeekOffline(device);
    else loseFromStore(device);
  }

  function absorb(): void {
    const doc = new Y.Doc();
    doc.getMap(EVENTS_ROOT).set(`${RELAY_AUTHOR}/${frames}-${sessions}`, { type: 'numbered' });
    const update = Y.encodeStateAsUpdate(doc);
    stage.durable.push(update);
    stage.perform(stage.room.absorb(update, stage.durable.length));
  }

  /** A page of its own for every day, nothing of it sent. */
  function aWeekOffline(device: Device): void {
    for (const page of [...device.pages]) page.close();
    for (let day = 0; day < 7; day++) {
      stage.nowMs += DAY_MS;
      const page = new Page(stage, room, device, random);
      for (let n = random.int(8); n > 0; n--) page.act();
      page.close();
    }
    open(device);
  }

  /** All pages are gone, and with them something that the relay has. */
  function loseFromStore(device: Device): void {
    for (const page of [...device.pages]) page.close();
    const held = new Y.Doc();
    Y.applyUpdate(held, stage.room.encodedState() ?? new Uint8Array([0, 0]));
    const losable = device.store.filter((update) => Y.snapshotContainsUpdate(Y.snapshot(held), update));
    if (losable.length > 0) device.store.splice(device.store.indexOf(random.pick(losable)), 1);
    held.destroy();
    open(device);
  }

  // Everybody comes online and everything arrives.
  for (const device of people) if (device.pages.length === 0) open(device);
  for (const page of pages()) connect(page);
  for (let round = 0, isMoving = true; isMoving && round < 10_000; round++) {
    isMoving = false;
    for (const page of pages()) {
      while (arrive(page)) isMoving = true;
      while (page.hear()) isMoving = true;
    }
    if (stage.pending.length > 0) isMoving = true;
    stage.commit();
  }
  const refusals = stage.effects.flatMap((effect) => {
    if (effect.type === 'close') return [`${effect.sessionId}: ${effect.row}`];
    return effect.type === 'note' ? [`${effect.sessionId}: ${effect.event} ${effect.detail}`] : [];
  });
  return {
    frames,
    rows: stage.durable.length,
    refusals,
    differences: differencesOf(stage.room.encodedState(), pages()),
  };
}

/** Whether all pages hold exactly what the room holds. A reader's Yjs may have tidied its formatting. */
function differencesOf(state: Uint8Array | null, pages: readonly Page[]): string[] {
  const room = new Y.Doc();
  Y.applyUpdate(room, state ?? new Uint8Array([0, 0]));
  return pages.flatMap(({ doc, device }) => {
    const isHeld = doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
    // Where one Yjs split an emoji, another that heard of it later may not have.
    const words = (of: Y.Doc) =>
      JSON.stringify([
        of
          .getText('prose')
          .toString()
          .replaceAll(/[\ud800-\udfff]/g, '\ufffd'),
        of.getMap(EVENTS_ROOT).size,
      ]);
    const differs = words(doc) !== words(room);
    return isHeld || differs
      ? [`${device.personId}${isHeld ? ' waits for something' : ''}${differs ? ' differs' : ''}`]
      : [];
  });
}

const totals = { histories: 0, frames: 0, rows: 0, refusals: 0 };

describe.each(['body', 'review', 'work', 'record'] as const)('honest histories in %s', (room) => {
  const seeds = room === 'body' ? SEEDS : Math.ceil(SEEDS / 3);
  it(`[R6] [R10] [R12] [R13] pass without a single refusal (seeds ${FIRST_SEED}–${FIRST_SEED + seeds - 1})`, () => {
    for (let seed = FIRST_SEED; seed < FIRST_SEED + seeds; seed++) {
      const { frames, rows, refusals, differences } = live(room, seed);
      expect(refusals, `seed ${seed}`).toEqual([]);
      expect(differences, `seed ${seed}`).toEqual([]);
      totals.histories++;
      totals.frames += frames;
      totals.rows += rows;
      totals.refusals += refusals.length;
    }
    const { histories, refusals } = totals;
    process.stdout.write(
      `${histories} honest histories, ${totals.frames} frames, ${totals.rows} rows, ${refusals} refusals\n`,
    );
  }, 600_000);
});
