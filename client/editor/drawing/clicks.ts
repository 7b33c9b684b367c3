/** What a click does beside placing the caret: on the box of a task it checks it, on a link with Ctrl or ⌘ it opens the page. */
import { type Command, Plugin } from '@tiptap/pm/state';
import { isSafeHref } from '../../../shared/prose/links.ts';

/** @param toggleTask the command that checks the task at a position */
export function clickPlugin(toggleTask: (pos: number) => Command): Plugin {
  return new Plugin({
    props: {
      handleDOMEvents: {
        mousedown: (view, event) => {
          const block =
            event.target instanceof Element ? event.target.closest<HTMLElement>('[data-kind="task"]') : null;
          if (block === null || !view.editable || event.button !== 0 || !isOnBox(block, event.clientX)) return false;
          event.preventDefault();
          const pos = view.posAtDOM(block, 0) - 1;
          return toggleTask(pos)(view.state, view.dispatch, view);
        },
        click: (view, event) => {
          const link = event.target instanceof Element ? event.target.closest('a') : null;
          const href = link?.getAttribute('href') ?? '';
          if (!view.editable || !(event.ctrlKey || event.metaKey) || !isSafeHref(href)) return false;
          window.open(href, '_blank', 'noopener,noreferrer');
          return true;
        },
      },
    },
  });
}

/** The box is drawn in the padding before the words. */
function isOnBox(block: HTMLElement, clientX: number): boolean {
  return clientX < block.getBoundingClientRect().left + Number.parseFloat(getComputedStyle(block).paddingInlineStart);
}
