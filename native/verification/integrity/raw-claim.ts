import { AppError } from '../../../contract/failure.ts';
import type { ByteSource } from '../../pdf/byte-source.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { Lexer } from '../../pdf/lexer.ts';
import { isName, PdfDict, type PdfObject, PdfRef, PdfStream } from '../../pdf/object.ts';
import { type IndirectObject, parseIndirect } from '../../pdf/parser.ts';

/** Signs of a signature in a file's raw bytes: what makes "unsigned" a lie where the structure shows none. */

const pieceBytes = 1 << 20;
const overlap = 64;
const hitLimit = 1000;

/** A name in a pattern, each of its letters as it is or in hexadecimal (7.3.5). */
function spelt(name: string): string {
  const letters = [...name].map((letter) => {
    const hex = letter.charCodeAt(0).toString(16);
    return `(?:${letter}|#${hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)})`;
  });
  return `\\/${letters.join('')}`;
}

const mark = new RegExp(
  `${spelt('ByteRange')}(?=[\\s[])|${spelt('Type')}\\s*(?:${spelt('Sig')}|${spelt('DocTimeStamp')})(?=[\\s/>[(<])`,
  'g',
);

/** Cheap to look for, and one of them in every mark: a name's end, or an escape for a letter of one. */
const words = ['/ByteRange', '/Sig', '/DocTimeStamp'];
const escaped = /\/[A-Za-z]{0,11}#[4-7][0-9A-Fa-f]/;

/** Offsets at which the bytes claim a signature. */
function* hits(source: ByteSource): Generator<number> {
  let count = 0;
  for (let offset = 0; offset < source.length; offset += pieceBytes) {
    const piece = Buffer.from(source.read(offset, pieceBytes + overlap));
    const text = piece.toString('latin1');
    if (!words.some((word) => text.includes(word)) && !escaped.test(text)) continue;
    for (const match of text.matchAll(mark)) {
      if (match.index >= pieceBytes) continue;
      yield offset + match.index;
      // So much talk of signatures may be there to keep us from the one that counts.
      if (++count > hitLimit) throw new AppError('pdf-too-complex', {});
    }
  }
}

/**
 * For a file whose structure shows no signature: whether there is one all the same, unreferenced or outside of every object.
 * Text that merely speaks of /ByteRange, inside a stream, is no claim; nor are usage rights (/Perms /UR3).
 */
export function hidesSignature(document: PdfDocument): boolean {
  let offsets: number[] | null = null;
  const rights = usageRights(document);
  for (const hit of hits(document.source)) {
    offsets ??= objectOffsets(document);
    const offset = offsets.findLast((one) => one <= hit);
    const object = offset === undefined ? null : parse(document, offset);
    if (!object || hit >= object.end) return true;
    if (!rights.has(object.number) && isClaim(object.value, hit)) return true;
  }
  return false;
}

function usageRights(document: PdfDocument): Set<number> {
  const permissions = document.dict(document.catalog.get('Perms'));
  const refs = [permissions?.get('UR3'), permissions?.get('UR')];
  return new Set(refs.flatMap((ref) => (ref instanceof PdfRef ? [ref.number] : [])));
}

function objectOffsets(document: PdfDocument): number[] {
  const offsets: number[] = [];
  for (const revision of document.revisions) {
    for (const number of revision.numbers()) {
      const entry = revision.find(number);
      if (entry?.kind === 'offset') offsets.push(entry.offset);
    }
  }
  return offsets.sort((a, b) => a - b);
}

function parse(document: PdfDocument, offset: number): IndirectObject | null {
  try {
    return parseIndirect(new Lexer(document.source, offset), (length) => document.number(length));
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

function isClaim(value: PdfObject, hit: number): boolean {
  if (value instanceof PdfStream) {
    const inData =
      'offset' in value.data && hit >= value.data.offset && hit < value.data.offset + value.data.length;
    return !inData && isSignature(value.dict);
  }
  return value instanceof PdfDict && (isSignature(value) || isSignature(value.get('V')));
}

function isSignature(value: PdfObject | undefined): boolean {
  if (!(value instanceof PdfDict)) return false;
  const type = value.get('Type');
  return value.has('ByteRange') || isName(type, 'Sig') || isName(type, 'DocTimeStamp');
}
