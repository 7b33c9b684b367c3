/**
 * Turns HTML text into a document that nothing runs or loads in. Browsers that enforce Trusted Types ask for a named policy
 * even here; of the two that the page's Content-Security-Policy allows, `concord` is for this alone.
 */

interface HtmlPolicy {
  createHTML(html: string): unknown;
}

interface PolicyFactory {
  createPolicy(name: string, rules: { createHTML: (html: string) => string }): HtmlPolicy;
}

const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
/** The text is only ever parsed into a document without a window, whose elements are read and never adopted. */
const policy = factory?.createPolicy('concord', { createHTML: (html) => html });

/** The body of a parsed piece of HTML. */
export function parseInertHtml(html: string): HTMLElement {
  const text = policy ? (policy.createHTML(html) as string) : html;
  return new DOMParser().parseFromString(text, 'text/html').body;
}
