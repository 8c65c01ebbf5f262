import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';

/** A package of others' that the program is made of, and under which terms. */
export interface Licence {
  readonly name: string;
  readonly version: string;
  /** As the package names it (SPDX). */
  readonly terms: string;
  /** Whatever the package has on its terms, data files' and fonts' included; in the order of their names. */
  readonly texts: readonly { readonly file: string; readonly text: string }[];
}

const lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
      optional: z.boolean().optional(),
    }),
  ),
});

/** Files that tell terms, two folders deep: PDF.js' maps and fonts have their own. */
const patterns = ['', '*/', '*/*/'].flatMap((folder) =>
  ['LICEN[SC]E*', 'licen[sc]e*', 'COPYING*', 'NOTICE*', 'OFL*'].map((name) => `${folder}${name}`),
);

/**
 * The terms of all that may end up in the program: what it depends on when it runs, with what that depends on, as
 * package-lock.json has it. Left out is what packages can do without (optional) and what only builds or tests.
 * Electron's and Chromium's own stand beside their binary.
 */
export function thirdPartyLicences(root: string): Licence[] {
  const { packages } = lock.parse(JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')));
  return Object.entries(packages)
    .filter(([folder, { dev, optional }]) => folder !== '' && !dev && !optional)
    .map(([folder, { version = '', license = '' }]) => ({
      name: folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      terms: license,
      texts: textsIn(path.join(root, folder)),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function textsIn(folder: string): Licence['texts'] {
  if (!existsSync(folder)) return [];
  const files = patterns.flatMap((pattern) =>
    globSync(pattern, { cwd: folder, exclude: ['node_modules/**'] }).filter(
      (file) => !/\.[jt]sx?$/.test(file),
    ),
  );
  return [...new Set(files)]
    .sort()
    .map((file) => ({ file, text: readFileSync(path.join(folder, file), 'utf8') }));
}

/** All of them as one text to read. Throws for a package whose terms nobody knows: it must not be shipped. */
export function licenceText(licences: readonly Licence[]): string {
  const unknown = licences.filter(({ terms }) => terms === '').map(({ name }) => name);
  if (unknown.length > 0) throw new Error(`no licence named by ${unknown.join(', ')}`);
  const rule = '='.repeat(80);
  return licences
    .map(({ name, version, terms, texts }) =>
      [rule, `${name} ${version} (${terms})`, rule, ...texts.map(({ text }) => text.trim())].join('\n\n'),
    )
    .join('\n\n')
    .concat('\n');
}
