/**
 * What a disk can do to the files of a store: a bit that flips, a page that is zeros or an old one, an end that is missing.
 * Whatever it was, a room is given out as it was written or not at all; of a write-ahead log without its end whole commits
 * are left. DAMAGES sets how many.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkpoint } from '../../../sync-server/store/checkpoint.ts';
import { openForReading, openForWriting } from '../../../sync-server/store/database.ts';
import { loadRoom } from '../../../sync-server/store/room-reading.ts';
import type { Database } from '../../../sync-server/store/sqlite.ts';
import { verifyStore } from '../../../sync-server/store/verify-store.ts';
import { type Random, randomFrom } from '../../support/random.ts';
import { stageStore } from './store-stage.ts';

const DAMAGES = Number(process.env.DAMAGES ?? 200);
const ROOMS = ['a/body', 'b/body', 'c/body'];
const COMMITS = 40;
const PAGE = 4096;

/** Each commit writes a row in every room; on the disk all of it, half of it in the file and half in the write-ahead log, or none. */
function writtenStore(moved: number): { folder: string; before: Buffer } {
  const stage = stageStore();
  const random = randomFrom(5);
  let before = Buffer.alloc(0);
  for (let n = 1; n <= COMMITS; n++) {
    stage.run(
      ...ROOMS.map((room) => ({
        kind: 'append' as const,
        room,

        update: Uint8Array.from({ length: 700 }, () => random.int(256)),
        author: 'p',
        agencyId: null,
        role: null,
        connection: null,
        newClientIds: [n],
      })),
    );
    if (n === moved / 2) {
      checkpoint(stage.db);
      before = readFileSync(stage.path);
    }
    if (n === moved) checkpoint(stage.db);
  }
  // As a process that was killed leaves it: nothing is tidied up.
  const folder = mkdtempSync(join(tmpdir(), 'concord-damage-'));
  for (const end of ['', '-wal']) cpSync(stage.path + end, join(folder, `store${end}`));
  return { folder, before };
}

/** What opening the store again gives of each room: its updates as text; null when it is refused. */
function roomsIn(path: string): (readonly string[] | null)[] {
  const db = orNull(() => openForWriting(path, () => 'another'));
  const rooms = ROOMS.map((room) => {
    const loaded = db === null ? null : orNull(() => loadRoom(db, room));
    return loaded === null ? null : loaded.updates.map((update) => Buffer.from(update).toString('hex'));
  });
  orNull(() => db?.close());
  return rooms;
}

function orNull<T>(act: () => T): T | null {
  try {
    return act();
  } catch {
    // That it is refused is the answer; what may be refused is for the test to say.
    return null;
  }
}

const randomPage = (bytes: Buffer, random: Random) => PAGE * random.int(bytes.length / PAGE);

const WAYS: Readonly<Record<string, (bytes: Buffer, random: Random, before: Buffer) => Buffer>> = {
  'a bit that flips': (bytes, random) => {
    const at = random.int(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.int(8));
    return bytes;
  },
  'a page of zeros': (bytes, random) => {
    const at = randomPage(bytes, random);
    return bytes.fill(0, at, at + PAGE);
  },
  'a write that never came': (bytes, random, before) => {
    const at = randomPage(before, random);
    before.copy(bytes, at, at, at + PAGE);
    return bytes;
  },
  'half a page': (bytes, random, before) => {
    const at = randomPage(before, random) + PAGE / 2;
    before.copy(bytes, at, at, at + PAGE / 2);
    return bytes;
  },
  'a missing end': (bytes, random) => bytes.subarray(0, random.int(bytes.length)),
};

describe(`a store on a disk that damages it (${DAMAGES} times)`, () => {
  const random = randomFrom(Number(process.env.SEED ?? 2026));

  it('[R14] a room is given out as it was written, or not at all', { timeout: 600_000 }, () => {
    const { folder, before } = writtenStore(COMMITS);
    const path = join(folder, 'store');
    const whole = roomsIn(path);
    expect(whole.map((updates) => updates?.length)).toEqual(ROOMS.map(() => COMMITS));
    const written = readFileSync(path);
    const counts = { asWritten: 0, refused: 0 };
    for (let n = 0; n < DAMAGES; n++) {
      const [how, damage] = random.pick(Object.entries(WAYS));
      const file = join(folder, `damaged-${n}`);
      writeFileSync(file, damage(Buffer.from(written), random, before));
      for (const [at, updates] of roomsIn(file).entries()) {
        if (updates !== null) expect(updates, `${n}: ${how}`).toEqual(whole[at]);
        counts[updates === null ? 'refused' : 'asWritten']++;
      }
      rmSync(file);
    }
    process.stdout.write(
      `damaged files: ${DAMAGES}, rooms as written ${counts.asWritten}, refused ${counts.refused}, served otherwise 0\n`,
    );
    expect(Math.min(counts.asWritten, counts.refused)).toBeGreaterThan(0);
  });

  it('[R14] of a write-ahead log that lost its end or broke in the middle, whole commits are left', {
    timeout: 600_000,
  }, () => {
    const { folder } = writtenStore(COMMITS / 2);
    const path = join(folder, 'store');
    const log = readFileSync(`${path}-wal`);
    const file = join(folder, 'cut');
    const seen = new Set<number>();
    for (let n = 0; n < DAMAGES / 4; n++) {
      cpSync(path, file);
      const isCut = random.chance(0.5);
      writeFileSync(`${file}-wal`, isCut ? log : (WAYS['a bit that flips']?.(Buffer.from(log), random, log) ?? log));
      if (isCut) truncateSync(`${file}-wal`, random.int(statSync(`${file}-wal`).size));
      const rooms = roomsIn(file);
      const [first] = rooms;
      seen.add(first?.length ?? 0);
      // The same commits of every room, and each of them whole.
      expect(rooms.map((updates) => updates?.length)).toEqual(ROOMS.map(() => first?.length));
      expect(first?.length).toBeGreaterThanOrEqual(COMMITS / 2);
      expect(faultsIn(file)).toEqual([]);
    }
    expect(seen.size).toBeGreaterThan(COMMITS / 5);
  });
});

function faultsIn(path: string): string[] {
  const db: Database = openForReading(path);
  const faults = [...verifyStore(db)].flatMap((report) => report.faults.map(({ what }) => what));
  db.close();
  // The rows hold noise, which no document can be made of.
  return faults.filter((what) => what !== 'not-replayable');
}
