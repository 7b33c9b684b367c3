/**
 * Whether a remembered place (a comment's quote, a colleague's caret) still names the same words after every command, on
 * the replica that made the change and on another one. A golden table; only moving and undone deletions may lose a place.
 */
import { describe, expect, it } from 'vitest';
import { expectGolden } from './golden.ts';
import { check, initialUpdate, makePeer, type Peer, sync } from './peer.ts';
import { at, COMMANDS, PAGE, QUOTE } from './place-commands.ts';

/** The words that a remembered range names now. */
function quoteAt(
  peer: Peer,
  range: readonly [Parameters<Peer['binding']['toAbsolute']>[0], Parameters<Peer['binding']['toAbsolute']>[0]],
): string {
  const from = peer.binding.toAbsolute(range[0]);
  const to = peer.binding.toAbsolute(range[1]);
  if (from === null || to === null || from > to) return '';
  return peer.view.state.doc.textBetween(from, to, '¶', (leaf) => `@${leaf.attrs.label}`);
}

describe('a remembered place', () => {
  it('[C8] names the same words after every command, save a moved block and an undone deletion', () => {
    const lines: string[] = [];
    const failed: string[] = [];
    for (const [name, command] of Object.entries(COMMANDS)) {
      const here = makePeer(7, initialUpdate(PAGE));
      const there = makePeer(8, initialUpdate(PAGE));
      const from = at(here, QUOTE);
      const range = [here.binding.toRelative(from), here.binding.toRelative(from + QUOTE.length, -1)] as const;
      command(here);
      sync(here, there);
      check(here);
      check(there);
      const quotes = [quoteAt(here, range), quoteAt(there, range)];
      const isKept = (quote: string) =>
        [...QUOTE].every((character) => quote.includes(character)) && !/[丑巳]/.test(quote);
      for (const [i, quote] of quotes.entries())
        if (!isKept(quote)) failed.push(`${name}, ${i === 0 ? 'here' : 'there'}`);
      lines.push(`${name} | ${quotes.map((quote) => (isKept(quote) ? `ok ${quote}` : `LOST ${quote}`)).join(' | ')}`);
    }
    expectGolden('anchors', ['command | here | on another replica', ...lines]);
    // Yjs remembers only on the undoing replica that restored words stand for deleted ones.
    expect(failed).toEqual([
      'move the block before down, here',
      'move the block before down, there',
      'delete the words, undo, there',
    ]);
  });
});
