/** The few drawings used where a word does not fit, always beside a label for screen readers. 20 units square, stroked. */
import type { ReactNode } from 'react';

function Drawing({ children }: { children: ReactNode }) {
  return (
    <svg
      width="18"
      height="18"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

/** Three lines: opens the navigation. */
export const MenuIcon = () => (
  <Drawing>
    <path d="M3.5 5.5h13M3.5 10h13M3.5 14.5h13" />
  </Drawing>
);

/** Six dots: what can be dragged. */
export const DragIcon = () => (
  <Drawing>
    <path d="M7.5 5h.01M12.5 5h.01M7.5 10h.01M12.5 10h.01M7.5 15h.01M12.5 15h.01" />
  </Drawing>
);

/** Three dots: more acts on this thing. */
export const MoreIcon = () => (
  <Drawing>
    <path d="M4.5 10h.01M10 10h.01M15.5 10h.01" strokeWidth="2.4" />
  </Drawing>
);

/** An arrow to the left. */
export const BackIcon = () => (
  <Drawing>
    <path d="M12 4.5 6.5 10l5.5 5.5" />
  </Drawing>
);

/** An arc with an arrow to the left. */
export const UndoIcon = () => (
  <Drawing>
    <path d="M7 4 3.5 7.5 7 11M3.5 7.5H12a4.2 4.2 0 0 1 0 8.5H8" />
  </Drawing>
);

/** An arc with an arrow to the right. */
export const RedoIcon = () => (
  <Drawing>
    <path d="M13 4l3.5 3.5L13 11M16.5 7.5H8a4.2 4.2 0 0 0 0 8.5h4" />
  </Drawing>
);
