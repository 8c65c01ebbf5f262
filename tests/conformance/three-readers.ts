import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** Programs of three families by which people look at a file. */
export const readers = ['poppler', 'mupdf', 'pdf.js'] as const;
export type Reader = (typeof readers)[number];

const programs: Readonly<Record<Exclude<Reader, 'pdf.js'>, readonly [program: string, ...args: string[]]>> = {
  poppler: ['pdftoppm', '-r', '72', '-gray', '-f', '1', '-l', '1'],
  mupdf: ['mutool', 'draw', '-q', '-r', '72', '-F', 'pgm', '-o', '-'],
};

/** The first page as a program shows it, a pixel a point; bytes that are equal where it looks the same. */
export async function picture(file: string, reader: Reader): Promise<Buffer> {
  if (reader === 'pdf.js') return picturedByPdfJs(file);
  const [program, ...args] = programs[reader];
  const result = spawnSync(program, [...args, file], { maxBuffer: 1 << 26 });
  if (result.error) throw new Error(`${program} can't be run`, { cause: result.error });
  return result.stdout;
}

const assets = path.dirname(fileURLToPath(import.meta.resolve('pdfjs-dist/package.json')));

/** What pdf.js draws on under Node, as far as is needed here: the browsers' types aren't known in this room. */
interface Surface {
  readonly canvas: { readonly width: number; readonly height: number };
  readonly context: {
    getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray };
  };
}

function surfaceOf(document: PDFDocumentProxy, width: number, height: number): Surface {
  const factory = document.canvasFactory as { create(width: number, height: number): Surface };
  return factory.create(width, height);
}

/** With the options of our own window, as far as Node has what they ask for. */
async function picturedByPdfJs(file: string): Promise<Buffer> {
  const loading = getDocument({
    data: Uint8Array.from(readFileSync(file)),
    standardFontDataUrl: `${assets}/standard_fonts/`,
    cMapUrl: `${assets}/cmaps/`,
    useSystemFonts: false,
    verbosity: 0,
  });
  try {
    const document = await loading.promise;
    const page = await document.getPage(1);
    const viewport = page.getViewport({ scale: 1 });
    const { canvas, context } = surfaceOf(document, viewport.width, viewport.height);
    await page.render({ canvas: null, canvasContext: context as never, viewport }).promise;
    return Buffer.from(context.getImageData(0, 0, canvas.width, canvas.height).data);
  } finally {
    await loading.destroy();
  }
}
