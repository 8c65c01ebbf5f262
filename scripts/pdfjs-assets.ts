import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The part of Vite's plugin interface that is used; the copying itself needs nothing of Vite. */
interface BuildPlugin {
  name: string;
  apply: 'build';
  writeBundle(options: { dir?: string | undefined }): Promise<void>;
}

const packageFolder = path.dirname(fileURLToPath(import.meta.resolve('pdfjs-dist/package.json')));
/** Character maps, standard fonts, image decoders and colour profiles, fetched one by one when a PDF needs them. */
const folders = ['cmaps', 'standard_fonts', 'wasm', 'iccs'] as const;

/** Puts PDF.js' data files beside the built page, as `pdfjs/…`, where renderer/pdf/engine.ts looks for them. */
export function pdfjsAssets(): BuildPlugin {
  return {
    name: 'pdfjs-assets',
    apply: 'build',
    async writeBundle({ dir }) {
      if (!dir) return;
      for (const folder of folders) {
        const target = path.join(dir, 'pdfjs', folder);
        await mkdir(target, { recursive: true });
        // Only with content policies that forbid WebAssembly are the script fallbacks used; ours allows it.
        const filter = (source: string) => !source.endsWith('.js');
        await cp(path.join(packageFolder, folder), target, { recursive: true, filter });
      }
    },
  };
}
