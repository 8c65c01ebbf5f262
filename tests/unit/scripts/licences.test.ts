import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { licenceText, thirdPartyLicences } from '../../../scripts/licences.ts';

const root = path.join(import.meta.dirname, '../../..');
const licences = thirdPartyLicences(root);

test('every package that the program runs with names its terms and brings their text', () => {
  const named = Object.keys(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).dependencies);
  expect(licences.map(({ name }) => name)).toEqual(expect.arrayContaining(named));
  expect(licences.filter(({ terms }) => terms === '')).toEqual([]);
  // An empty module of React's, which has its terms in package.json alone.
  const without = licences.filter(({ texts }) => texts.length === 0).map(({ name }) => name);
  expect(without).toEqual(['client-only']);
});

test('fonts and data files have their own terms told, too', () => {
  const filesOf = (wanted: string) =>
    licences.find(({ name }) => name === wanted)?.texts.map(({ file }) => file) ?? [];
  expect(filesOf('@expo-google-fonts/tinos')).toContain('LICENSE_FONT');
  expect(filesOf('pdfjs-dist').filter((file) => file.startsWith('standard_fonts/')).length).toBeGreaterThan(
    1,
  );
});

test('nothing that only builds or tests is named', () => {
  const names = licences.map(({ name }) => name);
  for (const tool of ['vitest', 'typescript', 'electron', '@biomejs/biome'])
    expect(names).not.toContain(tool);
});

test('the text names each with its version, and a package without terms stops the build', () => {
  const text = licenceText(licences);
  for (const { name, version } of licences) expect(text).toContain(`${name} ${version} (`);
  expect(() => licenceText([{ name: 'nobody', version: '1', terms: '', texts: [] }])).toThrow('nobody');
});

test('the package carries it', () => {
  expect(readFileSync(path.join(root, 'electron-builder.yml'), 'utf8')).toContain('- out/licences.txt\n');
});
