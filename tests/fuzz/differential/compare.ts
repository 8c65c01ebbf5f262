import { type Cell, changedAlone, isAsBefore, type Picture, unlikeCells } from './picture.ts';
import { type ReaderName, type Reading, type Readings, readerNames, type ShownPage } from './reading.ts';

/** Where two programs, that agreed on the unchanged file, show different things. */
export interface Difference {
  readonly kind: 'refused' | 'count' | 'size' | 'text' | 'picture';
  readonly readers: readonly [ReaderName, ReaderName];
  /** From 0; null where it concerns the file. */
  readonly page: number | null;
  readonly detail: string;
  /** Cells of the pictures, and how many of them. */
  readonly cells?: readonly Cell[];
}

/** In points: what programs make of the same box by rounding it to pixels. */
const sizeTolerance = 2.01;

/**
 * Pairs whose text is of the same things: poppler and mupdf tell what annotations say, PDF.js and we what the page's
 * content does.
 */
const textPairs: readonly (readonly [ReaderName, ReaderName])[] = [
  ['poppler', 'mupdf'],
  ['pdfjs', 'own'],
];
const drawing: readonly ReaderName[] = ['poppler', 'mupdf', 'pdfjs'];

/**
 * Everything that programs show differently now, beyond what they showed differently before anything was changed.
 * Text is compared as the letters that came and went; their places are the pictures' matter.
 */
export function differencesOf(now: Readings, before: Readings): Difference[] {
  const open: ReaderName[] = [];
  const found: Difference[] = [];
  const [first] = readerNames.filter((name) => 'pages' in now[name]);
  if (first === undefined) return [];
  for (const name of readerNames) {
    const reading = now[name];
    if ('pages' in reading) open.push(name);
    else if ('pages' in before[name])
      found.push({ kind: 'refused', readers: [name, first], page: null, detail: reading.refused });
  }
  for (const name of open) found.push(...shapeDifferences([first, name], now, before));
  if (found.some(({ kind }) => kind === 'count' || kind === 'size')) return found;
  for (const pair of textPairs.filter((pair) => isIn(pair, open)))
    found.push(...textDifferences(pair, now, before));
  const drawers = drawing.filter((name) => open.includes(name));
  for (const [index, one] of drawers.entries())
    for (const other of drawers.slice(index + 1))
      found.push(...pictureDifferences([one, other], now, before));
  return found;
}

function isIn(pair: readonly ReaderName[], names: readonly ReaderName[]): boolean {
  return pair.every((name) => names.includes(name));
}

function pagesOf(reading: Reading): readonly ShownPage[] {
  return 'pages' in reading ? reading.pages : [];
}

function countOf(reading: Reading): number {
  return 'count' in reading ? reading.count : 0;
}

type Pair = readonly [ReaderName, ReaderName];

function shapeDifferences(readers: Pair, now: Readings, before: Readings): Difference[] {
  const [one, other] = readers;
  const [count, otherCount] = [countOf(now[one]), countOf(now[other])];
  if (count !== otherCount && countOf(before[one]) === countOf(before[other]))
    return [{ kind: 'count', readers, page: null, detail: `${count} and ${otherCount} pages` }];
  return pagesOf(now[one]).flatMap((page, index): Difference[] => {
    const otherPage = pagesOf(now[other])[index];
    const [was, otherWas] = [pagesOf(before[one])[index], pagesOf(before[other])[index]];
    if (!otherPage || isOfSize(page, otherPage)) return [];
    if (was && otherWas && !isOfSize(was, otherWas)) return [];
    const detail = `${sizeOf(page)} and ${sizeOf(otherPage)}`;
    return [{ kind: 'size', readers, page: index, detail }];
  });
}

function isOfSize(one: ShownPage, other: ShownPage): boolean {
  return (
    Math.abs(one.width - other.width) < sizeTolerance && Math.abs(one.height - other.height) < sizeTolerance
  );
}

function sizeOf({ width, height }: ShownPage): string {
  return `${width.toFixed(1)} × ${height.toFixed(1)}`;
}

function textDifferences(readers: Pair, now: Readings, before: Readings): Difference[] {
  const [one, other] = readers;
  return pagesOf(now[one]).flatMap((page, index): Difference[] => {
    const change = letterChange(page.text, pagesOf(before[one])[index]?.text ?? '');
    const otherChange = letterChange(
      pagesOf(now[other])[index]?.text ?? '',
      pagesOf(before[other])[index]?.text ?? '',
    );
    const isAlike = change === otherChange || isSameText(page, pagesOf(now[other])[index]);
    return isAlike
      ? []
      : [
          {
            kind: 'text',
            readers,
            page: index,
            detail: `${change || 'nothing'} and ${otherChange || 'nothing'}`,
          },
        ];
  });
}

function isSameText(page: ShownPage, other: ShownPage | undefined): boolean {
  return other !== undefined && letterChange(page.text, other.text) === '';
}

/** Letters that came and went, as `+ab -c`; '' where none did. Spaces are each program's own guess. */
function letterChange(now: string, before: string): string {
  const counts = new Map<string, number>();
  for (const letter of letters(now)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  for (const letter of letters(before)) counts.set(letter, (counts.get(letter) ?? 0) - 1);
  const sorted = [...counts].sort(([one], [other]) => (one < other ? -1 : 1));
  const came = sorted.map(([letter, count]) => letter.repeat(Math.max(0, count))).join('');
  const went = sorted.map(([letter, count]) => letter.repeat(Math.max(0, -count))).join('');
  return `${came && `+${came}`}${went && ` -${went}`}`;
}

function letters(text: string): string {
  return text.normalize('NFKC').replace(/[\s\p{C}\ufffd]/gu, '');
}

function pictureDifferences(readers: Pair, now: Readings, before: Readings): Difference[] {
  const [one, other] = readers;
  return pagesOf(now[one]).flatMap(({ picture }, index): Difference[] => {
    const otherPicture = pagesOf(now[other])[index]?.picture;
    if (!picture || !otherPicture) return [];
    const was = pagesOf(before[one])[index]?.picture ?? blank;
    const otherWas = pagesOf(before[other])[index]?.picture ?? blank;
    const cells = unlike([picture, was], [otherPicture, otherWas]);
    return cells.length === 0
      ? []
      : [{ kind: 'picture', readers, page: index, detail: `${cells.length} cells`, cells }];
  });
}

const blank: Picture = { width: 0, height: 0, grey: new Uint8Array() };

type Twice = readonly [now: Picture, before: Picture];

function unlike(one: Twice, other: Twice): Cell[] {
  const isKnown = (cell: Cell) => isAsBefore(...one, cell) && isAsBefore(...other, cell);
  const apart = unlikeCells(one[0], other[0]).filter((cell) => !isKnown(cell));
  // What one shows as it was, to the pixel, and another anew: a digit, which is too little to tell by itself.
  return [...apart, ...changedAlone(one, other), ...changedAlone(other, one)];
}
