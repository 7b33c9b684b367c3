/**
 * What components may know of the world outside: the clock, randomness, the server's HTTP door and a small store for
 * choices of appearance.
 * Given once by main.tsx; a test gives its own. Not for documents or anything that must not be lost.
 */
import { createContext, type ReactNode, useContext } from 'react';
import type { ChoiceStore } from '../language/language-choice.ts';

export interface Environment {
  /** Milliseconds since 1970. */
  now(): number;
  uuid(): string;
  randomBytes(count: number): Uint8Array;
  readonly choices: ChoiceStore;
  /** For the few answers that only the server has: accounts, held edits. */
  readonly fetch: typeof globalThis.fetch;
}

const EnvironmentContext = createContext<Environment | null>(null);

export function EnvironmentProvider({ environment, children }: { environment: Environment; children: ReactNode }) {
  return <EnvironmentContext value={environment}>{children}</EnvironmentContext>;
}

/** Throws when the provider is missing: a bug of the composition. */
export function useEnvironment(): Environment {
  const environment = useContext(EnvironmentContext);
  if (environment === null) throw new Error('no environment given');
  return environment;
}
