import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { outputPaths } from '../../../native/cli/output-path.ts';
import { failureOf, scratchFolder } from '../pdf/scratch.ts';

const root = scratchFolder();
let folder = '';
let count = 0;

beforeEach(() => {
  folder = path.join(root, String(count++));
  mkdirSync(folder);
});

function names(files: string[], out = folder): string[] {
  return outputPaths(files, out).map((file) => path.relative(folder, file));
}

describe('one input', () => {
  it('goes to the file that was named', () => {
    expect(names(['a.pdf'], path.join(folder, 'b.pdf'))).toEqual(['b.pdf']);
  });

  it('goes into a folder that is there, or whose name ends in a slash', () => {
    expect(names(['x/a.pdf'])).toEqual(['a.pdf']);
    expect(names(['x/a.pdf'], path.join(folder, 'new/'))).toEqual(['new/a.pdf']);
    expect(existsSync(path.join(folder, 'new'))).toBe(true);
  });
});

describe('several inputs', () => {
  it('go into a folder, which is made', () => {
    expect(names(['a.pdf', 'b.pdf'], path.join(folder, 'deep/er'))).toEqual([
      'deep/er/a.pdf',
      'deep/er/b.pdf',
    ]);
  });

  it('of the same name get numbers, none of which another input has', () => {
    expect(names(['x/a.pdf', 'y/a.pdf', 'z/a.pdf'])).toEqual(['a.pdf', 'a-2.pdf', 'a-3.pdf']);
    expect(names(['x/a.pdf', 'y/a.pdf', 'a-2.pdf'])).toEqual(['a.pdf', 'a-2.pdf', 'a-2-2.pdf']);
    expect(names(['x/Tệp', 'y/Tệp'])).toEqual(['Tệp', 'Tệp-2']);
    expect(names(['x/.pdf', 'y/.pdf'])).toEqual(['.pdf', '.pdf-2']);
  });

  it('that some file systems take for the same name get numbers, too', () => {
    const name = 'Quyết định số 5.pdf';
    expect(names([name, `y/${name.toUpperCase()}`])).toEqual([name, 'QUYẾT ĐỊNH SỐ 5-2.PDF']);
    const [, second] = names([name.normalize('NFC'), `y/${name.normalize('NFD')}`]);
    expect(second?.normalize('NFC')).toBe('Quyết định số 5-2.pdf');
  });

  it('need a folder: a file in its place is said', () => {
    writeFileSync(path.join(folder, 'file'), '');
    expect(failureOf(() => names(['a.pdf', 'b.pdf'], path.join(folder, 'file')))).toBe('write-failed');
    expect(failureOf(() => names(['a.pdf'], path.join(folder, 'file/sub/')))).toBe('write-failed');
  });
});
