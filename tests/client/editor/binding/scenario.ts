/**
 * Editor commands on a named block of a small page, for the tables of concurrent commands: what each command does, which
 * characters it deletes, and where its words belong.
 */
import type { Node as ProseNode } from '@tiptap/pm/model';
import * as Y from 'yjs';
import { moveBlock } from '../../../../client/editor/binding/move-block.ts';
import { splitBlock } from '../../../../client/editor/commands/enter.ts';
import {
  blockPos,
  brief,
  change,
  check,
  initialUpdate,
  makePeer,
  type Peer,
  pastedSlice,
  posOf,
  run,
  schema,
  select,
} from './peer.ts';

/** The words of the page; every character is another one. */
const PAGE = ['甲乙丙丁戊己', '子丑寅卯辰巳午未', '金木水火土石', '天地玄黄宇宙'] as const;
const PAGE_UPDATE = initialUpdate(PAGE);

/** Some characters of a block of the page. */
type Target = {
  words: string;
  first: string;
  second: string;
  before: string;
  middle: string;
  next: string;
  last: string;
};

function targetOf(index: number): Target {
  const words = PAGE[index] ?? '';
  const half = Math.floor(words.length / 2);
  const at = (i: number) => words.charAt(i);
  return {
    words,
    first: at(0),
    second: at(1),
    before: at(half - 1),
    middle: at(half),
    next: at(half + 1),
    last: at(words.length - 1),
  };
}

export type ScenarioCommand = {
  /** @param word letters of this person, to write where the command writes something */
  run(peer: Peer, target: Target, word: string): void;
  /** Characters of the page that the command deletes. */
  deletes?(target: Target): string;
  /** What the command writes, each to be found once. */
  writes?(word: string): string[];
  /** Whether the words of a person stand where the command put them, given the blocks at the end. */
  isInPlace?(blocks: readonly string[], target: Target, word: string): boolean;
  /** Deletes words and writes them again elsewhere. */
  moves?: boolean;
};

const after = (peer: Peer, word: string) => posOf(peer.view.state.doc, word) + 1;
const before = (peer: Peer, word: string) => posOf(peer.view.state.doc, word);

function blockWith(doc: ProseNode, word: string): { pos: number; node: ProseNode } {
  const index = doc.children.findIndex((block) => block.textContent.includes(word));
  return { pos: blockPos(doc, index), node: doc.child(index) };
}

/** Whether a word stands in the block of a character, if that character is still anywhere. */
function isWith(blocks: readonly string[], word: string, neighbours: readonly string[]): boolean {
  const there = neighbours.filter((each) => blocks.some((block) => block.includes(each)));
  return (
    there.length === 0 || blocks.some((block) => block.includes(word) && there.some((each) => block.includes(each)))
  );
}

const setAttr =
  (name: string, value: unknown): ScenarioCommand['run'] =>
  (peer, { middle }) =>
    change(peer, (tr) => tr.setNodeAttribute(blockWith(tr.doc, middle).pos, name, value));

const isOwnBlock: ScenarioCommand['isInPlace'] = (blocks, _target, word) => blocks.includes(word);
const itself = (word: string) => [word];

