/**
 * A person who writes edits that can be told apart: each is one change of two halves, a token that is once in the world. So
 * afterwards it can be counted what was acknowledged or shown to somebody, and what of it is there, whole.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from './random.ts';
import type { WireClient } from './wire-client.ts';

/** What one writer wrote, and what of it was acknowledged: tokens, each once in the world. */
interface Writer {
  readonly client: WireClient;
  readonly written: ReadonlySet<string>;
  readonly acknowledged: ReadonlySet<string>;
}

/** Writes edit after edit, each of two halves and with a barrier, until the socket is gone. */
export async function writeUntilCut(client: WireClient, name: string, random: Random): Promise<Writer> {
  const written = new Set<string>();
  const acknowledged = new Set<string>();
  const prose = client.doc.getText('prose');
  for (let n = 0; client.closed === null; n++) {
    const token = `${name}-${n}`;
    written.add(token);
    client.doc.transact(() => {
      // Embeds, so that nobody writes into the middle of another's.
      for (const half of [1, 2]) prose.insertEmbed(random.int(prose.length + 1), { token, half });
    });
    void client.saved().then(() => {
      if (client.closed === null) acknowledged.add(token);
    });
    await delay(random.int(4));
  }
  return { client, written, acknowledged };
}

/**
 * Each pastes so much, beside what they write, that the database soon moves what is committed to its place: every snapshot is
 * large then. Not more: of a larger room a thread makes them, and what it reads stays where it is.
 */
export function pasteMuch(clients: readonly WireClient[]): void {
  for (const { doc } of clients) doc.getText('prose').insert(0, '长'.repeat(45_000));
}

/** The edits in a document: those with both halves, and those of which one is missing. */
export function tokensIn({ doc }: WireClient): { whole: ReadonlySet<string>; torn: string[] } {
  const halves = new Map<string, number>();
  for (const { insert } of doc.getText('prose').toDelta() as { insert: string | { token: string } }[]) {
    if (typeof insert !== 'string') halves.set(insert.token, (halves.get(insert.token) ?? 0) + 1);
  }
  const tokens = [...halves.keys()];
  const isWhole = (token: string) => halves.get(token) === 2;
  return { whole: new Set(tokens.filter(isWhole)), torn: tokens.filter((token) => !isWhole(token)) };
}

/** What those who wrote into one document were promised: what was acknowledged, and what they were shown of each other. */
export function promisedTo(writers: readonly Writer[]): {
  readonly acknowledged: number;
  readonly forwarded: number;
  readonly all: readonly string[];
} {
  const acknowledged = writers.flatMap((writer) => [...writer.acknowledged]);
  // Everything in a client's document that it did not write itself.
  const forwarded = new Set(
    writers.flatMap(({ client, written }) => [...tokensIn(client).whole].filter((token) => !written.has(token))),
  );
  return {
    acknowledged: acknowledged.length,
    forwarded: forwarded.size,
    all: [...new Set([...acknowledged, ...forwarded])],
  };
}
