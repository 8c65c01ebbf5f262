import { globSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build as buildShell } from 'electron-vite';
import { bundlePrograms, nativePrograms } from './build-native.ts';
import { licenceText, thirdPartyLicences } from './licences.ts';

/**
 * Builds what Electron and the command line run, into out/. With `--if-stale` only those parts whose sources are newer
 * than what was built from them; with `--release` without the switches of development and tests.
 */
const root = path.join(import.meta.dirname, '..');
/** File systems keep times more coarsely than the clock tells them. */
const clockGrainMs = 1000;
const out = path.join(root, 'out');

interface Part {
  name: string;
  sources: string[];
  results: string[];
  folders: string[];
  build(): Promise<void>;
}

const parts: Part[] = [
  {
    name: 'window and shell',
    sources: ['electron', 'renderer', 'contract', 'native/process', 'resources', 'electron.vite.config.ts'],
    results: ['main.js', 'preload.cjs', 'consent-preload.cjs']
      .map((name) => `electron/${name}`)
      .concat(['renderer/index.html', 'renderer/consent.html']),
    folders: ['electron', 'renderer'],
    build: () =>
      buildShell({
        configFile: path.join(root, 'electron.vite.config.ts'),
        logLevel: 'warn',
        mode: process.argv.includes('--release') ? 'release' : 'production',
      }),
  },
  {
    name: 'core, token process and command line',
    sources: ['native', 'contract', 'scripts/build-native.ts'],
    results: Object.keys(nativePrograms).map((name) => `native/${name}.js`),
    folders: ['native'],
    build: () => bundlePrograms(nativePrograms, path.join(out, 'native')),
  },
  {
    name: 'list of third-party licences',
    sources: ['scripts/licences.ts'],
    results: ['licences.txt'],
    folders: [],
    async build() {
      mkdirSync(out, { recursive: true });
      writeFileSync(path.join(out, 'licences.txt'), licenceText(thirdPartyLicences(root)));
    },
  },
];

function newest(sources: readonly string[]): number {
  const files = sources.flatMap((source) => {
    const found = statSync(path.join(root, source), { throwIfNoEntry: false });
    if (!found) return [];
    return found.isDirectory() ? globSync(`${source}/**/*`, { cwd: root }) : [source];
  });
  // package-lock.json: bundled packages count as sources, too.
  return Math.max(...[...files, 'package-lock.json'].map((file) => statSync(path.join(root, file)).mtimeMs));
}

function oldest(results: readonly string[]): number {
  return Math.min(
    ...results.map((file) => statSync(path.join(out, file), { throwIfNoEntry: false })?.mtimeMs ?? 0),
  );
}

/** Takes away what an earlier build left and this one didn't write. */
function removeOlder(folder: string, time: number): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && statSync(file).mtimeMs < time - clockGrainMs) rmSync(file, { force: true });
  }
}

const onlyStale = process.argv.includes('--if-stale');
for (const part of parts) {
  if (onlyStale && oldest(part.results) > newest(part.sources)) continue;
  const start = performance.now();
  console.error(`building ${part.name} ...`);
  const begun = Date.now();
  // Written over the old results, which stay until then: a window that is just starting finds one or the other.
  await part.build();
  for (const folder of part.folders) removeOlder(path.join(out, folder), begun);
  console.error(`building ${part.name}: done in ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
