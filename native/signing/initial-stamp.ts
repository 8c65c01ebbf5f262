import { formFieldNames } from '../../contract/document.ts';
import type { Page } from '../pdf/page.ts';
import { shownSize } from '../pdf/page-geometry.ts';
import type { TextLine } from '../pdf/text/text-line.ts';
import { PageFinder } from './page-finder.ts';
import { pictureMarks, realSize, shrunk } from './picture.ts';
import { prepareReferenceFields } from './prepared-fields.ts';
import { applySheet, type Sheet } from './sheet.ts';
import type { InitialStamp } from './stamp.ts';
import type { StampContext } from './stamp-placer.ts';
import { millimetres } from './text-block.ts';
import { centredText } from './text-mark.ts';

const names = {
  content: { name: formFieldNames.initialOnContent, label: 'Chữ ký nháy về nội dung' },
  form: { name: formFieldNames.initialOnForm, label: 'Chữ ký nháy về thể thức' },
} as const;

/**
 * A small signature behind the last word that its signer answers for. It comes before the leader's, so that it
 * prepares the fields of number and date: after it nobody may.
 */
export function applyInitial(context: StampContext, stamp: InitialStamp): string {
  const field = placeInitial(context, stamp);
  prepareReferenceFields(context, new PageFinder(context.writer.document));
  return field;
}

function placeInitial(context: StampContext, stamp: InitialStamp): string {
  const fitted = (box: { width: number; height: number }): Sheet => ({
    size: box,
    marks: stamp.image
      ? pictureMarks(box, stamp.image)
      : centredText(box, context.signerName, textSize, { face: 'italic', ink: 'blue' }),
  });
  return applySheet(context, {
    field: names[stamp.answersFor],
    wanted: stamp,
    page: (finder) => lastWord(finder, stamp.answersFor)?.page ?? finder.last,
    fitted,
    *choices(page, finder) {
      const { width, height } = shownSize(page);
      const word = lastWord(finder, stamp.answersFor);
      const line = word?.page === page ? word.line : finder.lines(page).at(-1);
      for (const scale of [1, 0.8, 0.6]) {
        const own = sizeOf(stamp, scale);
        // Level with the line, whose letters reach a third of their size above its middle.
        const near = line
          ? { x: line.right + gap, y: line.baseline - line.size / 3 - own.height / 2 }
          : { x: width * 0.65, y: height * 0.7 };
        yield { sheet: fitted(own), near, reach: scale === 1 ? nearby : height };
      }
    },
  });
}

const textSize = millimetres(8);
const gap = 1.5;
/** Farther away nobody would see which words are meant; a smaller one close by is better. */
const nearby = 15;

/** Signatures in short measure a third of a whole one. */
const handwritten = { least: 6, greatest: 25 };
const usualWidth = 15;
const greatest = { width: 18, height: 9 };
/** For a name in words. */
const textBox = { width: 24, height: 4.5 };

function sizeOf({ image }: InitialStamp, scale: number): { width: number; height: number } {
  const { width, height } = image ? shrunk(realSize(image, handwritten, usualWidth), greatest) : textBox;
  return { width: width * scale, height: height * scale };
}

/** "./." ends the content of a document (NĐ 30/2020 PL I, mẫu); "Lưu: VT, …" is the last of the recipients (II.9.b). */
const endings = {
  content: /\.\/\.\s*$/u,
  form: /(^|\s)Lưu\s?:/u,
} as const;

function lastWord(
  finder: PageFinder,
  answersFor: InitialStamp['answersFor'],
): { page: Page; line: TextLine } | null {
  for (const page of finder.fromEnd()) {
    const line = finder.lines(page).findLast(({ text }) => endings[answersFor].test(text));
    if (line) return { page, line };
  }
  return null;
}
