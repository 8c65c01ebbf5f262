import { AppError } from '../../../contract/failure.ts';
import { MemorySource } from '../byte-source.ts';
import type { PdfDocument } from '../document.ts';
import { isWhite, Keyword, Lexer } from '../lexer.ts';
import { isArray, type PdfObject, PdfRef, PdfStream } from '../object.ts';
import type { Page } from '../page.ts';
import { ObjectParser } from '../parser.ts';

/** An operator of a content stream with what stands before it (ISO 32000-2, 7.8.2). */
export interface Operation {
  readonly operator: string;
  readonly operands: readonly PdfObject[];
}

const operationLimit = 2_000_000;
const operandLimit = 1000;

/** A page's content streams as one, joined by white space as 7.7.3.3 asks. */
export function pageContent(document: PdfDocument, page: Page): Uint8Array {
  const contents = page.dict.get('Contents');
  const value = document.resolve(contents);
  const parts = isArray(value) ? value : [contents ?? null];
  const pieces = parts.flatMap((part) => {
    const stream = part instanceof PdfRef ? document.object(part) : part;
    return stream instanceof PdfStream ? [document.decodedBytes(stream), Buffer.from('\n')] : [];
  });
  return Buffer.concat(pieces);
}

/** The operations of a content stream in order. Inline images are passed over. */
export function* operations(content: Uint8Array): Generator<Operation> {
  const parser = new ObjectParser(new Lexer(new MemorySource(content)));
  const { lexer } = parser;
  let operands: PdfObject[] = [];
  for (let count = 0; ; ) {
    lexer.skipWhite();
    if (lexer.peek() === -1) return;
    const item = parser.next();
    if (!(item instanceof Keyword)) {
      if (operands.length < operandLimit) operands.push(item);
      continue;
    }
    if (++count > operationLimit) throw new AppError('pdf-too-complex', {});
    if (item.value === 'ID') skipInlineImage(lexer);
    else yield { operator: item.value, operands };
    operands = [];
  }
}

/** Inline image data (8.9.7) ends at `EI` between white space. */
function skipInlineImage(lexer: Lexer): void {
  for (; lexer.peek() !== -1; lexer.position++) {
    const isEnd = isWhite(lexer.peek()) && lexer.peek(1) === 0x45 && lexer.peek(2) === 0x49;
    if (isEnd && (lexer.peek(3) === -1 || isWhite(lexer.peek(3)))) {
      lexer.position += 3;
      return;
    }
  }
}
