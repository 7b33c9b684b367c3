/**
 * Random editing by several people who sync now and then. Every character inserted is another one, a token, so that each
 * one lost or doubled is seen. Deterministic by seed. The report says what went wrong; the tests say what may.
 */
import type { Node as ProseNode } from '@tiptap/pm/model';
import * as Y from 'yjs';
import { moveBlock } from '../../../../client/editor/binding/move-block.ts';
import { splitBlock } from '../../../../client/editor/commands/enter.ts';
import { type Random, randomFrom } from '../../../support/random.ts';
import {
  blockPos,
  change,
  check,
  makePeer,
  type Peer,
  pastedSlice,
  projection,
  run,
  schema,
  select,
  sync,
} from './peer.ts';

export type FuzzReport = {
  seed: number;
  tokens: number;
  commands: number;
  /** Why the run stopped: the view and the text disagree, people disagree at the end, or something threw. */
  error: string | null;
  /** Tokens that nobody deleted and that are not there at the end. */
  lost: string[];
  /** Tokens that are there more than once although not two people moved them or brought them back. */
  doubled: string[];
  /** Tokens there more than once because two people did. */
  doubledByTwo: number;
  /** Tokens that a command other than move and undo deleted and wrote again. */
  rewritten: string[];
  /** Tokens of others that an undo took away. */
  undoneOthers: string[];
  /** Tokens whose formatting a command changed that formats nothing. */
  restyled: string[];
  /** Commands that left two blocks with one id where there was one before. */
  sharedIds: string[];
  fallbacks: number;
  repairs: number;
  rereads: number;
  remote: number;
};

const TOKEN = /[\u4e00-\u9fff]/g;
const FIRST_TOKEN = 0x4e00;

export function tokensIn(doc: ProseNode): string[] {
  let words = '';
  doc.descendants((node) => {
    words += node.isText ? node.text : `${node.attrs.label ?? node.attrs.data?.token ?? ''}`;
  });
  return words.match(TOKEN) ?? [];
}

/** The commands that may change the formatting of words that stay. */
const STYLING = new Set(['bold', 'link', 'undo', 'redo']);

/** The formatting of each token that is there once. */
function stylesOf(doc: ProseNode): Map<string, string> {
  const styles = new Map<string, string>();
  const twice = new Set<string>();
  doc.descendants((node) => {
    const style = JSON.stringify(node.marks);
    const words = node.isText ? node.text : `${node.attrs.label ?? node.attrs.data?.token ?? ''}`;
    for (const token of words?.match(TOKEN) ?? []) {
      if (styles.has(token)) twice.add(token);
      styles.set(token, style);
    }
  });
  for (const token of twice) styles.delete(token);
  return styles;
}

/** How many blocks have an id that a block before them has. */
function countSharedIds(doc: ProseNode): number {
  const ids = doc.children.map((block) => block.attrs.id).filter((id) => id !== null);
  return ids.length - new Set(ids).size;
}

/** What happened to the tokens, by person. */
class Ledger {
  readonly minted = new Map<string, Peer>();
  readonly deleted = new Set<string>();
  readonly broughtBack = new Map<string, Set<Peer>>();
  readonly rewritten: string[] = [];
  readonly undoneOthers: string[] = [];
  readonly restyled: string[] = [];
  readonly sharedIds: string[] = [];

  /** Runs a command of a person and notes what it did to the tokens. */
  note(peer: Peer, name: string, command: () => void): void {
    const before = tokensIn(peer.view.state.doc);
    const sharedBefore = countSharedIds(peer.view.state.doc);
    const stylesBefore = stylesOf(peer.view.state.doc);
    const known = new Set(this.minted.keys());
    const written = new Set<string>();
    const observe = (event: Y.YTextEvent) => {
      for (const { insert } of event.delta) {
        const words = typeof insert === 'string' ? insert : JSON.stringify(insert ?? '');
        for (const token of words.match(TOKEN) ?? []) if (known.has(token)) written.add(token);
      }
    };
    peer.text.observe(observe);
    command();
    peer.text.unobserve(observe);
    const mayRewrite = name === 'moveUp' || name === 'moveDown' || name === 'undo' || name === 'redo';
    if (name !== 'undo' && name !== 'redo' && countSharedIds(peer.view.state.doc) > sharedBefore) {
      this.sharedIds.push(name);
    }
    for (const [token, style] of STYLING.has(name) ? [] : stylesOf(projection(peer))) {
      if (style !== (stylesBefore.get(token) ?? style)) this.restyled.push(`${name} ${token}`);
    }
    for (const token of written) {
      if (!mayRewrite) this.rewritten.push(`${name} ${token}`);
      this.broughtBack.set(token, (this.broughtBack.get(token) ?? new Set()).add(peer));
    }
    const after = new Set(tokensIn(peer.view.state.doc));
    for (const token of before) {
      if (after.has(token)) continue;
      this.deleted.add(token);
      const isOwn = this.minted.get(token) === peer || this.broughtBack.get(token)?.has(peer) === true;
      if (name === 'undo' && !isOwn) this.undoneOthers.push(token);
    }
  }
}

