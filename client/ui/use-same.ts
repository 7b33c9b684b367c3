/**
 * The same object as long as it says the same: what is fetched again and has not changed makes nothing that depends on it
 * anew. For plain data.
 */
import { useRef } from 'react';

export function useSame<T>(value: T): T {
  const same = useRef(value);
  if (same.current !== value && JSON.stringify(same.current) !== JSON.stringify(value)) same.current = value;
  return same.current;
}
