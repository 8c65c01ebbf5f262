import { AppError } from '../../../contract/failure.ts';
import type { ByteSource } from '../../pdf/byte-source.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { Keyword, Lexer } from '../../pdf/lexer.ts';
import { PdfDict } from '../../pdf/object.ts';
import { pages } from '../../pdf/page.ts';
import { ObjectParser } from '../../pdf/parser.ts';
import { Exhausted } from '../../pdf/work-budget.ts';
import type { XrefSection } from '../../pdf/xref.ts';
import { readClosing } from '../../pdf/xref-closing.ts';
import { isPlainObject } from '../changes/plain-object.ts';
import { hasTrueHints } from './hint-stream.ts';

/**
 * Whether a file says that it is linearized (ISO 32000-2, Annex F) and isn't as it says. PDF.js and poppler believe a
 * file whose length is /L: they read from its front, count and find pages as it says, and show what nobody else does.
 * So all of it must be true, for the length that the file had when it was linearized and for no other that it ever
 * gets.
 */
export function isLinearizedUntruly(document: PdfDocument): boolean {
  const { source } = document;
  for (const start of new Set([headerIn(source), document.origin, 0])) {
    const claim = claimAt(source, start);
    if (claim === null && !isMentioned(source, start)) continue;
    // What stands before the header moves all places, in some programs.
    if (claim === null || start !== 0) return true;
    try {
      if (!isTrue(document, claim)) return true;
    } catch (error) {
      if (!(error instanceof AppError) || error instanceof Exhausted) throw error;
      return true;
    }
  }
  return false;
}

/** Bytes from the header in which PDF.js and poppler look for it, and for the end of the first object. */
const frontBytes = 1024;

/** Where programs find the header that don't mind what follows it. */
function headerIn(source: ByteSource): number {
  return Math.max(0, textAt(source, 0, frontBytes).indexOf('%PDF-'));
}

interface Claim {
  readonly dict: PdfDict;
  /** Where the dictionary begins, and where its object ends. */
  readonly from: number;
  readonly end: number;
}

/** The first object behind `start` that isn't a comment, where it is a dictionary that speaks of linearization. */
function claimAt(source: ByteSource, start: number): Claim | null {
  const lexer = new Lexer(source, start);
  try {
    const [number, generation, keyword] = [lexer.next(), lexer.next(), lexer.next()];
    const isHeader = keyword instanceof Keyword && keyword.value === 'obj';
    if (typeof number !== 'number' || typeof generation !== 'number' || !isHeader) return null;
    const from = lexer.position;
    const dict = new ObjectParser(lexer).next();
    if (!(dict instanceof PdfDict) || !dict.has('Linearized')) return null;
    lexer.next();
    return { dict, from, end: lexer.position };
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** Whether a program with another lexer than ours may find one: the name stands somewhere in the first object. */
function isMentioned(source: ByteSource, start: number): boolean {
  const [object = ''] = textAt(source, start, 4 * frontBytes).split('endobj', 1);
  const plain = object.replace(/#([0-9A-Fa-f]{2})/g, (_, code) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return /\/Linearized(?![^\s\0()<>[\]{}/%])/.test(plain);
}

function isTrue(document: PdfDocument, { dict, from, end }: Claim): boolean {
  const { source } = document;
  const [original] = document.revisions;
  const [front, main] = original?.sections ?? [];
  if (!original || !front || !main || original.sections.length !== 2) return false;
  // Another `endobj` before its own, in a string or a comment, is where others read on.
  const isFirst = textAt(source, 0, frontBytes).indexOf(endobj) === end - endobj.length;
  if (dict.get('Linearized') !== 1 || !isFirst || !isPlainObject(source, from)) return false;
  if (behindBlanks(source, end) !== behindBlanks(source, front.offset)) return false;
  const [length, first, count] = [dict.get('L'), dict.get('E'), dict.get('N')];
  if (!isCount(length) || !isCount(first) || !isCount(count)) return false;
  if (!isEnd(source, main, length) || first > main.offset) return false;
  if (!isPlaceOfEntries(source, main, dict.get('T'))) return false;
  const then = document.at(original);
  const numbers = pageNumbers(then, count);
  const index = dict.get('P') ?? 0;
  const page = isCount(index) ? numbers[index] : undefined;
  if (numbers.length !== count || page === undefined || page !== dict.get('O')) return false;
  if (!isBefore(then, page, first)) return false;
  return hasTrueHints(then, { dict, numbers, firstPage: page });
}

const endobj = 'endobj';

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

function textAt(source: ByteSource, offset: number, length: number): string {
  return Buffer.from(source.read(offset, length)).toString('latin1');
}

/** As PDF.js and poppler pass over them on their way from the dictionary to the front's section. */
function behindBlanks(source: ByteSource, offset: number): number {
  return offset + (/^[\t\n\r ]*/.exec(textAt(source, offset, frontBytes))?.[0].length ?? 0);
}

/** Whether a file of this length ends with the section: behind its `%%EOF`, with the end of its line or without. */
function isEnd(source: ByteSource, main: XrefSection, length: number): boolean {
  const marker = readClosing(source, main.end)?.marker ?? null;
  if (marker === null || length < marker || length > marker + 2) return false;
  return /^[\r\n]*$/.test(textAt(source, marker, length - marker));
}

/**
 * /T: the blank before the main table's first entry, or the main stream. Poppler reads the entry of any object 20
 * bytes times its number behind that place, so that the table must begin with object 0 and be in one piece.
 */
function isPlaceOfEntries(source: ByteSource, main: XrefSection, place: unknown): boolean {
  if (!isCount(place)) return false;
  if (main.kind === 'stream') return isBeside(place, main.offset);
  const [stretch, ...others] = [...main.ranges()];
  const heading = /^\s*xref\s+0+\s+\d+\s*/.exec(textAt(source, main.offset, 64))?.[0];
  if (heading === undefined || stretch?.first !== 0 || others.length > 0) return false;
  return isBeside(place, main.offset + heading.length);
}

/** At a place, or at the end of the line before it. */
function isBeside(place: number, start: number): boolean {
  return place >= start - 2 && place <= start;
}

/** One more than `most`, where there are more. */
function pageNumbers(document: PdfDocument, most: number): number[] {
  const numbers: number[] = [];
  for (const { ref } of pages(document)) {
    numbers.push(ref.number);
    if (numbers.length > most) break;
  }
  return numbers;
}

/** Whether an object, or the object stream that holds it, begins before a place. */
function isBefore(document: PdfDocument, number: number, place: number): boolean {
  const entry = document.find(number);
  const own = entry?.kind === 'compressed' ? document.find(entry.container) : entry;
  return own?.kind === 'offset' && own.offset < place;
}