export const SCENARIO_COMMANDS: Readonly<Record<string, ScenarioCommand>> = {
  type: {
    run: (peer, { middle }, word) => change(peer, (tr) => tr.insertText(word, before(peer, middle))),
    writes: itself,
    isInPlace: (blocks, target, word) => isWith(blocks, word, [target.before, target.middle]),
  },
  typeFirst: {
    run: (peer, { first }, word) => change(peer, (tr) => tr.insertText(word, before(peer, first))),
    writes: itself,
    isInPlace: (blocks, target, word) => isWith(blocks, word, [target.first]),
  },
  append: {
    run: (peer, { last }, word) => change(peer, (tr) => tr.insertText(word, after(peer, last))),
    writes: itself,
    isInPlace: (blocks, target, word) => isWith(blocks, word, [target.last]),
  },
  enterMid: {
    run: (peer, { middle }) => {
      select(peer, before(peer, middle));
      run(peer, splitBlock);
    },
  },
  enterEnd: {
    run: (peer, { last }, word) => {
      select(peer, after(peer, last));
      run(peer, splitBlock);
      change(peer, (tr) => tr.insertText(word));
    },
    writes: itself,
    isInPlace: isOwnBlock,
  },
  enterStart: {
    run: (peer, { first }, word) => {
      select(peer, before(peer, first));
      run(peer, splitBlock);
      const { pos } = blockWith(peer.view.state.doc, first);
      change(peer, (tr) => tr.insertText(word, pos - 1));
    },
    writes: itself,
    isInPlace: isOwnBlock,
  },
  join: { run: (peer, { first }) => change(peer, (tr) => tr.join(before(peer, first) - 1)) },
  heading: { run: setAttr('kind', 'h1') },
  bullet: { run: setAttr('kind', 'bullet') },
  quote: { run: setAttr('kind', 'quote') },
  indent: { run: setAttr('indent', 1) },
  checked: { run: setAttr('checked', true) },
  bold: {
    run: (peer, { second, last }) =>
      change(peer, (tr) => tr.addMark(before(peer, second), before(peer, last), schema.mark('bold'))),
  },
  mention: {
    run: (peer, { middle }, word) =>
      change(peer, (tr) =>
        tr.insert(before(peer, middle), schema.node('mention', { kind: 'agency', id: 'a', label: word })),
      ),
    writes: itself,
    isInPlace: (blocks, target, word) => isWith(blocks, word, [target.before, target.middle]),
  },
  replace: {
    run: (peer, { middle }, word) =>
      change(peer, (tr) => tr.insertText(word, before(peer, middle), after(peer, middle))),
    deletes: ({ middle }) => middle,
    writes: itself,
    isInPlace: (blocks, target, word) => isWith(blocks, word, [target.before, target.next]),
  },
  deleteBlock: {
    run: (peer, { middle }) => {
      const { pos, node } = blockWith(peer.view.state.doc, middle);
      change(peer, (tr) => tr.delete(pos, pos + node.nodeSize));
    },
    deletes: ({ words }) => words,
  },
  paste: {
    run: (peer, { middle }, word) =>
      change(peer, (tr) => {
        const pos = before(peer, middle);
        return tr.replace(pos, pos, pastedSlice([`${word}1`, `${word}2`, `${word}3`]));
      }),
    writes: (word) => [`${word}1`, `${word}2`, `${word}3`],
    isInPlace: (blocks, _target, word) => blocks.includes(`${word}2`),
  },
  moveUp: {
    run: (peer, { middle }) => {
      select(peer, before(peer, middle));
      run(peer, moveBlock('up'));
    },
    moves: true,
  },
  moveDown: {
    run: (peer, { middle }) => {
      select(peer, before(peer, middle));
      run(peer, moveBlock('down'));
    },
    moves: true,
  },
};

/** One person's command on the block with that index. */
export type ScenarioAct = { readonly command: string; readonly block: number };

export type ScenarioResult = {
  /** The page at the end, as brief() writes it. */
  page: string;
  lost: number;
  doubled: number;
  misplaced: number;
};

const WORDS = ['AAA', 'BBB', 'CCC'];

/** Everybody acts offline, then all learn everything. Throws when they do not agree or a view is not the text. */
export function runScenario(acts: readonly ScenarioAct[], clientIds: readonly number[]): ScenarioResult {
  const peers = acts.map(({ command, block }, i) => {
    const peer = makePeer(clientIds[i] ?? i, PAGE_UPDATE);
    SCENARIO_COMMANDS[command]?.run(peer, targetOf(block), WORDS[i] ?? '');
    check(peer);
    return peer;
  });
  for (let round = 0; round < 2; round++) for (const a of peers) for (const b of peers) if (a !== b) syncOneWay(a, b);
  for (const peer of peers) check(peer);
  const pages = peers.map((peer) => brief(peer.view.state.doc));
  const page = pages[0] ?? '';
  if (pages.some((each) => each !== page)) throw new Error(`The people see different pages: ${pages.join(' // ')}`);
  if (peers.some((peer) => peer.binding.counters.fallbacks > 0)) throw new Error('More was written than changed');
  const doc = peers[0]?.view.state.doc;
  for (const peer of peers) peer.binding.destroy();
  return { page, ...damage(acts, doc?.children.map(wordsOf) ?? []) };
}

function syncOneWay(from: Peer, to: Peer): void {
  Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)), 'connection');
}

function wordsOf(block: ProseNode): string {
  return block.textBetween(0, block.content.size, '', (leaf) => String(leaf.attrs.label));
}

function damage(acts: readonly ScenarioAct[], blocks: readonly string[]): Omit<ScenarioResult, 'page'> {
  const all = blocks.join('¶');
  const deleted = acts
    .map(({ command, block }) => SCENARIO_COMMANDS[command]?.deletes?.(targetOf(block)) ?? '')
    .join('');
  let lost = 0;
  let doubled = 0;
  const count = (word: string, isDeleted: boolean) => {
    const times = all.split(word).length - 1;
    if (times === 0 && !isDeleted) lost += word.length;
    if (times > 1) doubled += word.length * (times - 1);
  };
  for (const character of PAGE.join('')) count(character, deleted.includes(character));
  let misplaced = 0;
  for (const [i, { command, block }] of acts.entries()) {
    const word = WORDS[i] ?? '';
    const { writes, isInPlace } = SCENARIO_COMMANDS[command] ?? {};
    for (const each of writes?.(word) ?? []) count(each, false);
    if (isInPlace?.(blocks, targetOf(block), word) === false) misplaced += word.length;
  }
  return { lost, doubled, misplaced };
}
