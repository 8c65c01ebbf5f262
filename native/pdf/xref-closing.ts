import type { ByteSource } from './byte-source.ts';
import { isWhite, Keyword, Lexer } from './lexer.ts';

/** What a file says about where its newest cross-reference is: the number behind the last `startxref`. */
export interface StartXref {
  /** Where the keyword stands. */
  readonly at: number;
  readonly offset: number;
}

const tailLimit = 1 << 20;

/** Finds the last `startxref`, also where up to 1 MiB of junk follows it. */
export function findStartXref(source: ByteSource): StartXref | null {
  for (let length = 1 << 11; ; length *= 8) {
    const from = Math.max(0, source.length - length);
    const tail = Buffer.from(source.read(from, source.length - from));
    const at = tail.lastIndexOf('startxref');
    if (at >= 0) {
      const value = new Lexer(source, from + at + 'startxref'.length).next();
      return typeof value === 'number' ? { at: from + at, offset: value } : null;
    }
    if (from === 0 || length >= tailLimit) return null;
  }
}

export interface Closing {
  readonly startXref: number;
  /** Behind the end of line that follows the marker. */
  readonly end: number;
  /** Right behind `%%EOF`; null where that is missing. */
  readonly marker: number | null;
}

/**
 * What closes a section: `startxref`, its number, `%%EOF` and one end of line. Null where a section isn't followed by
 * that, as with a hybrid file's hidden stream.
 */
export function readClosing(source: ByteSource, position: number): Closing | null {
  const lexer = new Lexer(source, position);
  const keyword = lexer.next();
  if (!(keyword instanceof Keyword) || keyword.value !== 'startxref') return null;
  const value = lexer.next();
  if (typeof value !== 'number') return null;
  while (isWhite(lexer.peek())) lexer.position++;
  const marker = Buffer.from(source.read(lexer.position, 5)).toString('latin1');
  if (marker !== '%%EOF') return { startXref: value, end: lexer.position, marker: null };
  const behind = lexer.position + 5;
  let end = lexer.position + 5;
  lexer.position = end;
  if (lexer.peek() === 0x0d) end++;
  lexer.position = end;
  if (lexer.peek() === 0x0a) end++;
  return { startXref: value, end, marker: behind };
}