type Actor = { random: Random; mint: (peer: Peer) => string };

/** A position where text may stand. */
function place(doc: ProseNode, random: Random): number {
  for (;;) {
    const pos = random.int(doc.content.size + 1);
    if (doc.resolve(pos).parent.inlineContent) return pos;
  }
}

function stretch(doc: ProseNode, random: Random): [number, number] {
  const ends = [place(doc, random), place(doc, random)].sort((a, b) => a - b);
  return [ends[0] ?? 1, ends[1] ?? 1];
}

function someBlock(peer: Peer, random: Random): { pos: number; node: ProseNode } {
  const doc = peer.view.state.doc;
  const index = random.int(doc.childCount);
  return { pos: blockPos(doc, index), node: doc.child(index) };
}

export const FUZZ_COMMANDS: Readonly<Record<string, (peer: Peer, actor: Actor) => void>> = {
  type: (peer, { random, mint }) => change(peer, (tr) => tr.insertText(mint(peer) + mint(peer), place(tr.doc, random))),
  typeMarked: (peer, { random, mint }) =>
    change(peer, (tr) =>
      tr.insert(place(tr.doc, random), schema.text(mint(peer) + mint(peer), [schema.mark('italic')])),
    ),
  mention: (peer, { random, mint }) =>
    change(peer, (tr) =>
      tr.insert(place(tr.doc, random), schema.node('mention', { kind: 'party', id: 'x', label: mint(peer) })),
    ),
  embed: (peer, { random, mint }) =>
    change(peer, (tr) => tr.insert(place(tr.doc, random), schema.node('embed', { data: { token: mint(peer) } }))),
  enter: (peer, { random }) => {
    select(peer, place(peer.view.state.doc, random));
    run(peer, splitBlock);
  },
  enterAtEnd: (peer, { random, mint }) => {
    const { pos, node } = someBlock(peer, random);
    select(peer, pos + node.nodeSize - 1);
    run(peer, splitBlock);
    if (random.chance(0.5)) change(peer, (tr) => tr.insertText(mint(peer)));
  },
  enterAtStart: (peer, { random }) => {
    select(peer, someBlock(peer, random).pos + 1);
    run(peer, splitBlock);
  },
  join: (peer, { random }) => {
    const doc = peer.view.state.doc;
    if (doc.childCount > 1) change(peer, (tr) => tr.join(blockPos(doc, 1 + random.int(doc.childCount - 1))));
  },
  kind: (peer, { random }) => {
    const kind = random.pick(['p', 'h1', 'bullet', 'quote', 'task', 'callout']);
    change(peer, (tr) => tr.setNodeAttribute(someBlock(peer, random).pos, 'kind', kind));
  },
  indent: (peer, { random }) =>
    change(peer, (tr) => tr.setNodeAttribute(someBlock(peer, random).pos, 'indent', random.int(4))),
  checked: (peer, { random }) =>
    change(peer, (tr) => tr.setNodeAttribute(someBlock(peer, random).pos, 'checked', random.chance(0.5))),
  bold: (peer, { random }) => {
    const [from, to] = stretch(peer.view.state.doc, random);
    change(peer, (tr) =>
      random.chance(0.6) ? tr.addMark(from, to, schema.mark('bold')) : tr.removeMark(from, to, schema.marks.bold),
    );
  },
  link: (peer, { random }) => {
    const [from, to] = stretch(peer.view.state.doc, random);
    change(peer, (tr) => tr.addMark(from, to, schema.mark('link', { href: `https://${random.int(3)}.example` })));
  },
  deleteRange: (peer, { random }) => {
    const [from, to] = stretch(peer.view.state.doc, random);
    change(peer, (tr) => tr.delete(from, to));
  },
  deleteBlock: (peer, { random }) => {
    const { pos, node } = someBlock(peer, random);
    if (peer.view.state.doc.childCount > 1) change(peer, (tr) => tr.delete(pos, pos + node.nodeSize));
  },
  deleteAll: (peer, { random }) => {
    if (random.chance(0.2)) change(peer, (tr) => tr.delete(1, tr.doc.content.size - 1));
  },
  replaceRange: (peer, { random, mint }) => {
    const [from, to] = stretch(peer.view.state.doc, random);
    if (to - from < 12) change(peer, (tr) => tr.insertText(mint(peer), from, to));
  },
  paste: (peer, { random, mint }) => {
    const words = [mint(peer) + mint(peer), mint(peer), mint(peer)];
    change(peer, (tr) => {
      const pos = place(tr.doc, random);
      return tr.replace(pos, pos, pastedSlice(words, random.pick(['p', 'bullet'])));
    });
  },
  pasteLines: (peer, { random, mint }) =>
    change(peer, (tr) => tr.insertText(`${mint(peer)}\n${mint(peer)}`, place(tr.doc, random))),
  several: (peer, { random, mint }) =>
    change(peer, (tr) => {
      for (let i = 1 + random.int(3); i > 0; i--) {
        const pos = place(tr.doc, random);
        if (random.chance(0.3)) tr.split(pos);
        else tr.insertText(mint(peer), pos);
      }
      return tr;
    }),
  moveUp: (peer, { random }) => {
    select(peer, place(peer.view.state.doc, random));
    run(
      peer,
      moveBlock('up', () => random.chance(0.3)),
    );
  },
  moveDown: (peer, { random }) => {
    select(peer, place(peer.view.state.doc, random));
    run(peer, moveBlock('down'));
  },
  undo: (peer) => peer.undo.undo(),
  redo: (peer) => peer.undo.redo(),
  pause: (peer) => peer.undo.stopCapturing(),
};

