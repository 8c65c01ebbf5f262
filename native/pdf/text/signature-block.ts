import type { BoxMm } from '../page-geometry.ts';
import { ascent, descent } from './letter-extent.ts';
import { isUnknown, type TextLine } from './text-line.ts';

/**
 * Ô số 7 (NĐ 30/2020 PL I, II.7): a signer's authority and position in capitals, room for the signature, the name
 * below. All lengths in millimetres from the visible page's top left corner.
 */
export interface SignatureBlock {
  /** As printed; null where the page has none under the position. */
  readonly name: string | null;
  /** Authority and position, a line each from the top. */
  readonly position: readonly string[];
  /** The middle of the position's last line. */
  readonly centre: number;
  /** Between position and name. */
  readonly top: number;
  readonly bottom: number;
  /** What the signature may be as wide as, centred, without touching what stands beside it. */
  readonly width: number;
}

/** A stretch of a line without a wide gap: blocks that stand side by side are often one line to a reader of text. */
interface Segment {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
  readonly size: number;
}

/**
 * A blank wider than this many ems parts two columns. Where words are that far apart in justified text, nothing is
 * lost.
 */
const columnGap = 1.2;

function segments(line: TextLine): Segment[] {
  const parts: Segment[] = [];
  let from = 0;
  const close = (to: number) => {
    const text = line.text.slice(from, to).trim();
    if (text !== '') parts.push({ text, ...line.span(from, to), baseline: line.baseline, size: line.size });
  };
  for (let index = line.text.indexOf(' '); index >= 0; index = line.text.indexOf(' ', index + 1)) {
    const blank = line.span(index, index + 1);
    if (blank.right - blank.left <= columnGap * line.size) continue;
    close(index);
    from = index + 1;
  }
  close(line.text.length);
  return parts;
}

/** Least and greatest room between position and name: below it no hand signs, above it they don't belong together. */
const leastGap = 14;
const greatestGap = 90;
/** Names and positions are short; longer lines are body text. */
const longestLine = 105;
/** How far a name's middle may lie from its position's. */
const sameColumn = 22;
/** Room that position and name keep from the signature. */
const clearance = 1;

/** All blocks of a page from top to bottom, those of one height from left to right. */
export function signatureBlocks(
  lines: readonly TextLine[],
  page: { readonly width: number; readonly height: number },
): SignatureBlock[] {
  const parts = lines.flatMap(segments).toSorted((a, b) => a.baseline - b.baseline || a.left - b.left);
  const blocks: SignatureBlock[] = [];
  for (const position of parts) {
    if (!isPosition(position)) continue;
    const upper = belowBrackets(parts, position);
    const name = nextBelow(parts, upper);
    if (name ? !belongsTo(name, upper) : !endsColumn(position)) continue;
    const top = upper.baseline + descent * upper.size + clearance;
    const bottom = name
      ? name.baseline - ascent * name.size - clearance
      : Math.min(top + roomByDefault, page.height);
    if (bottom - top < leastGap) continue;
    const centre = middle(position);
    const width = 2 * freeHalf(parts, { centre, top, bottom }, page.width);
    const lines = positionLines(parts, position).map(({ text }) => text);
    blocks.push({ name: name?.text ?? null, position: lines, centre, top, bottom, width });
  }
  return blocks;
}

/** The lines of capitals that end in this one: "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC". */
function positionLines(parts: readonly Segment[], last: Segment): Segment[] {
  const lines = [last];
  for (const part of parts.toReversed()) {
    const [below] = lines;
    if (!below || part.baseline >= below.baseline) continue;
    if (below.baseline - part.baseline > closeLines * below.size || lines.length === mostPositionLines) break;
    const isAbove = part.left < below.right && part.right > below.left;
    if (isAbove && isPosition(part)) lines.unshift(part);
  }
  return lines;
}

/** Lines of one position are no farther apart than these many sizes of their letters. */
const closeLines = 2;
const mostPositionLines = 8;

