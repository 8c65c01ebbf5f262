import { expect, test } from 'vitest';
import { mostPaths } from '../../../contract/shell.ts';
import { droppedFiles, handedFiles } from '../../../electron/handed-files.ts';

test('of a command line only documents are opened', () => {
  const args = ['--profile=/x.pdf', '-r', '/loader.js', 'Văn bản.PDF', '/tmp/a.pdf', '.'];
  expect(handedFiles(args, '/home/a')).toEqual(['/home/a/Văn bản.PDF', '/tmp/a.pdf']);
});

test.each([
  ['no list', '/tmp/a.pdf'],
  ['nothing', null],
  ['other things', [1, {}, null, 'relative.pdf', '/tmp/a\0b.pdf', `/${'a'.repeat(4096)}`]],
])('%s from the preload script is none', (_, said) => {
  expect(droppedFiles(said)).toEqual([]);
});

test('no more than can be worked through are taken', () => {
  const paths = Array.from({ length: mostPaths + 1 }, (_, index) => `/tmp/${index}.pdf`);
  expect(droppedFiles(paths)).toEqual(paths.slice(0, mostPaths));
});
