import { join } from 'node:path';
import { isSame } from '../picture.ts';
import type { Reader, Reading, Readings } from '../reading.ts';
import { openMupdf } from './mupdf.ts';
import { readOwn } from './own.ts';
import { openPdfjs } from './pdfjs.ts';
import { Poppler } from './poppler.ts';

/** The programs that are compared, ours among them. */
export class Readers {
  readonly #poppler: Poppler;
  readonly #mupdf: Reader;
  readonly #pdfjs: Reader;

  /** @param folder where pictures may lie for a moment */
  constructor(folder: string) {
    this.#poppler = new Poppler(join(folder, 'poppler-'));
    this.#mupdf = openMupdf(join(folder, 'mupdf-'));
    this.#pdfjs = openPdfjs(join(folder, 'pdfjs-'));
  }

  /**
   * What each makes of a file; `before`: of the unchanged one, whose text is taken for the same where nobody sees
   * anything new.
   */
  async read(path: string, before: Readings | null): Promise<Readings> {
    const [poppler, mupdf, pdfjs] = await Promise.all([
      this.#poppler.pictures(path),
      this.#mupdf.read(path),
      this.#pdfjs.read(path),
    ]);
    const readings = { poppler, mupdf, pdfjs, own: readOwn(path) };
    const isAsBefore =
      before !== null &&
      (['poppler', 'mupdf', 'pdfjs'] as const).every((name) => isSameReading(readings[name], before[name])) &&
      textOf(mupdf) === textOf(before.mupdf);
    const texts = isAsBefore ? textsOf(before.poppler) : await this.#poppler.texts(path);
    return { ...readings, poppler: withTexts(poppler, texts) };
  }

  close(): void {
    this.#poppler.close();
    this.#mupdf.close();
    this.#pdfjs.close();
  }
}

function withTexts(reading: Reading, texts: readonly string[]): Reading {
  if (!('pages' in reading)) return reading;
  return { ...reading, pages: reading.pages.map((page, index) => ({ ...page, text: texts[index] ?? '' })) };
}

function textsOf(reading: Reading): string[] {
  return 'pages' in reading ? reading.pages.map(({ text }) => text) : [];
}

function textOf(reading: Reading): string {
  return textsOf(reading).join('\f');
}

/** Whether one program draws the same, to the pixel. */
function isSameReading(now: Reading, before: Reading): boolean {
  if (!('pages' in now) || !('pages' in before)) return false;
  return (
    now.count === before.count &&
    now.pages.every(({ picture }, index) => isSame(picture, before.pages[index]?.picture))
  );
}
