import { inflateSync } from 'node:zlib';
import { AppError } from '../../../contract/failure.ts';
import { isWhite, Keyword } from '../../pdf/lexer.ts';
import { isArray, PdfName, type PdfObject } from '../../pdf/object.ts';
import type { ObjectParser } from '../../pdf/parser.ts';

/**
 * Inline images (ISO 32000-2, 8.9.7) have no length that all programs believe: some look for `EI`, some count, some
 * decode. Whose data end elsewhere for one than for another goes on with other content. Passed over here is what ends
 * at the same place for all.
 */
export function passInlineImage(parser: ObjectParser, content: Uint8Array): void {
  const { lexer } = parser;
  const entries = entriesOf(parser);
  if (!isWhite(lexer.peek())) throw damaged();
  const start = lexer.position + 1;
  const end = endOf(content, start);
  const filter = lastFilter(entries.get('F') ?? entries.get('Filter'));
  const length = filter === null ? plainLength(entries) : null;
  const isTrue =
    length === null ? endsWith(content.subarray(start, end), filter) : isEndAt(content, start, end, length);
  if (!isTrue) throw damaged();
  lexer.position = end + 3;
}

function damaged(): AppError {
  return new AppError('pdf-damaged', {});
}

function entriesOf(parser: ObjectParser): Map<string, PdfObject> {
  const entries = new Map<string, PdfObject>();
  for (;;) {
    const key = parser.next();
    if (key instanceof Keyword && key.value === 'ID') return entries;
    const value = key instanceof PdfName ? parser.next() : null;
    if (!(key instanceof PdfName) || value instanceof Keyword || entries.has(key.value)) throw damaged();
    entries.set(key.value, value);
  }
}

/** Where the first white space stands that `EI` follows as a word. */
function endOf(content: Uint8Array, start: number): number {
  for (let at = start; at + 2 < content.length; at++) {
    const isWord = content[at + 1] === 0x45 && content[at + 2] === 0x49;
    const behind = content[at + 3];
    if (isWord && isWhite(content[at] ?? 0) && (behind === undefined || isWhite(behind))) return at;
  }
  throw damaged();
}

/** The filter that is undone first; null where there is none, '' for what isn't one. */
function lastFilter(filter: PdfObject | undefined): string | null {
  const first = isArray(filter) ? filter[0] : filter;
  if (first === undefined || first === null) return null;
  return first instanceof PdfName ? first.value : '';
}

const components: ReadonlyMap<string, number> = new Map([
  ...(['G', 'DeviceGray', 'CalGray', 'I', 'Indexed'] as const).map((name) => [name, 1] as const),
  ...(['RGB', 'DeviceRGB', 'CalRGB'] as const).map((name) => [name, 3] as const),
  ...(['CMYK', 'DeviceCMYK'] as const).map((name) => [name, 4] as const),
]);

/** How many bytes samples take that aren't encoded; null where a colour space of the resources tells. */
function plainLength(entries: ReadonlyMap<string, PdfObject>): number | null {
  const either = (short: string, long: string) => entries.get(short) ?? entries.get(long);
  const isMask = either('IM', 'ImageMask') === true;
  const space = either('CS', 'ColorSpace');
  const named = isArray(space) ? space[0] : space;
  const inks = isMask ? 1 : named instanceof PdfName ? components.get(named.value) : undefined;
  const [width, height] = [either('W', 'Width'), either('H', 'Height')];
  const bits = isMask ? 1 : either('BPC', 'BitsPerComponent');
  if (typeof width !== 'number' || typeof height !== 'number' || typeof bits !== 'number') throw damaged();
  return inks === undefined ? null : Math.ceil((width * inks * bits) / 8) * height;
}

function isEndAt(content: Uint8Array, start: number, end: number, length: number): boolean {
  const rest = content.subarray(start + length, end);
  return start + length <= end && rest.length <= 2 && rest.every(isWhite);
}

/** Whether encoded data end where their filter ends them; of some nobody can tell. */
function endsWith(data: Uint8Array, filter: string | null): boolean {
  const text = Buffer.from(data).toString('latin1').trimEnd();
  switch (filter) {
    case 'Fl':
    case 'FlateDecode':
      return isWholeFlate(data);
    case 'A85':
    case 'ASCII85Decode':
      return text.indexOf('~>') === text.length - 2;
    case 'AHx':
    case 'ASCIIHexDecode':
      return text.indexOf('>') === text.length - 1;
    case '':
      return false;
    default:
      return true;
  }
}

const inlineLimit = 1 << 24;

function isWholeFlate(data: Uint8Array): boolean {
  try {
    inflateSync(data, { maxOutputLength: inlineLimit });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}
