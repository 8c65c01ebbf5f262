import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** What one check found: how many tests passed, and the names of those that didn't. */
export interface Count {
  passed: number;
  failed: string[];
}

/** The part of vitest's JSON report that is counted. */
const report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/**
 * Counts vitest's report. A test that was skipped or left to do hasn't passed, a file that couldn't be loaded is a
 * failure, and so is a run that ended badly without naming a test, or that ran nothing at all.
 */
export function readCount(name: string, file: string, exitCode: number): Count {
  let read: z.infer<typeof report>;
  try {
    read = report.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { passed: 0, failed: [`${name}: no report (exit code ${exitCode})`] };
  }
  const failed: string[] = [];
  let passed = 0;
  for (const result of read.testResults) {
    for (const test of result.assertionResults) {
      if (test.status === 'passed') passed += 1;
      else failed.push(`${test.fullName} (${test.status}, ${result.name})`);
    }
    const named = result.assertionResults.some(({ status }) => status !== 'passed');
    if (result.status !== 'passed' && !named) failed.push(`${result.name} (could not be run)`);
  }
  if (exitCode !== 0 && failed.length === 0) failed.push(`${name}: ended with exit code ${exitCode}`);
  if (passed === 0 && failed.length === 0) failed.push(`${name}: no tests were found`);
  return { passed, failed };
}

export function addUp(counts: readonly Count[]): Count {
  return {
    passed: counts.reduce((sum, count) => sum + count.passed, 0),
    failed: counts.flatMap((count) => count.failed),
  };
}
