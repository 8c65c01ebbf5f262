import { defineConfig } from 'vitest/config';

/** Three rooms of tests in one run; the window's own tests (e2e) are run by scripts/test.ts after them. */
export default defineConfig({
  test: {
    projects: ['unit', 'integration', 'conformance'].map((name) => ({
      test: {
        name,
        include: [`tests/${name}/**/*.test.ts`],
        environment: 'node',
        testTimeout: 60_000,
        hookTimeout: 120_000,
      },
    })),
    maxWorkers: 2,
  },
});
