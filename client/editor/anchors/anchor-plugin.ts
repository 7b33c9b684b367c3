/**
 * Marks the words that comments are about. Places are carried through every transaction; only when a change came near some
 * words, or words are missing, is the text asked again, a moment later and never while an input method composes. Words that
 * this person moved or restored are named anew; nothing is ever written because of what a colleague did.
 */
import type { Node as ProseNode } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import type * as Y from 'yjs';
import type { ProseAnchor } from '../../../shared/events/review-events.ts';
import { type AnchorPlace, makeProseAnchor, placeAnchors } from '../../../shared/prose/anchors.ts';
import { isOwnUndo, isRemote } from '../binding/pending-steps.ts';
import type { ProseBinding } from '../binding/prose-binding.ts';
import type { CommentMark, CommentPlace } from './comment-contract.ts';
import { isSamePlaces, mapPlaces, type Places, type ShownPlace, threadAt } from './shown-places.ts';

export type AnchorOptions = {
  readonly prose: Y.Text;
  readonly binding: Pick<ProseBinding, 'toIndex' | 'toPos'>;
  /** Asked each time; the same array until something about them changed. */
  readonly marks: () => readonly CommentMark[];
  readonly open: (threadId: string) => void;
  readonly placed: (places: readonly CommentPlace[]) => void;
  readonly mayComment: () => boolean;
  readonly reanchor: (threadId: string, anchor: ProseAnchor) => void;
};

/** The text is asked again this long after a change, once for all changes meanwhile. */
const ASK_AFTER_MS = 250;
/** Asked again this often whether the input method has finished. */
const COMPOSING_RETRY_MS = 50;

type Shown = {
  readonly marks: readonly CommentMark[];
  readonly places: Places;
  readonly drawn: DecorationSet;
  /** Threads whose words a change came near to since the text was asked; true when one of those changes was ours. */
  readonly touched: ReadonlyMap<string, boolean>;
  /** Whether we, and whether others, changed the text since it was asked. */
  readonly changedByUs: boolean;
  readonly changedByOthers: boolean;
};
type Meta = { readonly marks: readonly CommentMark[]; readonly places: Places };

export type CommentAnchors = {
  readonly plugin: Plugin<Shown>;
  /** The marks may have changed. */
  refresh(): void;
  /** Where the words are in the document of a state. */
  placesIn(state: EditorState): Places;
  /** Where the words of one thread are, also when its mark has just come. */
  placeOf(threadId: string): ShownPlace | null;
};

export function createCommentAnchors(options: AnchorOptions): CommentAnchors {
  const key = new PluginKey<Shown>('comments');
  let keeper: AnchorKeeper | null = null;
  const placesIn = (state: EditorState): Places => key.getState(state)?.places ?? new Map();
  const plugin = new Plugin<Shown>({
    key,
    state: {
      init: (_config, state) => {
        const marks = options.marks();
        return shownOf(marks, shownPlaces(options, marks, findAll(options, marks)), state.doc);
      },
      apply: (tr, shown) => {
        const meta = tr.getMeta(key) as Meta | undefined;
        if (meta !== undefined) return shownOf(meta.marks, meta.places, tr.doc);
        return tr.docChanged && shown.marks.length > 0 ? carried(shown, tr) : shown;
      },
    },
    props: {
      decorations: (state) => key.getState(state)?.drawn,
      handleClick: (view, pos, event) => {
        if (!(event.target instanceof Element) || event.target.closest('.comment-words') === null) return false;
        const threadId = threadAt(placesIn(view.state), pos);
        if (threadId !== null) options.open(threadId);
        // The caret goes there as well.
        return false;
      },
    },
    view: (view) => {
      keeper = new AnchorKeeper(view, options, key);
      return keeper;
    },
  });
  return {
    plugin,
    refresh: () => keeper?.refresh(),
    placesIn,
    placeOf: (threadId) => keeper?.placeOf(threadId) ?? null,
  };
}

function carried(shown: Shown, tr: Transaction): Shown {
  const isOurs = !isRemote(tr) || isOwnUndo(tr);
  const { places, touched: near } = mapPlaces(shown.places, tr);
  const touched = new Map(shown.touched);
  for (const threadId of near) touched.set(threadId, isOurs || (touched.get(threadId) ?? false));
  return {
    ...shown,
    places,
    touched,
    drawn: shown.drawn.map(tr.mapping, tr.doc),
    changedByUs: shown.changedByUs || isOurs,
    changedByOthers: shown.changedByOthers || !isOurs,
  };
}

