import { AppError } from '../../../../contract/failure.ts';
import { PdfDocument } from '../../../../native/pdf/document.ts';
import { pages } from '../../../../native/pdf/page.ts';
import { shownSize } from '../../../../native/pdf/page-geometry.ts';
import { pageMarks } from '../../../../native/pdf/text/text-position.ts';
import { mostPages, type Reading, type ShownPage } from '../reading.ts';

const pointsPerMm = 72 / 25.4;

/** Our own reading, as the verifier opens files: pages and their text, without a picture. */
export function readOwn(path: string): Reading {
  try {
    const document = PdfDocument.open(path, { lenient: true });
    try {
      const shown: ShownPage[] = [];
      let count = 0;
      for (const page of pages(document)) {
        if (++count > mostPages) break;
        const { width, height } = shownSize(page);
        const marks = pageMarks(document, page);
        const text = [...marks.characters, ...marks.turned].map((one) => one.text).join('');
        shown.push({ width: width * pointsPerMm, height: height * pointsPerMm, text, picture: null });
      }
      return count === 0 ? { refused: 'no pages' } : { count: shown.length, pages: shown };
    } finally {
      document.close();
    }
  } catch (error) {
    if (error instanceof AppError) return { refused: error.code };
    throw error;
  }
}