export type FuzzOptions = {
  readonly commands?: number;
  readonly people?: number;
  /** After how many commands of the first person the others load what is there. */
  readonly aloneFor?: number;
  /** Told before each sync; for planting bugs. */
  readonly afterSync?: (peers: readonly Peer[], random: Random) => void;
};

/** One run. Never throws: what goes wrong is in the report. */
export function fuzz(
  seed: number,
  { commands = 60, people = 3, aloneFor = seed % 2 === 0 ? 0 : 20, afterSync }: FuzzOptions = {},
): FuzzReport {
  const random = randomFrom(seed);
  const ledger = new Ledger();
  const peers = [makePeer(1 + random.int(5))];
  const join = () => {
    const state = peers[0] && Y.encodeStateAsUpdate(peers[0].doc);
    while (peers.length < people) peers.push(makePeer(peers.length * 7 + 1 + random.int(5), state));
  };
  let tokens = 0;
  let last = '';
  const actor: Actor = {
    random,
    mint: (peer) => {
      const token = String.fromCharCode(FIRST_TOKEN + tokens++);
      ledger.minted.set(token, peer);
      return token;
    },
  };
  const names = Object.keys(FUZZ_COMMANDS);
  const syncAndCheck = (a: Peer, b: Peer) => {
    sync(a, b);
    afterSync?.(peers, random);
    check(a);
    check(b);
  };
  let error: string | null = null;
  let done = 0;
  try {
    for (; done < commands; done++) {
      if (done === aloneFor) join();
      const peer = random.pick(peers);
      const name = random.pick(names);
      last = `${done} ${name}`;
      ledger.note(peer, name, () => FUZZ_COMMANDS[name]?.(peer, actor));
      check(peer);
      if (!random.chance(0.15)) continue;
      last += ' sync';
      const [a, b] = [random.pick(peers), random.pick(peers)];
      if (a !== b) syncAndCheck(a, b);
    }
    last = 'end';
    for (let round = 0; round < 2; round++) {
      for (const a of peers) for (const b of peers) if (a !== b) syncAndCheck(a, b);
    }
    const [first, ...others] = peers.map((peer) => JSON.stringify(peer.view.state.doc));
    if (others.some((other) => other !== first)) error = 'the people see different documents at the end';
  } catch (thrown) {
    error = `${last}: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`;
  }
  const present = peers[0] === undefined ? [] : tokensIn(peers[0].view.state.doc);
  const remaining = new Set(present);
  const twice = [...remaining].filter((token) => present.filter((each) => each === token).length > 1);
  const isByTwo = (token: string) => (ledger.broughtBack.get(token)?.size ?? 0) > 1;
  const sum = (of: (peer: Peer) => number) => peers.reduce((total, peer) => total + of(peer), 0);
  const report: FuzzReport = {
    seed,
    tokens,
    commands: done,
    error,
    lost: [...ledger.minted.keys()].filter((token) => !ledger.deleted.has(token) && !remaining.has(token)),
    doubled: twice.filter((token) => !isByTwo(token)),
    doubledByTwo: twice.filter(isByTwo).length,
    rewritten: ledger.rewritten,
    undoneOthers: ledger.undoneOthers,
    restyled: ledger.restyled,
    sharedIds: ledger.sharedIds,
    fallbacks: sum((peer) => peer.binding.counters.fallbacks),
    repairs: sum((peer) => peer.binding.counters.repairs),
    rereads: sum((peer) => peer.binding.counters.rereads),
    remote: sum((peer) => peer.binding.counters.remote),
  };
  for (const peer of peers) peer.binding.destroy();
  return report;
}