/** Where nobody printed a name, as much as typists leave. */
const roomByDefault = 30;

function middle({ left, right }: Segment): number {
  return (left + right) / 2;
}

function isPosition({ text, left, right }: Segment): boolean {
  return right - left <= longestLine && (isCapitals(text) || isUnknown(text));
}

function isCapitals(text: string): boolean {
  return /\p{Lu}{2}/u.test(text) && text === text.toLocaleUpperCase('vi');
}

/** "(Ký tên, đóng dấu)" and the like, close under the position. */
function belowBrackets(parts: readonly Segment[], position: Segment): Segment {
  const below = nextBelow(parts, position);
  if (!below?.text.startsWith('(')) return position;
  return below.baseline - position.baseline < leastGap ? below : position;
}

/** The nearest segment below that shares some of the width. */
function nextBelow(parts: readonly Segment[], { left, right, baseline, size }: Segment): Segment | undefined {
  return parts.find((part) => part.baseline > baseline + size / 2 && part.left < right && part.right > left);
}

function belongsTo(name: Segment, position: Segment): boolean {
  const gap = name.baseline - position.baseline;
  const isShort = name.right - name.left <= longestLine;
  return isShort && gap <= greatestGap && Math.abs(middle(name) - middle(position)) <= sameColumn;
}

/** Positions that sign, for blocks without a name: other capitals at the end of a column are headings. */
function endsColumn({ text }: Segment): boolean {
  return /^(TM|KT|TL|TUQ|Q)\.|CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG|CHÁNH|BÍ THƯ|CHỦ NHIỆM|ĐẠI DIỆN/u.test(text);
}

function freeHalf(
  parts: readonly Segment[],
  { centre, top, bottom }: { centre: number; top: number; bottom: number },
  pageWidth: number,
): number {
  let half = Math.min(centre, pageWidth - centre) - clearance;
  for (const part of parts) {
    if (part.baseline < top || part.baseline - ascent * part.size > bottom) continue;
    const away = part.right < centre ? centre - part.right : part.left - centre;
    half = Math.min(half, away - clearance);
  }
  return Math.max(half, leastGap / 2);
}

/**
 * The block that a person signs in: the one with their name; else the last on the right half of the page, where the
 * decree has it; else the last on the left, as in documents of two agencies. Centred capitals are headings. Null
 * where there is none.
 */
export function chooseBlock(
  blocks: readonly SignatureBlock[],
  pageWidth: number,
  signerName: string,
): SignatureBlock | null {
  const named = blocks.filter(({ name }) => name !== null && isNameOf(name, signerName));
  const right = blocks.filter(({ centre }) => centre > rightColumn * pageWidth);
  const left = blocks.filter(({ centre }) => centre < leftColumn * pageWidth);
  return named.at(-1) ?? right.at(-1) ?? left.at(-1) ?? null;
}

/** Parts of the page's width: the text's own middle lies at 0.535, since the left margin is the wider one. */
const rightColumn = 0.58;
const leftColumn = 0.46;

/**
 * Whether a printed name is the signer's, academic titles before it aside (which the decree forbids but people
 * print).
 */
function isNameOf(printed: string, signer: string): boolean {
  const plain = (text: string) =>
    text.normalize('NFC').toLocaleLowerCase('vi').replaceAll(/\s+/g, ' ').trim();
  const [all, name] = [plain(printed), plain(signer)];
  return name !== '' && (all === name || all.endsWith(` ${name}`) || all.endsWith(`.${name}`));
}

/** Whether something seen already lies over the block's middle. */
export function isTaken({ centre, top, bottom }: SignatureBlock, seen: readonly BoxMm[]): boolean {
  const y = (top + bottom) / 2;
  return seen.some(
    (box) => centre > box.x && centre < box.x + box.width && y > box.y && y < box.y + box.height,
  );
}
