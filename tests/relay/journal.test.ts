/**
 * The journal of a relay that was killed with acknowledged edits in it and nowhere else, after the disk has damaged it or the
 * power went in it: what was acknowledged is there at the next start, or the start is refused in words.
 */
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { encodeBlock } from '../../sync-server/store/journal.ts';
import { journalFiles } from '../../sync-server/store/journal-file.ts';
import { makeFaultyDisk } from '../support/faulty-disk.ts';
import { STOPPABLE } from '../support/kill-world.ts';
import { type RelayProcess, runRelay, setUpCase, startRelay } from '../support/relay-process.ts';
import { connectWire } from '../support/wire-client.ts';

const SECTOR = 512;
const temporaryDirectory = () => mkdtempSync(join(tmpdir(), 'concord-test-'));
const pathIn = (directory: string) => join(directory, 'concord.sqlite');

describe('edits that were acknowledged and are in the journal alone', () => {
  let killed: string;
  let cookie: string;
  let generation: string;
  /** Two documents: of the first, one edit is in the first block; all others are of the second, a block each. */
  let documents: readonly [first: string, second: string];
  let words: readonly string[];
  /** Where the blocks stand in the file they are in, in their order. */
  let file: string;
  let places: readonly number[];
  let relay: RelayProcess | null = null;

  beforeAll(async () => {
    const calm = await startRelay();
    killed = calm.dataDirectory;
    const house = await setUpCase(calm);
    documents = [await house.addDocument(), await house.addDocument()];
    cookie = house.administrator.cookie;
    generation = ((await (await fetch(`${calm.origin}/health`)).json()) as { generation: string }).generation;
    await calm.stop('SIGTERM');
    const orders = join(killed, 'stop-at');
    // As soon as the database is given the first row.
    writeFileSync(orders, 'beforeWrite 1');
    const doomed = await startRelay({ dataDirectory: killed, env: { STOP_AT: orders }, nodeArgs: STOPPABLE });
    const open = (documentId: string) =>
      connectWire({ origin: doomed.origin, address: { documentId, room: 'body' }, cookie });
    const [first, second] = [open(documents[0]), open(documents[1])];
    await Promise.all([first.synced(), second.synced()]);
    first.doc.getText('prose').insert(0, '只写了一句');
    await first.saved();
    const saved: string[] = [];
    for (let n = 0; second.closed === null; n++) {
      const prose = second.doc.getText('prose');
      prose.insert(prose.length, `〔${n}〕`);
      await second.saved();
      if (second.closed === null) saved.push(`〔${n}〕`);
    }
    await doomed.ended;
    words = saved;
    const begins = journalFiles(pathIn(killed)).map((path) => {
      const bytes = readFileSync(path);
      const sectors = Array.from({ length: bytes.length / SECTOR }, (_, at) => at * SECTOR);
      return sectors.filter((at) => bytes.toString('latin1', at, at + 4) === 'CCJ1');
    });
    const at = begins.findIndex((found) => found.length > 0);
    file = ['concord.journal-0', 'concord.journal-1'][at] ?? '';
    places = begins[at] ?? [];
  });
  afterEach(async () => {
    await relay?.stop('SIGTERM');
    relay = null;
  });

  /** A copy of what the killed relay left, with something done to its journal. */
  function copyWith(change: (journal: Buffer) => void): string {
    const directory = temporaryDirectory();
    cpSync(killed, directory, { recursive: true });
    const path = join(directory, file);
    const journal = readFileSync(path);
    change(journal);
    writeFileSync(path, journal);
    return directory;
  }

  const placeOf = (nth: number) => places.at(nth) ?? 0;
  const flip = (journal: Buffer, at: number) => journal.writeUInt8(journal.readUInt8(at) ^ 4, at);

  async function wordsIn(directory: string): Promise<string[]> {
    relay = await startRelay({ dataDirectory: directory });
    const { origin } = relay;
    const said: string[] = [];
    for (const documentId of documents) {
      const reader = connectWire({ origin, address: { documentId, room: 'body' }, cookie });
      await reader.synced();
      expect(reader.closed).toBeNull();
      said.push(reader.doc.getText('prose').toString());
      reader.cut();
    }
    return said;
  }

  it('[R24] as it was left: all of them are there, once', async () => {
    expect(places.length).toBeGreaterThan(3);
    const [first, second = ''] = await wordsIn(copyWith(() => {}));
    expect(first).toBe('只写了一句');
    expect(words.filter((word) => second.split(word).length !== 2)).toEqual([]);
  });

  it('[R24] damage in a block that another one follows: the start is refused in words, and is well once it is whole again', async () => {
    const ways: Readonly<Record<string, (journal: Buffer) => unknown>> = {
      'a bit of the words of the first, whose document has no other edit': (journal) => flip(journal, placeOf(0) + 200),
      'a bit of the lap of the first': (journal) => flip(journal, placeOf(0) + 4),
      'a bit of the index of the second': (journal) => flip(journal, placeOf(1) + 8),
      'a bit of the length of one in the middle': (journal) => flip(journal, placeOf(2) + 13),
      'the last but one is zeros': (journal) => journal.fill(0, placeOf(-2), placeOf(-1)),
    };
    for (const [way, damage] of Object.entries(ways)) {
      const directory = copyWith(damage);
      const { code, output } = await runRelay({ dataDirectory: directory });
      expect({ code, output }, way).toEqual({
        code: 1,
        output: expect.stringMatching(/^Concord cannot open its store: the journal .+\n$/),
      });
      cpSync(join(killed, file), join(directory, file));
      const [first] = await wordsIn(directory);
      expect(first, way).toBe('只写了一句');
      await relay?.stop('SIGTERM');
    }
  });

  it('[R24] a last block that was never whole is passed over, and nothing before it', async () => {
    const before = words.slice(0, -1);
    for (const tear of [
      (journal: Buffer) => journal.fill(0, placeOf(-1) + 100, placeOf(-1) + SECTOR),
      (journal: Buffer) => journal.fill(0, placeOf(-1)),
      (journal: Buffer) => flip(journal, placeOf(-1) + 200),
    ]) {
      const [first, second = ''] = await wordsIn(copyWith(tear));
      expect(first).toBe('只写了一句');
      expect(before.filter((word) => !second.includes(word))).toEqual([]);
      await relay?.stop('SIGTERM');
    }
  });

  it('[R24] what people wrote is not taken for a block, though it looks like one in every byte they can know', async () => {
    const [documentId] = documents;
    const doc = new Y.Doc();
    doc.getText('prose').insert(0, '伪造');
    const entry = {
      ...{ room: `${documentId}/body`, seq: 2, update: Y.encodeStateAsUpdate(doc), author: 'x', carrier: 'x' },
      ...{ agencyId: null, role: null, connection: null, atMs: 1, newClientIds: [doc.clientID] },
    };
    for (const key of [generation, '', `${generation} `]) {
      const directory = copyWith((journal) => {
        const lap = journal.readUInt32LE(placeOf(-1) + 4);
        const index = journal.readUInt32LE(placeOf(-1) + 8);
        const forged = [
          encodeBlock({ key, lap, index: index + 1 }, [entry]),
          encodeBlock({ key, lap: lap + 2, index: 0 }, [entry]),
        ];
        for (const [at, block] of forged.entries()) journal.set(block, placeOf(-1) + (10 + 10 * at) * SECTOR);
      });
      const [first, second = ''] = await wordsIn(directory);
      expect(first).toBe('只写了一句');
      expect(words.filter((word) => !second.includes(word))).toEqual([]);
      await relay?.stop('SIGTERM');
    }
  });
});

