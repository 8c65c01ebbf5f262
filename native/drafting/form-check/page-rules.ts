import type { Anatomy } from './anatomy.ts';
import type { FormLine, FormPage } from './form-page.ts';
import { at, type Breach, inOtherStyle, missing, type Rule } from './rule.ts';

/** Millimetres that printers and programs make of no matter. */
const tolerance = 1;

/** The decree's face, and those that are as wide letter for letter and stand in for it. */
const prescribedFace = /times|tinos|liberation\s?-?serif|nimbusrom|termes|^$/i;

export const pageRules: readonly Rule[] = [
  {
    rule: 'paper-size',
    breaches: ({ pages }) =>
      pages.flatMap(({ number, width, height }) => {
        const isA4 = (a: number, b: number) => Math.abs(a - 210) < 2 && Math.abs(b - 297) < 2;
        const isAllowed = isA4(width, height) || (number > 1 && isA4(height, width));
        return isAllowed ? [] : [{ ...missing(number), params: { found: sizeText(width, height) } }];
      }),
  },
  {
    rule: 'margin-left',
    breaches: (document) =>
      document.pages.flatMap((page) => outside(page, leftMargin(page, document), 30, 35)),
  },
  {
    rule: 'margin-right',
    breaches: (document) =>
      document.pages.flatMap((page) => outside(page, rightMargin(page, document), 15, 20)),
  },
  {
    rule: 'margin-vertical',
    breaches: ({ pages, body }) =>
      pages.flatMap((page) => {
        const own = body.filter((line) => line.page === page.number);
        const high = own.find(({ box }) => box.y < 20 - 2 * tolerance);
        const low = own.findLast(({ box }) => page.height - box.y - box.height < 20 - 2 * tolerance);
        return [
          ...(high ? [at(high, Math.round(high.box.y))] : []),
          ...(low ? [at(low, Math.round(page.height - low.box.y - low.box.height))] : []),
        ];
      }),
  },
  {
    rule: 'font-family',
    breaches: ({ pages }) => pages.flatMap(otherFaces),
  },
  {
    rule: 'page-number-first',
    breaches: ({ pageNumbers }) => pageNumbers.filter(({ page }) => page === 1).map((line) => at(line)),
  },
  {
    rule: 'page-number-missing',
    breaches: ({ pages, pageNumbers }) =>
      pages
        .filter(({ number }) => number > 1 && !pageNumbers.some(({ page }) => page === number))
        .map(({ number }) => missing(number)),
  },
  {
    rule: 'page-number-style',
    breaches: ({ pages, pageNumbers }) =>
      pageNumbers.flatMap((line) => {
        const page = pages[line.page - 1];
        if (!page || line.page === 1) return [];
        const centre = line.box.x + line.box.width / 2;
        // In the middle of the paper or of the text, which a wider left margin moves.
        const isCentred = Math.abs(centre - page.width / 2) < 12;
        const isPlain = /^\d+$/.test(line.text) && line.baseline < page.height / 2 && isCentred;
        return isPlain ? inOtherStyle([line], { sizes: [13, 14], isItalic: false }) : [at(line, line.text)];
      }),
  },
];

/** How wide a page's margin is, in millimetres; whether text is seen to begin or end there, so that it isn't wider. */
interface Margin {
  readonly width: number;
  readonly isSure: boolean;
}

function outside(page: FormPage, margin: Margin | null, least: number, most: number): Breach[] {
  if (!margin || page.width > page.height) return [];
  const isNarrow = margin.width < least - tolerance;
  const isWide = margin.isSure && margin.width > most + tolerance;
  return isNarrow || isWide
    ? [{ page: page.number, box: null, params: { found: Math.round(margin.width) } }]
    : [];
}

function leftMargin(page: FormPage, { body, recipients }: Anatomy): Margin | null {
  const starts = runningOn(page, body).map(({ box }) => box.x);
  if (starts.length === 0) return null;
  const width = Math.min(...starts);
  // A page may have first lines of paragraphs alone, which begin farther right.
  const isIndented = starts.some((start) => start > width + 3);
  const listed = recipients?.page === page.number ? recipients.box.x : Number.POSITIVE_INFINITY;
  return { width: Math.min(width, listed), isSure: isIndented || listed < Number.POSITIVE_INFINITY };
}

function rightMargin(page: FormPage, { body }: Anatomy): Margin | null {
  const ends = runningOn(page, body).map(({ box }) => box.x + box.width);
  if (ends.length === 0) return null;
  const end = Math.max(...ends);
  // Only lines that end below one another show where the margin is.
  const isSure = ends.filter((one) => end - one < tolerance).length > 1;
  return { width: page.width - end, isSure };
}

function runningOn(page: FormPage, body: readonly FormLine[]): FormLine[] {
  return body.filter((line) => line.page === page.number && isFull(line.box.width, page));
}

/** A line of running text, not of a table or a title. */
function isFull(width: number, page: FormPage): boolean {
  return width > 0.68 * page.width;
}

function sizeText(width: number, height: number): string {
  return `${Math.round(width)} × ${Math.round(height)} mm`;
}

/** One breach a page: where another face begins. A sign or two in another face is a symbol font's. */
function otherFaces({ characters, lines }: FormPage): Breach[] {
  const others = characters.filter(({ font, text }) => text.trim() !== '' && !prescribedFace.test(font));
  const [first] = others;
  if (!first || others.length < 10) return [];
  const line = lines.find(({ letters }) => letters.includes(first));
  return line ? [at(line, first.font)] : [];
}
