/** A point without extent beside the words, for a popover to hang on; it scrolls with the text. */
import type { EditorView } from '@tiptap/pm/view';
import type { Ref } from 'react';

/** Pixels from the upper left corner of the editor's frame; `height` is that of the line. */
export type Place = { readonly left: number; readonly top: number; readonly height: number };

/** @param frame the positioned element around the editor */
export function placeOf(view: EditorView, pos: number, frame: Element): Place {
  const at = view.coordsAtPos(Math.min(pos, view.state.doc.content.size));
  const { left, top } = frame.getBoundingClientRect();
  return { left: at.left - left, top: at.top - top, height: at.bottom - at.top };
}

export function PlaceAt({ place, ref, ...rest }: { place: Place; ref?: Ref<HTMLSpanElement> }) {
  return (
    <span
      {...rest}
      ref={ref}
      aria-hidden="true"
      style={{
        position: 'absolute',
        left: place.left,
        top: place.top,
        width: 1,
        height: place.height,
        pointerEvents: 'none',
      }}
    />
  );
}