const disk = makeFaultyDisk();
if (disk === null) process.stdout.write('no C compiler: a write torn over an older lap was not tried\n');

it.runIf(disk !== null)(
  '[R2][R24] the power goes in the first write over an older lap: the start is not refused, nothing is lost',
  async () => {
    if (disk === null) return;
    const { env, fail, heal } = disk;
    const first = await startRelay();
    const { dataDirectory } = first;
    const house = await setUpCase(first);
    const address = { documentId: await house.addDocument(), room: 'body' } as const;
    const { cookie } = house.administrator;
    const open = ({ origin }: RelayProcess) => connectWire({ origin, address, cookie });
    const writer = open(first);
    await writer.synced();
    const prose = writer.doc.getText('prose');
    // A lap is over after each of the large ones: the small ones are two blocks of a third.
    const written = ['长'.repeat(1_400_000), '宽'.repeat(1_400_000), '第三圈之一', '第三圈之二'];
    for (const words of written) {
      prose.insert(prose.length, words);
      await writer.saved();
    }
    expect(writer.closed).toBeNull();
    await first.stop('SIGKILL');
    const doomed = await startRelay({ dataDirectory, env });
    fail('write', '.journal-?', 1, 'tear');
    const last = open(doomed);
    await last.synced();
    // Longer than a sector: of less, all that counts may stand in the half that is written.
    last.doc.getText('prose').insert(0, '断电'.repeat(200));
    expect(await doomed.ended).toBeNull();
    heal();
    const again = await startRelay({ dataDirectory });
    const reader = open(again);
    await reader.synced();
    expect(reader.doc.getText('prose').toString()).toBe(written.join(''));
    reader.cut();
    expect(await again.stop('SIGTERM')).toBe(0);
  },
);
