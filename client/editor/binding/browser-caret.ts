/**
 * The browser tells of a caret that it moved (a click, End, an arrow) only a moment later. A change that is shown in
 * between would put the caret back to where ProseMirror last knew it, and the next words would stand there; a key pressed in
 * between would act there. So the caret is read before anything is drawn that the person did not do, and before keys. Uses the view's own reading, which ProseMirror does not declare.
 */

type DomObserver = { flush(): void; pendingRecords(): readonly unknown[] };

/** A view without DOM has nothing to read. */
type ReadableView = { readonly composing?: boolean; readonly domObserver?: DomObserver };

/** For `handleDOMEvents`: keys and an input method begin where the caret is seen, however fast they follow each other. */
export const readCaretBefore = {
  keydown: (view: object): false => readAndGoOn(view),
  compositionstart: (view: object): false => readAndGoOn(view),
  paste: (view: object): false => readAndGoOn(view),
};

function readAndGoOn(view: object): false {
  readBrowserCaret(view);
  return false;
}

/** Takes in where the browser has the caret now. Changes no words: when there are unread ones the view reads both itself. */
export function readBrowserCaret(view: object): void {
  const { composing, domObserver } = view as ReadableView;
  if (domObserver === undefined || composing === true || domObserver.pendingRecords().length > 0) return;
  domObserver.flush();
}