function shownOf(marks: readonly CommentMark[], places: Places, doc: ProseNode): Shown {
  const drawn = marks.flatMap(({ threadId, isActive, isBlocking }) => {
    const place = places.get(threadId);
    if (place?.kind !== 'words') return [];
    const names = ['comment-words', isActive && 'is-active', isBlocking && 'is-blocking'].filter(Boolean).join(' ');
    return [Decoration.inline(place.from, place.to, { class: names })];
  });
  return {
    marks,
    places,
    drawn: drawn.length === 0 ? DecorationSet.empty : DecorationSet.create(doc, drawn),
    touched: new Map(),
    changedByUs: false,
    changedByOthers: false,
  };
}

function findAll({ prose }: AnchorOptions, marks: readonly CommentMark[]): AnchorPlace[] {
  return placeAnchors(
    prose,
    marks.map(({ anchor }) => anchor),
  );
}

function shownPlaces({ binding }: AnchorOptions, marks: readonly CommentMark[], found: readonly AnchorPlace[]): Places {
  const places = new Map<string, ShownPlace>();
  for (const [n, { threadId }] of marks.entries()) {
    const place = found[n];
    if (place?.kind === 'words') {
      const { words } = place;
      places.set(threadId, { kind: 'words', from: binding.toPos(place.from), to: binding.toPos(place.to, -1), words });
    } else if (place?.kind === 'gone') {
      places.set(threadId, { kind: 'gone', near: place.near === null ? null : binding.toPos(place.near) });
    }
  }
  return places;
}

/** Asks the text again when that is due, names words anew, and tells where they are. */
class AnchorKeeper {
  readonly #view: EditorView;
  readonly #options: AnchorOptions;
  readonly #key: PluginKey<Shown>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #told = '';

  constructor(view: EditorView, options: AnchorOptions, key: PluginKey<Shown>) {
    this.#view = view;
    this.#options = options;
    this.#key = key;
    this.#timer = setTimeout(this.#ask, 0);
  }

  refresh(): void {
    if (this.#options.marks() === this.#shown()?.marks) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#ask, 0);
  }

  placeOf(threadId: string): ShownPlace | null {
    const known = this.#shown()?.places.get(threadId);
    if (known !== undefined) return known;
    const mark = this.#options.marks().find((each) => each.threadId === threadId);
    if (mark === undefined) return null;
    return shownPlaces(this.#options, [mark], findAll(this.#options, [mark])).get(threadId) ?? null;
  }

  update(view: EditorView, before: EditorState): void {
    const shown = this.#shown();
    if (view.state.doc === before.doc || shown === undefined || shown.marks.length === 0) return;
    const isDue = shown.touched.size > 0 || [...shown.places.values()].some(({ kind }) => kind === 'gone');
    if (isDue) this.#timer ??= setTimeout(this.#ask, ASK_AFTER_MS);
  }

  destroy(): void {
    clearTimeout(this.#timer);
  }

  #shown(): Shown | undefined {
    return this.#key.getState(this.#view.state);
  }

  readonly #ask = (): void => {
    this.#timer = undefined;
    const view = this.#view;
    const shown = view.isDestroyed ? undefined : this.#shown();
    if (shown === undefined) return;
    if (view.composing) {
      this.#timer = setTimeout(this.#ask, COMPOSING_RETRY_MS);
      return;
    }
    const marks = this.#options.marks();
    const found = findAll(this.#options, marks);
    const places = shownPlaces(this.#options, marks, found);
    if (marks !== shown.marks || shown.touched.size > 0 || !isSamePlaces(places, shown.places)) {
      view.dispatch(view.state.tr.setMeta(this.#key, { marks, places } satisfies Meta).setMeta('addToHistory', false));
    }
    this.#tell(places);
    if (this.#options.mayComment()) this.#nameAnew(marks, found, shown);
  };

  /** New names for words that other replicas would not find by the old ones, when it was this person who changed them. */
  #nameAnew(marks: readonly CommentMark[], found: readonly AnchorPlace[], shown: Shown): void {
    for (const [n, { threadId }] of marks.entries()) {
      const place = found[n];
      if (place?.kind !== 'words' || place.by === 'ids') continue;
      const isBackByUs = shown.places.get(threadId)?.kind === 'gone' && shown.changedByUs && !shown.changedByOthers;
      if (shown.touched.get(threadId) !== true && !isBackByUs) continue;
      const anchor = makeProseAnchor(this.#options.prose, place.from, place.to);
      if (anchor !== null) this.#options.reanchor(threadId, anchor);
    }
  }

  #tell(places: Places): void {
    const orderOf = (place: ShownPlace) =>
      place.kind === 'words' ? place.from : (place.near ?? Number.POSITIVE_INFINITY);
    const rows = [...places]
      .sort(([, a], [, b]) => orderOf(a) - orderOf(b))
      .map(([threadId, place]): CommentPlace => ({ threadId, words: place.kind === 'words' ? place.words : null }));
    const told = JSON.stringify(rows);
    if (told === this.#told) return;
    this.#told = told;
    this.#options.placed(rows);
  }
}
