import { builtinModules } from 'node:module';
import path from 'node:path';
import { build } from 'vite';

const root = path.join(import.meta.dirname, '..');

/** Compiled parts and fonts stay in node_modules; all else goes into the one file that each program is. */
const external = [
  /^node:/,
  ...builtinModules,
  'better-sqlite3',
  'pkcs11js',
  '@myriaddreamin/typst-ts-node-compiler',
];

/**
 * Bundles programs for plain Node, one self-contained ESM file each.
 *
 * @param entries name of the program to its source, relative to the project
 */
export async function bundlePrograms(entries: Record<string, string>, outFolder: string): Promise<void> {
  for (const [name, entry] of Object.entries(entries)) {
    await build({
      configFile: false,
      root,
      logLevel: 'warn',
      // Otherwise vite picks packages' browser builds, which lack the file system.
      resolve: { conditions: ['node', 'import', 'default'], mainFields: ['module', 'main'] },
      ssr: { noExternal: true, external: [] },
      build: {
        ssr: path.join(root, entry),
        outDir: outFolder,
        emptyOutDir: false,
        target: 'node22',
        minify: false,
        rolldownOptions: {
          external,
          output: { format: 'es', entryFileNames: `${name}.js`, codeSplitting: false },
        },
      },
    });
  }
}

export const nativePrograms = {
  core: 'native/core/main.ts',
  token: 'native/token/main.ts',
  cli: 'native/cli/main.ts',
};
