import { AppError } from '../../../contract/failure.ts';
import { MemorySource } from '../byte-source.ts';
import { Keyword, Lexer } from '../lexer.ts';
import { isArray, PdfDict, PdfName, type PdfObject, PdfString } from '../object.ts';
import { ObjectParser } from '../parser.ts';
import { nextWritten } from '../plain-token.ts';
import type { Operation } from './content-reader.ts';

/**
 * What stands before each operator (ISO 32000-2, table A.1): n a number, m a name, s a string, a an array, x a name
 * or a dictionary; `+` any count of numbers. Inline images are missing on purpose: where their data end is anybody's
 * guess.
 */
const grammar: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '': 'q Q h n S s f F f* B B* b b* W W* BT ET T* EMC',
    n: 'w J j M i g G Tc Tw Tz TL Tr Ts',
    nn: 'm l Td TD',
    nnn: 'rg RG',
    nnnn: 're v y k K',
    nnnnnn: 'cm c Tm',
    an: 'd',
    m: 'gs Do cs CS sh ri BMC MP',
    mn: 'Tf',
    mx: 'BDC DP',
    s: "Tj '",
    nns: '"',
    a: 'TJ',
    '+': 'sc SC scn SCN',
  }).flatMap(([operands, operators]) =>
    operators.split(' ').map((operator) => [operator, operands] as const),
  ),
);

/** Words that stand for a value in a dictionary. */
const values = new Set(['true', 'false', 'null']);
const operationLimit = 200_000;
const colourLimit = 32;

/**
 * The operations of a content stream that is written as the standard has it. Throws `pdf-damaged` for any other: of
 * two strings before a `Tj` some readers show the first and some the last, too few numbers are none to some and
 * noughts to others.
 */
export function* strictOperations(content: Uint8Array): Generator<Operation> {
  const source = new MemorySource(content);
  const lexer = new Lexer(source);
  const parser = new ObjectParser(lexer);
  let operands: PdfObject[] = [];
  for (let count = 0; count < operationLimit; ) {
    lexer.skipWhite();
    if (lexer.peek() === -1) {
      if (operands.length > 0) throw damaged(lexer);
      return;
    }
    const start = lexer.position;
    const item = parser.next();
    if (!(item instanceof Keyword)) {
      const isPlain = arePlain(content.subarray(start, lexer.position));
      if (operands.length > colourLimit || !isPlain) throw damaged(lexer);
      operands.push(item);
      continue;
    }
    if (!isWellFormed(item.value, operands)) throw damaged(lexer);
    yield { operator: item.value, operands };
    operands = [];
    count++;
  }
  throw new AppError('pdf-too-complex', {});
}

/** Whether an operator is one of the standard's, and stands behind what it takes. */
export function isWellFormed(operator: string, operands: readonly PdfObject[]): boolean {
  const expected = grammar.get(operator);
  return expected !== undefined && fits(operands, expected);
}

function damaged(lexer: Lexer): AppError {
  return new AppError('pdf-damaged', { at: lexer.position });
}

/** Whether numbers, names and strings of an operand are such to everyone. */
export function arePlain(operand: Uint8Array): boolean {
  const source = new MemorySource(operand);
  const lexer = new Lexer(source);
  for (;;) {
    const { token, isPlain } = nextWritten(source, lexer);
    if (typeof token === 'object' && 'end' in token) return true;
    if (!isPlain || (token instanceof Keyword && !values.has(token.value))) return false;
  }
}

function fits(operands: readonly PdfObject[], expected: string): boolean {
  if (expected === '+') {
    const inks = operands.at(-1) instanceof PdfName ? operands.slice(0, -1) : operands;
    return operands.length > 0 && inks.every((ink) => typeof ink === 'number');
  }
  return (
    operands.length === expected.length &&
    operands.every((operand, index) => isOfKind(operand, expected[index] ?? ''))
  );
}

function isOfKind(operand: PdfObject, kind: string): boolean {
  switch (kind) {
    case 'n':
      return typeof operand === 'number';
    case 'm':
      return operand instanceof PdfName;
    case 's':
      return operand instanceof PdfString;
    case 'x':
      return operand instanceof PdfName || operand instanceof PdfDict;
    default:
      return (
        isArray(operand) && operand.every((item) => typeof item === 'number' || item instanceof PdfString)
      );
  }
}
