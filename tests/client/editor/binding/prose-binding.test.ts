/**
 * The binding with its surroundings: what it writes and shows, when it stays silent, the caret, editors that are made late
 * or with another document, and writers in one transaction with it.
 */
import { EditorState, Plugin } from '@tiptap/pm/state';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { moveBlock } from '../../../../client/editor/binding/move-block.ts';
import { isRemote } from '../../../../client/editor/binding/pending-steps.ts';
import { createProseBinding } from '../../../../client/editor/binding/prose-binding.ts';
import { splitBlock } from '../../../../client/editor/commands/enter.ts';
import {
  blockPos,
  brief,
  change,
  check,
  HeadlessView,
  initialUpdate,
  makePeer,
  type Peer,
  posOf,
  run,
  schema,
  select,
  sync,
} from './peer.ts';

const at = (peer: Peer, word: string) => posOf(peer.view.state.doc, word);
const shown = (peer: Peer) => brief(peer.view.state.doc);

function pair(blocks: readonly string[]): [Peer, Peer] {
  const update = initialUpdate(blocks);
  return [makePeer(1, update), makePeer(2, update)];
}

describe('a remote change', () => {
  it('writes nothing, is no history, and says that it is remote', () => {
    const [a, b] = pair(['甲乙', '丙丁']);
    const seen: { remote: boolean; history: unknown }[] = [];
    b.view.onTransaction = (tr) => seen.push({ remote: isRemote(tr), history: tr.getMeta('addToHistory') });
    let written = 0;
    b.doc.on('update', (_update, origin) => {
      if (origin !== 'connection') written += 1;
    });
    change(a, (tr) => tr.insertText('新', 2));
    change(a, (tr) => tr.delete(blockPos(tr.doc, 1), tr.doc.content.size));
    sync(a, b);
    expect(seen).toEqual([{ remote: true, history: false }]);
    expect(written).toBe(0);
    expect(shown(b)).toBe('p:甲新乙');
  });

  it('leaves the caret at its word, also when several places around it change at once', () => {
    const [a, b] = pair(['甲乙丙丁戊己', '子丑']);
    select(b, at(b, '丙'), at(b, '戊'));
    change(a, (tr) => tr.insertText('一', at(a, '乙')));
    change(a, (tr) => tr.insertText('二', at(a, '己')));
    change(a, (tr) => tr.insertText('三', at(a, '丁')));
    sync(a, b);
    expect(shown(b)).toBe('p:甲一乙丙三丁戊二己 ¶ p:子丑');
    const { from, to } = b.view.state.selection;
    expect(b.view.state.doc.textBetween(from, to)).toBe('丙三丁');
    select(a, at(a, '丁'));
    run(a, splitBlock);
    sync(a, b);
    const { $from, $to } = b.view.state.selection;
    expect([$from.parent.textContent, $to.parent.textContent]).toEqual(['甲一乙丙三', '丁戊二己']);
  });

  it('lets two people who type at one place each write their own word', () => {
    const [a, b] = pair(['甲乙']);
    select(a, 2);
    select(b, 2);
    for (const [mine, theirs] of ['一1', '二2', '三3']) {
      change(a, (tr) => tr.insertText(mine ?? ''));
      change(b, (tr) => tr.insertText(theirs ?? ''));
      sync(a, b);
    }
    expect(['p:甲一二三123乙', 'p:甲123一二三乙']).toContain(shown(a));
    expect(shown(b)).toBe(shown(a));
  });

  it('puts the caret behind what an undo brings back', () => {
    const [a] = pair(['甲乙丙']);
    change(a, (tr) => tr.delete(2, 3));
    select(a, 2);
    a.undo.undo();
    expect([shown(a), a.view.state.selection.from]).toEqual(['p:甲乙丙', 3]);
  });

  it('lets two people who type at one place, letter by letter, each write their own word', () => {
    const [a, b] = pair(['甲乙。']);
    for (const peer of [a, b]) select(peer, peer.view.state.doc.content.size - 1);
    for (const i of [0, 1, 2]) {
      change(a, (tr) => tr.insertText('【先】'.charAt(i)));
      change(b, (tr) => tr.insertText('〔后〕'.charAt(i)));
      sync(a, b);
    }
    check(a);
    check(b);
    expect(shown(b)).toBe(shown(a));
    expect(['p:甲乙。【先】〔后〕', 'p:甲乙。〔后〕【先】']).toContain(shown(a));
  });

  it('shows two first words in an empty document as two blocks that are not stray', () => {
    const [a, b] = [makePeer(1), makePeer(2)];
    change(a, (tr) => tr.insertText('甲'));
    change(b, (tr) => tr.insertText('乙'));
    sync(a, b);
    check(a);
    check(b);
    expect([shown(a), shown(b)].sort()).toEqual(['p:甲 ¶ p:乙', 'p:甲 ¶ p:乙']);
  });
});

