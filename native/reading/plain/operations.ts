import { AppError } from '../../../contract/failure.ts';
import { MemorySource } from '../../pdf/byte-source.ts';
import { Keyword, Lexer } from '../../pdf/lexer.ts';
import type { PdfObject } from '../../pdf/object.ts';
import { ObjectParser } from '../../pdf/parser.ts';
import type { Operation } from '../../pdf/text/content-reader.ts';
import { arePlain, isWellFormed } from '../../pdf/text/strict-content.ts';
import type { WorkBudget } from '../../pdf/work-budget.ts';
import { passInlineImage } from './inline-image.ts';

/** As many as the colour of a space with many inks takes. */
const operandLimit = 32;
const plainNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;

/**
 * The operations of a page's content that all programs read alike, inline images among them (`EI`). Throws
 * `pdf-damaged` at the first thing of which one may make this and another that: too many operands or too few, words
 * that are no operators, numbers such as `--5`. Between BX and EX (ISO 32000-2, 7.8.2) unknown operators are passed
 * over by all.
 */
export function* pageOperations(content: Uint8Array, budget: WorkBudget): Generator<Operation> {
  const source = new MemorySource(content);
  const lexer = new Lexer(source);
  const parser = new ObjectParser(lexer);
  let operands: PdfObject[] = [];
  let tolerant = 0;
  for (;;) {
    lexer.skipWhite();
    // Where content breaks off, everybody shows what came before.
    if (lexer.peek() === -1) return;
    budget.spend(1);
    const start = lexer.position;
    const item = nextItem(parser);
    if (item === end) return;
    if (!(item instanceof Keyword)) {
      if (operands.length > operandLimit || !isPlain(item, content.subarray(start, lexer.position)))
        throw damaged();
      operands.push(item);
      continue;
    }
    const { value: operator } = item;
    if (operator === 'BX' || operator === 'EX') tolerant += operator === 'BX' ? 1 : -1;
    else if (operator === 'BI') {
      if (operands.length > 0) throw damaged();
      passInlineImage(parser, content);
      yield { operator: 'EI', operands };
    } else if (isWellFormed(operator, operands) || glyphMeasures.get(operator) === operands.length)
      yield { operator, operands };
    else if (tolerant <= 0) throw damaged();
    operands = [];
  }
}

const end = Symbol('end');

/** A string or an array that breaks off with the content stands before no operator. */
function nextItem(parser: ObjectParser): PdfObject | Keyword | typeof end {
  try {
    return parser.next();
  } catch (error) {
    if (error instanceof AppError && error.code === 'pdf-damaged' && parser.lexer.peek() === -1) return end;
    throw error;
  }
}

/** Operators of glyphs that are drawn by content (9.6.4), with the count of their operands. */
const glyphMeasures: ReadonlyMap<string, number> = new Map([
  ['d0', 2],
  ['d1', 6],
]);

function damaged(): AppError {
  return new AppError('pdf-damaged', {});
}

function isPlain(item: PdfObject, written: Uint8Array): boolean {
  if (typeof item !== 'number') return arePlain(written);
  return plainNumber.test(Buffer.from(written).toString('latin1'));
}
