/**
 * Which link targets may become a clickable address: web pages and mail. Anything else stays in the text as it is and is
 * drawn without a target, so that a link can never run a script.
 */

const PROTOCOLS = ['http:', 'https:', 'mailto:'];

/** Whether an address may be opened. Relative addresses may not: a document has no place of its own. */
export function isSafeHref(href: string): boolean {
  try {
    return PROTOCOLS.includes(new URL(href).protocol);
  } catch {
    return false;
  }
}
