/**
 * A page with the prose editor alone, for scenes that need a real browser but no relay: input methods, clipboard, looks. Its
 * document is linked with a colleague's. The scene drives it through `window.harness`.
 */
import '../../../client/without-eval.ts';
import '@mantine/core/styles.layer.css';
import '../../../client/ui/base.css';
import { MantineProvider } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { EditorComments } from '../../../client/editor/anchors/comment-contract.ts';
import { ProseEditor } from '../../../client/editor/prose-editor.tsx';
import { createLanguage } from '../../../client/language/language-choice.ts';
import { LanguageProvider } from '../../../client/language/language-provider.tsx';
import { Notices } from '../../../client/ui/notices.tsx';
import { theme } from '../../../client/ui/theme.ts';
import { createEditHistory } from '../../../shared/fields/history.ts';
import { ORIGIN } from '../../../shared/origins.ts';
import { type ProseBlock, proseToText, readProse } from '../../../shared/prose/read-prose.ts';
import { blockKeys, proseText } from '../../../shared/prose/roots.ts';
import { type InitialBlock, writeInitialProse } from '../../../shared/prose/write-initial-prose.ts';
import { insertTyped } from '../../../shared/typing-runs.ts';
import { linkedDocuments } from './linked-documents.ts';

const ME = { personId: '11111111-1111-4111-8111-111111111111', name: '林晓舟', agencyName: '县综治中心' };

const query = new URLSearchParams(location.search);
const linked = linkedDocuments();
const { doc, colleague } = linked;
const awareness = new Awareness(doc);

const NO_COMMENTS: EditorComments = {
  marks: [],
  mayComment: true,
  begin: () => {},
  open: () => {},
  reanchor: () => {},
  placed: () => {},
  connect: () => {},
};

let ids = 0;
const newBlockId = () => `id-${doc.clientID}-${++ids}`;

const harness = {
  /** Fills the document before anybody looks. */
  begin(blocks: readonly InitialBlock[]): void {
    if (blocks.length > 0) writeInitialProse(doc, blocks, { newBlockId });
    linked.link();
    show();
  },
  /** The colleague writes at a place in a block; `at` beyond its end means its end. */
  colleagueInserts(block: number, at: number, text: string): void {
    const { start, length } = placeOf(block);
    const prose = proseText(colleague);
    insertTyped(prose, false, () => prose.insert(start + 1 + Math.min(at, length), text, {}));
  },
  colleagueInsertsBlock(before: number, text: string): void {
    const { start } = placeOf(before);
    colleague.transact(() => {
      const prose = proseText(colleague);
      prose.insertEmbed(start, { block: `c-${before}-${text}` }, {});
      prose.insert(start + 1, `${text}\n`, {});
    });
  },
  /** Enter inside a block: what follows the place becomes a block of its own. */
  colleagueSplits(block: number, at: number): void {
    const index = placeOf(block).start + 1 + at;
    const prose = proseText(colleague);
    insertTyped(prose, false, () =>
      colleague.transact(() => {
        prose.insert(index, '\n', {});
        prose.insertEmbed(index + 1, { block: `c-${block}-split` }, {});
      }),
    );
  },
  /** Backspace at the beginning of the block behind this one. */
  colleagueJoinsWithNext(block: number): void {
    const { start, length } = placeOf(block);
    proseText(colleague).delete(start + 1 + length, 2);
  },
  /** Five people write a letter each, in lines of their own and in one's own. */
  fiveColleaguesType(block: number, letters: string): void {
    for (const [who, letter] of letters.split('').entries()) {
      colleague.clientID = 1_000 + who;
      harness.colleagueInserts(who % 2 === 0 ? block : who % 3, who, letter);
    }
  },
  colleagueDeletesBlock(block: number): void {
    const { start, length } = placeOf(block);
    proseText(colleague).delete(start, length + 2);
  },
  colleagueFormats(block: number, from: number, to: number, key: string): void {
    proseText(colleague).format(placeOf(block).start + 1 + from, to - from, { [key]: true });
  },
  colleagueSetsKind(block: number, kind: string): void {
    const id = blocksOf(colleague)[block]?.id;
    blockKeys(colleague).set(`${id}/kind`, kind);
  },
  /** Shows the caret of somebody else. */
  caret(person: { personId: string; name: string; agencyName: string }, block: number, from: number, to: number): void {
    const other = new Awareness(new Y.Doc());
    const relative = (at: number) =>
      Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(proseText(doc), placeOf(block).start + 1 + at));
    other.setLocalState({ person, cursor: { anchor: relative(from), head: relative(to) } });
    applyAwarenessUpdate(awareness, encodeAwarenessUpdate(other, [other.clientID]), 'relay');
  },
  text: () => textOf(doc),
  colleagueText: () => textOf(colleague),
  /** Whether both hold the same words, formatting and kinds. */
  isEqual: () => JSON.stringify(blocksOf(doc)) === JSON.stringify(blocksOf(colleague)),
  isHolding: linked.isHolding,
  waitingCount: linked.waitingCount,
};

export type EditorHarness = typeof harness;

function blocksOf(of: Y.Doc): ProseBlock[] {
  return readProse(proseText(of), blockKeys(of));
}

function textOf(of: Y.Doc): string[] {
  return proseToText(blocksOf(of)).split('\n');
}

/** Where a block of the colleague's document begins and how long its words are. */
function placeOf(block: number): { start: number; length: number } {
  const blocks = blocksOf(colleague);
  const lengthOf = (i: number) =>
    (blocks[i]?.content ?? []).reduce((sum, inline) => sum + (inline.type === 'text' ? inline.text.length : 1), 0);
  let start = 0;
  for (let i = 0; i < block; i++) start += lengthOf(i) + 2;
  return { start, length: lengthOf(block) };
}

function show(): void {
  const undo = new Y.UndoManager([proseText(doc), blockKeys(doc)], { trackedOrigins: new Set([ORIGIN.editor]) });
  const history = createEditHistory({
    doc,
    text: undo,
    by: ME.personId,
    now: () => Date.now(),
    newRev: newBlockId,
    origin: ORIGIN.model,
  });
  const language = createLanguage(
    { getItem: () => query.get('language'), setItem: () => {} },
    navigator.languages,
    document.documentElement,
  );
  const root = document.getElementById('root');
  if (root === null) throw new Error('index.html has no #root');
  const toolbarPlace = document.createElement('div');
  document.body.prepend(toolbarPlace);
  createRoot(root).render(
    <LanguageProvider language={language}>
      <MantineProvider theme={theme} forceColorScheme={query.get('scheme') === 'dark' ? 'dark' : 'light'}>
        <Notices>
          <main style={{ maxWidth: 880, margin: '0 auto', background: 'var(--paper)', minHeight: '100%' }}>
            <ProseEditor
              doc={doc}
              awareness={awareness}
              editable={query.get('editable') !== 'no'}
              comments={NO_COMMENTS}
              toolbarPlace={toolbarPlace}
              agencyLabel={String}
              history={history}
              me={ME}
              mentionables={{
                people: [
                  { id: 'p1', label: '何志远' },
                  { id: 'p2', label: '孟祥宁' },
                ],
                agencies: [{ id: 'a1', label: '县人社局' }],
                parties: [{ id: 'x1', label: '申请人甲' }],
              }}
              holdRemoteChanges={query.get('hold') === 'no' ? () => () => {} : linked.hold}
              newBlockId={newBlockId}
              language="zh-CN"
            />
          </main>
        </Notices>
      </MantineProvider>
    </LanguageProvider>,
  );
}

Object.assign(window, { harness });
