/** Groups of tests that need no browser: rules (unit), what was built (build), convergence (simulation), frames of any kind (fuzz), the real relay (relay). */
import { defineConfig } from 'vitest/config';

/** A machine that is slow, and busy too, ends no test; what never ends is ended. */
const common = { environment: 'node' as const, testTimeout: 300_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    // Two cores: more workers only take time from each other.
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          include: ['tests/{shared,client,sync-server}/**/*.test.{ts,tsx}', 'tests/*.test.ts'],
        },
      },
      { test: { ...common, name: 'build', include: ['tests/build/**/*.test.ts'] } },
      { test: { ...common, name: 'simulation', include: ['tests/simulation/**/*.test.ts'] } },
      { test: { ...common, name: 'fuzz', include: ['tests/fuzz/**/*.test.ts'] } },
      {
        test: {
          ...common,
          name: 'relay',
          include: ['tests/relay/**/*.test.ts'],
          fileParallelism: false,
        },
      },
    ],
  },
});
