import { MemorySource } from '../byte-source.ts';
import { Keyword, Lexer } from '../lexer.ts';
import { isArray, type PdfObject, PdfString } from '../object.ts';
import { ObjectParser } from '../parser.ts';
import { WorkBudget } from '../work-budget.ts';

/** All codes that a map may speak of, its ranges counted out: no font has more than 65,536 glyphs. */
const codesLimit = 1 << 18;
/** Codes have up to four bytes (9.7.6.2). Longer ones would be numbers that adding one to leaves as they are. */
const codeLength = 4;
const operandLimit = 1 << 20;
/** One code stands for a ligature's few letters, never for a text. */
const textLength = 64;

function codeOf({ bytes }: PdfString): number {
  return bytes.subarray(0, codeLength).reduce((code, byte) => code * 256 + byte, 0);
}

function unicodeOf({ bytes }: PdfString): string {
  return Buffer.from(bytes.subarray(0, Math.min(bytes.length & ~1, textLength)))
    .swap16()
    .toString('utf16le');
}

/** The same text with its last code unit moved on by `step`, as bfrange counts (ISO 32000-2, 9.10.3). */
function stepped(text: string, step: number): string {
  if (step === 0 || text.length === 0) return text;
  const last = text.codePointAt(text.length - 1) ?? 0;
  return text.slice(0, -1) + String.fromCharCode((last + step) & 0xffff);
}

/** Reads a /ToUnicode CMap: character codes to text. What can't be read is left out; text positions are a convenience. */
export function readToUnicode(bytes: Uint8Array): Map<number, string> {
  const map = new Map<number, string>();
  const budget = new WorkBudget(codesLimit);
  const parser = new ObjectParser(new Lexer(new MemorySource(bytes)));
  let operands: PdfObject[] = [];
  for (;;) {
    parser.lexer.skipWhite();
    if (parser.lexer.peek() === -1) return map;
    const item = parser.next();
    if (!(item instanceof Keyword)) {
      if (operands.length < operandLimit) operands.push(item);
      continue;
    }
    if (item.value === 'endbfchar') addCharacters(map, operands, budget);
    if (item.value === 'endbfrange') addRanges(map, operands, budget);
    operands = [];
  }
}

function addCharacters(map: Map<number, string>, operands: readonly PdfObject[], budget: WorkBudget): void {
  for (let index = 0; index + 1 < operands.length; index += 2) {
    const [code, text] = [operands[index], operands[index + 1]];
    budget.spend(1);
    if (code instanceof PdfString && text instanceof PdfString) map.set(codeOf(code), unicodeOf(text));
  }
}

function addRanges(map: Map<number, string>, operands: readonly PdfObject[], budget: WorkBudget): void {
  for (let index = 0; index + 2 < operands.length; index += 3) {
    const [low, high, target] = [operands[index], operands[index + 1], operands[index + 2]];
    if (!(low instanceof PdfString) || !(high instanceof PdfString)) continue;
    const first = codeOf(low);
    const last = codeOf(high);
    if (last < first) continue;
    budget.spend(last - first + 1);
    for (let code = first; code <= last; code++) {
      const listed = isArray(target) ? target[code - first] : target;
      if (!(listed instanceof PdfString)) continue;
      map.set(code, isArray(target) ? unicodeOf(listed) : stepped(unicodeOf(listed), code - first));
    }
  }
}