describe('marks chosen for what is typed next', () => {
  it('stay while a colleague’s change is shown and while a block gets its id', () => {
    const [a, b] = pair(['甲乙']);
    const bold = schema.mark('bold');
    change(b, (tr) => tr.setStoredMarks([bold]));
    change(a, (tr) => tr.insertText('新', 2));
    sync(a, b);
    expect(b.view.state.storedMarks).toEqual([bold]);
    change(b, (tr) => tr.split(2).setStoredMarks([bold]));
    expect(b.view.state.storedMarks).toEqual([bold]);
  });
});

describe('a local change', () => {
  it('adopts stray words when somebody edits them', () => {
    const [a, b] = pair(['甲乙', '丙丁']);
    change(a, (tr) => tr.delete(0, 4));
    change(b, (tr) => tr.insertText('语', 2));
    sync(a, b);
    expect(shown(a)).toBe('p~:语 ¶ p:丙丁');
    change(a, (tr) => tr.insertText('新', 2));
    sync(a, b);
    check(b);
    expect(shown(b)).toBe('p:语新 ¶ p:丙丁');
    expect(b.view.state.doc.child(0).attrs.id).toMatch(/^1-/);
  });

  it('shares a transaction with another writer of the same document', () => {
    const [a, b] = pair(['甲乙', '丙丁']);
    a.doc.transact(() => {
      a.doc.getMap('fields').set('title', '题');
      change(a, (tr) => tr.insertText('新', 2));
      change(a, (tr) => tr.insertText('又', 3));
      a.keys.set('b2/kind', 'h1');
    }, 'fields');
    check(a);
    sync(a, b);
    check(b);
    expect(shown(a)).toBe('p:甲新又乙 ¶ h1:丙丁');
  });

  it('includes what another plugin appends to a remote change', () => {
    const [a] = pair(['甲乙']);
    const doc = new Y.Doc();
    Y.applyUpdate(doc, initialUpdate(['甲乙']));
    const binding = createProseBinding({ doc, schema, origin: 'editor', newBlockId: () => 'n' });
    const appender = new Plugin({
      appendTransaction: (trs, _before, state) =>
        trs.some(isRemote) && !state.doc.textContent.includes('补') ? state.tr.insertText('补', 1) : null,
    });
    const view = new HeadlessView(
      EditorState.create({ doc: binding.initialDoc(), plugins: [binding.plugin, appender] }),
    );
    change(a, (tr) => tr.insertText('新', 2));
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(a.doc), 'connection');
    expect(brief(view.state.doc)).toBe('p:补甲新乙');
    Y.applyUpdate(a.doc, Y.encodeStateAsUpdate(doc), 'connection');
    expect(shown(a)).toBe('p:补甲新乙');
    expect(binding.counters).toMatchObject({ fallbacks: 0, repairs: 0, rereads: 0 });
  });

  it('[C8] keeps the markers of blocks that one step writes again with other words', () => {
    const [a, b] = pair(['甲乙', 'h1:丙丁', '戊己']);
    /** Writes all blocks anew, as a program that sets the whole content does. */
    const rewrite = (peer: Peer, words: readonly string[]) =>
      change(peer, (tr) => {
        const blocks = words.map((word, i) => schema.node('para', tr.doc.child(i).attrs, [schema.text(word)]));
        return tr.replaceWith(0, tr.doc.content.size, blocks);
      });
    rewrite(a, ['甲一乙', '丙一丁', '戊一己']);
    rewrite(b, ['甲乙二', '二丙丁', '戊己二']);
    sync(a, b);
    check(a);
    check(b);
    expect(shown(a)).toBe('p:甲一乙二 ¶ h1:二丙一丁 ¶ p:戊一己二');
    expect(a.view.state.doc.children.map((block) => block.attrs.id)).toEqual(['b1', 'b2', 'b3']);
  });

  it('never writes an embed that reads as a block or as text, whatever a page that is pasted says', () => {
    const [a, b] = pair(['甲乙']);
    const embeds = [{ block: 'b9' }, 'words', null].map((data) => schema.node('embed', { data }));
    change(a, (tr) => tr.insert(2, embeds));
    sync(a, b);
    check(a);
    check(b);
    expect(b.view.state.doc.childCount).toBe(1);
    expect(b.view.state.doc.child(0).content.size).toBe(5);
  });

  it('writes nothing when blocks are put back as they were, beside a real change', () => {
    const [a, b] = pair(['甲乙', '丙丁', '戊己']);
    const first = a.view.state.doc.child(0);
    change(a, (tr) => tr.delete(0, first.nodeSize).insert(0, first).insertText('新', 10));
    sync(a, b);
    check(b);
    expect(shown(b)).toBe('p:甲乙 ¶ p:丙丁 ¶ p:戊新己');
    expect(a.binding.counters.fallbacks).toBe(0);
  });

  it('keeps the end of a remembered range in its block when the closing is missing', () => {
    const [a] = pair(['甲乙', '丙丁']);
    const end = a.binding.toRelative(3, -1);
    a.doc.transact(() => a.text.delete(3, 1), 'raw');
    check(a);
    expect(a.binding.toAbsolute(end)).toBe(3);
  });

  it('gives a copied block an id and the keys of its own', () => {
    const [a, b] = pair(['h1:甲乙', '丙丁']);
    a.keys.set('b1/tone', 'warm');
    const block = a.view.state.doc.child(0);
    change(a, (tr) => tr.insert(0, block));
    const [copy, original] = a.view.state.doc.children;
    expect(original?.attrs.id).toBe('b1');
    expect(a.keys.get(`${copy?.attrs.id}/tone`)).toBe('warm');
    change(a, (tr) => tr.setNodeAttribute(0, 'kind', 'quote'));
    sync(a, b);
    check(b);
    expect(shown(b)).toBe('quote:甲乙 ¶ h1:甲乙 ¶ p:丙丁');
  });
});

