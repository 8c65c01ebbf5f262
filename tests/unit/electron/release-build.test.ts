import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import config from '../../../electron.vite.config.ts';

/** The shell as it is built for people, and for development. */
async function shellOf(mode: string, folder: string): Promise<string> {
  const configured = typeof config === 'function' ? await config({ command: 'build', mode }) : await config;
  const { define, build: options } = configured.main ?? {};
  await build({
    ...{ configFile: false, logLevel: 'warn', define: define ?? {} },
    ssr: { noExternal: true },
    build: {
      ...{ outDir: folder, emptyOutDir: false, target: 'node20', minify: false },
      ssr: join(import.meta.dirname, '../../../electron/main.ts'),
      rolldownOptions: {
        ...options?.rolldownOptions,
        external: ['electron', /^node:/, ...builtinModules],
        output: { format: 'es', codeSplitting: false, entryFileNames: `${mode}.js` },
      },
    },
  });
  return readFileSync(join(folder, `${mode}.js`), 'utf8');
}

/** What stands in the code for a switch, or for what only development does. */
const traces = ['test-renderer', 'test-native', 'test-processes', 'no-sandbox', 'toggleDevTools', 'execPath'];

describe('the release', () => {
  let folder: string;
  let release: string;
  let development: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'antin-release-'));
    release = await shellOf('release', folder);
    development = await shellOf('production', folder);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(traces)('has no code for %s, which development has', (trace) => {
    expect([development, release].map((shell) => shell.includes(trace))).toEqual([true, false]);
  });

  test('is for its sandbox, without developer’s tools', () => {
    expect(release).toMatch(/devTools: false/);
    expect(release).not.toMatch(/devTools: true/);
  });

  test('names no switch that would hand it over: what isn’t known is refused', () => {
    for (const name of ['remote-debugging', 'inspect', 'load-extension', 'js-flags', 'proxy-server']) {
      expect(release.includes(name), name).toBe(false);
    }
  });
});

test('whoever unpacks the program can’t run it as Node, nor with options of Node’s', () => {
  const settings = readFileSync(join(import.meta.dirname, '../../../electron-builder.yml'), 'utf8');
  for (const fuse of [
    'runAsNode: false',
    'enableNodeOptionsEnvironmentVariable: false',
    'enableNodeCliInspectArguments: false',
    'enableEmbeddedAsarIntegrityValidation: true',
    'onlyLoadAppFromAsar: true',
  ]) {
    expect(settings).toContain(fuse);
  }
});
