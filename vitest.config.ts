import { defineConfig } from 'vitest/config';

/**
 * Four rooms of tests. Those of the window (e2e) need a display and rather not root: scripts/test.ts runs them apart,
 * after the others.
 */
export default defineConfig({
  test: {
    projects: ['unit', 'integration', 'conformance', 'e2e'].map((name) => ({
      test: {
        name,
        include: [`tests/${name}/**/*.test.ts`],
        environment: 'node',
        testTimeout: 60_000,
        hookTimeout: 120_000,
        // One window at a time: each is five processes.
        fileParallelism: name !== 'e2e',
      },
    })),
    maxWorkers: 2,
  },
});
