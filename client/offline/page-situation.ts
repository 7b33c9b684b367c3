/**
 * What is going on in a page, for deciding when it may be loaded anew: whether an input method composes, when something was
 * last typed, and whether words stand in a form that was not sent. Watches from outside, so it holds for every text box there is
 * and will be, also after the page's own code has failed.
 */
import type { PageSituation } from './update-moment.ts';

const TEXT_BOX = 'textarea, input:not([type]), input[type="text"], input[type="password"], input[type="search"]';
/** Elsewhere words are stored as they are typed. */
const FORM = 'form, [role="dialog"]';

/** Begins to watch; ask the returned function whenever it matters. */
export function watchPage(page: Document, nowMs: () => number): () => Omit<PageSituation, 'isUnstored'> {
  let composingIn: Node | null = null;
  let typedAtMs: number | null = null;
  /** Boxes that somebody typed into: what stands in others came from elsewhere and goes nowhere. */
  const typedInto = new Set<HTMLInputElement | HTMLTextAreaElement>();

  page.addEventListener('compositionstart', ({ target }) => {
    composingIn = target instanceof Node ? target : null;
  });
  page.addEventListener('compositionend', () => {
    composingIn = null;
  });
  page.addEventListener(
    'input',
    ({ target }) => {
      typedAtMs = nowMs();
      if (target instanceof Element && target.matches(TEXT_BOX)) {
        typedInto.add(target as HTMLInputElement | HTMLTextAreaElement);
      }
    },
    true,
  );
  page.addEventListener(
    'keydown',
    ({ target }) => {
      if (target instanceof HTMLElement && (target.isContentEditable || target.matches(TEXT_BOX))) typedAtMs = nowMs();
    },
    true,
  );

  return () => {
    // A box that was taken away while an input method composed in it never says that it has ended.
    if (composingIn?.isConnected === false) composingIn = null;
    for (const box of typedInto) if (!box.isConnected) typedInto.delete(box);
    return {
      isComposing: composingIn !== null,
      sinceTypedMs: typedAtMs === null ? null : nowMs() - typedAtMs,
      hasLooseWords: [...typedInto].some((box) => box.value.trim() !== '' && box.closest(FORM) !== null),
    };
  };
}
