/**
 * Whether a key belongs to an input method that is composing: then it chooses a word and must not commit, submit or
 * move. Safari ends the composition before the Enter that ended it; it is told by key code 229.
 */
import type { KeyboardEvent } from 'react';

export function isComposingKey(event: Pick<KeyboardEvent, 'nativeEvent' | 'keyCode'>): boolean {
  return event.nativeEvent.isComposing || event.keyCode === 229;
}

/** On a form: keeps the Enter of an input method from sending it. */
export function ignoreComposingEnter(event: KeyboardEvent): void {
  if (event.key === 'Enter' && isComposingKey(event)) event.preventDefault();
}
