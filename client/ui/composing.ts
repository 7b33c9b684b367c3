/**
 * Keys that an input method takes while it composes choose a word; they must not commit, submit, move or close anything.
 * One guard for every text box there is and will be: such a key reaches no listener of the page, ours or a library's. Safari
 * ends the composition before the key that ended it; it is told by key code 229. The prose editor is no text box and hears all
 * keys: it knows composition by itself.
 */

/** Call once, before anything else listens for keys on the window; returns what takes the guard away. */
export function guardComposition(page: Window): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (!(event.isComposing || event.keyCode === 229) || !isTextBox(event.target)) return;
    event.stopImmediatePropagation();
    // What a browser does by itself with the Enter that ends a composition: it sends the form.
    if (event.key === 'Enter') event.preventDefault();
  };
  page.addEventListener('keydown', onKey, true);
  return () => page.removeEventListener('keydown', onKey, true);
}

function isTextBox(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
