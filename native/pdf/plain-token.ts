import type { ByteSource } from './byte-source.ts';
import { Keyword, type Lexer, type Token } from './lexer.ts';
import { PdfName, PdfString } from './object.ts';

/** ISO 32000-2, 7.3.3: no exponents, no second sign or point, which every program reads in its own way. */
const plainNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;
/** Annex C, table C.1. Mupdf counts on from nought beyond it, so that object 4294967326 is number 30. */
const numberLimit = 2 ** 31;
/** Annex C, table C.1. Mupdf cuts longer ones off, so that two of them are one. */
const nameLimit = 127;

/** A token, and whether it is written as the standard has it. */
export interface WrittenToken {
  readonly token: Token;
  readonly isPlain: boolean;
  /** A whole number as such: `1.0` is none to poppler, where it counts something or is a part of a reference. */
  readonly isWhole: boolean;
  /** A number or a name that isn't plain for its size alone. */
  readonly isHuge: boolean;
}

/** The next token. Throws what the lexer throws. */
export function nextWritten(source: ByteSource, lexer: Lexer): WrittenToken {
  lexer.skipWhite();
  const start = lexer.position;
  const token = lexer.next();
  if (token instanceof Keyword || (typeof token === 'object' && !isWord(token)))
    return { token, isPlain: true, isWhole: false, isHuge: false };
  const text = Buffer.from(source.read(start, lexer.position - start)).toString('latin1');
  const isSpelt = isSpeltPlainly(token, text);
  const isHuge = isSpelt && isBeyondLimits(token);
  const isWhole = /^[+-]?\d+$/.test(text) && !isHuge;
  return { token, isPlain: isSpelt && !isHuge, isWhole, isHuge };
}

function isWord(token: Token): boolean {
  return token instanceof PdfName || token instanceof PdfString;
}

function isBeyondLimits(token: Token): boolean {
  if (typeof token === 'number') return Math.abs(token) >= numberLimit;
  return token instanceof PdfName && token.value.length > nameLimit;
}

/** Whether every program reads the same number, name or string. `text`: the token as it is written. */
function isSpeltPlainly(token: Token, text: string): boolean {
  if (typeof token === 'number') return plainNumber.test(text);
  // 7.3.5: nought is in no name; to poppler it is a name's end.
  if (token instanceof PdfName) return !/#(?![0-9A-Fa-f]{2})/.test(text) && !token.value.includes('\0');
  // 7.3.4.3: what is no digit is passed over by some and a nought to others.
  if (text.startsWith('<')) return /^<[0-9A-Fa-f\s\0]*>$/.test(text);
  // 7.3.4.2: an end of line that isn't escaped is one byte to us and two to poppler, which moves all that is behind it.
  return !/\r/.test(text);
}
