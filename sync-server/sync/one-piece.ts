/**
 * A text that is kept for long, as it is written: one cut out of another keeps that other, one put together keeps its pieces.
 */
export function inOnePiece(text: string): string {
  return Buffer.from(text).toString();
}
