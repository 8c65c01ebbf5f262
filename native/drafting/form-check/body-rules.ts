import type { Anatomy } from './anatomy.ts';
import type { FormLine } from './form-page.ts';
import { at, type Breach, inOtherStyle, type Rule } from './rule.ts';

/** Điểm by the Vietnamese alphabet. */
const letters = [...'abcdđeghiklmnopqrstuvxy'];

export const bodyRules: readonly Rule[] = [
  {
    rule: 'body-size',
    // Lines of running text alone: tables may be smaller.
    breaches: (document) => onePerPage(inOtherStyle(runningLines(document), { sizes: [13, 14] })),
  },
  { rule: 'body-indent', breaches: (document) => onePerPage(otherIndents(document)) },
  {
    rule: 'basis-style',
    breaches: (document) =>
      inOtherStyle(
        bases(document).map(([first]) => first ?? null),
        { sizes: [13, 14], isItalic: true },
      ),
  },
  {
    rule: 'basis-ending',
    breaches: (document) =>
      bases(document).flatMap((lines, index, all) => {
        const last = lines.at(-1);
        const ending =
          index + 1 < all.length ? ';' : /[.;:]/.test(last?.text.at(-1) ?? '') && all.length === 1 ? '' : '.';
        return !last || last.text.endsWith(ending) ? [] : [at(last)];
      }),
  },
  {
    rule: 'article-style',
    breaches: (document) =>
      articles(document).flatMap(({ line, words }) => {
        // The word and the number; what follows may be plain.
        const own = line.letters.slice(0, words.replace(/\s/g, '').length);
        const isRight = own.every(({ isBold, isItalic }) => isBold && !isItalic) && words.endsWith('.');
        return isRight ? [] : [at(line, words)];
      }),
  },
  {
    rule: 'article-order',
    breaches: (document) =>
      articles(document).flatMap(({ line, words, number }, index, all) => {
        const before = all[index - 1]?.number ?? (index === 0 ? number - 1 : 0);
        return number === before + 1 ? [] : [at(line, words)];
      }),
  },
  { rule: 'point-order', breaches: pointsOutOfOrder },
];

function onePerPage(breaches: readonly Breach[]): Breach[] {
  return breaches.filter(({ page }, index) => breaches.findIndex((one) => one.page === page) === index);
}

/** Lines that reach from one margin to the other: text that runs on. */
function runningLines({ pages, body }: Anatomy): FormLine[] {
  return body.filter(({ page, box }) => box.width > 0.68 * (pages[page - 1]?.width ?? 210));
}

/** Grounds begin so, and go on until they end in a mark. */
const basisWords = /^(?:Căn cứ|Theo đề nghị|Xét đề nghị)\s/u;

function bases({ body, type }: Anatomy): FormLine[][] {
  if (type !== 'quyet-dinh' && type !== 'nghi-quyet') return [];
  const found: FormLine[][] = [];
  let left = 0;
  for (const line of body) {
    if (basisWords.test(line.text)) {
      found.push([line]);
      left = line.box.x;
    } else if (found.length > 0) {
      // What begins farther left goes on with the ground above.
      const above = found.at(-1)?.at(-1);
      const goesOn =
        line.box.x < left - 3 && above && line.baseline - above.baseline < 11 && line.page === above.page;
      if (!goesOn) break;
      found.at(-1)?.push(line);
    }
  }
  return found;
}

interface Article {
  readonly line: FormLine;
  /** "Điều 3." as it is printed. */
  readonly words: string;
  readonly number: number;
}

/** Lines that begin an article: "Điều 3" with what a typist puts behind it, never "Điều 3 của Quyết định này". */
function articles({ body }: Anatomy): Article[] {
  return body.flatMap((line) => {
    const match = /^(?:Điều|ĐIỀU)\s(\d{1,3})(?:[.:]|(?=\s+\p{Lu})|$)/u.exec(line.text);
    const isFirst = isIndented(line, body);
    return match && isFirst ? [{ line, words: match[0], number: Number(match[1]) }] : [];
  });
}

/** A line that begins farther right than running text does, or than any other below it. */
function isIndented(line: FormLine, body: readonly FormLine[]): boolean {
  const left = Math.min(...body.filter(({ page }) => page === line.page).map(({ box }) => box.x));
  return line.box.x > left + 3 || body.every(({ box }) => Math.abs(box.x - left) < 3);
}

/** The first lines of paragraphs that run on below, and begin elsewhere than 10 or 12.7 mm from the margin. */
function otherIndents(document: Anatomy): Breach[] {
  const lines = runningLines(document);
  return lines.flatMap((line, index) => {
    const next = lines[index + 1];
    if (next?.page !== line.page || next.baseline - line.baseline > 9) return [];
    const before = document.body[document.body.indexOf(line) - 1];
    const goesOn =
      before?.page === line.page &&
      line.baseline - before.baseline < 9 &&
      Math.abs(before.box.x - line.box.x) < 1;
    // Behind a list's numbers lines hang: they begin no paragraph.
    if (goesOn || /^(?:\d+[.)]|[-+•])\s/u.test(before?.text ?? '')) return [];
    const indent = line.box.x - next.box.x;
    const isRight = indent < 2 || Math.abs(indent - 10) < 1.2 || Math.abs(indent - 12.7) < 1.2;
    return isRight ? [] : [at(line, Math.round(indent))];
  });
}

function pointsOutOfOrder({ body }: Anatomy): Breach[] {
  let before: number | null = null;
  return body.flatMap((line) => {
    const letter = /^([a-zđ])\)\s/u.exec(line.text)?.[1];
    // A new khoản, điều or paragraph begins the letters anew.
    if (letter === undefined) {
      if (/^(?:\d+\.|Điều\s\d)/u.test(line.text)) before = null;
      return [];
    }
    const place = letters.indexOf(letter);
    const isNext = place === 0 || (before !== null && place === before + 1);
    before = place;
    return isNext ? [] : [at(line, `${letter})`)];
  });
}
