import { builtinModules } from 'node:module';
import path from 'node:path';
import { build } from 'vite';

const root = path.join(import.meta.dirname, '..');

/** Compiled parts, fonts and PDF.js with its data files stay in node_modules; all else goes into the programs. */
const external = [
  /^node:/,
  ...builtinModules,
  'better-sqlite3',
  'pkcs11js',
  '@myriaddreamin/typst-ts-node-compiler',
  /^pdfjs-dist\//,
];

/**
 * Bundles programs for plain Node as ESM: each a file of its name, with chunks that no other program shares.
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
          // What a program imports late (a command of the command line) is read late, from a chunk of its own.
          output: { format: 'es', entryFileNames: `${name}.js`, chunkFileNames: `chunks/${name}-[name].js` },
        },
      },
    });
  }
}

export const nativePrograms = {
  core: 'native/core/main.ts',
  token: 'native/token/main.ts',
  cli: 'native/cli/main.ts',
  reading: 'native/reading/main.ts',
};
