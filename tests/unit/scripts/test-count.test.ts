import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addUp, readCount } from '../../../scripts/test-count.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'antin-count-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function count(files: { status: string; tests: string[] }[] | string, exitCode: number) {
  const file = path.join(folder, 'report.json');
  const testResults =
    typeof files === 'string'
      ? null
      : files.map(({ status, tests }, index) => ({
          name: `file ${index}`,
          status,
          assertionResults: tests.map((state, place) => ({ fullName: `test ${place}`, status: state })),
        }));
  writeFileSync(file, typeof files === 'string' ? files : JSON.stringify({ testResults }));
  return readCount('unit', file, exitCode);
}

test('what passed is counted, over all files', () => {
  const files = [
    { status: 'passed', tests: ['passed', 'passed'] },
    { status: 'passed', tests: ['passed'] },
  ];
  expect(count(files, 0)).toEqual({ passed: 3, failed: [] });
});

test.each(['failed', 'skipped', 'pending', 'todo', 'disabled'])(
  'a test that is %s has not passed',
  (state) => {
    const counted = count([{ status: 'passed', tests: ['passed', state] }], 0);
    expect(counted.passed).toBe(1);
    expect(counted.failed).toEqual([`test 1 (${state}, file 0)`]);
  },
);

test('a file that could not be loaded is a failure', () => {
  const files = [
    { status: 'failed', tests: [] },
    { status: 'passed', tests: ['passed'] },
  ];
  expect(count(files, 1)).toEqual({ passed: 1, failed: ['file 0 (could not be run)'] });
});

test('a bad end without a failed test is one, and so is a run without tests', () => {
  expect(count([{ status: 'passed', tests: ['passed'] }], 1).failed).toEqual([
    'unit: ended with exit code 1',
  ]);
  expect(count([], 0).failed).toEqual(['unit: no tests were found']);
});

test('no report at all is a failure', () => {
  expect(count('{"testResults": [', 0).failed).toEqual(['unit: no report (exit code 0)']);
  expect(readCount('unit', path.join(folder, 'missing.json'), 137).failed).toEqual([
    'unit: no report (exit code 137)',
  ]);
});

test('counts add up', () => {
  const sum = addUp([
    { passed: 2, failed: ['a'] },
    { passed: 3, failed: [] },
  ]);
  expect(sum).toEqual({ passed: 5, failed: ['a'] });
});
