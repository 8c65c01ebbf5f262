import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { pdfjsAssets } from './scripts/pdfjs-assets.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The three parts that Electron loads. Programs of `native/` are built by scripts/build-native.ts. Shell and preload
 * script are one file each with everything in it: the sandbox loads no second file, and a package needs no node_modules
 * for them.
 */
export default defineConfig(({ mode }) => ({
  main: {
    // What a release leaves out (electron/release.ts).
    define: { __RELEASE__: JSON.stringify(mode === 'release') },
    build: {
      outDir: at('out/electron'),
      emptyOutDir: false,
      externalizeDeps: false,
      target: 'node20',
      lib: { entry: at('electron/main.ts'), formats: ['es'], fileName: () => 'main.js' },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  },
  preload: {
    build: {
      outDir: at('out/electron'),
      emptyOutDir: false,
      externalizeDeps: false,
      target: 'node20',
      lib: {
        entry: {
          preload: at('electron/preload.ts'),
          'consent-preload': at('electron/person/consent-preload.ts'),
        },
        formats: ['cjs'],
        fileName: (_format, name) => `${name}.cjs`,
      },
    },
  },
  renderer: {
    root: at('renderer'),
    base: './',
    plugins: [react(), pdfjsAssets()],
    build: {
      outDir: at('out/renderer'),
      // scripts/build.ts takes the leftovers away once the new page is there.
      emptyOutDir: false,
      target: 'chrome130',
      // PDF.js' worker and fonts are files of their own: CSP allows no script or style from data:.
      assetsInlineLimit: 0,
      rolldownOptions: { input: { index: at('renderer/index.html'), consent: at('renderer/consent.html') } },
    },
  },
}));