describe('an editor', () => {
  it('that is made with another document shows what the text says', () => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, initialUpdate(['甲乙', 'h1:丙丁']));
    const binding = createProseBinding({ doc, schema, origin: 'editor', newBlockId: () => 'n' });
    const before = Y.encodeStateAsUpdate(doc);
    const view = new HeadlessView(EditorState.create({ schema, plugins: [binding.plugin] }));
    expect(brief(view.state.doc)).toBe('p:甲乙 ¶ h1:丙丁');
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
  });

  it('that goes and comes back shows what happened meanwhile', () => {
    const [a, b] = pair(['甲乙', '丙丁']);
    b.view.destroy();
    change(a, (tr) => tr.insertText('新', 2));
    sync(a, b);
    expect(brief(b.binding.initialDoc())).toBe('p:甲新乙 ¶ p:丙丁');
    const view = new HeadlessView(b.view.state);
    expect(brief(view.state.doc)).toBe('p:甲新乙 ¶ p:丙丁');
  });
});

describe('moving a block', () => {
  it('moves the neighbour, so that a colleague’s words in the block come along', () => {
    const [a, b] = pair(['甲乙', '丙丁', '戊己']);
    select(a, at(a, '丙'), at(a, '丁'));
    expect(run(a, moveBlock('up'))).toBe(true);
    change(b, (tr) => tr.insertText('语', at(b, '丁')));
    sync(a, b);
    expect(shown(b)).toBe('p:丙语丁 ¶ p:甲乙 ¶ p:戊己');
    expect(a.view.state.doc.textBetween(a.view.state.selection.from, a.view.state.selection.to)).toBe('丙');
    expect(run(a, moveBlock('up'))).toBe(false);
    expect(run(a, moveBlock('down'))).toBe(true);
    expect(run(a, moveBlock('down'))).toBe(true);
    expect(run(a, moveBlock('down'))).toBe(false);
    expect(shown(a)).toBe('p:甲乙 ¶ p:戊己 ¶ p:丙语丁');
  });

  it('moves the own block when a colleague is in the neighbour', () => {
    const [a, b] = pair(['甲乙', '丙丁']);
    select(a, at(a, '丙'));
    run(
      a,
      moveBlock('up', (from, to) => from <= 1 && to <= 4),
    );
    change(b, (tr) => tr.insertText('语', at(b, '乙')));
    sync(a, b);
    expect(shown(b)).toBe('p:丙丁 ¶ p:甲语乙');
    expect(a.view.state.selection.$from.parent.textContent).toBe('丙丁');
  });
});
