/**
 * The editor of a document's prose: toolbar, text, menus, link dialog, carets. The page imports it lazily, so that the first
 * load does without it; it gets a document, an awareness and a few functions and knows no replica. It needs the words, the
 * notices and the style sheet of client/ui around it.
 */
import './prose-editor.css';
import { useEditorState } from '@tiptap/react';
import { useEffect, useId, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { HistoryOutcome } from '../../shared/fields/history.ts';
import { useWords } from '../language/use-words.ts';
import { hasAppleKeyboard } from '../ui/apple-keyboard.ts';
import { useNotice } from '../ui/notices.tsx';
import { useLatest } from '../ui/use-latest.ts';
import { anchorAtSelection, commentsHandle } from './anchors/comment-acts.ts';
import type { EditorComments } from './anchors/comment-contract.ts';
import { CommentLayer } from './anchors/comment-layer.tsx';
import { setKind } from './commands/block-kinds.ts';
import { sentenceAtSelection } from './commands/sentence.ts';
import type { EditorHistory, EditorNotice, EditorPerson, Mentionables, SentenceAdditions } from './editor-contract.ts';
import { menuCommand } from './menus/menu-command.ts';
import { mentionItems, slashItems } from './menus/menu-items.ts';
import { MenuList } from './menus/menu-list.tsx';
import { menuState } from './menus/menu-plugin.ts';
import { slashChoices } from './menus/slash-choices.ts';
import { type MountedEditor, mountEditor } from './mount-editor.ts';
import { noticeText } from './notice-words.ts';
import { placeOf } from './place-at.tsx';
import { revealRange } from './reveal.ts';
import { Toolbar } from './toolbar/toolbar.tsx';
import { toolbarItemsWith, toolbarState } from './toolbar/toolbar-items.ts';
import { useLinkDialog } from './use-link-dialog.tsx';

export type ProseEditorProps = {
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  /** Without it there is no toolbar and nothing can be changed; one can still move, select and comment. */
  readonly editable: boolean;
  readonly comments: EditorComments;
  /** Where the toolbar is drawn: a line of the page that does not scroll with the text; null while there is none. */
  readonly toolbarPlace: HTMLElement | null;
  readonly history: EditorHistory;
  readonly me: EditorPerson;
  readonly mentionables: Mentionables;
  /** The short name of an agency, for the labels of carets. */
  readonly agencyLabel: (agencyName: string) => string;
  /** Holds remote changes before the document until the returned function is called. */
  readonly holdRemoteChanges: () => () => void;
  /** Returns a fresh unique id each time, for new blocks. */
  readonly newBlockId: () => string;
  /** Language of the words in the document, for fonts and hyphenation. */
  readonly language: string;
  readonly autofocus?: boolean;
  /** Names the text for screen readers; the catalogue's own name when left out. */
  readonly ariaLabel?: string;
  /** What a feature adds about sentences: keys, buttons, lines of the `/` menu, labels beside paragraphs. */
  readonly sentences?: SentenceAdditions;
};

export function ProseEditor(props: ProseEditorProps) {
  const { doc, awareness, editable, toolbarPlace, history, language, comments } = props;
  const say = useWords();
  const notify = useNotice();
  const listId = useId();
  const frame = useRef<HTMLDivElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const [mounted, setMounted] = useState<MountedEditor | null>(null);
  const linkDialog = useLinkDialog(mounted, frame);

  const tell = (notice: EditorNotice) => {
    const situation = { people: props.mentionables.people, language, mayComment: comments.mayComment };
    notify({ text: noticeText(notice, say, situation) });
  };
  const tellOutcome = (outcome: HistoryOutcome) => {
    if (outcome.outcome === 'refused') tell({ kind: 'undoRefused', by: outcome.by });
    if (outcome.outcome === 'partly') tell({ kind: 'undonePartly', by: outcome.by });
  };
  const editLink = () => {
    if (editable) linkDialog.open();
  };
  const comment = () => {
    if (mounted !== null) comments.begin(anchorAtSelection(mounted, doc));
  };
  const acts = props.sentences?.acts ?? NO_ACTS;
  const runSentenceAct = (id: string) => {
    if (mounted === null || !editable) return;
    const sentence = sentenceAtSelection(mounted.editor.state);
    acts
      .find((act) => act.id === id)
      ?.run(
        sentence && {
          words: sentence.words,
          blockId: sentence.blockId,
          from: mounted.binding.toRelative(sentence.from, 0),
          to: mounted.binding.toRelative(sentence.to, -1),
        },
      );
  };
  const latest = useLatest({ props, say, tell, tellOutcome, editLink, comment, runSentenceAct });

  // One editor for one document; everything else is asked when it is needed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `latest` and `listId` never change
  useEffect(() => {
    if (host.current === null) return;
    const now = () => latest.current;
    const { props: first } = now();
    const made = mountEditor({
      element: host.current,
      doc,
      awareness,
      reading: { mayEdit: () => now().props.editable, refused: () => now().tell({ kind: 'readOnly' }) },
      comments: {
        marks: () => now().props.comments.marks,
        mayComment: () => now().props.comments.mayComment,
        open: (threadId) => now().props.comments.open(threadId),
        placed: (places) => now().props.comments.placed(places),
        reanchor: (threadId, anchor) => now().props.comments.reanchor(threadId, anchor),
      },
      autofocus: first.autofocus ?? false,
      newBlockId: () => now().props.newBlockId(),
      beginComposition: () => {
        const { holdRemoteChanges, history: steps } = now().props;
        const ends = [holdRemoteChanges(), steps.oneStep()];
        return () => {
          for (const end of ends) end();
        };
      },
      listId,
      itemsFor: ({ kind, query }) =>
        kind === 'slash'
          ? slashItems(slashChoices(now().say, now().props.sentences?.acts), query)
          : mentionItems(now().props.mentionables, query, (mentioned) => now().say(MENTION_WORDS[mentioned])),
      commandFor: (item, trigger) => (state, dispatch, view) => {
        const isDone = menuCommand(item, trigger)(state, dispatch, view);
        const { act } = item;
        if (act.kind === 'sentence') queueMicrotask(() => now().runSentenceAct(act.id));
        return isDone;
      },
      added: (first.sentences?.acts ?? NO_ACTS).map(({ id, keys }) => ({
        keys: keys.replace(/[A-Z]$/, (letter) => letter.toLowerCase()),
        run: () => now().runSentenceAct(id),
      })),
      attributes: () => ({
        class: 'prose-text',
        'aria-label': now().props.ariaLabel ?? now().say('editor.text'),
        'aria-multiline': 'true',
        'aria-readonly': String(!now().props.editable),
        lang: now().props.language,
        spellcheck: 'false',
        style: `--task-open:${JSON.stringify(now().say('editor.taskOpen'))};--task-done:${JSON.stringify(now().say('editor.taskDone'))}`,
      }),
      noteTexts: () => ({
        placeholder: now().props.editable ? now().say('editor.placeholder') : '',
        stray: now().say('editor.stray'),
        unknownKind: now().say('editor.unknownKind'),
      }),
      caretLabel: ({ personId, name, agencyName }) =>
        personId === now().props.me.personId
          ? now().say('editor.ownCaret')
          : now().say('editor.caret', { name, agency: now().props.agencyLabel(agencyName) }),
      notify: (notice) => now().tell(notice),
      undo: () => now().tellOutcome(now().props.history.undo()),
      redo: () => now().tellOutcome(now().props.history.redo()),
      editLink: () => now().editLink(),
      comment: () => now().comment(),
      toToolbar: () => now().props.toolbarPlace?.querySelector<HTMLElement>('[tabindex="0"]')?.focus(),
    });
    setMounted(made);
    first.comments.connect(commentsHandle(made, () => now().comment()));
    return () => {
      now().props.comments.connect(null);
      setMounted(null);
      made.destroy();
    };
  }, [doc, awareness]);

  // Words and rights that changed show at once.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `say` and `language` are why it is drawn again
  useEffect(() => {
    if (mounted !== null && !mounted.editor.isDestroyed) mounted.editor.setEditable(true, false);
  }, [mounted, editable, say, language]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the marks are asked by the plugin; that they changed is why
  useEffect(() => mounted?.comments.refresh(), [mounted, comments.marks]);
  const notes = props.sentences?.notes;
  useEffect(() => {
    if (mounted !== null && notes !== undefined) mounted.note(notes);
  }, [mounted, notes]);
  const onReady = props.sentences?.onReady;
  useEffect(() => {
    if (mounted === null || onReady === undefined) return;
    onReady({ reveal: ({ from, to }) => revealRange(mounted, from, to) });
    return () => onReady(null);
  }, [mounted, onReady]);

  const shown = useEditorState({
    editor: mounted?.editor ?? null,
    selector: ({ editor }) =>
      editor === null ? null : { toolbar: toolbarState(editor.state), menu: menuState(editor.state).open },
  });
  const menu = shown?.menu ?? null;

  return (
    <div ref={frame} className="prose-editor">
      {editable &&
        toolbarPlace !== null &&
        createPortal(
          <Toolbar
            items={toolbarItemsWith(acts)}
            shown={shown?.toolbar ?? { pressed: [], kind: 'p' }}
            history={history}
            isApple={hasAppleKeyboard()}
            onAct={(act) => {
              if (act.kind === 'command') mounted?.run(act.command);
              else if (act.kind === 'link') editLink();
              else if (act.kind === 'comment') comment();
              else if (act.kind === 'sentence') runSentenceAct(act.id);
              else {
                tellOutcome(history[act.kind]());
                mounted?.editor.view.focus();
              }
            }}
            onKind={(kind) => mounted?.run(setKind(kind))}
            onLeave={() => mounted?.editor.view.focus()}
          />,
          toolbarPlace,
        )}
      <div ref={host} className="prose-host" />
      {mounted !== null && frame.current !== null && (
        <CommentLayer mounted={mounted} comments={comments} frame={frame.current} onComment={comment} />
      )}
      {mounted !== null && menu !== null && frame.current !== null && (
        <MenuList
          open={menu}
          listId={listId}
          place={placeOf(mounted.editor.view, menu.trigger.from, frame.current)}
          onChoose={(item) => {
            mounted.run(menuCommand(item, menu.trigger));
            if (item.act.kind === 'sentence') runSentenceAct(item.act.id);
          }}
        />
      )}
      {linkDialog.dialog}
    </div>
  );
}

const NO_ACTS: SentenceAdditions['acts'] = [];

const MENTION_WORDS = {
  person: 'editor.mentionPerson',
  agency: 'editor.mentionAgency',
  party: 'editor.mentionParty',
} as const;
