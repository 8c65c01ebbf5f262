import { AppError } from '../../../contract/failure.ts';
import { ByteCollector } from '../byte-collector.ts';
import { MemorySource } from '../byte-source.ts';
import type { PdfDocument } from '../document.ts';
import { isWhite, Keyword, Lexer } from '../lexer.ts';
import { isArray, type PdfObject, PdfStream } from '../object.ts';
import type { Page } from '../page.ts';
import { ObjectParser } from '../parser.ts';
import type { WorkBudget } from '../work-budget.ts';

/** An operator of a content stream with what stands before it (ISO 32000-2, 7.8.2). */
export interface Operation {
  readonly operator: string;
  readonly operands: readonly PdfObject[];
}

/** More than any operator takes; the colour of a space with many inks (`scn`) has the most. */
const operandLimit = 100;

/** How many operands an operator takes (table A.1), where more would be read as others from the front than from the end. */
const operandCounts: ReadonlyMap<string, number> = new Map([
  ...['w', 'g', 'G', 'gs', 'Do', 'Tc', 'Tw', 'Tz', 'TL', 'Ts', 'Tr', 'Tj', 'TJ', "'"].map(
    (operator) => [operator, 1] as const,
  ),
  ...['m', 'l', 'Tf', 'Td', 'TD'].map((operator) => [operator, 2] as const),
  ...['rg', 'RG', '"'].map((operator) => [operator, 3] as const),
  ...['re', 'v', 'y', 'k', 'K'].map((operator) => [operator, 4] as const),
  ...['cm', 'c', 'Tm'].map((operator) => [operator, 6] as const),
]);
const contentLimit = 1 << 26;

/** A page's content streams as one, joined by white space as 7.7.3.3 asks. Throws `pdf-too-complex` beyond 64 MiB. */
export function pageContent(document: PdfDocument, page: Page): Uint8Array {
  const value = document.resolve(page.dict.get('Contents'));
  const parts = isArray(value) ? value : [value];
  const content = new ByteCollector(contentLimit);
  for (const part of parts) {
    const stream = document.resolve(part);
    if (!(stream instanceof PdfStream)) continue;
    content.append(document.decodedBytes(stream));
    content.push(lineFeed);
  }
  return content.take();
}

const lineFeed = 0x0a;

/**
 * The operations of a content stream in order, each taken from the budget. Of too many operands the last ones count, as viewers
 * take them from the top of their stack. The data of inline images are passed over (`EI`
 * tells that one was drawn), and so is what can't be read: the text behind it still has its place.
 */
export function* operations(content: Uint8Array, budget: WorkBudget): Generator<Operation> {
  const parser = new ObjectParser(new Lexer(new MemorySource(content)));
  const { lexer } = parser;
  let operands: PdfObject[] = [];
  for (;;) {
    lexer.skipWhite();
    if (lexer.peek() === -1) return;
    budget.spend(1);
    const item = nextItem(parser);
    if (item === unreadable) {
      operands = [];
      continue;
    }
    if (!(item instanceof Keyword)) {
      if (operands.length >= operandLimit) operands.shift();
      operands.push(item);
      continue;
    }
    if (item.value === 'ID') skipInlineImage(lexer);
    const count = operandCounts.get(item.value) ?? operandLimit;
    yield {
      operator: item.value === 'ID' ? 'EI' : item.value,
      operands: operands.length > count ? operands.slice(-count) : operands,
    };
    operands = [];
  }
}

const unreadable = Symbol('unreadable');

function nextItem(parser: ObjectParser): PdfObject | Keyword | typeof unreadable {
  try {
    return parser.next();
  } catch (error) {
    if (error instanceof AppError && error.code === 'pdf-damaged') return unreadable;
    throw error;
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
