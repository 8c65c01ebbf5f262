import { AppError } from '../../contract/failure.ts';
import { delimiters, Keyword, type Lexer, type Token } from './lexer.ts';
import { PdfDict, PdfName, type PdfObject, PdfRef, PdfStream, PdfString } from './object.ts';

/** Deeper nesting than this is an attack on the stack, not a document. */
const depthLimit = 100;
const elementLimit = 1 << 20;

const { '[': opensArray, ']': closesArray, '<<': opensDictionary, '>>': closesDictionary } = delimiters;

function isEnd(token: Token): boolean {
  return typeof token === 'object' && 'end' in token;
}

/** A map and no plain object: a file may say `constructor` where `true` could stand. */
const literals: ReadonlyMap<string, PdfObject> = new Map<string, PdfObject>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** Words that can't be inside an object: there the object was cut off, and what follows is none of it. */
const structural = new Set(['obj', 'endobj', 'stream', 'endstream', 'xref', 'trailer', 'startxref']);

/** Reads objects (7.3) from tokens. Keywords that are no object end the object, as `endobj` or an operator does. */
export class ObjectParser {
  readonly lexer: Lexer;

  constructor(lexer: Lexer) {
    this.lexer = lexer;
  }

  /** The next object, or the keyword that stands in its place. Throws `pdf-damaged` or `pdf-too-complex`. */
  next(depth = 0): PdfObject | Keyword {
    return this.#from(this.lexer.next(), depth);
  }

  /** The next object, where nothing else may stand. */
  object(depth = 0): PdfObject {
    const value = this.next(depth);
    if (value instanceof Keyword) throw this.#damaged();
    return value;
  }

  #from(token: Token, depth: number): PdfObject | Keyword {
    if (depth > depthLimit) throw new AppError('pdf-too-complex', { at: this.lexer.position });
    if (typeof token === 'number') return this.#numberOrReference(token);
    if (token instanceof PdfName || token instanceof PdfString) return token;
    if (token instanceof Keyword) {
      const literal = literals.get(token.value);
      return literal === undefined ? token : literal;
    }
    if (token === opensArray) return this.#array(depth);
    if (token === opensDictionary) return this.#dictionary(depth);
    throw this.#damaged();
  }

  /** `12 0 R` looks like a number until two tokens later; what wasn't a reference is read again. */
  #numberOrReference(first: number): number | PdfRef {
    const { lexer } = this;
    const back = lexer.position;
    if (Number.isInteger(first) && first >= 0 && lexer.mayBeReference()) {
      const second = lexer.next();
      if (typeof second === 'number' && Number.isInteger(second) && second >= 0) {
        const third = lexer.next();
        if (third instanceof Keyword && third.value === 'R') return new PdfRef(first, second);
      }
    }
    lexer.position = back;
    return first;
  }

  #array(depth: number): PdfObject[] {
    const values: PdfObject[] = [];
    for (;;) {
      const token = this.lexer.next();
      if (token === closesArray) return values;
      if (values.length > elementLimit) throw new AppError('pdf-too-complex', { at: this.lexer.position });
      values.push(this.#value(token, depth + 1));
    }
  }

  #dictionary(depth: number): PdfDict {
    const entries = new Map<string, PdfObject>();
    let overridden: [string, PdfObject][] | undefined;
    for (let count = 0; ; count++) {
      const key = this.lexer.next();
      if (key === closesDictionary) return PdfDict.owning(entries, overridden);
      if (count > elementLimit) throw this.#damaged();
      if (!(key instanceof PdfName)) {
        if (isEnd(key)) throw this.#damaged();
        // Something stray between the entries: viewers pass over it.
        this.#value(key, depth + 1);
        continue;
      }
      const before = entries.get(key.value);
      if (before !== undefined) {
        overridden ??= [];
        overridden.push([key.value, before]);
      }
      const token = this.lexer.next();
      if (token === closesDictionary) return PdfDict.owning(entries.set(key.value, null), overridden);
      entries.set(key.value, this.#value(token, depth + 1));
    }
  }

  /** A value inside an array or dictionary. An unknown word there reads as null, as viewers take it. */
  #value(token: Token, depth: number): PdfObject {
    const value = this.#from(token, depth);
    if (!(value instanceof Keyword)) return value;
    if (structural.has(value.value)) throw this.#damaged();
    return null;
  }

  #damaged(): AppError {
    return new AppError('pdf-damaged', { at: this.lexer.position });
  }
}

