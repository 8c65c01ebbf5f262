import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { getDocument, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { mostPages, pictureScale } from '../reading.ts';

/**
 * PDF.js as a program of its own, since it may hang or end: a line `PATH\tSTEM` comes in, a line of JSON goes out,
 * grey pixels stand in STEM0, STEM1, … It draws as the window does, but with glyphs as paths instead of fonts given
 * to a browser.
 */
const require = createRequire(import.meta.url);
const assets = dirname(require.resolve('pdfjs-dist/package.json'));

/** What PDF.js makes for itself where there is no browser. */
interface CanvasFactory {
  create(
    width: number,
    height: number,
  ): {
    readonly canvas: Parameters<PDFPageProxy['render']>[0]['canvas'];
    readonly context: {
      getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray };
    };
  };
}

async function read(path: string, stem: string): Promise<unknown> {
  const task = getDocument({
    data: new Uint8Array(readFileSync(path)),
    cMapUrl: join(assets, 'cmaps/'),
    cMapPacked: true,
    standardFontDataUrl: join(assets, 'standard_fonts/'),
    wasmUrl: join(assets, 'wasm/'),
    iccUrl: join(assets, 'iccs/'),
    enableXfa: false,
    maxImageSize: 64_000_000,
    verbosity: 0,
  });
  try {
    const file = await task.promise;
    const pages = [];
    for (let index = 0; index < Math.min(file.numPages, mostPages); index++) {
      const page = await file.getPage(index + 1);
      const { items } = await page.getTextContent();
      const text = items.map((item) => ('str' in item ? item.str : '')).join(' ');
      const natural = page.getViewport({ scale: 1 });
      const viewport = page.getViewport({ scale: pictureScale });
      const [width, height] = [Math.ceil(viewport.width), Math.ceil(viewport.height)];
      const { canvas, context } = (file.canvasFactory as CanvasFactory).create(width, height);
      await page.render({ canvas, viewport }).promise;
      writeFileSync(`${stem}${index}`, context.getImageData(0, 0, width, height).data);
      pages.push({ width: natural.width, height: natural.height, text, pixels: [width, height] });
    }
    return { count: Math.min(file.numPages, mostPages), pages };
  } finally {
    await task.destroy();
  }
}

// PDF.js reports on pages that are given up from promises that nobody holds.
process.on('unhandledRejection', () => undefined);
for await (const line of createInterface({ input: process.stdin })) {
  const [path = '', stem = ''] = line.split('\t');
  const answer = await read(path, stem).catch((error: unknown) => ({
    refused: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
  }));
  console.log(`answer ${JSON.stringify(answer)}`);
}
