/** How many children of a row fit on one line, so that the rest can go into a menu. Measured, because words differ in length. */
import { type RefObject, useLayoutEffect, useState } from 'react';

/** All children must be laid out, also those that do not fit (clipped and invisible). */
export function useFittingCount(row: RefObject<HTMLElement | null>): number {
  const [count, setCount] = useState(Number.POSITIVE_INFINITY);
  useLayoutEffect(() => {
    const element = row.current;
    if (element === null) return;
    const measure = () => {
      const children = [...element.children] as HTMLElement[];
      const isFitting = (child: HTMLElement) => child.offsetLeft + child.offsetWidth <= element.clientWidth + 0.5;
      const firstOutside = children.findIndex((child) => !isFitting(child));
      setCount(firstOutside < 0 ? Number.POSITIVE_INFINITY : firstOutside);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  }, [row]);
  return count;
}