/** An object in the file's body: `12 0 obj … endobj`. */
export interface IndirectObject {
  readonly number: number;
  readonly generation: number;
  readonly value: PdfObject;
  /** Just behind the object's last token, so after `endobj` where it stands. */
  readonly end: number;
  /** Whether `endobj` stands there. */
  readonly isClosed: boolean;
}

function isCount(token: unknown): token is number {
  return typeof token === 'number' && Number.isInteger(token) && token >= 0;
}

/**
 * Reads the indirect object at the lexer's position. `lengthOf` resolves a stream's /Length, which may itself be
 * indirect; a stream whose length is wrong ends at its `endstream`. Throws `pdf-damaged`, also where another object
 * than `expected` stands there, whose value then isn't read.
 */
export function parseIndirect(
  lexer: Lexer,
  lengthOf: (value: PdfObject | undefined) => number | null,
  expected?: number,
): IndirectObject {
  const parser = new ObjectParser(lexer);
  const start = lexer.position;
  const number = lexer.next();
  const generation = lexer.next();
  const keyword = lexer.next();
  const isHeader = keyword instanceof Keyword && keyword.value === 'obj';
  const isOther = expected !== undefined && number !== expected;
  // Both go into the keys of protected files (7.6.3.2), where a negative one has no place.
  if (!isCount(number) || !isCount(generation) || !isHeader || isOther) {
    throw new AppError('pdf-damaged', { at: start });
  }
  const first = parser.next();
  // `5 0 obj endobj` is null (7.3.10): tolerated, as every viewer does.
  if (first instanceof Keyword)
    return { number, generation, value: null, end: lexer.position, isClosed: false };
  const afterValue = lexer.position;
  const next = lexer.next();
  if (first instanceof PdfDict && next instanceof Keyword && next.value === 'stream') {
    const data = streamData(lexer, lengthOf(first.get('Length')));
    const value = new PdfStream(first, data);
    const closing = lexer.position;
    const last = lexer.next();
    const isClosed = last instanceof Keyword && last.value === 'endobj';
    return { number, generation, value, end: isClosed ? lexer.position : closing, isClosed };
  }
  const isClosed = next instanceof Keyword && next.value === 'endobj';
  return { number, generation, value: first, end: isClosed ? lexer.position : afterValue, isClosed };
}

/** Finds a stream's bytes; leaves the lexer behind `endstream`. */
function streamData(lexer: Lexer, length: number | null): { offset: number; length: number } {
  skipEndOfLine(lexer);
  const offset = lexer.position;
  if (length !== null && Number.isInteger(length) && length >= 0) {
    lexer.skipTo(offset + length);
    const word = lexer.next();
    if (word instanceof Keyword && word.value.startsWith('endstream')) return { offset, length };
    // The length is right and only `endstream` missing: the next one would be another stream's.
    if (word instanceof Keyword && word.value === 'endobj') {
      lexer.skipTo(offset + length);
      return { offset, length };
    }
  }
  lexer.skipTo(offset);
  const end = findEndOfStream(lexer);
  return { offset, length: end - offset };
}

/** 7.3.8.1: CR LF or LF behind the keyword; blanks before it and a lone CR occur in the wild. */
function skipEndOfLine(lexer: Lexer): void {
  let blanks = 0;
  while (blanks < 16 && (lexer.peek(blanks) === 0x20 || lexer.peek(blanks) === 0x09)) blanks++;
  if (lexer.peek(blanks) === 0x0d || lexer.peek(blanks) === 0x0a) lexer.position += blanks;
  if (lexer.peek() === 0x0d) lexer.position++;
  if (lexer.peek() === 0x0a) lexer.position++;
}

function findEndOfStream(lexer: Lexer): number {
  const start = lexer.position;
  if (!lexer.find('endstream')) throw new AppError('pdf-damaged', { at: start });
  let end = lexer.position;
  if (end > start && lexer.peek(-1) === 0x0a) end--;
  if (end > start && lexer.peek(end - lexer.position - 1) === 0x0d) end--;
  lexer.position += 'endstream'.length;
  return end;
}
